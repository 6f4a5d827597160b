"""dnd.*: who does not want to be disturbed, and until when."""

from __future__ import annotations

from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import Method, member
from bot.sandbox.records import Json
from bot.sandbox.shapes import dnd_json
from bot.sandbox.workspace import Workspace

AT_ONCE = 50
"""So many people may be asked about in one call."""


def info(ws: Workspace, args: Args) -> Json:
    """One person's Do Not Disturb; a bot's own, which has none, where nobody is named."""
    return dnd_json(ws, member(ws, args.text("user", ws.who.bot_user)))


def team_info(ws: Workspace, args: Args) -> Json:
    """Several people's; who is unknown or gone is left out."""
    users = args.words("users")
    if not users:
        raise SlackError("no_users_provided")
    if len(users) > AT_ONCE:
        raise SlackError("too_many_users")
    known = [ws.users[user] for user in users if user in ws.users and not ws.users[user].deleted]
    return {"users": {user.id: dnd_json(ws, user) for user in known}}


METHODS = {
    "dnd.info": Method(info, (), ("dnd:read",)),
    "dnd.teamInfo": Method(team_info, (), ("dnd:read",)),
}
