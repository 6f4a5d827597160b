"""chat.*: posting, editing and deleting messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import (
    Method,
    conversation,
    joined,
    member,
    must_be_open,
    must_join,
    public_message,
    seen,
)
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.scopes import granted
from bot.sandbox.shapes import message_json
from bot.sandbox.workspace import Workspace

TEXT = 40_000
METADATA_BYTES = 8_000


def destination(ws: Workspace, given: str) -> Channel:
    """Where a message goes: a channel's id or name, or a person, whose direct message is opened."""
    if given in ws.users:
        person = member(ws, given)
        if person.bot:
            raise SlackError("cannot_dm_bot")
        return ws.dm(given)
    channel = ws.channels.get(given) or ws.named(given)
    if channel is None or not seen(ws, channel):
        raise SlackError("channel_not_found")
    return channel


def content(ws: Workspace, args: Args) -> dict[str, Any]:
    """Text and blocks, checked: one of them there must be."""
    markdown = args.text("markdown_text")
    if markdown and (args.has("text") or args.has("blocks")):
        raise SlackError("markdown_text_conflict")
    text = markdown or args.text("text")
    if len(text) > TEXT:
        raise SlackError("msg_too_long")
    blocks = check_message_blocks(args.structure("blocks", "invalid_blocks_format"))
    known_files(ws, blocks)
    if not text.strip() and not blocks and not args.structure("attachments"):
        raise SlackError("no_text")
    return {"text": text, "blocks": blocks}


def known_files(ws: Workspace, blocks: Sequence[Json]) -> None:
    """Refuse blocks that show a file which is not there, or not completed."""
    for position, block in enumerate(blocks):
        shown = (block.get("slack_file") or {}).get("id")
        file = ws.files.get(shown or "")
        if shown and (file is None or not file.shared):
            told = f"[ERROR] invalid slack file [json-pointer:/blocks/{position}/slack_file]"
            raise SlackError("invalid_blocks", errors=[told], response_metadata={"messages": [told]})


def metadata(args: Args) -> Json | None:
    """The message's metadata, checked: an event_type and an event_payload."""
    given = args.structure("metadata", "invalid_metadata_format")
    if given in (None, {}):
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or set(given) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_format")
    if len(str(given)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return given


def thread(ws: Workspace, channel: Channel, args: Args) -> str | None:
    """The parent's timestamp when the message is a reply."""
    ts = args.text("thread_ts")
    if not ts:
        return None
    parent = ws.message(channel.id, ts)
    if parent is None or parent.ephemeral_for:
        raise SlackError("thread_not_found")
    if parent.thread_ts not in (None, ts):
        raise SlackError("cannot_reply_to_message")
    return ts


def post_message(ws: Workspace, args: Args) -> Json:
    """Post a message where the bot may."""
    channel = destination(ws, args.text("channel"))
    must_be_open(channel)
    peer = ws.users.get(channel.peer or "")
    if peer is not None and peer.deleted:
        raise SlackError("user_disabled")
    if not joined(ws, channel) and not granted(ws, "chat:write.public"):
        raise SlackError("not_in_channel")
    facts = content(ws, args) | {"metadata": metadata(args), "thread_ts": thread(ws, channel, args)}
    broadcast = bool(facts["thread_ts"]) and args.flag("reply_broadcast")
    ts = ws.new_ts()
    message = Message(ts, channel.id, ws.who.bot_user, bot_id=ws.who.bot_id, broadcast=broadcast, **facts)
    ws.put(message)
    events.posted(ws, channel, message)
    ws.note("posted", text=message.text)
    return {"channel": channel.id, "ts": ts, "message": message_json(ws, message, metadata=True)}


def post_ephemeral(ws: Workspace, args: Args) -> Json:
    """Show a message to one member of a channel, until they reload."""
    channel = destination(ws, args.text("channel"))
    must_be_open(channel)
    must_join(ws, channel)
    user = args.text("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    facts = content(ws, args) | {"thread_ts": thread(ws, channel, args)}
    ts = ws.new_ts()
    ws.put(Message(ts, channel.id, ws.who.bot_user, bot_id=ws.who.bot_id, ephemeral_for=user, **facts))
    return {"message_ts": ts}


def own_message(ws: Workspace, args: Args, code: str) -> tuple[Channel, Message]:
    """The message to change, which must be the bot's own."""
    channel = conversation(ws, args)
    message = public_message(ws, channel, args.text("ts"))
    if message.bot_id != ws.who.bot_id:
        raise SlackError(code)
    return channel, message


def update(ws: Workspace, args: Args) -> Json:
    """Edit one of the bot's own messages; what is not given stays."""
    channel, before = own_message(ws, args, "cant_update_message")
    must_be_open(channel, "is_inactive")
    facts = content(ws, args)
    if not args.has("blocks"):
        facts["blocks"] = before.blocks
    if not args.has("text"):
        facts["text"] = before.text
    facts["metadata"] = metadata(args) if args.has("metadata") else before.metadata
    if args.flag("reply_broadcast"):
        facts["broadcast"] = True
    after = ws.change(before, edited=True, **facts)
    events.edited(ws, channel, before, after)
    shown = message_json(ws, after, metadata=True)
    return {"channel": channel.id, "ts": after.ts, "text": after.text, "message": shown}


def delete(ws: Workspace, args: Args) -> Json:
    """Delete one of the bot's own messages."""
    channel, message = own_message(ws, args, "cant_delete_message")
    ws.drop(message)
    events.edited(ws, channel, message, None)
    return {"channel": channel.id, "ts": message.ts}


def permalink(ws: Workspace, args: Args) -> Json:
    """The address of a message."""
    channel = conversation(ws, args)
    message = public_message(ws, channel, args.text("message_ts"))
    link = f"https://{ws.who.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, ("channel",), WRITE),
    "chat.postEphemeral": Method(post_ephemeral, ("channel", "user"), WRITE),
    "chat.update": Method(update, ("channel", "ts"), WRITE),
    "chat.delete": Method(delete, ("channel", "ts"), WRITE),
    "chat.getPermalink": Method(permalink, ("channel", "message_ts")),
}
