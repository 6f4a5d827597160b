"""How the texts of watches are read; each raises ValueError with what it expected."""

import re
from datetime import timedelta

from bot.settings.texts import text

_SPAN = re.compile(r"([0-9]{1,4})\s*(s|m|min|h)")
_LIMIT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(%|ms|s)?")
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}
_SCALE = {"%": 0.01, "ms": 0.001, "s": 1.0, None: 1.0}
LONGEST = timedelta(days=1)


def lasting(value: object) -> timedelta:
    """How long it has to be so: `0s`, `90s`, `5m`, `1h`."""
    matched = _SPAN.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if matched and (found := int(matched[1]) * _UNITS[matched[2][0]]) <= LONGEST:
        return found
    raise ValueError("a length of time of at most a day with its unit, such as 90s, 5m or 1h")


def every(value: object) -> timedelta:
    """How often it is asked."""
    try:
        found = lasting(value)
    except ValueError:
        found = timedelta()
    if timedelta(seconds=1) <= found <= timedelta(hours=1):
        return found
    raise ValueError("a length of 1s to 1h, such as 30s")


def limit(value: object) -> float:
    """A limit: a share (`5%`), seconds (`800ms`, `5s`), or a plain figure."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12:
        return float(value)
    matched = _LIMIT.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if matched:
        return float(matched[1]) * _SCALE[matched[2]]
    raise ValueError("a share such as “5%”, a time such as 800ms or 5s, or a figure")


def query(value: object) -> str:
    """An expression of Prometheus."""
    return text(value, longest=5_000, what="an expression of Prometheus")


def expected(value: object) -> str:
    """What is expected: an expression of Prometheus, or a figure."""
    is_figure = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_figure else query(value)


def words(value: object) -> str:
    """What has to stand in an answer."""
    return text(value, longest=500, what="words")
