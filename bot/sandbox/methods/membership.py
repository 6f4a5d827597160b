"""conversations.*: who is in a channel."""

from __future__ import annotations

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.channels import READS, WRITES, only_channels
from bot.sandbox.methods.method import Method, conversation, joined, member, must_be_open, must_join, page
from bot.sandbox.records import Channel, Json
from bot.sandbox.scopes import require_manage, require_read
from bot.sandbox.shapes import channel_json
from bot.sandbox.workspace import Workspace

MANY = 1_000


def enter(ws: Workspace, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Somebody is in the channel from now on."""
    channel.members.append(user)
    events.member(ws, channel, user, joined=True, inviter=inviter)
    ws.touch("state")


def exit_(ws: Workspace, channel: Channel, user: str, by: str | None = None) -> None:
    """Somebody is not in the channel any more; `by` is who took them out."""
    channel.members.remove(user)
    events.member(ws, channel, user, joined=False)
    if user == ws.who.bot_user:
        events.place(ws, channel, "left", by or user)
    ws.touch("state")


def why_not(ws: Workspace, channel: Channel, user: str) -> str | None:
    """Slack's code for why this user cannot be invited; None when they can."""
    known = ws.users.get(user)
    if known is None:
        return "user_not_found"
    if user == ws.who.bot_user:
        return "cant_invite_self"
    if known.deleted:
        return "cant_invite"
    if known.guest:
        return "user_is_restricted"
    return "already_in_channel" if user in channel.members else None


def invite(ws: Workspace, args: Args) -> Json:
    """Invite people; when one cannot be, none is, unless `force` is set."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel, "invites")
    must_be_open(channel)
    must_join(ws, channel)
    users = args.words("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > MANY:
        raise SlackError("too_many_users")
    failed = {user: code for user in users if (code := why_not(ws, channel, user))}
    if failed and (not args.flag("force") or len(failed) == len(users)):
        each = [{"user": user, "ok": False, "error": code} for user, code in failed.items()]
        raise SlackError(next(iter(failed.values())), errors=each)
    for user in dict.fromkeys(users):
        if user not in failed:
            enter(ws, channel, user, ws.who.bot_user)
    return {"channel": channel_json(ws, channel)}


def join(ws: Workspace, args: Args) -> Json:
    """The bot joins a public channel."""
    channel = conversation(ws, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    must_be_open(channel)
    beside: Json = {}
    if joined(ws, channel):
        beside = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        enter(ws, channel, ws.who.bot_user)
    return {"channel": channel_json(ws, channel), **beside}


def leave(ws: Workspace, args: Args) -> Json:
    """The bot leaves a channel."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel)
    must_be_open(channel)
    if channel.name == "general":
        raise SlackError("cant_leave_general")
    if not joined(ws, channel):
        return {"not_in_channel": True}
    if channel.private and len(channel.members) == 1:
        raise SlackError("last_member")
    exit_(ws, channel, ws.who.bot_user)
    return {}


def kick(ws: Workspace, args: Args) -> Json:
    """Take somebody out of a channel."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel)
    must_join(ws, channel)
    user = member(ws, args.text("user")).id
    if user == ws.who.bot_user:
        raise SlackError("cant_kick_self")
    if channel.name == "general":
        raise SlackError("cant_kick_from_general")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    exit_(ws, channel, user)
    return {}


def members(ws: Workspace, args: Args) -> Json:
    """Who is in a conversation."""
    channel = conversation(ws, args)
    require_read(ws, channel)
    part, cursor = page(channel.members, args, 100)
    return {"members": part, "response_metadata": {"next_cursor": cursor}}


INVITES = (*WRITES, "channels:write.invites", "groups:write.invites")
METHODS = {
    "conversations.invite": Method(invite, ("channel", "users"), INVITES),
    "conversations.join": Method(join, ("channel",), ("channels:join",)),
    "conversations.leave": Method(leave, ("channel",), WRITES),
    "conversations.kick": Method(kick, ("channel", "user"), ("channels:manage", "groups:write")),
    "conversations.members": Method(members, ("channel",), READS),
}
