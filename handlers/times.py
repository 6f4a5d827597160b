"""Times as people write them: `14:05`, `yesterday 14:05`, `2026-11-20 14:05`, in the person's own zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.refused import Refused

EXPECTED = "Write the time as `14:05`, `yesterday 14:05` or `2026-11-20 14:05`."

_WRITTEN = re.compile(
    r"\s*(?:(?P<day>yesterday|today|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[\sT]\s*)?"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?\s?(?P<half>[ap]m)?"
    r"\s?(?P<utc>utc|z)?(?=[\s,;]|$)[\s,;]*",
    re.IGNORECASE,
)


def begins_with_time(text: str) -> bool:
    """Whether a time stands at the start, sensible or not."""
    return _WRITTEN.match(text) is not None


def read(text: str, now: datetime, where: ZoneInfo) -> tuple[datetime, str]:
    """The time at the start of the text, in UTC, and the text behind it. Raises Refused for what is no time."""
    found = _WRITTEN.match(text)
    if found is None:
        raise Refused(EXPECTED, field="at")
    place = ZoneInfo("UTC") if found["utc"] else where
    clock, rest = _clock(found), text[found.end() :]
    today = now.astimezone(place).date()
    match (found["day"] or "").casefold():
        case "":
            return _latest(clock, today, now, place), rest
        case "today":
            return _on(today, clock, now, place), rest
        case "yesterday":
            return _on(today - timedelta(days=1), clock, now, place), rest
        case written:
            return _on(_date(written), clock, now, place), rest


def _clock(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise Refused(EXPECTED, field="at")
        hour = hour % 12 + (12 if found["half"].casefold() == "pm" else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise Refused(EXPECTED, field="at") from None


def _date(written: str) -> date:
    year, month, day = (int(number) for number in written.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(f"There is no day {written}. {EXPECTED}", field="at") from None


def _latest(clock: time, today: date, now: datetime, place: ZoneInfo) -> datetime:
    """The last time that a clock there showed it."""
    for ago in range(3):
        past = [at for at in _moments(today - timedelta(days=ago), clock, place) if at <= now]
        if past:
            return max(past)
    raise Refused(EXPECTED, field="at")


def _on(day: date, clock: time, now: datetime, place: ZoneInfo) -> datetime:
    """That time on that day; of two (clocks went back) the later one that is not to come."""
    moments = _moments(day, clock, place)
    if not moments:
        raise Refused(f"On {day} the clocks in {place.key} skipped {clock:%H:%M}. {EXPECTED}", field="at")
    return max((at for at in moments if at <= now), default=min(moments))


def _moments(day: date, clock: time, place: ZoneInfo) -> list[datetime]:
    """The moments at which a clock there showed that: one, or two, or none where the clocks were changed."""
    shown = datetime.combine(day, clock)
    try:
        both = {shown.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    except OverflowError:
        return []
    return sorted(at for at in both if at.astimezone(place).replace(tzinfo=None) == shown)


def has_text(text: str) -> bool:
    """Whether anything stands behind the time at the start."""
    found = _WRITTEN.match(text)
    return found is not None and found.end() < len(text)
