"""The records of the sandbox: what a workspace is made of, and what tests read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

Json = dict[str, Any]


class Clock(Protocol):
    """The clock that the sandbox tells its time by and that the page's buttons turn."""

    def now(self) -> datetime:
        """The moment, aware; every message and event carries it."""

    async def forward(self, *, minutes: float) -> None:
        """Turn forward by so many minutes, and return once everything has settled."""

    async def to_next_due(self) -> None:
        """Turn to the next due moment, and return once everything has settled."""

    def next_due(self) -> tuple[datetime, str] | None:
        """When something falls due next, and what, in words."""


class SandboxRefused(Exception):
    """Slack itself would not let a person do this; the sentence says why."""


@dataclass(slots=True)
class User:
    """A member of the workspace, person or bot. `undisturbed` is when Do Not Disturb begins and ends."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Madrid"
    admin: bool = False
    guest: bool = False
    bot: bool = False
    deleted: bool = False
    undisturbed: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Usergroup:
    """A user group, as in `@payments-oncall`; `updated` is in seconds since 1970."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]
    updated: int = 0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A link in a channel's header."""

    id: str
    channel: str
    title: str
    link: str
    emoji: str = ""


@dataclass(slots=True)
class Channel:
    """A channel, a private channel or a direct message (`peer` is then the other person)."""

    id: str
    name: str
    private: bool = False
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    peer: str | None = None
    members: list[str] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)

    @property
    def kind(self) -> Literal["channel", "private", "dm"]:
        """What it is: `channel`, `private` or `dm`."""
        if self.peer is not None:
            return "dm"
        return "private" if self.private else "channel"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands now; an edit makes a new record."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    bot_id: str | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    ephemeral_for: str | None = None
    edited: bool = False
    subtype: str | None = None
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reply_count: int = 0
    reply_users: tuple[str, ...] = ()
    latest_reply: str | None = None
    files: tuple[Json, ...] = ()


@dataclass(slots=True)
class File:
    """An uploaded file. `data` is None until it was sent; `shared` once the upload was completed."""

    id: str
    name: str
    length: int
    alt: str
    user: str
    created: int
    title: str = ""
    data: bytes | None = None
    shared: bool = False
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class View:
    """A modal or an App Home tab, with what the person has put into it so far."""

    id: str
    user: str
    type: str
    hash: str
    content: Json
    root: str
    previous: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    block_errors: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title as shown; empty for an App Home."""
        title = self.content.get("title") or {}
        return str(title.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """The blocks, each with its block_id and action_id."""
        return list(self.content.get("blocks", []))

    @property
    def callback_id(self) -> str:
        """The app's name for this kind of view."""
        return str(self.content.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """What the app keeps with the view."""
        return str(self.content.get("private_metadata", ""))

    @property
    def errors(self) -> dict[str, str]:
        """The errors shown, by the label of the block, or by its block_id where it has none."""
        labels = {b["block_id"]: (b.get("label") or {}).get("text") for b in self.blocks}
        return {labels.get(block) or block: text for block, text in self.block_errors.items()}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API (or of a response_url), answered or refused."""

    method: str
    args: Json
    ok: bool
    error: str | None
    at: datetime
    status: int


@dataclass(frozen=True, slots=True)
class Ack:
    """What the app answered to a person's act, and how long it took."""

    status: Literal["ok", "timeout", "error"]
    body: Json | None
    milliseconds: float
    error: str | None = None

    @property
    def text(self) -> str:
        """The text of the answer, if any."""
        return str((self.body or {}).get("text", ""))
