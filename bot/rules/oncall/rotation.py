"""Rotations as they are configured: who takes turns, for how long, in which hours."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.rules.calendar import Duration

FEWEST = 4
"""Fewer people than this in a rotation do not last. Source: the guide's rotation structure, 4 to 5 people."""

WAITS: tuple[Duration, ...] = tuple(Duration(seconds=60 * minutes) for minutes in (5, 10, 15, 20))
"""How long each level has where nothing is configured; the last one holds for all further levels."""

Kind: TypeAlias = Literal["rotation", "person", "group", "channel", "pagerduty"]


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the day on these days of the week (0 is Monday); past midnight where `closes` is no later."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Layer:
    """People who take turns of the same length, from `start` on (local time, the first hand-off).

    A length is counted on the wall clock: a day is a day, however long DST makes it. `shadow`: they see each page, and
    nobody waits for them.
    """

    people: tuple[str, ...]
    shift: timedelta
    start: datetime
    hours: tuple[Hours, ...] = ()
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who is on call when, for which team. Of its layers the first that has somebody at a time counts.

    `group` is the user group that is kept to who is on call; `ical` an address that takes the place of layers.
    """

    name: str
    timezone: ZoneInfo
    team: str
    layers: tuple[Layer, ...] = ()
    group: str | None = None
    ical: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """All who take a turn in it, each once; who shadows does not."""
        return tuple(dict.fromkeys(name for layer in self.layers if not layer.shadow for name in layer.people))


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a level pages: a rotation, a person, a user group, a channel, or a service of PagerDuty's."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Level:
    """Who is paged at one level, and how long they have before the next is paged."""

    who: tuple[Target, ...]
    wait: Duration


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """Levels in order; after the last they begin anew, `repeat` times."""

    name: str
    levels: tuple[Level, ...]
    repeat: int = 0
