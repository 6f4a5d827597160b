"""What a reply is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from bot.rules.change import Answer
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.policy import Policy
from bot.views.acts import ACTS, ASIDE
from bot.views.blocks import Block, button
from bot.views.labels import level_named

Kind = TypeVar("Kind", bound=Event)


@dataclass(frozen=True, slots=True)
class Told:
    """A reply: the sentence, the next step, more below, and buttons."""

    sentence: str
    step: str = ""
    details: tuple[str, ...] = ()
    buttons: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a wording needs: the answer, its incident's name, and the names of people by id."""

    answer: Answer
    policy: Policy
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        """`INC-12`."""
        return f"INC-{self.answer.number}"

    @property
    def number(self) -> int:
        """The incident's number, as buttons carry it."""
        return self.answer.number or 0

    @property
    def is_in_thread(self) -> bool:
        """Whether its severity has its people work in the announcement's thread."""
        return level_named(self.answer.severity, self.policy).room == "thread" and not self.answer.private

    def command(self, verb: str, rest: str = "") -> str:
        """A command to type, in code."""
        return f"`{' '.join(filter(None, (self.policy.command, verb, self.name, rest)))}`"

    def button(self, name: str) -> Block:
        """The button of an act."""
        act = ACTS.get(name) or ASIDE[name]
        return button(act.label, act.door, self.number)

    def wants_commander(self) -> bool:
        """Whether a commander is missing."""
        return self.answer.commander is None and self.policy.is_major(self.answer.severity)

    def beside(self, kind: type[Kind]) -> list[Kind]:
        """All events of that kind that the change brought."""
        return [entry.event for entry in self.answer.entries if isinstance(entry.event, kind)]


Words: TypeAlias = Callable[[Any, Entry, Reply], Told]
"""How the reply to one kind of event is worded."""
