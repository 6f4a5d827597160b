"""How on-call weighs on people: five figures with two limits each, time off that is due, and who leads too much.

The limits are the guides'. A figure under its first limit is healthy, one over its second unhealthy.
Time off (`DAYS_OFF`): one day for each week in which somebody had more than 5 pages, or more than 3 after hours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.rules.incident import Incident, PersonId
from bot.rules.oncall.pagings import Paging, Pagings, is_false_alarm
from bot.rules.oncall.rotation import Target
from bot.rules.policy import Policy, named

Verdict: TypeAlias = Literal["healthy", "in between", "unhealthy", "unknown"]

WEEK = timedelta(days=7)
DAYS_OFF = 1
"""Days off that each heavy week is worth."""

HERO_SHARE = 0.5
HERO_FEWEST = 4
"""Who led more than half of at least four incidents does what others should be able to do."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the guides: healthy below `healthy`, unhealthy above `unhealthy`; times are in seconds."""

    name: str
    title: str
    healthy: float
    unhealthy: float
    unit: Literal["a week", "share", "time"]

    def verdict(self, value: float | None) -> Verdict:
        """What a figure means; None where there is nothing to measure."""
        if value is None:
            return "unknown"
        if value < self.healthy:
            return "healthy"
        return "unhealthy" if value > self.unhealthy else "in between"


MEASURES: tuple[Measure, ...] = (
    Measure("pages", "Pages", 2, 5, "a week"),
    Measure("false_alarms", "False alarms", 0.10, 0.30, "share"),
    Measure("acknowledged", "Time to acknowledge", 5 * 60, 15 * 60, "time"),
    Measure("after_hours", "After hours", 1, 3, "a week"),
    Measure("mitigated", "Time to mitigate", 30 * 60, 2 * 3600, "time"),
)
"""The guides' five rows, in their order."""

