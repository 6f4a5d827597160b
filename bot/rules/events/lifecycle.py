"""What people do with an incident, from declared to resolved."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class Declared(Event):
    """`link` is the message it was declared from, if any; `over`: it had ended already when it was declared."""

    title: Words
    severity: str
    services: tuple[str, ...] = ()
    affected: Words = Words("")
    private: bool = False
    noticed_by: str = "colleague"
    began: datetime | None = None
    kind: str = "incident"
    over: bool = False
    quote: Words = Words("")
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    """`implied`: command or a status was taken, which acknowledges as well."""

    by: str
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Unacknowledged(Event):
    """`holder` had it, where that was somebody else."""

    by: str
    holder: str | None = None


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
    """`declared_at` is from when the length is counted; `at` where it was resolved before it was declared."""

    fix: Words
    declared_at: datetime
    impact: Words = Words("")
    cause: Words = Words("")
    at: datetime | None = None


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
