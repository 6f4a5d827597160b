"""What is set right afterwards: facts, times, acts taken back, two incidents that are one."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """`field`: title, affected, services, users, revenue or tickets."""

    field: str
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class MilestoneEdited(Event):
    """A milestone's time was set right; `before` is None where it had not been known."""

    milestone: str
    before: datetime | None
    after: datetime
    why: Words = Words("")


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """An act was taken back: `kind` is its event's name, `was` what it had set, `now` what holds again (or "").

    Both are a status, a severity, a person's id or `INC-9`; `role` where it was a role. `updated`: an update told of
    it as well; `left`: the lane of the thread which was told that the work moved on from there.
    """

    kind: str
    was: str
    now: str
    role: str = ""
    updated: bool = False
    left: str = ""

    @property
    def is_of_people(self) -> bool:
        """Whether only who does what was taken back: of no interest outside."""
        return self.kind in {"Acknowledged", "RoleAssigned"}


@dataclass(frozen=True, slots=True)
class Merged(Event):
    """This incident went into `into`, whose channel (where there is one) is `channel`."""

    into: int
    title: Words
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Absorbed(Event):
    """Incident `number` went into this one, with its `people`; `severity` was its own."""

    number: int
    title: Words
    people: tuple[str, ...] = ()
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Separated(Event):
    """Incident `number`, which had been merged into this one, is one of its own again."""

    number: int
    title: Words
