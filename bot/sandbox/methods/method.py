"""What a Web API method is, and how the channels and messages it names are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Channel, Json, Message, User
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it does, the arguments it must have, the scopes of which one is needed, its token's kind."""

    run: Callable[[Workspace, Args], Json]
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # noqa: S105  (a kind of token, not one)


def conversation(ws: Workspace, args: Args, name: str = "channel") -> Channel:
    """The conversation of that id; a private one without the bot does not exist for it."""
    channel = ws.channels.get(args.text(name))
    if channel is None or not seen(ws, channel):
        raise SlackError("channel_not_found")
    return channel


def seen(ws: Workspace, channel: Channel) -> bool:
    """Whether the bot can know of this channel."""
    return not channel.private or joined(ws, channel)


def joined(ws: Workspace, channel: Channel) -> bool:
    """Whether the bot is in this channel."""
    return ws.who.bot_user in channel.members


def must_join(ws: Workspace, channel: Channel) -> None:
    """Refuse unless the bot is in this channel."""
    if not joined(ws, channel):
        raise SlackError("not_in_channel")


def must_be_open(channel: Channel, code: str = "is_archived") -> None:
    """Refuse when the channel is archived."""
    if channel.archived:
        raise SlackError(code)


def public_message(ws: Workspace, channel: Channel, ts: str) -> Message:
    """The message with that timestamp; ephemeral ones cannot be found again."""
    message = ws.message(channel.id, ts)
    if message is None or message.ephemeral_for is not None:
        raise SlackError("message_not_found")
    return message


def member(ws: Workspace, user: str) -> User:
    """The user of that id."""
    known = ws.users.get(user)
    if known is None:
        raise SlackError("user_not_found")
    return known


def page(items: list[Any], args: Args, default: int, maximum: int = 1000) -> tuple[list[Any], str]:
    """One page of a list, and the cursor of the next (empty at the end)."""
    limit = args.number("limit", default)
    if not 1 <= limit <= maximum:
        raise SlackError("invalid_limit")
    cursor = args.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise SlackError("invalid_cursor")
    start = int(cursor.removeprefix("next:") or 0)
    end = start + limit
    return items[start:end], f"next:{end}" if end < len(items) else ""
