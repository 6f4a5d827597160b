"""What an incident is: frozen records, no behaviour beyond reading them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias

PersonId: TypeAlias = str
"""A Slack user id, as `U024BE7LH`."""


class Status(StrEnum):
    """Where an incident stands; the order is the usual way forward."""

    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATING = "mitigating"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


def number_in(subject: str) -> int | None:
    """12 of `incident:12`; None for a subject that is no incident."""
    kind, _, name = subject.partition(":")
    return int(name) if kind == "incident" else None


OPEN: tuple[Status, ...] = tuple(status for status in Status if status not in {Status.RESOLVED, Status.CANCELLED})

ROLES: tuple[str, ...] = ("commander", "comms", "lead", "scribe")
MILESTONES: tuple[str, ...] = ("began", "detected", "declared", "acknowledged", "mitigated", "resolved")
KINDS: tuple[str, ...] = ("incident", "test", "near miss")
FIGURES: tuple[str, ...] = ("users", "revenue", "tickets")
"""Numbers of its impact, as people tell them."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A fact that metrics read: when, on whose word, and whether another act only implied it."""

    at: datetime
    source: str
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a chain of reminders last said: counted from which anchor, which step, and when."""

    anchor: datetime
    step: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A message in Slack: the channel's id and the message's ts (text, never a number)."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Handoff:
    """Command, offered by who holds it: `by` commands until `to` takes it."""

    by: PersonId
    to: PersonId
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """The next level is wanted at once: the step to take, since when, why, and who wants it (None: time)."""

    step: int
    at: datetime
    why: str
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last act that may be taken back: its event's name and place in the timeline, and what it changed.

    `earlier` are the incident's fields as they were before it.
    """

    kind: str
    seq: int
    by: PersonId
    at: datetime
    earlier: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, as it stands.

    `anchor` is when the clocks of acknowledgement and mitigation last began: declaration, raise, reopening.
    `promise` is when the next update is due; `promised_at` is when that promise was made.
    """

    number: int
    title: str
    severity: str
    status: Status
    declared_by: PersonId
    anchor: datetime
    respond_from: datetime
    promise: datetime
    promised_at: datetime
    team: str = ""
    kind: str = "incident"
    private: bool = False
    room: Literal["channel", "thread"] = "channel"
    announce: str | None = None
    """The lane of its announcement channel: `announce`, `team:payments`, or None (none, or private)."""
    channel: str | None = None
    channel_name: str | None = None
    channels: int = 1
    """Which of its channels this is: made private, or reopened with its channel archived, it gets a fresh one."""
    former_channels: tuple[str, ...] = ()
    archived: bool = False
    """Whether its channel is archived."""
    announced: Mapping[str, Post] = field(default_factory=dict)
    """Its top message in each lane where it was announced; a raise may announce it in a second one."""
    services: tuple[str, ...] = ()
    affected: str = ""
    impact: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    noticed_by: str = "colleague"
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    roles: Mapping[str, PersonId] = field(default_factory=dict)
    responders: tuple[PersonId, ...] = ()
    acknowledged_by: PersonId | None = None
    members: tuple[PersonId, ...] = ()
    """Who may see it while it is private: declarer, invited, joined."""
    paging_from: datetime | None = None
    """Since when people are to be paged for it; None where its severity pages nobody."""
    calls: Mapping[str, Call] = field(default_factory=dict)
    """Which escalation policies are to page their next level at once."""
    paged: Mapping[PersonId, datetime] = field(default_factory=dict)
    """Who was paged for it, and when last."""
    followers: tuple[PersonId, ...] = ()
    """Who is sent its updates by direct message."""
    access: Mapping[PersonId, datetime] = field(default_factory=dict)
    """Who asked to see it while it is private, and when they last did."""
    handoff: Handoff | None = None
    updates: int = 0
    snoozes: int = 0
    """Snoozes in a row: an update, a status with a note or a severity change starts the count anew."""
    keep_awake: bool = False
    fix: str = ""
    cause: str = ""
    cancelled_because: str = ""
    closed_at: datetime | None = None
    merged_into: int | None = None
    alerts: tuple[str, ...] = ()
    """The groups of alerts that it is about: their subjects (`alert:5d41402abc4b2a76`)."""
    escalation: str | None = None
    """The escalation policy that pages for it, where the rule for its alerts names one."""
    absorbed: tuple[int, ...] = ()
    """The incidents that were merged into this one."""
    undo: Undoable | None = None
    forgotten: bool = False
    """Whether retention has removed what people wrote in it."""
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`INC-12`."""
        return f"INC-{self.number}"

    @property
    def declarer(self) -> PersonId | None:
        """Who declared it; None where an alert did (`declared_by` is `alert:grafana`)."""
        return None if ":" in self.declared_by else self.declared_by

    @property
    def subject(self) -> str:
        """The key of its timeline, outbox and due moments: `incident:12`."""
        return f"incident:{self.number}"

    @property
    def is_test(self) -> bool:
        """Somebody tries Tocsin out: marked everywhere, out of lists and metrics."""
        return self.kind == "test"

    @property
    def is_merged(self) -> bool:
        """Whether it is part of another one now."""
        return self.merged_into is not None

    @property
    def is_open(self) -> bool:
        """Neither resolved nor cancelled."""
        return self.status in OPEN

    @property
    def announcement(self) -> Post | None:
        """Its top message in the announcement channel it has now, once posted."""
        return self.announced.get(self.announce) if self.announce else None

    @property
    def commander(self) -> PersonId | None:
        """Who commands, if somebody does."""
        return self.roles.get("commander")

    def last_step(self, kind: str, anchor: datetime) -> int:
        """The last step that a chain of reminders said, counted from this anchor; 0 for none."""
        said = self.said.get(kind)
        return said.step if said and said.anchor == anchor else 0

    def said_of(self, kind: str) -> Mapping[str, Said]:
        """What was last said of a kind that is said to each once, by whose it is (`falling.Due.mark`)."""
        return {mark.removeprefix(f"{kind} "): said for mark, said in self.said.items() if mark.startswith(f"{kind} ")}

    def at(self, milestone: str) -> datetime | None:
        """When a milestone was reached, or None."""
        reached = self.milestones.get(milestone)
        return reached.at if reached else None
