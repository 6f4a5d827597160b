"""A team's on-call duty, as it stands: who has it, who took whose shift, what was asked and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.policy import Policy
from bot.rules.refused import Refused, known

KEPT = timedelta(days=100)
"""How long an override, or a shift that a calendar told of, is kept after its end: for who looks back at a quarter."""


@dataclass(frozen=True, slots=True)
class Held:
    """The last shift of a rotation that was seen; `over` once it is said that it is."""

    shift: Shift
    over: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody asks to be spared a part of a rotation, all of the team or one of them (`to`), by the number of the
    override that comes of it.

    In a swap `back` is what they take over in exchange, from who is asked. `by`: who took it; `closed`: nobody can any
    more.
    """

    number: int
    rotation: str
    person: PersonId
    start: datetime
    end: datetime
    at: datetime
    to: PersonId = ""
    back: tuple[datetime, datetime] | None = None
    by: PersonId = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Who goes and who comes in a rotation, by id or configured name; None for nobody."""

    rotation: str
    goes: str | None
    comes: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Handover:
    """The last hand-off: who goes, who comes, and what who goes has to say to who comes.

    `gone` are all whose shift ended since the one before, also those after whom nobody came at once.
    """

    at: datetime
    lines: tuple[Line, ...]
    notes: Mapping[PersonId, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """`overrides` are those of the last months, `given` is the number of the last one or of the last thing asked.

    `held` is the last shift seen of each rotation, `now` who is on call in it, `soon` up to which beginning it was said
    that a shift is near. `left` are those whose shift ended since the last hand-off, with the notes that they leave.
    `refused` is why Slack lets us not change a user group, by its name, and `again` when it is tried again; `groups` is
    the one that each rotation was kept to.
    """

    team: str
    overrides: tuple[Override, ...] = ()
    given: int = 0
    held: Mapping[str, Held] = field(default_factory=dict)
    now: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    soon: Mapping[str, datetime] = field(default_factory=dict)
    covers: tuple[Cover, ...] = ()
    handover: Handover | None = None
    left: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, datetime] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The key of its timeline, outbox and due moments: `team:payments`."""
        return f"team:{self.team}"

    def cover(self, number: int) -> Cover | None:
        """What was asked under that number."""
        return next((each for each in self.covers if each.number == number), None)


def teams(policy: Policy) -> tuple[str, ...]:
    """All teams that have a rotation."""
    return tuple(dict.fromkeys(each.team for each in policy.rotations))


def rotations_of(policy: Policy, team: str) -> tuple[Rotation, ...]:
    """The rotations of a team."""
    return tuple(each for each in policy.rotations if each.team == team)


def rotation_named(duty: Duty, moment: Moment, name: str) -> Rotation:
    """The team's rotation of that name. Raises Refused with those that there are."""
    ours = rotations_of(moment.policy, duty.team)
    found = next((each for each in ours if each.name == name), None)
    if found is None:
        raise Refused(known("rotation", name, (each.name for each in ours)), field="rotation")
    return found


def roster_of(duty: Duty, moment: Moment) -> Roster:
    """What is known of who is on call, with the team's overrides as they stand in `duty`."""
    ours = {each.name for each in rotations_of(moment.policy, duty.team)}
    others = (each for each in moment.roster.overrides if each.rotation not in ours)
    return replace(moment.roster, overrides=(*others, *duty.overrides))


def numbered(duty: Duty) -> tuple[Duty, int]:
    """The duty with one more number given out, and that number."""
    return replace(duty, given=duty.given + 1), duty.given + 1


def asked(duty: Duty, cover: Cover) -> Duty:
    """The duty with something asked as it stands now, instead of how it stood."""
    others = (each for each in duty.covers if each.number != cover.number)
    return replace(duty, covers=(*others, cover))
