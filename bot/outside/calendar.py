"""A calendar that somebody keeps elsewhere, as the source of a rotation: asked, and read into shifts.

The libraries that read it are large, and are imported once there is one to be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.outside.failing import reason
from bot.rules.oncall.shifts import Shift

LIMIT = 20.0
"""Seconds."""
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
MOST_SHIFTS = 10_000
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
"""No shift repeats like that, and what does would never end."""


class Unreadable(Exception):
    """The calendar cannot be read; `why` says so in a few words, without its address."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Told:
    """What a calendar tells; `unknown` are those of whom the configuration does not know who they are."""

    shifts: tuple[Shift, ...]
    unknown: tuple[str, ...] = ()


async def fetched(address: str) -> bytes:
    """What stands at the address. Raises Unreadable."""
    limit = aiohttp.ClientTimeout(total=LIMIT)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, trust_env=True) as session,
            session.get(address, max_redirects=MOST_REDIRECTS, headers={"Accept": "text/calendar"}) as answer,
        ):
            if answer.status != 200:
                raise Unreadable(f"it answers {answer.status}")
            read = bytearray()
            async for piece in answer.content.iter_any():
                read += piece
                if len(read) > MOST_BYTES:
                    raise Unreadable(f"it is larger than {MOST_BYTES // 1_000_000} MB")
            return bytes(read)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise Unreadable(reason(error)) from None


def shifts_in(
    document: bytes, rotation: str, zone: ZoneInfo, people: Mapping[str, str], since: datetime, until: datetime
) -> Told:
    """The shifts that it tells of within that time; `people` leads from what somebody may be called to their name.

    Times without a zone are the rotation's. Raises Unreadable for what is no calendar.
    """
    import recurring_ical_events
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(document)
        _require_sane(calendar)
        events = recurring_ical_events.of(calendar).between(since, until)
    except Unreadable:
        raise
    except Exception as error:  # whatever a library makes of what anybody may write
        raise Unreadable("it is no iCalendar that can be read") from error
    found, unknown = list[Shift](), list[str]()
    for event in events[:MOST_SHIFTS]:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        person = _person(event, people)
        start, end = _moment(event.start, zone), _moment(event.end, zone)
        if person is None:
            unknown.append(str(event.get("SUMMARY", "")).strip()[:80])
        elif end > start:
            found.append(Shift(rotation, person, start, end))
    return Told(_apart(found), tuple(dict.fromkeys(each for each in unknown if each)))


def _require_sane(calendar: Any) -> None:
    events = list(calendar.walk("VEVENT"))
    rules = [rule for event in events for rule in _listed(event.get("RRULE"))]
    if any(str(each).upper() in TOO_OFTEN for rule in rules for each in _listed(rule.get("FREQ"))):
        raise Unreadable("something in it repeats each minute")
    if len(events) > MOST_SHIFTS:
        raise Unreadable(f"it has more than {MOST_SHIFTS} entries")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _person(event: Any, people: Mapping[str, str]) -> str | None:
    """Who is on call: by an attendee's address or name, else by the title."""
    for attendee in _listed(event.get("ATTENDEE")):
        address = str(attendee).lower().removeprefix("mailto:")
        named = str(attendee.params.get("CN", "")).casefold() if hasattr(attendee, "params") else ""
        if found := people.get(address) or people.get(named):
            return found
    return _titled(str(event.get("SUMMARY", "")), people)


def _titled(title: str, people: Mapping[str, str]) -> str | None:
    """Whose name the title is, or the only one whose name stands in it."""
    whole = " ".join(title.casefold().split())
    if found := people.get(whole):
        return found
    words = f" {''.join(sign if sign.isalnum() or sign in '@.-_' else ' ' for sign in whole)} "
    within = {name for called, name in people.items() if f" {called} " in words}
    return within.pop() if len(within) == 1 else None


def _moment(at: date | datetime, zone: ZoneInfo) -> datetime:
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    return datetime.combine(at, time(), zone).astimezone(UTC)


def _apart(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The shifts in order, none of which overlaps the one before: who began first stays."""
    found: list[Shift] = []
    for each in sorted(shifts, key=lambda shift: (shift.start, shift.person)):
        start = max(each.start, found[-1].end) if found else each.start
        if start < each.end:
            found.append(replace(each, start=start))
    return tuple(found)
