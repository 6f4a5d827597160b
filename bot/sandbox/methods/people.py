"""users.*, bots.*, team.*, auth.test, api.test: who is who."""

from __future__ import annotations

from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import Method, member, page
from bot.sandbox.records import Json
from bot.sandbox.shapes import address, user_json
from bot.sandbox.workspace import Workspace


def api_test(_ws: Workspace, args: Args) -> Json:
    """Answers what it was given."""
    if args.has("error"):
        raise SlackError(args.text("error"), args=args.given)
    return {"args": args.given}


def auth_test(ws: Workspace, _args: Args) -> Json:
    """Whose token this is."""
    return {
        "url": f"https://{ws.who.domain}.slack.com/",
        "team": ws.who.domain,
        "user": ws.who.bot_name.lower(),
        "team_id": ws.who.team_id,
        "user_id": ws.who.bot_user,
        "bot_id": ws.who.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(ws: Workspace, _args: Args) -> Json:
    """An address for one Socket Mode connection."""
    return {"url": ws.connect()}


def bots_info(ws: Workspace, args: Args) -> Json:
    """The bot itself; there is no other."""
    if args.text("bot", ws.who.bot_id) != ws.who.bot_id:
        raise SlackError("bot_not_found")
    who = ws.who
    shown = {"id": who.bot_id, "app_id": who.app_id, "user_id": who.bot_user, "name": who.bot_name}
    return {"bot": shown | {"deleted": False, "updated": ws.seconds()}}


def team_info(ws: Workspace, _args: Args) -> Json:
    """The workspace."""
    return {"team": {"id": ws.who.team_id, "name": ws.who.domain, "domain": ws.who.domain}}


def users_info(ws: Workspace, args: Args) -> Json:
    """One user."""
    shown = user_json(ws, member(ws, args.text("user")))
    return {"user": shown | ({"locale": "en-GB"} if args.flag("include_locale") else {})}


def users_list(ws: Workspace, args: Args) -> Json:
    """All users, deactivated ones too."""
    part, cursor = page(list(ws.users.values()), args, 1000)
    shown = [user_json(ws, user) for user in part]
    return {"members": shown, "cache_ts": ws.seconds(), "response_metadata": {"next_cursor": cursor}}


def lookup_by_email(ws: Workspace, args: Args) -> Json:
    """The user of that address."""
    wanted = args.text("email").strip().lower()
    for user in ws.users.values():
        if not user.deleted and address(ws, user) == wanted:
            return {"user": user_json(ws, user)}
    raise SlackError("users_not_found")


def presence(ws: Workspace, args: Args) -> Json:
    """Whether somebody is there; in a sandbox everybody is."""
    member(ws, args.text("user", ws.who.bot_user))
    return {"presence": "active"}


METHODS = {
    "api.test": Method(api_test, token="none"),  # noqa: S106
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(connections_open, token="app"),  # noqa: S106
    "bots.info": Method(bots_info, (), ("users:read",)),
    "team.info": Method(team_info, (), ("team:read",)),
    "users.info": Method(users_info, ("user",), ("users:read",)),
    "users.list": Method(users_list, (), ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, ("email",), ("users:read.email",)),
    "users.getPresence": Method(presence, (), ("users:read",)),
}
