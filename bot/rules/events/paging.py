"""Who was called, and who did not answer."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class Paged(Event):
    """A level of an escalation policy was paged: `people` are waited for, `shadows` only see it.

    `policy` is empty where somebody was paged by hand, outside any. `passed` could not be reached, so that the next
    level was paged at once; `why` is a key of `escalation.WHY`. `would`: a test incident, which pages nobody.
    `following` are paged at `until` if nobody has answered by then. `untold`: Slack has not told yet who those are that
    were passed.
    """

    policy: str
    level: int
    people: tuple[str, ...]
    why: str
    due_at: datetime
    shadows: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    until: datetime | None = None
    would: bool = False
    note: Words = Words("")
    following: tuple[str, ...] = ()
    untold: bool = False


@dataclass(frozen=True, slots=True)
class NobodyAnswered(Event):
    """All levels of an escalation policy were paged, as often as it says; `passed` could not be reached.

    `why` is what the next one was wanted for; where no policy has one, `policy` names them all.
    `untold`: none was, for Slack has not told yet who they are; they are paged once it has.
    """

    policy: str
    due_at: datetime
    passed: tuple[str, ...] = ()
    would: bool = False
    why: str = "silence"
    untold: bool = False


@dataclass(frozen=True, slots=True)
class MitigationSoon(Event):
    """The commander is told that the next level will be paged at `due_at`, unless they have it in hand."""

    asked: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class StillThere(Event):
    """Nothing was heard of the commander for a while: they are asked."""

    asked: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DeputyWanted(Event):
    """The commander did not answer: `asked` is offered command, or whoever is there where nobody is."""

    commander: str
    due_at: datetime
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class PageDeclined(Event):
    """Who was paged cannot take it: the next level is paged at once."""

    person: str
    policies: tuple[str, ...]
