"""What is known of who is on call, beside the configuration: overrides, calendars, whom names and groups lead to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rules.incident import PersonId
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.shifts import Override, Shift, on_call, shadows, shifts

MOMENT = timedelta(microseconds=1)
"""The shortest time there is."""


@dataclass(frozen=True, slots=True)
class Roster:
    """`ids`: the Slack id of each configured person, where Slack knows them. `told`: shifts by the name of a rotation
    that is kept in a calendar. `groups`: who is in each user group that a policy pages. `is_told`: Slack has told of
    all whom the configuration names; until then nobody can say who is not there."""

    ids: Mapping[str, PersonId] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    told: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    is_told: bool = True

    @property
    def people(self) -> Iterable[PersonId]:
        """All who may be paged."""
        yield from self.ids.values()
        for members in self.groups.values():
            yield from members
        given = [each.person for each in self.overrides]
        given += [shift.person for told in self.told.values() for shift in told]
        yield from (found for each in dict.fromkeys(given) if (found := self.id_of(each)))

    def shifts(self, rotation: Rotation, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """The rotation's shifts in that time, with what overrides them."""
        return shifts(rotation, since, until, self.overrides, self.told.get(rotation.name, ()))

    def on_call(self, rotation: Rotation, at: datetime) -> Shift | None:
        """The shift at that time; None where nobody is on call."""
        return on_call(self.shifts(rotation, at, at + MOMENT), at)

    def shadows(self, rotation: Rotation, at: datetime) -> tuple[Shift, ...]:
        """Those who see each page at that time, and are never waited for."""
        return shadows(self.shifts(rotation, at, at + MOMENT), at)

    def id_of(self, person: str) -> PersonId | None:
        """The Slack id of a configured person, or of an override's, which is one; None where Slack knows nobody."""
        return self.ids.get(person) or (person if is_id(person) else None)


def may_mean(texts: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of the configuration's texts for people may be for who has one of these names in Slack."""
    called = {name.casefold() for name in names if name}
    return any(text.removeprefix("@").casefold() in called for text in texts)


def is_id(text: str) -> bool:
    """Whether it is somebody's Slack id, and no name."""
    return text[:1] in {"U", "W"} and text.isupper()
