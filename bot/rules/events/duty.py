"""A team's on-call duty: shifts that come and go, and who takes whose."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class ShiftSoon(Event):
    """Somebody is told that their shift is near; `hours`: with some between in which nobody is on call."""

    rotation: str
    person: str
    start: datetime
    end: datetime
    hours: bool = False


@dataclass(frozen=True, slots=True)
class ShiftBegan(Event):
    """Somebody is on call from now on; `whole`: their turn begins, and does not only go on.

    `hours`: with some between in which nobody is on call.
    """

    rotation: str
    person: str
    start: datetime
    end: datetime
    whole: bool = True
    hours: bool = False


@dataclass(frozen=True, slots=True)
class ShiftEnded(Event):
    """Somebody is on call no more; `short`: there is nothing to be handed over but what they hold."""

    rotation: str
    person: str
    start: datetime
    end: datetime
    short: bool = False


@dataclass(frozen=True, slots=True)
class HandedOff(Event):
    """Rotations of the team changed hands."""

    rotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShiftTaken(Event):
    """Somebody takes a part of a rotation, in the place of others (by id or configured name)."""

    number: int
    rotation: str
    person: str
    by: str
    start: datetime
    end: datetime
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftGivenBack(Event):
    """What somebody took over is theirs no more, from `start` on."""

    number: int
    rotation: str
    person: str
    by: str
    start: datetime
    end: datetime
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverWanted(Event):
    """Somebody asks to be spared a part of a rotation; `to` is who alone is asked, in exchange for their shift."""

    number: int
    rotation: str
    person: str
    start: datetime
    end: datetime
    to: str = ""
    back_start: datetime | None = None
    back_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverFound(Event):
    """Somebody takes what was asked; in a swap who asked takes theirs, from `back_start` until `back_end`."""

    number: int
    rotation: str
    person: str
    by: str
    start: datetime
    end: datetime
    back_start: datetime | None = None
    back_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverClosed(Event):
    """Nobody takes what was asked: withdrawn or declined (`by`), or nobody did in time (nobody).

    `to` alone was asked, for a swap.
    """

    number: int
    rotation: str
    person: str
    start: datetime
    end: datetime
    by: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class GroupRefused(Event):
    """Slack does not let us keep a user group to who is on call; `code` is its reason."""

    group: str
    code: str


@dataclass(frozen=True, slots=True)
class NotesLeft(Event):
    """Who goes off call leaves notes to who comes."""

    to: tuple[str, ...]
    notes: Words
