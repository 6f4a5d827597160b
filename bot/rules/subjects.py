"""Subjects that are no incident: what a kind of them has to say, so that it changes as an incident does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.moment import Moment
from bot.rules.policy import Policy

S = TypeVar("S")
Entries: TypeAlias = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Result(Generic[S]):
    """What a rule answers: the subject as it is from now on, and what happened, in order."""

    state: S
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """A change of another subject that belongs to this one, in the same transaction."""

    subject: str
    rule: Callable[..., Any]
    facts: Mapping[str, Any] = field(default_factory=dict)


def _never(_state: Any, _moment: Moment) -> None:
    return None


def _as_it_is(state: Any, _moment: Moment) -> Result[Any]:
    return Result(state)


def _nobody(_before: Any, _after: Any, _entries: Entries, _policy: Policy) -> Iterable[Outgoing]:
    return ()


def _always(_state: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind(Generic[S]):
    """How subjects of one kind begin, what falls due in them, who hears of a change, and which others are read.

    `empty(subject)` is one that nothing happened to yet; `remind` says what is due. `is_open`: something could fall
    due in it, or somebody asks for all of its kind. `called` is how one is named to people, and `falls` what falls due
    of it, in a word or two; `on_call`: its rules ask who is on call.
    """

    empty: Callable[[str], S]
    next_look: Callable[[S, Moment], datetime | None] = _never
    remind: Callable[[S, Moment], Result[S]] = _as_it_is
    tell: Callable[[S, S, Entries, Policy], Iterable[Outgoing]] = _nobody
    is_open: Callable[[S], bool] = _always
    called: str = "{name}"
    falls: str = "a look"
    on_call: bool = False
