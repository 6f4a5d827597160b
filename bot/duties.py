"""Who is on call in which shifts, with what is kept now: for calendars, the terminal and figures for pay."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.rules.oncall.duty import rotations_of
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.shifts import Shift
from bot.rules.policy import Policy
from store import changes as kept
from store.rosters import roster


@dataclass(frozen=True, slots=True)
class Duties:
    """Rotations, what is known of who takes them, and how people are called, by name in the file and by id; `gone` are
    the ids of those who are deactivated."""

    rotations: tuple[Rotation, ...]
    roster: Roster
    names: Mapping[str, str]
    gone: frozenset[str] = frozenset()

    def shifts(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """All shifts of these rotations that touch that time, the earliest first."""
        found = (each for rotation in self.rotations for each in self.of(rotation, since, until))
        return tuple(sorted(found, key=lambda each: (each.start, each.rotation, each.shadow)))

    def of(self, rotation: Rotation, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """The shifts of one of them, each person by id where it is known: a turn and an override alike."""
        known = self.roster
        return tuple(
            replace(each, person=known.id_of(each.person) or each.person)
            for each in known.shifts(rotation, since, until)
        )

    def name(self, person: str) -> str:
        """How somebody is called in Slack; as the file calls them where Slack has not told."""
        return self.names.get(self.roster.ids.get(person, person)) or person

    def called(self, person: str) -> str:
        """The same for people to read, who are told as well that somebody is deactivated."""
        return f"{self.name(person)} (deactivated)" if self.roster.id_of(person) in self.gone else self.name(person)


def duties(connection: Connection, policy: Policy, team: str | None = None) -> Duties:
    """The rotations of a team, or all of them."""
    known = roster(connection, policy)
    people = kept.people(connection, dict.fromkeys(known.people))
    rotations = policy.rotations if team is None else rotations_of(policy, team)
    written = {identity: name for name, identity in known.ids.items()}
    names = written | {each.id: each.name for each in people.values() if each.name}
    return Duties(rotations, known, names, frozenset(each.id for each in people.values() if not each.active))
