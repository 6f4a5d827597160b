"""What can happen: one frozen record an event, each an entry of a timeline.

What people wrote is `Words`: it is kept apart from the facts, so that retention can remove it and the hash
chain still holds.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

Words = NewType("Words", str)
"""Text that a person wrote; plain, unescaped."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a subject."""


# --- what people do ---


@dataclass(frozen=True, slots=True)
class Declared(Event):
    """`link` is the message it was declared from, if any."""

    title: Words
    severity: str
    services: tuple[str, ...] = ()
    affected: Words = Words("")
    private: bool = False
    noticed_by: str = "colleague"
    began: datetime | None = None
    quote: Words = Words("")
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    """`implied`: command or a status was taken, which acknowledges as well."""

    by: str
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Unacknowledged(Event):
    by: str


@dataclass(frozen=True, slots=True)
class StatusChanged(Event):
    """`impact` where it was told with the status and no update carries it."""

    before: str
    after: str
    impact: Words = Words("")


@dataclass(frozen=True, slots=True)
class SeverityChanged(Event):
    before: str
    after: str
    raised: bool
    why: Words = Words("")


@dataclass(frozen=True, slots=True)
class RoleAssigned(Event):
    """`previous` held the role until now."""

    role: str
    person: str
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceAdded(Event):
    service: str


@dataclass(frozen=True, slots=True)
class ServiceRemoved(Event):
    service: str


@dataclass(frozen=True, slots=True)
class Updated(Event):
    """Update #`number`, in the one form: severity, status, impact, what is being done, next update."""

    number: int
    severity: str
    status: str
    text: Words
    impact: Words = Words("")
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Noted(Event):
    text: Words


@dataclass(frozen=True, slots=True)
class EventRecorded(Event):
    """Something that happened at `at`, told afterwards; `author` and `link` where it was a message."""

    text: Words
    at: datetime
    author: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Snoozed(Event):
    until: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Resolved(Event):
    """`began` is from when the length is counted (declared)."""

    fix: Words
    declared_at: datetime
    impact: Words = Words("")
    cause: Words = Words("")


@dataclass(frozen=True, slots=True)
class Reopened(Event):
    why: Words


@dataclass(frozen=True, slots=True)
class Cancelled(Event):
    """`reason`: false alarm, duplicate, planned, test or other."""

    reason: str
    why: Words = Words("")


@dataclass(frozen=True, slots=True)
class KeptAwake(Event):
    """Its clocks run outside business hours too."""


@dataclass(frozen=True, slots=True)
class InHand(Event):
    """Asked whether to raise, somebody answered that it is in hand."""

    why: Words = Words("")


# --- what time brings ---


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


# --- what Slack answered or told ---


@dataclass(frozen=True, slots=True)
class RoomMade(Event):
    channel: str
    name: str


@dataclass(frozen=True, slots=True)
class Announced(Event):
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    person: str


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    person: str


@dataclass(frozen=True, slots=True)
class GaveUp(Event):
    """A message or call that can never succeed: what it was, where to, and Slack's reason.

    `told` is false where the same was said of that place a short while ago.
    """

    what: str
    lane: str
    reason: str
    told: bool = True


KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
TOLD_BY_TIME: tuple[type[Event], ...] = (
    NotAcknowledged,
    NotMitigated,
    CommanderWanted,
    UpdateDue,
    UpdateSoon,
)
"""What time brings, the gravest first."""
