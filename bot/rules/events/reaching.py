"""How somebody was reached. A number, an address or a secret is never told here: only by which way."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event


@dataclass(frozen=True, slots=True)
class PersonPaged(Event):
    """They are paged for these incidents, by one of their ways (a `Way.kind`); `due_at` is when that was to be."""

    numbers: tuple[int, ...]
    way: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WaysSet(Event):
    """They chose how they want to be reached, in this order."""

    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayFailed(Event):
    """A page could not reach them by that way: the next one is tried at once."""

    way: str
    why: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WayTested(Event):
    """They tried a way out; `answered` says whether they pressed what came."""

    way: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Asleep(Event):
    """They do not want to be disturbed, so that way made no sound: the next one is tried at once."""

    way: str
    numbers: tuple[int, ...] = ()