_LIMITS = {measure.name: measure.unhealthy for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `since` on: how often somebody was paged, and how often of that outside their business hours."""

    since: datetime
    pages: int = 0
    after_hours: int = 0

    @property
    def is_heavy(self) -> bool:
        """Whether time off is due after it."""
        return self.pages > _LIMITS["pages"] or self.after_hours > _LIMITS["after_hours"]


@dataclass(frozen=True, slots=True)
class Load:
    """What on-call was for a team or a person: `figures` by the measure's name, and the weeks, the oldest first."""

    who: str
    figures: Mapping[str, float | None]
    weeks: tuple[Week, ...]

    @property
    def pages(self) -> int:
        """How often they were paged in all."""
        return sum(week.pages for week in self.weeks)

    @property
    def days_off(self) -> int:
        """How many days off are due for its heavy weeks."""
        return DAYS_OFF * sum(week.is_heavy for week in self.weeks)

    @property
    def verdict(self) -> Verdict:
        """The worst of its figures."""
        found = {measure.verdict(self.figures[measure.name]) for measure in MEASURES}
        return next(each for each in ("unhealthy", "in between", "healthy", "unknown") if each in found)


@dataclass(frozen=True, slots=True)
class Health:
    """A report: `team` (None: all of them), its people, the most paged first, and who led how many of its incidents."""

    since: datetime
    until: datetime
    team: str | None
    whole: Load
    people: tuple[Load, ...] = ()
    led: Mapping[PersonId, int] = field(default_factory=dict)
    incidents: int = 0

    @property
    def busiest(self) -> tuple[PersonId, int] | None:
        """Who led the most of its incidents, and how many."""
        return max(self.led.items(), key=lambda each: (each[1], each[0]), default=None)

    @property
    def has_hero(self) -> bool:
        """Whether it leans on one person."""
        commanded = sum(self.led.values())
        return bool(self.busiest and commanded >= HERO_FEWEST and self.busiest[1] / commanded > HERO_SHARE)


def health(
    found: Pagings, policy: Policy, zones: Mapping[PersonId, ZoneInfo] | None = None, *, team: str | None = None
) -> Health:
    """The report of a time that is whole weeks long. Business hours are counted on each person's own clock."""
    mine = _of_team(found, policy, team)
    counting = _Counting(mine, policy, zones or {})
    names = dict.fromkeys(person for paging in mine.pagings for person in paging.people)
    people = sorted((counting.of(name) for name in names), key=lambda load: (-load.pages, load.who))
    declared = [each for each in mine.incidents.values() if found.since <= _declared(each) < found.until]
    real = [each for each in declared if not is_false_alarm(each)]
    led: dict[PersonId, int] = {}
    for incident in real:
        if incident.commander:
            led[incident.commander] = led.get(incident.commander, 0) + 1
    return Health(found.since, found.until, team, counting.of(None, team or ""), tuple(people), led, len(real))


def _of_team(found: Pagings, policy: Policy, team: str | None) -> Pagings:
    """Those of a team: its policy paged, or its services are concerned."""
    pagings = tuple(each for each in found.pagings if each.number in found.incidents)
    if team is None:
        return replace(found, pagings=pagings)
    mine = tuple(each for each in pagings if team in _teams(each, found.incidents[each.number], policy))
    numbers = {each.number for each in mine}
    owned = {n: each for n, each in found.incidents.items() if n in numbers or _owns(team, each, policy)}
    return replace(found, pagings=mine, incidents=owned)


def _owns(team: str, incident: Incident, policy: Policy) -> bool:
    owner = policy.team_of(incident)
    return owner is not None and owner.name == team


def _teams(paging: Paging, incident: Incident, policy: Policy) -> frozenset[str]:
    """Whose page it was: the teams of its services that page by that policy, else who owns it, else any that does,
    else those whose rotations that policy pages."""
    owners = {service.team for service in policy.services_of(incident.services)}
    paging_by = frozenset(each.name for each in policy.teams if paging.policy and each.policy == paging.policy)
    owner = policy.team_of(incident)
    return paging_by & owners or (frozenset({owner.name}) if owner else paging_by or _turning(paging, policy))


def _turning(paging: Paging, policy: Policy) -> frozenset[str]:
    escalation = named(policy.policies, paging.policy)
    targets = {target for level in (escalation.levels if escalation else ()) for target in level.who}
    return frozenset(each.team for each in policy.rotations if Target("rotation", each.name) in targets)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts for one person after the other, or for all (None)."""

    found: Pagings
    policy: Policy
    zones: Mapping[PersonId, ZoneInfo]

    def of(self, person: PersonId | None, name: str = "") -> Load:
        pagings = [each for each in self.found.pagings if person is None or person in each.people]
        weeks = tuple(self._week(since, pagings, person) for since in _weeks(self.found))
        numbers = list(dict.fromkeys(each.number for each in pagings))
        count = len(weeks) or 1
        figures = {
            "pages": sum(week.pages for week in weeks) / count,
            "false_alarms": self._false_alarms(numbers, person),
            "acknowledged": _mean(self._acknowledged(number, pagings, person) for number in numbers),
            "after_hours": sum(week.after_hours for week in weeks) / count,
            "mitigated": _mean(_mitigated(self.found.incidents[number]) for number in numbers),
        }
        return Load(person or name, figures, weeks)

    def _week(self, since: datetime, pagings: Sequence[Paging], person: PersonId | None) -> Week:
        within = [each for each in pagings if since <= each.at < since + WEEK]
        late = sum(any(self._is_late(each.at, who) for who in ([person] if person else each.people)) for each in within)
        return Week(since, len(within), late)

    def _is_late(self, at: datetime, person: PersonId) -> bool:
        calendar = self.policy.calendar
        return not replace(calendar, timezone=self.zones.get(person, calendar.timezone)).is_open(at)

    def _false_alarms(self, numbers: Sequence[int], person: PersonId | None) -> float | None:
        """The share of the incidents paged for that were false alarms, or that who was paged calls useless."""
        called = {(each.number, who) for each in self.found.pagings for who in each.people}
        said = [each for each in self.found.judged if each.useless and (each.number, each.person) in called]
        useless = {each.number for each in said if person in (None, each.person)}
        useless |= {number for number in numbers if is_false_alarm(self.found.incidents[number])}
        return len(useless & set(numbers)) / len(numbers) if numbers else None

    def _acknowledged(self, number: int, pagings: Sequence[Paging], person: PersonId | None) -> float | None:
        """Seconds from when they were first paged for it until they had it; for all, until anybody had it."""
        first = min(each.at for each in pagings if each.number == number)
        after = (
            each.at
            for each in self.found.acknowledgements
            if each.number == number and each.at >= first and person in (None, each.by)
        )
        had = min(after, default=None)
        return (had - first).total_seconds() if had else None


def _weeks(found: Pagings) -> Iterable[datetime]:
    since = found.since
    while since < found.until:
        yield since
        since += WEEK


def _declared(incident: Incident) -> datetime:
    return incident.at("declared") or incident.anchor


def _mitigated(incident: Incident) -> float | None:
    """Seconds from when it was noticed until it was mitigated."""
    done = incident.at("mitigated")
    return (done - (incident.at("detected") or _declared(incident))).total_seconds() if done else None


def _mean(seconds: Iterable[float | None]) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) / len(known) if known else None
