"""Who may not act here: people of another workspace, and bots."""

from bot.rules.refused import Refused
from handlers.parts import Parts
from handlers.request import Request


def at_home(bot: Parts, request: Request) -> str:
    """The bot's own workspace: as `auth.test` told it, else as the request says."""
    known = bot.identity().get("team_id")
    return known if isinstance(known, str) and known else request.team


def is_welcome(bot: Parts, request: Request) -> bool:
    """Whether the person may act here."""
    try:
        require_welcome(bot, request)
    except Refused:
        return False
    return True


def require_welcome(bot: Parts, request: Request) -> None:
    """Raises Refused for a bot and for somebody of another workspace (a channel shared by Slack Connect)."""
    if request.is_bot:
        raise Refused("I take no orders from bots. Ask a person to do it.")
    ours = at_home(bot, request)
    if request.home and ours and request.home != ours:
        raise Refused("Only people of the workspace that I belong to can do this. Ask one of them.")
