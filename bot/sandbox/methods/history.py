"""conversations.history and conversations.replies: reading what was said."""

from __future__ import annotations

from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import Method, conversation, must_join, page
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.scopes import require_history
from bot.sandbox.shapes import message_json
from bot.sandbox.workspace import Workspace

SCOPES = ("channels:history", "groups:history", "im:history", "mpim:history")


def readable(ws: Workspace, args: Args) -> Channel:
    """The conversation, if the bot may read it."""
    channel = conversation(ws, args)
    require_history(ws, channel)
    must_join(ws, channel)
    return channel


def bound(args: Args, name: str, default: float) -> float:
    """A timestamp argument as a number to compare with."""
    given = args.text(name)
    try:
        return float(given) if given else default
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def within(args: Args, message: Message) -> bool:
    """Whether a message lies between `oldest` and `latest`."""
    oldest, latest = bound(args, "oldest", -1.0), bound(args, "latest", float("inf"))
    ts = float(message.ts)
    if args.flag("inclusive"):
        return oldest <= ts <= latest
    return oldest < ts < latest


def _answer(ws: Workspace, args: Args, found: list[Message]) -> Json:
    part, cursor = page(found, args, 100)
    shown = [message_json(ws, m, metadata=args.flag("include_all_metadata")) for m in part]
    answer: Json = {"messages": shown, "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def history(ws: Workspace, args: Args) -> Json:
    """The messages of a conversation, newest first, without the replies in threads."""
    channel = readable(ws, args)
    found = [
        m
        for m in reversed(ws.posts[channel.id].values())
        if m.ephemeral_for is None and (m.thread_ts in (None, m.ts) or m.broadcast) and within(args, m)
    ]
    return _answer(ws, args, found) | {"pin_count": len(channel.pins)}


def replies(ws: Workspace, args: Args) -> Json:
    """A thread: its parent, then its replies, oldest first."""
    channel = readable(ws, args)
    asked = ws.message(channel.id, args.text("ts"))
    if asked is None or asked.ephemeral_for is not None:
        raise SlackError("thread_not_found")
    root = asked.thread_ts or asked.ts
    parent = ws.message(channel.id, root)
    found = [m for m in ws.replies(channel.id, root) if within(args, m)]
    return _answer(ws, args, ([parent] if parent else []) + found)


METHODS = {
    "conversations.history": Method(history, ("channel",), SCOPES),
    "conversations.replies": Method(replies, ("channel", "ts"), SCOPES),
}
