"""What a watch sees."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class WatchFired(Event):
    """It has been wrong since then, for as long as that was to last; `value` and `wanted` as they are shown.

    An address has only a `value`: how it answers.
    """

    value: str
    wanted: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WatchRecovered(Event):
    """It has been right again since then, for as long."""

    value: str
    wanted: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WatchBlind(Event):
    """Nothing has been measured since then: nobody knows whether it is right."""

    since: datetime
    why: Words = Words("")


@dataclass(frozen=True, slots=True)
class WatchSees(Event):
    """It is measured again."""

    since: datetime
