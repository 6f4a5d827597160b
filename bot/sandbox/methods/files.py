"""files.*: an upload in three steps, as Slack has it: ask where to, send it there, complete and share it."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.methods.chat import thread
from bot.sandbox.methods.method import Method, must_be_open, must_join, seen
from bot.sandbox.records import Channel, File, Json, Message
from bot.sandbox.shapes import file_json
from bot.sandbox.workspace import Workspace

ALT = 1_000
CHANNELS = 100


def upload_url(ws: Workspace, args: Args) -> Json:
    """Where to send a file of that name and length."""
    length = args.number("length", 0)
    if length < 1:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    alt = args.text("alt_txt")
    if len(alt) > ALT:
        raise SlackError("alt_txt_too_large")
    file = File(ws.new_id("F"), args.text("filename"), length, alt, ws.who.bot_user, ws.seconds())
    ws.files[file.id] = file
    key = secrets.token_urlsafe(12)
    ws.uploads[key] = file.id
    return {"upload_url": f"{ws.url}/upload/v1/{key}", "file_id": file.id}


def complete(ws: Workspace, args: Args) -> Json:
    """Share files that were sent, in channels or with nobody yet; each can be completed once."""
    given = args.structure("files")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise invalid_arguments("must be an array of files [json-pointer:/files]")
    files = [_sent(ws, str(each.get("id", ""))) for each in given]
    places = _places(ws, args)
    blocks = check_message_blocks(args.structure("blocks", "invalid_blocks"))
    threads = [thread(ws, place, args) for place in places]
    for file, each in zip(files, given, strict=True):
        file.shared, file.title = True, str(each.get("title") or file.name)
        file.places += [place.id for place in places]
    shown = tuple(file_json(ws, file) for file in files)
    for place, parent in zip(places, threads, strict=True):
        facts: dict[str, Any] = {
            "text": args.text("initial_comment"),
            "blocks": blocks,
            "thread_ts": parent,
            "files": shown,
        }
        message = Message(ws.new_ts(), place.id, ws.who.bot_user, bot_id=ws.who.bot_id, subtype="file_share", **facts)
        ws.put(message)
        events.posted(ws, place, message)
    return {"files": list(shown)}


def _sent(ws: Workspace, file_id: str) -> File:
    file = ws.files.get(file_id)
    if file is None or file.data is None or file.shared:
        raise SlackError("file_not_found")
    return file


def _places(ws: Workspace, args: Args) -> list[Channel]:
    """The channels to share in, by id alone, with the bot in each."""
    ids = args.words("channels") or args.words("channel_id")
    if len(ids) > CHANNELS:
        raise SlackError("channels_limit_exceeded")
    found = [ws.channels.get(each) for each in ids]
    places = [place for place in found if place is not None and seen(ws, place)]
    if len(places) != len(ids):
        raise SlackError("channel_not_found")
    for place in places:
        must_be_open(place, "posting_to_channel_denied")
        must_join(ws, place)
    return places


def delete(ws: Workspace, args: Args) -> Json:
    """Take back one of the bot's own files; the messages that showed it show it no more."""
    file = ws.files.get(args.text("file"))
    if file is None:
        raise SlackError("file_not_found")
    del ws.files[file.id]
    for place in file.places:
        for message in list(ws.posts.get(place, {}).values()):
            if any(each["id"] == file.id for each in message.files):
                ws.change(message, files=tuple(each for each in message.files if each["id"] != file.id))
    return {}


WRITE = ("files:write",)
METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("length", "filename"), WRITE),
    "files.completeUploadExternal": Method(complete, ("files",), WRITE),
    "files.delete": Method(delete, ("file",), WRITE),
}
