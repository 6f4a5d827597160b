"""How Tocsin itself stands: a read model for whoever runs it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

GRACE = timedelta(seconds=60)
"""How long after its time something may fall due, or be sent, before that is called a fault."""

Why: TypeAlias = Literal["sending", "paused", "no place yet", "ready"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with something waiting: how many rows, since when, and why it does not go now; `left` of a pause."""

    lane: str
    rows: int
    since: datetime
    why: Why
    left: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Program:
    """A Tocsin that runs: where, how it listens to Slack, since how long, and how long ago it heard from Slack."""

    host: str
    version: str
    way: str
    up: timedelta
    heard: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Falling:
    """What falls due next and when, and `whose` it is: an incident's, a team's, a person's."""

    when: datetime
    whose: str
    what: str


@dataclass(frozen=True, slots=True)
class Backup:
    """The backups that the bot makes: when the last was made (None: none yet), whether it is too old, and why."""

    at: datetime | None
    is_late: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything at one moment. `here` is when a Tocsin last looked at what is due; `open` counts by (severity, kind).

    `overdue` is how many incidents, teams and people have had something due for longer than GRACE; `roomless` are the
    open incidents that have neither a channel nor an announcement; `unsent` are the lanes whose head could have gone
    out, and since when.
    """

    version: str
    database: str
    size: int
    schema: str
    programs: tuple[Program, ...] = ()
    here: datetime | None = None
    open: Mapping[tuple[str, str], int] = field(default_factory=dict)
    falling: tuple[Falling, ...] = ()
    overdue: int = 0
    lanes: tuple[Lane, ...] = ()
    given_up: int = 0
    roomless: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    backup: Backup | None = None

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is wrong, a sentence each, with where to look."""
        return tuple(self._troubles())

    def _troubles(self) -> Iterator[str]:
        if not self.programs:
            yield "No Tocsin runs: nobody is reminded, and Slack is told nothing. Start `tocsin run`."
        if self.overdue:
            many = "1 thing has" if self.overdue == 1 else f"{self.overdue} things have"
            yield f"{many} been due for more than a minute, and not been said."
        if self.programs and self.roomless:
            yield f"{_first(self.roomless)} neither a channel nor an announcement. The log of `tocsin run` tells why."
        if self.programs and self.unsent:
            yield f"{_first(self.unsent)} something that could have gone out. The log of `tocsin run` tells why."
        if self.backup and self.backup.is_late:
            why = f" ({self.backup.error})" if self.backup.error else ""
            yield f"{'The last backup is too old' if self.backup.at else 'There is no backup yet'}{why}."


def _first(names: tuple[str, ...]) -> str:
    """`INC-7 has`, `INC-7 and 3 more have`."""
    return f"{names[0]} has" if len(names) == 1 else f"{names[0]} and {len(names) - 1} more have"
