"""Shifts, worked out from a rotation: right across DST, and never a gap or an overlap between two turns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from bot.rules.oncall.rotation import Hours, Layer, Rotation

DAY = timedelta(days=1)
Span: TypeAlias = tuple[datetime, datetime]
EVER: Span = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
"""What is taken, or told by a calendar, may reach further than any turn."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call from `start` until just before `end` (aware, UTC).

    `override` is the number of the override that gave it to them, 0 where it is their turn anyhow.
    """

    rotation: str
    person: str
    start: datetime
    end: datetime
    shadow: bool = False
    override: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody takes a part of a rotation, whosever turn it is; of two the later one counts."""

    number: int
    rotation: str
    person: str
    start: datetime
    end: datetime


T = TypeVar("T", bound=Override | Shift)


def shifts(
    rotation: Rotation,
    since: datetime,
    until: datetime,
    overrides: Iterable[Override] = (),
    told: Iterable[Shift] = (),
) -> tuple[Shift, ...]:
    """All shifts that touch the time, the earliest first, each with its own beginning and end.

    `told` are those that a calendar tells of, where the rotation is kept in one.
    """
    longest = max((layer.shift for layer in rotation.layers), default=DAY) + DAY
    frame = (since - longest, until + longest)
    given, known = [each for each in overrides if each.rotation == rotation.name], tuple(told)
    hull = _hull(frame, (*given, *known))
    layers = [
        *([_overridden(each)] for each in _latest_first(_touching(given, hull))),
        *(list(_turns(rotation, layer, frame)) for layer in rotation.layers if not layer.shadow),
        sorted(_touching(known, hull), key=_start),
    ]
    found: list[Shift] = []
    free = [EVER]
    for each in layers:
        pieces = list(_clipped(each, free))
        free = list(_without(free, pieces))
        found += pieces
    for layer in rotation.layers:
        if layer.shadow:
            found += _turns(rotation, layer, frame)
    touching = (each for each in found if each.start < until and each.end > since)
    return tuple(sorted(touching, key=lambda each: (each.start, each.shadow)))


def on_call(shifts_: Iterable[Shift], at: datetime) -> Shift | None:
    """The shift at that time, not counting who shadows."""
    return next((each for each in shifts_ if not each.shadow and each.start <= at < each.end), None)


def shadows(shifts_: Iterable[Shift], at: datetime) -> tuple[Shift, ...]:
    """Those who see each page at that time, and are never waited for."""
    return tuple(each for each in shifts_ if each.shadow and each.start <= at < each.end)


def gaps(shifts_: Iterable[Shift], since: datetime, until: datetime) -> tuple[Span, ...]:
    """The parts of that time in which nobody is on call."""
    return tuple(_without([(since, until)], [each for each in shifts_ if not each.shadow]))


def _touching(spans: Iterable[T], frame: Span) -> Iterable[T]:
    return (each for each in spans if each.start < frame[1] and each.end > frame[0])


def _hull(frame: Span, spans: Iterable[Override | Shift]) -> Span:
    """The frame with all that touches it, however long that is: what lies outside cuts nothing in it."""
    touching = tuple(_touching(spans, frame))
    since, until = frame
    return min((since, *(each.start for each in touching))), max((until, *(each.end for each in touching)))


def _latest_first(overrides: Iterable[Override]) -> Sequence[Override]:
    return sorted(overrides, key=lambda each: each.number, reverse=True)


def _overridden(override: Override) -> Shift:
    return Shift(override.rotation, override.person, override.start, override.end, override=override.number)


def _turns(rotation: Rotation, layer: Layer, frame: Span) -> Iterator[Shift]:
    """The layer's turns that touch the frame; none before it starts."""
    zone, (since, until) = rotation.timezone, frame
    turns = _whole_turns(rotation, layer, since, until)
    if not layer.hours:
        yield from turns
        return
    yield from _clipped(turns, _windows(layer.hours, zone, since - layer.shift, until + layer.shift))


def _whole_turns(rotation: Rotation, layer: Layer, since: datetime, until: datetime) -> Iterator[Shift]:
    zone = rotation.timezone
    passed = since.astimezone(zone).replace(tzinfo=None) - layer.start
    turn = max(0, passed // layer.shift - 1)  # one more: an hour of DST may lie between
    begin = _utc(layer.start + turn * layer.shift, zone)
    while begin < until:
        end = _utc(layer.start + (turn + 1) * layer.shift, zone)
        if begin < end and end > since:
            person = layer.people[turn % len(layer.people)]
            yield Shift(rotation.name, person, begin, end, layer.shadow)
        begin, turn = end, turn + 1


def _windows(hours: Sequence[Hours], zone: ZoneInfo, since: datetime, until: datetime) -> list[Span]:
    """When those hours are, in order; those that overlap are one."""
    day, last = since.astimezone(zone).date() - DAY, until.astimezone(zone).date() + DAY
    found: list[Span] = []
    while day <= last:
        for each in hours:
            if day.weekday() in each.days:
                closing = day if each.closes > each.opens else day + DAY
                begin, end = _wall(day, each.opens, zone), _wall(closing, each.closes, zone)
                found += [(begin, end)] if begin < end else []  # DST may leave all of it out
        day += DAY
    joined: list[Span] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _clipped(shifts_: Iterable[Shift], spans: Sequence[Span]) -> Iterator[Shift]:
    """The parts of the shifts within the spans; both are in order, and neither overlaps itself."""
    place = 0
    for shift in shifts_:
        while place < len(spans) and spans[place][1] <= shift.start:
            place += 1
        for each in range(place, len(spans)):
            begin, end = spans[each]
            if begin >= shift.end:
                break
            yield replace(shift, start=max(begin, shift.start), end=min(end, shift.end))


def _without(spans: Sequence[Span], taken: Sequence[Shift]) -> Iterator[Span]:
    """What the shifts leave of the spans; both are in order."""
    place = 0
    for begin, end in spans:
        while place < len(taken) and taken[place].start < end:
            each = taken[place]
            if each.start > begin:
                yield begin, each.start
            begin = max(begin, each.end)
            if each.end > end:
                break  # it reaches into the next span as well
            place += 1
        if begin < end:
            yield begin, end


def _start(shift: Shift) -> datetime:
    return shift.start


def _wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    return _utc(datetime.combine(day, at), zone)


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """A time on the wall as a moment; one that DST leaves out is as long after midnight as if it had not."""
    return wall.replace(tzinfo=zone).astimezone(UTC)
