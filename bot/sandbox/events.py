"""What happens in the workspace, told to the app in the Events API's words."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.records import Channel, Json, Message, User, Usergroup, View
from bot.sandbox.scopes import hears
from bot.sandbox.shapes import dnd_json, message_json, user_json, usergroup_json, view_json
from bot.sandbox.workspace import Workspace

CHANNEL_TYPE = {"channel": "channel", "private": "group", "dm": "im"}
SUBSCRIPTION = {"channel": "message.channels", "private": "message.groups", "dm": "message.im"}


def _present(ws: Workspace, channel: Channel) -> bool:
    return ws.who.bot_user in channel.members


def posted(ws: Workspace, channel: Channel, message: Message) -> None:
    """A message was posted: `message`, and `app_mention` where a person mentions the bot."""
    if not _present(ws, channel):
        return
    event = message_json(ws, message) | {"channel": channel.id, "event_ts": message.ts}
    if hears(ws, SUBSCRIPTION[channel.kind], channel):
        ws.emit(event | {"channel_type": CHANNEL_TYPE[channel.kind]})
    mentioned = f"<@{ws.who.bot_user}" in message.text and message.bot_id is None
    if mentioned and channel.peer is None and hears(ws, "app_mention", channel):
        ws.emit(event | {"type": "app_mention"})


def edited(ws: Workspace, channel: Channel, before: Message, after: Message | None) -> None:
    """A message was changed, or deleted (`after` is None)."""
    if not _present(ws, channel) or not hears(ws, SUBSCRIPTION[channel.kind], channel):
        return
    ts = ws.new_ts()
    event: Json = {"type": "message", "channel": channel.id, "ts": ts, "event_ts": ts, "hidden": True}
    event |= {"channel_type": CHANNEL_TYPE[channel.kind], "previous_message": message_json(ws, before)}
    if after is None:
        ws.emit(event | {"subtype": "message_deleted", "deleted_ts": before.ts})
    else:
        ws.emit(event | {"subtype": "message_changed", "message": message_json(ws, after)})


def reacted(ws: Workspace, channel: Channel, message: Message, user: str, name: str, *, added: bool) -> None:
    """Somebody added or took back a reaction."""
    kind = "reaction_added" if added else "reaction_removed"
    if _present(ws, channel) and hears(ws, kind, channel):
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message.user}
        ws.emit(event | {"event_ts": ws.new_ts()})


def member(ws: Workspace, channel: Channel, user: str, *, joined: bool, inviter: str | None = None) -> None:
    """Somebody joined or left a channel that the bot is in, or the bot itself did."""
    kind = "member_joined_channel" if joined else "member_left_channel"
    if not (_present(ws, channel) or user == ws.who.bot_user) or not hears(ws, kind, channel):
        return
    event = {"type": kind, "user": user, "channel": channel.id, "team": ws.who.team_id}
    event["channel_type"] = "G" if channel.private else "C"
    if inviter:
        event["inviter"] = inviter
    ws.emit(event | {"event_ts": ws.new_ts()})


def place(ws: Workspace, channel: Channel, what: str, user: str) -> None:
    """A channel was created, renamed, archived, unarchived, deleted, or left by the bot."""
    kind = f"{'group' if channel.private else 'channel'}_{what}"
    if (channel.private and what == "created") or not hears(ws, kind, channel):
        return
    ws.emit({"type": kind, **PLACE[what](channel, user), "event_ts": ws.new_ts()})


def _named(channel: Channel, *beside: str) -> Json:
    shown = {"id": channel.id, "name": channel.name, "created": channel.created, "creator": channel.creator}
    return {"channel": {key: shown[key] for key in ("id", "name", "created", *beside)}}


# What the event of a channel says of it and of who did it.
PLACE: dict[str, Callable[[Channel, str], Json]] = {
    "created": lambda channel, _user: _named(channel, "creator"),
    "rename": lambda channel, _user: _named(channel),
    "archive": lambda channel, user: {"channel": channel.id, "user": user},
    "unarchive": lambda channel, user: {"channel": channel.id, "user": user},
    "deleted": lambda channel, _user: {"channel": channel.id},
    "left": lambda channel, user: {"channel": channel.id, "actor_id": user},
}


def person(ws: Workspace, user: User, kind: str = "user_change") -> None:
    """A person changed, or joined the team (`team_join`)."""
    if hears(ws, kind, None):
        ws.emit({"type": kind, "user": user_json(ws, user), "cache_ts": ws.seconds(), "event_ts": ws.new_ts()})


def huddled(ws: Workspace, user: User, *, inside: bool) -> None:
    """Somebody went into a huddle, or out of it: told as itself and, at the same time, as any change of a person."""
    told = user_json(ws, user)
    told["profile"] |= {"huddle_state": "in_a_huddle" if inside else "default_unset"}
    for kind in ("user_huddle_changed", "user_change"):
        if hears(ws, kind, None):
            ws.emit({"type": kind, "user": told, "cache_ts": ws.seconds(), "event_ts": ws.new_ts()})


def undisturbed(ws: Workspace, user: User) -> None:
    """Somebody turned Do Not Disturb on or off; that it ends by itself is told nobody."""
    kind = "dnd_updated_user"
    if hears(ws, kind, None):
        ws.emit({"type": kind, "user": user.id, "dnd_status": dnd_json(ws, user), "event_ts": ws.new_ts()})


def home_opened(ws: Workspace, user: str, channel: str, tab: str, view: View | None = None) -> None:
    """A person opened the app's home or messages tab; a home that was published before is shown along."""
    if hears(ws, "app_home_opened", None):
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        if view is not None:
            event["view"] = view_json(ws, view)
        ws.emit(event | {"event_ts": ws.new_ts()})


def pinned(ws: Workspace, channel: Channel, message: Message, user: str, *, added: bool) -> None:
    """A message was pinned or unpinned."""
    kind = "pin_added" if added else "pin_removed"
    if _present(ws, channel) and hears(ws, kind, channel):
        item = {"type": "message", "channel": channel.id, "message": message_json(ws, message)}
        event = {"type": kind, "user": user, "channel_id": channel.id, "item": item}
        ws.emit(event | {"event_ts": ws.new_ts()})


def usergroup(ws: Workspace, group: Usergroup, kind: str) -> None:
    """A user group was created or changed."""
    if hears(ws, kind, None):
        ws.emit({"type": kind, "subteam": usergroup_json(ws, group), "event_ts": ws.new_ts()})


def regrouped(ws: Workspace, before: Usergroup, after: Usergroup) -> None:
    """Others are in a user group now: `subteam_members_changed` says who came and went, `subteam_updated` who is in."""
    usergroup(ws, after, "subteam_updated")
    kind = "subteam_members_changed"
    added = [user for user in after.members if user not in before.members]
    removed = [user for user in before.members if user not in after.members]
    if hears(ws, kind, None) and (added or removed):
        event: Json = {"type": kind, "subteam_id": after.id, "team_id": ws.who.team_id}
        event |= {"added_users": added, "added_users_count": len(added)}
        event |= {"removed_users": removed, "removed_users_count": len(removed)}
        ws.emit(event | {"date_previous_update": before.updated, "date_update": after.updated, "event_ts": ws.new_ts()})
