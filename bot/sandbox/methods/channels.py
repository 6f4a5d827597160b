"""conversations.*: making, changing and listing channels."""

from __future__ import annotations

import re

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.methods.method import (
    Method,
    conversation,
    joined,
    member,
    must_be_open,
    must_join,
    page,
    seen,
)
from bot.sandbox.records import Channel, Json
from bot.sandbox.scopes import PREFIX, require, require_manage, require_read
from bot.sandbox.shapes import channel_json
from bot.sandbox.workspace import Workspace

NAME = 80
TOPIC = 250
KINDS = {"public_channel": "channel", "private_channel": "private", "im": "dm", "mpim": "group dm"}


def free_name(ws: Workspace, name: str) -> str:
    """The name, if Slack takes it for a new channel and nobody has it, not even an archived one."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME:
        raise SlackError("invalid_name_maxlength")
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise SlackError("invalid_name_specials")
    if not re.search(r"[a-z0-9]", name):
        raise SlackError("invalid_name_punctuation")
    if ws.named(name) is not None:
        raise SlackError("name_taken")
    return name


def only_channels(channel: Channel) -> None:
    """Refuse what makes no sense for a direct message."""
    if channel.peer is not None:
        raise SlackError("method_not_supported_for_channel_type")


def create(ws: Workspace, args: Args) -> Json:
    """Make a channel with the bot in it."""
    private = args.flag("is_private")
    require(ws, "groups:write" if private else "channels:manage")
    bot = ws.who.bot_user
    name = free_name(ws, args.text("name"))
    channel = ws.add_channel(name, private=private, creator=bot, members=[bot])
    events.place(ws, channel, "created", bot)
    events.member(ws, channel, bot, joined=True)
    ws.note("channel_created", by=bot, channel=channel.id)
    return {"channel": channel_json(ws, channel)}


def archive(ws: Workspace, args: Args) -> Json:
    """Archive a channel; everybody is out of it then, the bot too."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel)
    must_be_open(channel, "already_archived")
    if channel.name == "general":
        raise SlackError("cant_archive_general")
    must_join(ws, channel)
    shut(ws, channel, ws.who.bot_user)
    return {}


def shut(ws: Workspace, channel: Channel, by: str) -> None:
    """Archive, whoever did it. The bot hears of it if it was there."""
    told = joined(ws, channel) or not channel.private
    channel.archived = True
    if told:
        events.place(ws, channel, "archive", by)
    if joined(ws, channel):
        channel.members.remove(ws.who.bot_user)
    ws.touch("state", f"channel:{channel.id}")


def unarchive(ws: Workspace, args: Args) -> Json:
    """No bot can: archiving took it out of the channel."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel)
    if not channel.archived:
        raise SlackError("not_archived")
    raise SlackError("not_in_channel")


def rename(ws: Workspace, args: Args) -> Json:
    """Give a channel another name."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel)
    must_be_open(channel)
    must_join(ws, channel)
    if channel.creator != ws.who.bot_user:
        raise SlackError("not_authorized")
    channel.name = free_name(ws, args.text("name"))
    events.place(ws, channel, "rename", ws.who.bot_user)
    ws.touch("state")
    return {"channel": channel_json(ws, channel)}


def set_topic(ws: Workspace, args: Args) -> Json:
    """Set a channel's topic."""
    channel = headed(ws, args, "topic")
    channel.topic = args.text("topic")
    return {"channel": channel_json(ws, channel), "topic": channel.topic}


def set_purpose(ws: Workspace, args: Args) -> Json:
    """Set a channel's purpose."""
    channel = headed(ws, args, "purpose")
    channel.purpose = args.text("purpose")
    return {"channel": channel_json(ws, channel), "purpose": channel.purpose}


def headed(ws: Workspace, args: Args, part: str) -> Channel:
    """The channel whose head may be changed, and the text fits."""
    channel = conversation(ws, args)
    only_channels(channel)
    require_manage(ws, channel, "topic")
    must_be_open(channel)
    must_join(ws, channel)
    if len(args.text(part)) > TOPIC:
        raise SlackError("too_long")
    ws.touch("state")
    return channel


def info(ws: Workspace, args: Args) -> Json:
    """What there is to know of one conversation."""
    channel = conversation(ws, args)
    require_read(ws, channel)
    shown = channel_json(ws, channel)
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def list_(ws: Workspace, args: Args) -> Json:
    """The conversations of the asked types that the bot can know of."""
    return _listed(ws, args, [c for c in ws.channels.values() if seen(ws, c)])


def of_user(ws: Workspace, args: Args) -> Json:
    """The conversations that a user (by default the bot) is in."""
    user = member(ws, args.text("user", ws.who.bot_user)).id
    return _listed(ws, args, [c for c in ws.channels.values() if seen(ws, c) and user in c.members])


def _listed(ws: Workspace, args: Args, channels: list[Channel]) -> Json:
    types = args.words("types") or ["public_channel"]
    if set(types) - set(KINDS):
        raise SlackError("invalid_types")
    kinds = {KINDS[t] for t in types}
    for kind in sorted(kinds & set(PREFIX)):
        require(ws, f"{PREFIX[kind]}:read")
    shut_out = args.flag("exclude_archived")
    wanted = [c for c in channels if c.kind in kinds and not (shut_out and c.archived)]
    part, cursor = page(wanted, args, 100)
    return {"channels": [channel_json(ws, c) for c in part], "response_metadata": {"next_cursor": cursor}}


def open_(ws: Workspace, args: Args) -> Json:
    """Open the direct message with one person."""
    require(ws, "im:write")
    if args.has("channel"):
        return {"channel": channel_json(ws, conversation(ws, args))}
    users = args.words("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise invalid_arguments("this sandbox opens direct messages with one person only")
    person = member(ws, users[0])
    if person.deleted:
        raise SlackError("user_disabled")
    if person.bot:
        raise SlackError("cannot_dm_bot")
    opened = ws.dm(person.id)
    shown = channel_json(ws, opened) if args.flag("return_im") else {"id": opened.id}
    return {"channel": shown}


WRITES = ("channels:manage", "groups:write", "im:write", "mpim:write", "channels:write")
TOPICS = (*WRITES, "channels:write.topic", "groups:write.topic")
READS = ("channels:read", "groups:read", "im:read", "mpim:read")
METHODS = {
    "conversations.create": Method(create, ("name",), WRITES),
    "conversations.archive": Method(archive, ("channel",), WRITES),
    "conversations.unarchive": Method(unarchive, ("channel",), WRITES),
    "conversations.rename": Method(rename, ("channel", "name"), WRITES),
    "conversations.setTopic": Method(set_topic, ("channel", "topic"), TOPICS),
    "conversations.setPurpose": Method(set_purpose, ("channel", "purpose"), TOPICS),
    "conversations.info": Method(info, ("channel",), READS),
    "conversations.list": Method(list_, (), READS),
    "conversations.open": Method(open_, (), WRITES),
    "users.conversations": Method(of_user, (), READS),
}
