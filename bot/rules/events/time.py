"""What time brings."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event


@dataclass(frozen=True, slots=True)
class NotAcknowledged(Event):
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CommanderWanted(Event):
    due_at: datetime


@dataclass(frozen=True, slots=True)
class UpdateSoon(Event):
    """A quiet word before the update is due: `due_at` is the promise itself."""

    due_at: datetime
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateDue(Event):
    """Step 1 tells the channel, 2 `asked` by direct message, 3 the announcement channel."""

    due_at: datetime
    promise: datetime
    step: int
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class NotMitigated(Event):
    due_at: datetime


@dataclass(frozen=True, slots=True)
class HandoffWaiting(Event):
    """Nobody has taken the command that `by` offered to `to`."""

    by: str
    to: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TwoHats(Event):
    """The commander of a most severe incident holds `roles` beside."""

    person: str
    roles: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WasAway(Event):
    """Nobody looked at what is due from `since` to `until`, and these kinds of it fell due in that time."""

    since: datetime
    until: datetime
    due: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchiveOffered(Event):
    """It has been closed since `closed_at`: its channel may be archived."""

    closed_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TextsRemoved(Event):
    """It was closed at `closed_at`, so long ago that what people wrote in it is kept no longer."""

    closed_at: datetime
