"""Who asks: somebody of the bot's own workspace, somebody of another one, a bot."""

from dataclasses import replace
from typing import Literal, TypeAlias

from handlers.parts import Parts
from handlers.request import Request

Standing: TypeAlias = Literal["member", "bot", "stranger"]


def at_home(bot: Parts, request: Request) -> str:
    """The bot's own workspace: as `auth.test` told it, else as the request says."""
    known = bot.identity().get("team_id")
    return known if isinstance(known, str) and known else request.team


def standing(bot: Parts, request: Request) -> Standing:
    """As what somebody asks; a channel shared by Slack Connect brings people of other workspaces."""
    if request.is_bot:
        return "bot"
    ours = at_home(bot, request)
    return "stranger" if request.home and ours and request.home != ours else "member"


async def standing_of_known(bot: Parts, request: Request) -> Standing:
    """The same where the request does not say whose they are, as with an emoji: by what Slack has told of them before.

    Of whom nothing is known in a channel that is open to other workspaces is taken for one of theirs.
    """
    home = request.home or await bot.incidents.team_of(request.person)
    if home is None and request.is_shared:
        return "stranger"
    return standing(bot, replace(request, home=home or ""))
