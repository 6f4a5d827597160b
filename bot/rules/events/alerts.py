"""What alerts of other programs bring about."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class AlertFired(Event):
    """Alerts of one group fire: `count` so far (told at the 1st, 10th, 100th …); `again` after all were over.

    `group` is the subject in which they are kept; `lacks` is what would make them actionable.
    """

    source: str
    title: Words
    group: str
    count: int = 1
    again: bool = False
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertGathered(Event):
    """Alerts of a group fire in an incident that has `many` groups: told with others of the same minute."""

    source: str
    title: Words
    group: str
    many: int
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertsOver(Event):
    """No alert of the group fires any more; `offered`: whether it is asked to resolve the incident."""

    source: str
    title: Words
    group: str
    count: int = 1
    offered: bool = False


@dataclass(frozen=True, slots=True)
class AlertNoted(Event):
    """An alert, or a report, that declares nothing by itself: told (`notify`), or to be judged (`triage`)."""

    source: str
    title: Words
    do: str
    text: Words = Words("")
    reporter: Words = Words("")


@dataclass(frozen=True, slots=True)
class TriageDecided(Event):
    """Somebody judged it: `accepted` as an incident, `declined`, or `merged` into one."""

    decision: str
    by: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Silenced(Event):
    number: int
    what: Words
    until: datetime
    why: Words = Words("")


@dataclass(frozen=True, slots=True)
class SilenceLifted(Event):
    number: int
    what: Words


@dataclass(frozen=True, slots=True)
class HeartbeatMissed(Event):
    """Nothing was heard from it for longer than it may be silent."""

    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class HeartbeatBack(Event):
    name: str
