"""Hours on call, for pay: each person's, split by what kind of hour it was, exact across a change of the clocks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.rules.calendar import Calendar
from bot.rules.oncall.shifts import Shift

Kind: TypeAlias = Literal["weekday", "night", "weekend", "holiday"]
KINDS: tuple[Kind, ...] = ("weekday", "night", "weekend", "holiday")

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)
"""Hours of a working day that count as night."""


@dataclass(frozen=True, slots=True)
class Hours:
    """What somebody was on call in one rotation. Each hour counts once: a holiday's is no weekend's, a weekend's no
    night's. `covered` is what of it they took over from others; `shifts` how many pieces it came in."""

    person: str
    rotation: str
    lasting: Mapping[Kind, timedelta] = field(default_factory=dict)
    covered: timedelta = timedelta()
    shifts: int = 0

    @property
    def total(self) -> timedelta:
        """All of it."""
        return sum(self.lasting.values(), timedelta())


def hours(shifts: Iterable[Shift], since: datetime, until: datetime, calendar: Calendar) -> tuple[Hours, ...]:
    """Everybody's hours within that time, by rotation and person; who only shadows is not on call.

    Days, nights and holidays are those of the calendar's zone.
    """
    found: dict[tuple[str, str], Hours] = {}
    for shift in shifts:
        start, end = max(shift.start, since), min(shift.end, until)
        if shift.shadow or start >= end:
            continue
        key = (shift.rotation, shift.person)
        known = found.get(key, Hours(shift.person, shift.rotation))
        lasting = dict(known.lasting)
        for kind, long in _split(start, end, calendar):
            lasting[kind] = lasting.get(kind, timedelta()) + long
        covered = known.covered + (end - start if shift.override else timedelta())
        found[key] = Hours(shift.person, shift.rotation, lasting, covered, known.shifts + 1)
    return tuple(found[key] for key in sorted(found))


def _split(start: datetime, end: datetime, calendar: Calendar) -> Iterator[tuple[Kind, timedelta]]:
    """The time between, cut where a day or a night begins or ends."""
    at = start
    for border in _borders(start, end, calendar.timezone):
        yield _kind(at, calendar), border - at
        at = border
    yield _kind(at, calendar), end - at


def _borders(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    day = start.astimezone(zone).date()
    last = None
    while (midnight := _utc(day, time(), zone)) < end:
        for border in (midnight, _utc(day, NIGHT_ENDS, zone), _utc(day, NIGHT_BEGINS, zone)):
            if start < border < end and border != last:
                last = border
                yield border
        day += timedelta(days=1)


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _kind(at: datetime, calendar: Calendar) -> Kind:
    local = at.astimezone(calendar.timezone)
    if local.date() in calendar.holidays:
        return "holiday"
    if local.weekday() not in calendar.days:
        return "weekend"
    return "night" if is_night(local) else "weekday"


def is_night(local: datetime) -> bool:
    """Whether people sleep at that time of theirs."""
    return not NIGHT_ENDS <= local.time() < NIGHT_BEGINS
