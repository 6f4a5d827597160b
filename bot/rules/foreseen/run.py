"""A simulation as it stands at a moment: the incident, all whom it reaches, and what was found so far."""

from dataclasses import dataclass, field
from typing import Any

from bot.rules.events import Event, Paged
from bot.rules.foreseen.simulated import Row, SetUp, Weak
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment

SOMEBODY: PersonId = "U0SOMEBODY"
"""Who declares it: nobody who could be paged."""


@dataclass(slots=True)
class Run:
    """`states` are people by subject; `told` is what happened so far, `why` for which level each person is paged."""

    moment: Moment
    incident: Incident
    states: dict[str, Any]
    set_up: SetUp
    rows: list[Row] = field(default_factory=list)
    weak: list[Weak] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    why: dict[PersonId, Paged] = field(default_factory=dict)
