"""response_url: an app answers an act afterwards, up to five times within thirty minutes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.chat import content, thread
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.workspace import Workspace

USES = 5
LIFE = 30 * 60.0


@dataclass(slots=True)
class Slip:
    """One response_url: whose act it answers, where, and the message the act was on (if any)."""

    user: str
    channel: str
    ts: str | None
    made: float
    used: int = 0


@dataclass(slots=True)
class Responses:
    """All response_urls handed out."""

    ws: Workspace
    slips: dict[str, Slip] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def make(self, user: str, channel: str, ts: str | None = None) -> str:
        """A fresh response_url."""
        key = f"{next(self.numbers):06d}"
        self.slips[key] = Slip(user, channel, ts, time.monotonic())
        return f"{self.ws.url}/response/{key}"

    def use(self, key: str, body: Json) -> None:
        """Do what the app posted to a response_url, or SlackError."""
        slip = self.slips.get(key)
        if slip is None or time.monotonic() - slip.made > LIFE:
            raise SlackError("expired_url")
        if slip.used >= USES:
            raise SlackError("used_url")
        slip.used += 1
        show_answer(self.ws, slip, body)


def show_answer(ws: Workspace, slip: Slip, body: Json) -> None:
    """Show an answer to an act: only to the person unless it says `in_channel`; or change what it was on."""
    origin = ws.message(slip.channel, slip.ts) if slip.ts else None
    channel = ws.channels.get(slip.channel)
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    args = Args(dict(body))
    if origin is not None and (body.get("delete_original") or body.get("replace_original")):
        _change(ws, channel, origin, None if body.get("delete_original") else content(ws, args))
        return
    if body.get("delete_original"):
        return
    facts: dict[str, Any] = content(ws, args) | {"thread_ts": thread(ws, channel, args)}
    private = None if body.get("response_type") == "in_channel" else slip.user
    who = ws.who
    message = Message(ws.new_ts(), channel.id, who.bot_user, bot_id=who.bot_id, ephemeral_for=private, **facts)
    ws.put(message)
    if private is None:
        events.posted(ws, channel, message)


def _change(ws: Workspace, channel: Channel, origin: Message, facts: dict[str, Any] | None) -> None:
    """Replace or delete the message an act was on; one that everybody sees is told to the app."""
    public = origin.ephemeral_for is None
    after = None if facts is None else ws.change(origin, **facts, edited=public)
    if after is None:
        ws.drop(origin)
    if public:
        events.edited(ws, channel, origin, after)
