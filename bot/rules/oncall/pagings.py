"""What was paged in a time, as facts to count; `store.pagings` reads them from the timelines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.incident import Incident, PersonId

FALSE_ALARM = "false alarm"
"""The reason of a cancelled incident whose pages count nevertheless: they rang, and for nothing."""


@dataclass(frozen=True, slots=True)
class Paging:
    """A level was paged for an incident: `people` were called and waited for; by hand `policy` is empty."""

    number: int
    at: datetime
    people: tuple[PersonId, ...]
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody said that they have it."""

    number: int
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True)
class Judged:
    """The last word of somebody on being paged for an incident."""

    number: int
    person: PersonId
    useless: bool


@dataclass(frozen=True, slots=True)
class Pagings:
    """All of a time, in its order; `incidents` are those that were paged for or declared in it and that count."""

    since: datetime
    until: datetime
    pagings: tuple[Paging, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    judged: tuple[Judged, ...] = ()
    incidents: Mapping[int, Incident] = field(default_factory=dict)


def counts(incident: Incident) -> bool:
    """Whether its pages count: tests page nobody, and what was merged is counted where it went.

    What was cancelled was none, except for a false alarm: that is just what somebody was woken for in vain.
    """
    if incident.is_test or incident.is_merged:
        return False
    return incident.is_open or not incident.cancelled_because or is_false_alarm(incident)


def is_false_alarm(incident: Incident) -> bool:
    """Whether it was cancelled as one."""
    return incident.cancelled_because == FALSE_ALARM
