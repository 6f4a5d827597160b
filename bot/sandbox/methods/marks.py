"""pins.*, reactions.*, bookmarks.*: what is hung on messages and channels."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import (
    Method,
    conversation,
    joined,
    must_be_open,
    must_join,
    public_message,
)
from bot.sandbox.records import Bookmark, Channel, Json, Message
from bot.sandbox.shapes import message_json
from bot.sandbox.workspace import Workspace

EMOJI = r"abcdefghijklmnopqrstuvwxyz0123456789_+-':"
BOOKMARKS = 100
PINS = 100


def _message(ws: Workspace, args: Args) -> tuple[Channel, Message]:
    channel = conversation(ws, args)
    if not args.text("timestamp"):
        raise SlackError("no_item_specified")
    return channel, public_message(ws, channel, args.text("timestamp"))


def pin(ws: Workspace, args: Args) -> Json:
    """Pin a message."""
    channel, message = _message(ws, args)
    must_join(ws, channel)
    must_be_open(channel, "not_pinnable")
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= PINS:
        raise SlackError("too_many_pins")
    channel.pins.append(message.ts)
    events.pinned(ws, channel, message, ws.who.bot_user, added=True)
    return {}


def unpin(ws: Workspace, args: Args) -> Json:
    """Unpin a message."""
    channel, message = _message(ws, args)
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    channel.pins.remove(message.ts)
    events.pinned(ws, channel, message, ws.who.bot_user, added=False)
    return {}


def pins(ws: Workspace, args: Args) -> Json:
    """The pinned messages of a channel."""
    channel = conversation(ws, args)
    found = [m for ts in channel.pins if (m := ws.message(channel.id, ts))]
    shown = [{"type": "message", "channel": channel.id, "message": message_json(ws, m)} for m in found]
    return {"items": shown}


def react(ws: Workspace, channel: Channel, message: Message, user: str, name: str) -> None:
    """Somebody reacts; once a name."""
    users = message.reactions.get(name, ())
    if user in users:
        raise SlackError("already_reacted")
    ws.change(message, reactions={**message.reactions, name: (*users, user)})
    events.reacted(ws, channel, message, user, name, added=True)


def unreact(ws: Workspace, channel: Channel, message: Message, user: str, name: str) -> None:
    """Somebody takes a reaction back."""
    users = message.reactions.get(name, ())
    if user not in users:
        raise SlackError("no_reaction")
    left = {**message.reactions, name: tuple(u for u in users if u != user)}
    ws.change(message, reactions={n: u for n, u in left.items() if u})
    events.reacted(ws, channel, message, user, name, added=False)


def add_reaction(ws: Workspace, args: Args) -> Json:
    """The bot reacts to a message."""
    name = args.text("name").strip(":")
    channel, message = _message(ws, args)
    must_be_open(channel)
    if not joined(ws, channel):
        raise SlackError("no_access")
    if not name or set(name) - set(EMOJI):
        raise SlackError("invalid_name")
    react(ws, channel, message, ws.who.bot_user, name)
    return {}


def remove_reaction(ws: Workspace, args: Args) -> Json:
    """The bot takes its reaction back."""
    channel, message = _message(ws, args)
    unreact(ws, channel, message, ws.who.bot_user, args.text("name").strip(":"))
    return {}


def get_reactions(ws: Workspace, args: Args) -> Json:
    """A message with its reactions."""
    channel, message = _message(ws, args)
    return {"type": "message", "channel": channel.id, "message": message_json(ws, message)}


def bookmark_json(mark: Bookmark) -> Json:
    """A bookmark as the Web API shows it."""
    shown = {"id": mark.id, "channel_id": mark.channel, "title": mark.title, "link": mark.link}
    return shown | {"emoji": mark.emoji, "type": "link"}


def _marked(ws: Workspace, args: Args) -> Channel:
    channel = conversation(ws, args, "channel_id")
    if not joined(ws, channel):
        raise SlackError("channel_not_found")
    return channel


def add_bookmark(ws: Workspace, args: Args) -> Json:
    """Add a link to a channel's header."""
    channel = _marked(ws, args)
    if args.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if not args.text("link").startswith(("https://", "http://")) or len(args.text("link")) > 2048:
        raise SlackError("invalid_link")
    if len(args.text("title")) > 256:
        raise SlackError("invalid_arguments")
    if len(channel.bookmarks) >= BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    name = ws.new_id("Bk")
    mark = Bookmark(name, channel.id, args.text("title"), args.text("link"), args.text("emoji"))
    channel.bookmarks.append(mark)
    ws.touch("state")
    return {"bookmark": bookmark_json(mark)}


def _bookmark(channel: Channel, args: Args) -> Bookmark:
    for mark in channel.bookmarks:
        if mark.id == args.text("bookmark_id"):
            return mark
    raise SlackError("not_found")


def edit_bookmark(ws: Workspace, args: Args) -> Json:
    """Change a bookmark."""
    channel = _marked(ws, args)
    mark = _bookmark(channel, args)
    given = {name: args.text(name) for name in ("title", "link", "emoji") if args.has(name)}
    changed = replace(mark, **given)
    channel.bookmarks[channel.bookmarks.index(mark)] = changed
    ws.touch("state")
    return {"bookmark": bookmark_json(changed)}


def list_bookmarks(ws: Workspace, args: Args) -> Json:
    """The bookmarks of a channel."""
    return {"bookmarks": [bookmark_json(mark) for mark in _marked(ws, args).bookmarks]}


def remove_bookmark(ws: Workspace, args: Args) -> Json:
    """Take a bookmark away."""
    channel = _marked(ws, args)
    channel.bookmarks.remove(_bookmark(channel, args))
    ws.touch("state")
    return {}


METHODS = {
    "pins.add": Method(pin, ("channel",), ("pins:write",)),
    "pins.remove": Method(unpin, ("channel",), ("pins:write",)),
    "pins.list": Method(pins, ("channel",), ("pins:read",)),
    "reactions.add": Method(add_reaction, ("name", "timestamp", "channel"), ("reactions:write",)),
    "reactions.remove": Method(remove_reaction, ("name",), ("reactions:write",)),
    "reactions.get": Method(get_reactions, (), ("reactions:read",)),
    "bookmarks.add": Method(add_bookmark, ("channel_id", "title", "type"), ("bookmarks:write",)),
    "bookmarks.edit": Method(edit_bookmark, ("channel_id", "bookmark_id"), ("bookmarks:write",)),
    "bookmarks.list": Method(list_bookmarks, ("channel_id",), ("bookmarks:read",)),
    "bookmarks.remove": Method(remove_bookmark, ("channel_id", "bookmark_id"), ("bookmarks:write",)),
}
