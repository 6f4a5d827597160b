"""How Tocsin itself stands: a read model for whoever runs it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

GRACE = timedelta(seconds=60)
"""How long after its time something may fall due, or be sent, before that is called a fault."""

Why: TypeAlias = Literal["sending", "paused", "no place yet", "ready"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with something waiting: how many rows, since when, and why it does not go now; `left` of a pause."""

    lane: str
    rows: int
    since: datetime
    why: Why
    left: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Program:
    """A Tocsin that runs: where, how it listens to Slack, since how long, and how long ago it heard from Slack."""

    host: str
    version: str
    way: str
    up: timedelta
    heard: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Falling:
    """What falls due next for an incident, and when."""

    when: datetime
    incident: str
    what: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything at one moment. `open` counts incidents by (severity, kind); `findings` are the audit's sentences.

    `overdue` is how many incidents have had something due for longer than GRACE; `backup` is when the last was made,
    None where it is not known; `wants_backup`: whether backups are configured.
    """

    version: str
    database: str
    size: int
    schema: str
    programs: tuple[Program, ...] = ()
    open: Mapping[tuple[str, str], int] = field(default_factory=dict)
    falling: tuple[Falling, ...] = ()
    overdue: int = 0
    lanes: tuple[Lane, ...] = ()
    given_up: int = 0
    findings: tuple[str, ...] = ()
    backup: datetime | None = None
    wants_backup: bool = False

    def troubles(self, now: datetime) -> tuple[str, ...]:
        """What is wrong, a sentence each, with its cure."""
        return tuple(self._troubles(now))

    def _troubles(self, now: datetime) -> Iterator[str]:
        if not self.programs:
            yield "No Tocsin runs: nobody is reminded and Slack is told nothing. Start `tocsin run`."
        if self.overdue:
            many = "1 incident has" if self.overdue == 1 else f"{self.overdue} incidents have"
            yield f"{many} something overdue by more than a minute. The log of `tocsin run` tells why."
        stuck = [lane for lane in self.lanes if lane.why == "ready" and now - lane.since > GRACE]
        if stuck and self.programs:
            yield f"{stuck[0].lane} could be sent and was not for more than a minute. The log tells why."
        yield from self.findings
