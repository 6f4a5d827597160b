"""Who asks: somebody of the bot's own workspace, somebody of another one, a bot."""

from typing import Literal

from handlers.parts import Parts
from handlers.request import Request


def at_home(bot: Parts, request: Request) -> str:
    """The bot's own workspace: as `auth.test` told it, else as the request says."""
    known = bot.identity().get("team_id")
    return known if isinstance(known, str) and known else request.team


def standing(bot: Parts, request: Request) -> Literal["member", "bot", "stranger"]:
    """As what somebody asks; a channel shared by Slack Connect brings people of other workspaces."""
    if request.is_bot:
        return "bot"
    ours = at_home(bot, request)
    return "stranger" if request.home and ours and request.home != ours else "member"
