"""Who is on call now and next, rotation by rotation: what is shown to whoever asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.moment import Moment
from bot.rules.oncall.duty import teams
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.oncall.turns import Turns
from bot.rules.policy import Policy
from bot.rules.refused import Refused, known

FAR = timedelta(days=60)
"""How far ahead the next shift is looked for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody, by id or configured name, from then until then; `gone`: they are deactivated."""

    person: str
    start: datetime
    end: datetime
    override: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A rotation: who has it now, who is next, who shadows, what was taken over and is not over yet."""

    rotation: str
    team: str
    now: Turn | None
    following: Turn | None
    shadows: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()


def seats(moment: Moment, team: str = "") -> tuple[Seat, ...]:
    """Those of a team, or all."""
    wanted = (each for each in moment.policy.rotations if not team or each.team == team)
    return tuple(_seat(moment, each) for each in wanted)


def team_named(policy: Policy, word: str) -> str:
    """The team that has rotations and is called so, or one of whose rotations is. Raises Refused with all of them."""
    asked, found = word.strip().removeprefix("@").casefold(), teams(policy)
    rotations = {each.name.casefold(): each.team for each in policy.rotations}
    team = (rotations | {each.casefold(): each for each in found}).get(asked)
    if team is None:
        raise Refused(known("team with a rotation", word, found), field="team")
    return team


def _seat(moment: Moment, rotation: Rotation) -> Seat:
    turns, now = Turns(rotation, moment.roster, moment), moment.now
    coming = [each for each in turns.between(now, now + FAR) if each.start > now]
    current = turns.current
    another = (each for each in coming if current is None or each.start >= current.end)
    shadows = tuple(turns.named(each) for each in moment.roster.shadows(rotation, now))
    ahead = (each for each in moment.roster.overrides if each.rotation == rotation.name and each.end > now)
    return Seat(
        rotation.name,
        rotation.team,
        _turn(turns, current),
        _turn(turns, next(another, None)),
        shadows,
        tuple(sorted(ahead, key=lambda each: each.start)),
    )


def _turn(turns: Turns, shift: Shift | None) -> Turn | None:
    if shift is None:
        return None
    person = turns.named(shift)
    return Turn(person, shift.start, shift.end, shift.override, gone=not turns.moment.is_active(person))
