"""What Slack answered or told of places, and what people decide of them."""

from dataclasses import dataclass

from bot.rules.events.event import Event


@dataclass(frozen=True, slots=True)
class RoomMade(Event):
    channel: str
    name: str


@dataclass(frozen=True, slots=True)
class Announced(Event):
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class GaveUp(Event):
    """A message or call that can never succeed: what it was, where to, and Slack's reason.

    `told` is false where the same was said of that place a short while ago; `nobody`: no place and no person is left
    to whom it could be said.
    """

    what: str
    lane: str
    reason: str
    told: bool = True
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class RoomRenamed(Event):
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RoomArchived(Event):
    channel: str


@dataclass(frozen=True, slots=True)
class RoomUnarchived(Event):
    """`inside`: whether Tocsin is in it again."""

    channel: str
    inside: bool = True


@dataclass(frozen=True, slots=True)
class RoomGone(Event):
    """`why`: deleted, or removed (Tocsin was taken out of it)."""

    channel: str
    why: str


@dataclass(frozen=True, slots=True)
class RoomReplaced(Event):
    """It gets a fresh channel, because `former` is archived, deleted, or Tocsin was removed from it: `why`."""

    former: str
    why: str = "archived"


@dataclass(frozen=True, slots=True)
class ArchiveRequested(Event):
    """Somebody wants `channel` archived."""

    channel: str


@dataclass(frozen=True, slots=True)
class ChannelKept(Event):
    """Somebody wants the channel kept; it is not asked again."""

    channel: str
