"""What a wording is given, and what it gives back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from bot.rules.entries import Entry
from bot.rules.events import Event, WasAway
from bot.rules.incident import Incident
from bot.rules.paging.suggesting import Suggestion
from bot.rules.policy import Policy
from bot.views.acts import ACTS, ASIDE
from bot.views.blocks import Block, Style, button
from bot.views.labels import wants_commander
from bot.views.text import person, when

NOTICEABLE = timedelta(minutes=1)

Place: TypeAlias = Literal["channel", "thread", "announce", "person"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where, when and about what something is said.

    `groups` maps the configured names of user groups to their ids; `asked` is who is asked for the update; `doing`
    is what else is known to be done; `beside` is all that is said in the same message; `history` is the timeline so
    far, where it is needed; `reader` is who is written to, where that is one person; `link` leads to its announcement;
    `waited`: it is told noticeably later than it happened; `suggested` might command, where somebody is to.
    """

    incident: Incident
    policy: Policy
    place: Place
    now: datetime
    late_by: timedelta | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    doing: tuple[str, ...] = ()
    beside: tuple[Event, ...] = ()
    history: Sequence[Entry] = ()
    reader: str | None = None
    link: str = ""
    waited: bool = False
    suggested: Sequence[Suggestion] = ()

    @property
    def is_room(self) -> bool:
        """Whether it is said where the incident's people work, so that it need not be named again."""
        return self.place == "channel"

    @property
    def is_to_person(self) -> bool:
        """Whether one person is written to."""
        return self.place == "person"

    def when(self, at: datetime) -> str:
        """A time as this scene's readers need it."""
        return when(at, self.now)

    def is_beside(self, *kinds: type[Event]) -> bool:
        """Whether such an event is said in the same message."""
        return any(isinstance(event, kinds) for event in self.beside)

    def late(self, due: datetime) -> str:
        """The admission that a reminder comes late; of several in one message each answers for itself.

        Where it is said beside it why, the time alone is enough.
        """
        is_late = self.late_by is not None and self.now - due >= min(self.late_by, NOTICEABLE)
        why = "due since" if self.is_beside(WasAway) else "late: this was due"
        return f" ({why} {self.when(due)})" if is_late else ""

    def button(self, act: str, style: Style | None = None) -> Block:
        """The button of an act from the card, or of one beside it."""
        found = ACTS.get(act) or ASIDE[act]
        return self.door(found.label, act, style)

    def door(self, label: str, act: str, style: Style | None = None) -> Block:
        """A button under a label of its own: `role/lead`, `grant/U1`."""
        return button(label, f"incident:{act}", self.incident.number, style)


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened, who acts and what comes next, as markup.

    The message shows the lines of `shown` instead of `happened`, where there are any, and `details` below; its text
    has neither. `is_bare`: the reader may learn nothing of the incident but its number.
    """

    happened: str
    wanted: str = ""
    shown: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    buttons: tuple[Block, ...] = ()
    is_bare: bool = False


Words: TypeAlias = Callable[[Any, Entry, Scene], Wording]
"""How one kind of event is said."""


def by(entry: Entry) -> str:
    """Who did it; where an alert did, the program that sent it."""
    if entry.actor.startswith("alert:"):
        return person(entry.actor)
    return person(entry.person) if entry.person else "Tocsin"


def next_update(scene: Scene) -> str:
    """The promise as it stands."""
    return f"Next update by {scene.when(scene.incident.promise)}." if scene.incident.is_open else ""


def commander_or_promise(scene: Scene) -> tuple[str, tuple[Block, ...]]:
    """What is wanted next of an incident that somebody has: a commander where one is missing, else the next update."""
    if wants_commander(scene.incident, scene.policy):
        return "No commander yet: whoever leads presses *Take command*.", (scene.button("command"),)
    return next_update(scene), ()
