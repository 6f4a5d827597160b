"""Times to come as people write them: `now`, `02:30`, `Sun 02:30`, `tomorrow 09:00`, `2026-11-22 02:30`."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.calendar import YEARS
from bot.rules.refused import Refused

EXPECTED = "Write the time as `02:30`, `Sun 02:30`, `tomorrow 09:00` or `2026-11-22 02:30`."
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WRITTEN = re.compile(
    r"(?:(?P<day>today|tomorrow|[a-z]{3,9}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[,\sT]\s*)?"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})",
    re.IGNORECASE,
)
_QUOTES = "\"'“”„‘’`"


def unquoted(text: str) -> str:
    """The text without quotes around it, straight or curved."""
    return text.strip().strip(_QUOTES).strip()


def read(text: str, now: datetime, where: ZoneInfo, *, after: datetime | None = None) -> datetime:
    """The next time that the text means, in UTC; a date may be past as well. Raises Refused for what is no time.

    `after`: of times and days of the week the next one after that is meant; tomorrow is tomorrow all the same.
    """
    written = unquoted(text)
    if written.casefold() in {"", "now"}:
        return now
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Refused(EXPECTED, field="at")
    clock, today, since = _clock(found), now.astimezone(where).date(), after or now
    first = since.astimezone(where).date()
    match (found["day"] or "").casefold():
        case "":
            return next(at for at in (_on(first + timedelta(days=n), clock, where) for n in range(3)) if at >= since)
        case "today":
            return _on(today, clock, where)
        case "tomorrow":
            return _on(today + timedelta(days=1), clock, where)
        case day if day[:3] in DAYS:
            ahead = (DAYS.index(day[:3]) - first.weekday()) % 7
            at = _on(first + timedelta(days=ahead), clock, where)
            return at if at >= since else _on(first + timedelta(days=ahead + 7), clock, where)
        case day:
            return _on(_date(day), clock, where)


def _clock(found: re.Match[str]) -> time:
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise Refused(EXPECTED, field="at") from None


def _date(written: str) -> date:
    try:
        return date(*(int(number) for number in written.split("-")))
    except (ValueError, TypeError):
        raise Refused(f"There is no day {written}. {EXPECTED}", field="at") from None


def _on(day: date, clock: time, where: ZoneInfo) -> datetime:
    """That time on that day; of two, where the clocks go back, the first. What the clocks skip is as long after
    midnight as if they had not."""
    if day.year not in YEARS:
        raise Refused(EXPECTED, field="at")
    return datetime.combine(day, clock, where).astimezone(UTC)
