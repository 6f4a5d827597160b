"""What a rule answers, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.rules.entries import Entry, person_of
from bot.rules.events import Event
from bot.rules.incident import Incident
from bot.rules.refused import Asked


@dataclass(frozen=True, slots=True)
class Change:
    """The incident as it is from now on, and what happened, in order; `asks`: what who did it is asked beside."""

    incident: Incident
    events: tuple[Event, ...]
    asks: Asked | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asks, through which door, and the key that tells a repeat (kept for a day).

    `standing`: whether the door took them for somebody of this workspace, a bot, or somebody of another workspace.
    """

    actor: str
    source: str
    key: str | None = None
    team: str = ""
    standing: Literal["member", "bot", "stranger"] = "member"

    @property
    def person(self) -> str | None:
        """The Slack id of who asks, or None for the clock, delivery and the like."""
        return person_of(self.actor)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row of the outbox: what goes out, addressed to a lane (a logical place).

    `kind` names the row of delivery's table of calls; `slot` is set for what is edited in place.
    """

    lane: str
    kind: str
    slot: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a change came to, as its caller is told; kept under the request's key, so that a repeat is told the same.

    `refused` is the sentence of a refusal, `field` the input at fault; otherwise `entries` are what happened, `undo`
    is the place in the timeline of what may be taken back, `former` the channel that was left. `passable`: who breaks
    the glass passes that refusal; `asks`: it is a question, and that act waits for the answer. What is asked beside
    something that was done is the `question`.
    """

    number: int | None = None
    title: str = ""
    severity: str = ""
    private: bool = False
    commander: str | None = None
    former: str | None = None
    undo: int | None = None
    entries: tuple[Entry, ...] = ()
    refused: str | None = None
    field: str | None = None
    passable: bool = False
    asks: str | None = None
    question: str | None = None
