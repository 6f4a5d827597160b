"""What the pages of all sources are made of: reading alerts out of JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.rules.alerts.alert import Alert, Status
from bot.rules.foreign import Json, text

TITLE, WORD = 300, 200
"""How many characters are kept of a title, and of a label or another word."""
MOST_LABELS = 256
"""More than any sender gives one alert: rules are asked about each of them."""

MOST_ALERTS = 5_000
"""Alerts of one payload; more than any sender puts into it."""
ENDED: Mapping[str, Status] = {"resolved": "resolved", "ok": "resolved", "acknowledged": "acknowledged"}
"""How senders write a status; any other word means that it fires."""


class Broken(Exception):
    """An alert that cannot be read; `str()` is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The alerts of one payload that could be read, and a sentence for each that could not."""

    alerts: tuple[Alert, ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A program that sends alerts: its name for people, what its payload has, whether one is of it, how it is read."""

    title: str
    expected: str
    fits: Callable[[Any], bool]
    read: Callable[[Json], Batch]


def each(alerts: Iterable[Any], one: Callable[[Json], Alert]) -> Batch:
    """The alerts of a list, one by one: a broken one takes no other with it."""
    good: list[Alert] = []
    bad: list[str] = []
    for place, raw in enumerate(alerts, start=1):
        try:
            if place > MOST_ALERTS:
                raise Broken(f"only the first {MOST_ALERTS:,} of a payload are read")
            good.append(one(mapping(raw, "the alert")))
        except Broken as broken:
            bad.append(f"Alert {place}: {broken}.")
    return Batch(tuple(good), tuple(bad))


def mapping(value: Any, what: str) -> Json:
    """A JSON object. Raises Broken for anything else."""
    if not isinstance(value, Mapping):
        raise Broken(f"{what} is no JSON object")
    return value


def words(payload: Json) -> dict[str, str]:
    """Labels: names and values as short texts."""
    found = {str(name)[:WORD]: text(payload, name, longest=WORD) for name in list(payload)[:MOST_LABELS]}
    return {name: value for name, value in found.items() if value}


def moment(value: Any) -> datetime | None:
    """A time as ISO 8601 or as seconds or milliseconds since 1970; None where it is none, or was never set."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
            stamp = float(value)
            found = datetime.fromtimestamp(stamp / 1000 if stamp > 1e11 else stamp, UTC)
        else:
            found = datetime.fromisoformat(value.strip() if isinstance(value, str) else "")
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC) if aware.year > 1970 else None
    except (ValueError, OverflowError, OSError):
        return None


def status(word: str) -> Status:
    """A sender's word for where the alert stands."""
    return ENDED.get(word.casefold(), "firing")


def titled(title: str, what: str) -> str:
    """A title on one line. Raises Broken where there is none that can be seen."""
    line = " ".join(title.split())[:TITLE]
    if not any(character.isprintable() and not character.isspace() for character in line):
        raise Broken(f"it has no {what}")
    return line
