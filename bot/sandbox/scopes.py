"""Who may do what: the scopes the app was granted, by kind of conversation where Slack tells them apart."""

from __future__ import annotations

from bot.sandbox.errors import SlackError
from bot.sandbox.records import Channel
from bot.sandbox.workspace import Workspace

PREFIX = {"channel": "channels", "private": "groups", "dm": "im"}
MANAGE = {"channel": "channels:manage", "private": "groups:write", "dm": "im:write"}

# What subscribing to an event takes.
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "user_change": "users:read",
    "user_huddle_changed": "users:read",
    "team_join": "users:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "subteam_created": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "dnd_updated_user": "dnd:read",
}


def granted(ws: Workspace, scope: str) -> bool:
    """Whether the app holds this scope."""
    return ws.who.scopes is None or scope in ws.who.scopes


def require(ws: Workspace, *alternatives: str) -> None:
    """Refuse with `missing_scope` unless the app holds one of these."""
    if alternatives and not any(granted(ws, scope) for scope in alternatives):
        provided = ",".join(sorted(ws.who.scopes or ()))
        raise SlackError("missing_scope", needed=",".join(alternatives), provided=provided)


def require_read(ws: Workspace, channel: Channel) -> None:
    """What it takes to read about this conversation."""
    require(ws, f"{PREFIX[channel.kind]}:read")


def require_history(ws: Workspace, channel: Channel) -> None:
    """What it takes to read this conversation."""
    require(ws, f"{PREFIX[channel.kind]}:history")


def require_manage(ws: Workspace, channel: Channel, part: str = "") -> None:
    """What it takes to change this conversation; a part of that (`invites`, `topic`) has its own scope too."""
    finer = (f"{PREFIX[channel.kind]}:write.{part}",) if part else ()
    require(ws, MANAGE[channel.kind], *finer)


def hears(ws: Workspace, event: str, channel: Channel | None) -> bool:
    """Whether the app subscribes to this event and may."""
    if ws.who.events is not None and event not in ws.who.events:
        return False
    if event.startswith("member_") and channel is not None:
        return granted(ws, f"{PREFIX[channel.kind]}:read")
    return event not in EVENT_SCOPES or granted(ws, EVENT_SCOPES[event])
