"""What a rule knows beside its subject: the time, the policy, the people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.incident import PersonId
from bot.rules.oncall.roster import Roster
from bot.rules.policy import Policy
from bot.rules.rollouts.rollout import Rollout

UNTOLD = "untold"
"""What a fingerprint ends with while Slack has not told who the configured people are."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace, as Slack last told us."""

    id: PersonId
    name: str = ""
    timezone: str | None = None
    active: bool = True
    guest: bool = False
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """A while in which no Tocsin looked at what is due."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """`now` is aware. `people` holds those the change is about; whom Slack has not told us of counts as active.

    `away` is the last while in which nobody looked at what is due; `roster` tells who is on call; `rollouts` is
    what was changed of late, where something is declared. `subject` is what the change is about where that is no
    incident.
    """

    now: datetime
    policy: Policy
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    away: Away | None = None
    roster: Roster = field(default_factory=Roster)
    rollouts: tuple[Rollout, ...] = ()
    subject: str = ""

    @property
    def fingerprint(self) -> str:
        """From what a due moment is derived now: the policy, and whether Slack has told who its people are."""
        return self.policy.fingerprint if self.roster.is_told else f"{self.policy.fingerprint} {UNTOLD}"

    def is_active(self, person: PersonId) -> bool:
        """Whether the person still works here, as far as is known."""
        known = self.people.get(person)
        return known is None or known.active
