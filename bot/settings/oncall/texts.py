"""How the texts of rotations and escalation policies are read; each raises ValueError with what it expected."""

import re
from datetime import time, timedelta

from bot.settings import texts

LONGEST = timedelta(days=92)
WORDS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_SHIFT = re.compile(r"([0-9]{1,3})\s*(h|hours?|d|days?|w|weeks?)")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_HANDOFF = re.compile(r"(?:([a-zA-Z]+)\s+)?([0-9]{1,2}):([0-9]{2})")
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


def shift(value: object) -> timedelta:
    """How long a turn is: `weekly`, `daily`, `12h`, `3d`, `2w`."""
    if isinstance(value, str):
        if value in WORDS:
            return WORDS[value]
        matched = _SHIFT.fullmatch(value.strip().lower())
        length = int(matched[1]) * _UNITS[matched[2][0]] if matched else timedelta()
        if timedelta() < length <= LONGEST:
            return length
    raise ValueError("weekly, daily, or a length of 1h to 92 days such as 12h, 3d or 2w")


def handoff(value: object) -> tuple[int | None, time]:
    """When a turn changes hands: a day of the week (None for every day) and a time, `mon 09:00` or `09:00`."""
    matched = _HANDOFF.fullmatch(value.strip()) if isinstance(value, str) else None
    if matched:
        hour, minute = int(matched[2]), int(matched[3])
        if hour < 24 and minute < 60:
            day = min(texts.days(matched[1])) if matched[1] else None
            return day, time(hour, minute)
    raise ValueError("a day and a time, such as “mon 09:00”, or a time for shifts of a day, such as “09:00”")


def hours(value: object) -> tuple[time, time]:
    """Hours of a day, `09:00-18:00`; `18:00-09:00` goes past midnight."""
    matched = _HOURS.fullmatch(value.strip()) if isinstance(value, str) else None
    if matched:
        opens, closes = (int(matched[first]) * 60 + int(matched[first + 1]) for first in (1, 3))
        minutes_right = int(matched[2]) < 60 and int(matched[4]) < 60
        if minutes_right and opens < 1440 and closes <= 1440:
            return time(opens // 60, opens % 60), time(closes // 60 % 24, closes % 60)
    raise ValueError("the hours of a day, such as “09:00-18:00”, or “18:00-09:00” past midnight")


def somebody(value: object) -> str:
    """Somebody in Slack: a member id, an @handle or a mail address."""
    if isinstance(value, str) and _MAIL.fullmatch(value.strip()):
        return value.strip().lower()
    try:
        found = texts.handle(value)
    except ValueError:
        found = "S"
    if found.startswith("S"):
        raise ValueError("a member id, an @handle or a mail address, such as U024BE7LH, “@ada” or ada@example.com")
    return found


def target(value: object) -> str:
    """Whom a level pages: a rotation or person of this file, “@a-user-group”, “#channel” or “pagerduty:service”."""
    if isinstance(value, str) and 1 <= len(value.strip()) <= 80:
        return value.strip()
    raise ValueError("the name of a rotation or a person, “@a-user-group”, “#a-channel”, or “pagerduty:a-service”")


def targets(value: object) -> list[str]:
    """One of these, or several."""
    return [target(each) for each in (value if isinstance(value, list) else [value])]
