"""First-time hints that lead through one incident; each is marked done by watching what happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace

Facts = Mapping[str, Any]


def declared(hints: Hints, what: str, facts: Facts) -> bool:
    """The bot made a channel after somebody typed a command or handed in a modal."""
    if what in ("command", "submit"):
        hints.last_actor = str(facts["user"])
    if what == "channel_created":
        hints.declarer = hints.last_actor
    return what == "channel_created"


def acknowledged(hints: Hints, what: str, facts: Facts) -> bool:
    """Somebody else than the declarer acknowledged."""
    other = bool(facts.get("user")) and facts["user"] != hints.declarer
    return other and (pressed(what, facts, "Acknowledge") or typed(what, facts, "ack"))


def turned(_hints: Hints, what: str, _facts: Facts) -> bool:
    """Somebody turned the clock."""
    return what == "clock"


def updated(_hints: Hints, what: str, facts: Facts) -> bool:
    """Somebody handed in an update, or typed one."""
    handed_in = what == "submit" and "update" in f"{facts['callback_id']} {facts['title']}".lower()
    return handed_in or typed(what, facts, "update ", "post ")


def resolved(_hints: Hints, what: str, facts: Facts) -> bool:
    """Somebody resolved the incident."""
    handed_in = what == "submit" and "resolve" in f"{facts['callback_id']} {facts['title']}".lower()
    return handed_in or typed(what, facts, "resolve ", "close ")


def pressed(what: str, facts: Facts, label: str) -> bool:
    """Whether a button of this label was pressed."""
    return what == "click" and facts["label"] == label


def typed(what: str, facts: Facts, *words: str) -> bool:
    """Whether a command of one of these words was typed."""
    return what == "command" and f"{facts['text']} ".startswith(words)


@dataclass(frozen=True, slots=True)
class Hint:
    """One step: what to do, and how it is seen to be done."""

    id: str
    title: str
    body: str
    done: Callable[[Hints, str, Facts], bool]


STEPS = (
    Hint("declare", "Declare an incident", "As Ada, type `/incident declare sev1 Checkout is down`.", declared),
    Hint("acknowledge", "Have it acknowledged", "Act as Bob, and press *Acknowledge* on the card.", acknowledged),
    Hint("clock", "Let time pass", "Press *next due*: the clock turns to the next promised moment.", turned),
    Hint("update", "Post an update", "Say what is known: press *Post update*.", updated),
    Hint("resolve", "Resolve it", "Press *Resolve*, and say what fixed it.", resolved),
)


@dataclass(slots=True)
class Hints:
    """The hints of one sandbox, and which are done."""

    ws: Workspace
    finished: set[str] = field(default_factory=set)
    last_actor: str = ""
    declarer: str = ""

    def __post_init__(self) -> None:
        self.ws.observers.append(self.observe)

    def observe(self, what: str, **facts: Any) -> None:
        """Something happened: mark what it finishes. A step waits for the ones before it."""
        for step in STEPS:
            if step.done(self, what, facts) and step.id not in self.finished:
                self.finished.add(step.id)
                self.ws.touch("state")
            if step.id not in self.finished:
                return

    def shown(self) -> list[Json]:
        """The hints as the page shows them."""
        return [{"id": s.id, "title": s.title, "body": s.body, "done": s.id in self.finished} for s in STEPS]
