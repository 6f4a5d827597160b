"""Durations as people write them, and clocks that may stand still outside business hours. Times are aware."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EXPECTED = "a duration such as 20s, 5m, 4h, 1d or 1 business day"
WEEKDAYS: frozenset[int] = frozenset(range(5))
"""Monday to Friday, as `date.weekday()` counts."""

YEARS = range(1970, 2200)
"""Of a day in any other one nobody writes on purpose."""

_LONGEST_DAYS = 366
_SEARCHED_DAYS = 3660
_CLOCK_UNITS = {"s": 1, "m": 60, "h": 3600}
_PART = re.compile(
    r"([0-9]{1,9})\s*(business days?|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])\s*"
)


def zone(name: str | None, otherwise: ZoneInfo) -> ZoneInfo:
    """The time zone of that name; the other one where there is none."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: seconds, days or business days. Which clock counts it, `Calendar.add` is told."""

    seconds: int = 0
    days: int = 0
    business_days: int = 0

    def __post_init__(self) -> None:
        """Refuse what would go back in time."""
        if min(self.seconds, self.days, self.business_days) < 0:
            raise ValueError("a duration is never negative")

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read `20s`, `5m`, `1h30m`, `1d`, `2 business days`. Raises ValueError saying what was expected."""
        rest = " ".join(text.lower().split())
        amounts = {"seconds": 0, "days": 0, "business_days": 0}
        while rest:
            part = _PART.match(rest)
            if part is None:
                raise ValueError(f"expected {EXPECTED}, found “{text}”")
            unit, amount = part[2], int(part[1])
            if unit.startswith("business"):
                amounts["business_days"] += amount
            elif unit.startswith("d"):
                amounts["days"] += amount
            else:
                amounts["seconds"] += amount * _CLOCK_UNITS[unit[0]]
            rest = rest[part.end() :]
        return cls._within_bounds(text, **amounts)

    @classmethod
    def _within_bounds(cls, text: str, *, seconds: int, days: int, business_days: int) -> "Duration":
        whole = days + business_days + seconds / 86_400
        if not 0 < whole <= _LONGEST_DAYS:
            raise ValueError(f"expected {EXPECTED}, more than nothing and at most a year, found “{text}”")
        return cls(seconds, days, business_days)

    def __str__(self) -> str:
        """`30 min`, `1 h 30 min`, `7 days`, `1 business day`; `parse` reads it back."""
        hours, minutes, seconds = self.seconds // 3600, self.seconds // 60 % 60, self.seconds % 60
        parts = (
            (self.business_days, "business day" if self.business_days == 1 else "business days"),
            (self.days, "day" if self.days == 1 else "days"),
            (hours, "h"),
            (minutes, "min"),
            (seconds, "s"),
        )
        return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 s"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Business hours in a time zone, from `opens` until just before `closes` (00:00: end of the day).

    `holidays` is whatever can say whether a date is in it.
    """

    timezone: ZoneInfo
    days: frozenset[int] = WEEKDAYS
    opens: time = time(9)
    closes: time = time(18)
    holidays: Container[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a calendar that would never open."""
        if not self.days or not self.days <= set(range(7)):
            raise ValueError("a calendar needs at least one day of the week, 0 (Monday) to 6 (Sunday)")
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError("business hours close after they open, on the same day")

    def local(self, at: datetime) -> datetime:
        """The same moment on this calendar's wall clock."""
        return _utc(at).astimezone(self.timezone)

    def is_business_day(self, day: date) -> bool:
        """Whether work is done on that date."""
        return day.weekday() in self.days and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Whether the moment is within business hours; the moment of closing no longer is."""
        day = self.local(at).date()
        return self.is_business_day(day) and self._opening(day) <= _utc(at) < self._closing(day)

    def next_opening(self, at: datetime) -> datetime:
        """The first beginning of business hours at or after the moment, in UTC."""
        opening = self._opening(self._business_day_from(self.local(at).date()))
        if opening >= _utc(at):
            return opening
        return self._opening(self._business_day_from(self.local(at).date() + timedelta(days=1)))

    def add(self, start: datetime, duration: Duration, *, business: bool) -> datetime:
        """The moment a duration after `start`, in UTC. Raises ValueError for a naive start.

        On a business clock hours, minutes and seconds count working time only (what ends with the working day
        ends at closing); a day is the same local time a calendar day later, or the next opening after that.
        A business day is the same local time on the next business day, on either clock.
        """
        at = self._running_from(start) if business else _utc(start)
        if duration.business_days:
            at = self._add_business_days(at, duration.business_days)
        if duration.days:
            at = self._add_days(at, duration.days) if business else at + timedelta(days=duration.days)
        return self._add_time(at, timedelta(seconds=duration.seconds), business=business)

    def quarter(self, start: datetime, duration: Duration, *, business: bool) -> datetime:
        """The moment a quarter of the duration after `start`, in UTC.

        Business days, and days on a business clock, are quartered in working time: a day is one working day's
        length.
        """
        working = self._working_day() * duration.business_days
        elapsed = timedelta(seconds=duration.seconds)
        if business:
            working += elapsed + self._working_day() * duration.days
            return self._add_time(self._running_from(start), working / 4, business=True)
        at = self._add_time(_utc(start), working / 4, business=True) if working else _utc(start)
        return at + (elapsed + timedelta(days=duration.days)) / 4

    def _add_time(self, at: datetime, left: timedelta, *, business: bool) -> datetime:
        if not business:
            return at + left
        while left:
            at = self._running_from(at)
            today = self._closing(self.local(at).date()) - at
            if left <= today:
                return at + left
            at, left = at + today, left - today
        return at

    def _add_days(self, at: datetime, days: int) -> datetime:
        local = self.local(at)
        return self._running_from(self._moment(local.date() + timedelta(days=days), local.time()))

    def _add_business_days(self, at: datetime, days: int) -> datetime:
        local = self.local(self._running_from(at))
        day = local.date()
        for _ in range(days):
            day = self._business_day_from(day + timedelta(days=1))
        return self._moment(day, local.time())

    def _running_from(self, at: datetime) -> datetime:
        return _utc(at) if self.is_open(at) else self.next_opening(at)

    def _business_day_from(self, day: date) -> date:
        for ahead in range(_SEARCHED_DAYS):
            if self.is_business_day(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise ValueError(f"the calendar has no business day in the ten years after {day}")

    def _working_day(self) -> timedelta:
        minutes = (self.closes.hour * 60 + self.closes.minute) or 24 * 60
        return timedelta(minutes=minutes - self.opens.hour * 60 - self.opens.minute)

    def _opening(self, day: date) -> datetime:
        return self._moment(day, self.opens)

    def _closing(self, day: date) -> datetime:
        return self._moment(day + timedelta(days=1) if self.closes == time(0) else day, self.closes)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.timezone).astimezone(UTC)


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"a time without a time zone: {at.isoformat()}")
    return at.astimezone(UTC)
