"""Whether a call of unclear end had its effect: how the double of each kind is found before it is sent again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.outside.slack import Slack

EVENT_TYPE = "tocsin_outbox"
MARGIN = timedelta(minutes=2)
"""Slack's clock and ours may differ by so much."""


def metadata(row_id: int) -> dict[str, Any]:
    """What marks a message as ours, so that it can be found again by its outbox id."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": row_id}}


def is_ours(message: Mapping[str, Any]) -> bool:
    """Whether a message, read with its metadata, was posted by delivery."""
    mark = message.get("metadata")
    return isinstance(mark, Mapping) and mark.get("event_type") == EVENT_TYPE


async def find_message(
    slack: Slack, channel: str, row_id: int, since: datetime, thread_ts: str | None = None
) -> Mapping[str, Any] | None:
    """The message that carries this outbox id, or None."""
    args: dict[str, Any] = {"channel": channel, "include_all_metadata": "true", "limit": "200"}
    args["oldest"] = f"{(since - MARGIN).timestamp():.6f}"
    if thread_ts:
        args["ts"] = thread_ts
    cursor = ""
    while True:
        page = await slack.ask(
            "conversations.replies" if thread_ts else "conversations.history", **args, cursor=cursor or None
        )
        for message in page.get("messages", []):
            if message.get("metadata") == metadata(row_id):
                return {"channel": channel, "ts": message["ts"]}
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return None


async def find_file(slack: Slack, channel: str, name: str, since: datetime) -> bool:
    """Whether a file of that name was shown in the channel since then."""
    oldest = f"{(since - MARGIN).timestamp():.6f}"
    page = await slack.ask("conversations.history", channel=channel, oldest=oldest, limit="200")
    return any(file.get("name") == name for message in page.get("messages", []) for file in message.get("files", []))


async def find_channel(slack: Slack, name: str, creator: str, since: datetime) -> Mapping[str, Any] | None:
    """The channel of that name that our bot made since then, or None; a stranger's is never adopted."""
    cursor = ""
    while True:
        page = await slack.ask(
            "users.conversations",
            types="public_channel,private_channel",
            exclude_archived="true",
            limit="200",
            cursor=cursor or None,
        )
        for channel in page.get("channels", []):
            is_ours = channel.get("creator") == creator and channel.get("created", 0) >= (since - MARGIN).timestamp()
            if channel.get("name") == name and is_ours:
                return dict(channel)
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return None


async def find_bookmark(slack: Slack, channel: str, link: str) -> bool:
    """Whether the channel has a bookmark to that link."""
    page = await slack.ask("bookmarks.list", channel_id=channel)
    return any(bookmark.get("link") == link for bookmark in page.get("bookmarks", []))
