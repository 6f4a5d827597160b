"""How the configuration's texts are read: each returns the value, or raises ValueError with what it expected."""

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.rules.calendar import YEARS, Duration
from bot.settings.errors import nearest

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")
_ID = re.compile(r"[A-Z][A-Z0-9]+")
_CHANNEL = re.compile(r"[^\W_][\w-]{0,79}|_[\w-]{0,79}")
_HANDLE = re.compile(r"[\w][\w.-]{0,79}")
_RATE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*/\s*(s|sec|second|min|minute|h|hour)")
_RATE_SECONDS = {"s": 1, "m": 60, "h": 3600}
_SPAN = re.compile(r"([0-9]{1,4})\s*(m|min|h|hours?|d|days?|w|weeks?|months?|y|years?)")
_SPANS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SPANS |= {"mo": timedelta(days=30), "y": timedelta(days=365)}


def text(value: object, *, longest: int, what: str = "a text") -> str:
    """A text that is neither empty nor too long for where Slack shows it."""
    if not isinstance(value, str) or not value.strip() or len(value.strip()) > longest:
        hint = "" if isinstance(value, str) else " (in quotes, where YAML would read something else)"
        raise ValueError(f"{what} of 1 to {longest} characters{hint}")
    return value.strip()


def word(value: object) -> str:
    """A name that can be typed as one word of a command."""
    if isinstance(value, str) and re.fullmatch(r"[^\W_][\w.-]{0,23}", value):
        return value
    raise ValueError("one word of letters, digits, . - _, at most 24 characters, such as SEV1")


def prefix(value: object) -> str:
    """What the names of incident channels begin with."""
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,19}", value):
        return value
    raise ValueError("lower-case letters, digits, - and _, at most 20 characters, such as inc")


def command(value: object) -> str:
    """The slash command, with its slash."""
    if isinstance(value, str) and re.fullmatch(r"/[a-z0-9_-]{1,31}", value):
        return value
    raise ValueError("a slash command in lower case, such as /incident")


def duration(value: object) -> Duration:
    """A duration, as `Duration.parse` reads it."""
    if not isinstance(value, str):
        raise ValueError("a duration with its unit, such as 20s, 5m, 4h, 1d or 1 business day")
    try:
        return Duration.parse(value)
    except ValueError as error:
        raise ValueError(str(error).partition(", found")[0].removeprefix("expected ")) from None


def span(value: object) -> timedelta:
    """How long something is kept, or how often it is done: plain time, a month being 30 days and a year 365."""
    matched = _SPAN.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if matched and int(matched[1]):
        unit = "mo" if matched[2].startswith("mo") else matched[2][0]
        return int(matched[1]) * _SPANS[unit]
    raise ValueError("a length of time with its unit, from a minute on, such as 5m, 12h, 30d, 6 months or 2y")


def folder(value: object) -> str:
    """A directory by its path."""
    if isinstance(value, str) and value.strip() and "\0" not in value:
        return value.strip()
    raise ValueError("the path of a directory, such as /var/backups/tocsin")


def time_zone(value: object) -> ZoneInfo:
    """An IANA time zone."""
    try:
        if isinstance(value, str) and value:
            return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise ValueError("an IANA time zone, such as Europe/Madrid" + _nearest_zone(value))


def _nearest_zone(value: object) -> str:
    from zoneinfo import available_timezones  # Reads a directory: for a mistake only.

    best = nearest(str(value), sorted(available_timezones())) if isinstance(value, str) and value else None
    return f" (the nearest is {best})" if best else ""


def hours(value: object) -> tuple[time, time]:
    """Business hours, `09:00-18:00`; 24:00 is the end of the day."""
    matched = _HOURS.fullmatch(value.strip()) if isinstance(value, str) else None
    if matched:
        opens = int(matched[1]) * 60 + int(matched[2])
        closes = int(matched[3]) * 60 + int(matched[4]) or 1440
        minutes_right = int(matched[2]) < 60 and int(matched[4]) < 60
        if minutes_right and opens < closes <= 1440:
            return time(opens // 60, opens % 60), time(closes // 60 % 24, closes % 60)
    raise ValueError("opening and closing hour of one day, such as “09:00-18:00”")


def days(value: object) -> frozenset[int]:
    """Days of the week: `mon-fri`, `mon-thu, sat`, or a list of them."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not parts:
        raise ValueError("days of the week, such as mon-fri or [mon, tue, sat]")
    found: set[int] = set()
    for part in parts:
        first, dash, last = str(part).strip().lower().partition("-")
        start = _day(first)
        end = _day(last) if dash else start
        found |= {(start + ahead) % 7 for ahead in range((end - start) % 7 + 1)}
    return frozenset(found)


def _day(name: str) -> int:
    plain = name.strip()
    if plain in DAYS:
        return DAYS.index(plain)
    if plain in _DAY_NAMES:
        return _DAY_NAMES.index(plain)
    raise ValueError(f"days of the week, such as mon-fri or [mon, tue, sat]; the days are {', '.join(DAYS)}")


def day(value: object) -> date:
    """A date, `2026-12-25`."""
    found = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if isinstance(value, str):
        with suppress(ValueError):
            found = date.fromisoformat(value)
    if found is None or found.year not in YEARS:
        raise ValueError("a date such as 2026-12-25")
    return found


def channel(value: object) -> str:
    """A channel: an id as it is, a name always with its #."""
    if isinstance(value, str):
        name = value.strip().removeprefix("#")
        if _ID.fullmatch(name) and name[0] in "CG":
            return name
        if _CHANNEL.fullmatch(name) and name == name.lower():
            return f"#{name}"
    raise ValueError("a channel's name in lower case or its id, such as “#incidents” or C024BE91L")


def handle(value: object) -> str:
    """A person or a user group: an id as it is, a name always with its @."""
    if isinstance(value, str):
        name = value.strip().removeprefix("@")
        if _ID.fullmatch(name) and name[0] in "UWS":
            return name
        if _HANDLE.fullmatch(name):
            return f"@{name}"
    raise ValueError("a handle or an id, such as “@payments-oncall” or S0614TZR7")


def who(value: object, *, words: Collection[str]) -> tuple[str, ...]:
    """Who may do something: a word or several; a user group or a person by handle or id."""
    given = value if isinstance(value, list) else [value]
    if not given:
        raise ValueError(f"at least one of {', '.join(words)}, or a user group or person such as “@payments-oncall”")
    return tuple(dict.fromkeys(_who(each, words) for each in given))


def _who(value: object, words: Collection[str]) -> str:
    if isinstance(value, str) and value in words:
        return value
    if isinstance(value, str) and (value.startswith("@") or (_ID.fullmatch(value) and value[0] in "UWS")):
        return handle(value)
    near = nearest(value, words) if isinstance(value, str) else None
    guess = f"`{near}` perhaps: " if near else ""
    raise ValueError(f"{guess}one of {', '.join(words)}, or a user group or person such as “@payments-oncall”")


def link(value: object) -> str:
    """An address to open in a browser."""
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s<>|]{1,2000}", value):
        return value
    raise ValueError("a link that begins with https:// or http://")


def rate(value: object) -> float:
    """`1/s` or `30/min`, as messages a second."""
    matched = _RATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if matched and float(matched[1]) > 0:
        return float(matched[1]) / _RATE_SECONDS[matched[2][0]]
    raise ValueError("messages in a length of time, such as 1/s or 30/min")


def mail(value: object) -> str:
    """A mail address. Raises ValueError."""
    if not isinstance(value, str) or not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", value.strip()):
        raise ValueError("a mail address such as ada@example.com")
    return value.strip()
