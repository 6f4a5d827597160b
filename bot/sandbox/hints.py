"""First-time hints that lead through one incident; each is marked done by watching what happens."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace

Facts = Mapping[str, Any]


def declared(what: str, _facts: Facts) -> bool:
    """The bot made a channel."""
    return what == "channel_created"


def acknowledged(what: str, facts: Facts) -> bool:
    """The bot says that somebody has it, however they said so; a press alone may only have been asked about."""
    return what == "posted" and re.search(r"<@\w+> (has it|took command)", facts["text"]) is not None


def turned(what: str, _facts: Facts) -> bool:
    """Somebody turned the clock."""
    return what == "clock"


def updated(what: str, facts: Facts) -> bool:
    """Somebody handed in an update, or typed one."""
    return handed_in(what, facts, "Post an update") or typed(what, facts, "update ", "post ")


def resolved(what: str, facts: Facts) -> bool:
    """Somebody resolved the incident."""
    return handed_in(what, facts, "Resolve") or typed(what, facts, "resolve ", "close ")


def handed_in(what: str, facts: Facts, title: str) -> bool:
    """Whether a modal was handed in whose title begins so; what it is about may follow."""
    return what == "submit" and str(facts["title"]).startswith(title)


def typed(what: str, facts: Facts, *words: str) -> bool:
    """Whether a command that begins so was typed."""
    return what == "command" and facts["text"].startswith(words)


@dataclass(frozen=True, slots=True)
class Hint:
    """One step: what to do, and how it is seen to be done."""

    id: str
    title: str
    body: str
    done: Callable[[str, Facts], bool]


STEPS = (
    Hint("declare", "Declare an incident", "Type `/incident declare sev1 Checkout is down`, and send it.", declared),
    Hint(
        "acknowledge",
        "Have it acknowledged",
        "Bob is paged: change to him under *Acting as*, and press *Acknowledge*. If he slept, *+5 min* would page Dan.",
        acknowledged,
    ),
    Hint(
        "clock",
        "Let time pass",
        "Open the incident’s own channel, then press *+30 min* at the top: the promised update falls due.",
        turned,
    ),
    Hint("update", "Post an update", "Press *Post update*, and say what is being done.", updated),
    Hint("resolve", "Resolve it", "Press *Resolve*, on the card or under its *⋯*, and say what fixed it.", resolved),
)


@dataclass(slots=True)
class Hints:
    """The hints of one sandbox, and which are done."""

    ws: Workspace
    finished: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ws.observers.append(self.observe)

    def observe(self, what: str, **facts: Any) -> None:
        """Something happened: mark what it finishes. The first step comes first, the others in any order."""
        for step in STEPS:
            if step.id not in self.finished and step.done(what, facts):
                self.finished.add(step.id)
                self.ws.touch("state")
            if STEPS[0].id not in self.finished:
                return

    def shown(self) -> list[Json]:
        """The hints as the page shows them."""
        return [{"id": s.id, "title": s.title, "body": s.body, "done": s.id in self.finished} for s in STEPS]
