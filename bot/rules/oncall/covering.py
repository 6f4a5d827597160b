"""Who takes whose shift: overrides, taken or given, cover that is asked for, two shifts that are swapped."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules.events import CoverClosed, CoverFound, CoverWanted, Event, ShiftGivenBack, ShiftTaken
from bot.rules.guards import require_able
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.duty import Cover, Duty, asked, numbered, roster_of, rotation_named
from bot.rules.oncall.keeping import remind
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.oncall.turns import Turns
from bot.rules.refused import Refused
from bot.rules.subjects import Result

LONGEST = timedelta(days=366)
AHEAD = timedelta(days=180)
"""How far ahead somebody's next shift is looked for."""


def override(
    duty: Duty, moment: Moment, *, by: PersonId, rotation: str, person: PersonId, start: datetime, end: datetime
) -> Result[Duty]:
    """Somebody takes a part of a rotation: who says so themselves, or somebody to whom it is given.

    Raises Refused for a time that is past or no time, for who cannot, and where it would change nothing.
    """
    turns = _of(duty, moment, rotation)
    require_able(moment, person, guests=False)
    since, until = _time(moment, start, end)
    instead = _instead(turns, person, since, until)
    duty, number = numbered(duty)
    taken = Override(number, rotation, person, since, until)
    event = ShiftTaken(number, rotation, person, by, since, until, instead)
    return _then(replace(duty, overrides=(*duty.overrides, taken)), moment, event)


def remove(duty: Duty, moment: Moment, *, by: PersonId, number: int) -> Result[Duty]:
    """An override ends now, or never begins. Raises Refused for one that there is not, or that is over."""
    found = [each for each in duty.overrides if each.number == number]
    if not found:
        raise Refused("That is taken back already.")
    if all(each.end <= moment.now for each in found):
        raise Refused("That is over: nothing of it can be taken back any more.")
    others = tuple(each for each in duty.overrides if each.number != number)
    begun = tuple(replace(each, end=min(each.end, moment.now)) for each in found if each.start < moment.now)
    after = replace(duty, overrides=(*others, *begun))
    events = tuple(_given_back(after, moment, each, by) for each in found if each.end > moment.now)
    following = remind(after, moment)
    return Result(following.state, (*events, *following.events))


def _given_back(after: Duty, moment: Moment, given: Override, by: PersonId) -> ShiftGivenBack:
    since = max(given.start, moment.now)
    instead = _people(_of(after, moment, given.rotation), since, given.end, but=given.person)
    return ShiftGivenBack(given.number, given.rotation, given.person, by, since, given.end, instead)


def cover(
    duty: Duty,
    moment: Moment,
    *,
    by: PersonId,
    rotation: str,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Result[Duty]:
    """Somebody asks the team to be spared a part of their shift; without a time, all of their current or next one."""
    own = _own(_of(duty, moment, rotation), by, start, end)
    if any(_overlaps(each, own) for each in duty.covers if not each.closed and each.person == by):
        raise Refused("You have asked for that already, and wait for an answer. *Never mind* takes it back.")
    duty, number = numbered(duty)
    wanted = Cover(number, rotation, by, own.start, own.end, moment.now)
    event = CoverWanted(number, rotation, by, own.start, own.end)
    return Result(asked(duty, wanted), (event,))


def swap(duty: Duty, moment: Moment, *, by: PersonId, rotation: str, person: PersonId) -> Result[Duty]:
    """Somebody offers their next shift in exchange for another one's next."""
    require_able(moment, person, guests=False)
    if person == by:
        raise Refused("A swap needs somebody else. Name who is to take your shift.", field="person")
    turns = _of(duty, moment, rotation)
    own, theirs = _next(turns, by), _next(turns, person)
    if own is None:
        raise Refused(f"You have no shift of {rotation} ahead to swap.", field="rotation")
    if theirs is None:
        raise Refused(f"<@{person}> has no shift of {rotation} ahead to swap.", field="person")
    duty, number = numbered(duty)
    back = (theirs.start, theirs.end)
    wanted = Cover(number, rotation, by, own.start, own.end, moment.now, to=person, back=back)
    return Result(asked(duty, wanted), (CoverWanted(number, rotation, by, own.start, own.end, person, *back),))


def take(duty: Duty, moment: Moment, *, by: PersonId, number: int) -> Result[Duty]:
    """The first one who presses takes what was asked. Raises Refused for all who come after, with who has it."""
    wanted = _open(duty, number)
    if wanted.person == by:
        raise Refused("It is your own shift. *Never mind* takes the question back.")
    if wanted.to not in {"", by}:
        raise Refused(f"<@{wanted.to}> alone was asked.")
    require_able(moment, by, guests=False)
    since = max(wanted.start, moment.now)
    given = (Override(number, wanted.rotation, by, since, wanted.end), *_back(wanted, by))
    duty = replace(asked(duty, replace(wanted, by=by, closed=True)), overrides=(*duty.overrides, *given))
    found = CoverFound(number, wanted.rotation, wanted.person, by, since, wanted.end, *(wanted.back or ()))
    return _then(duty, moment, found)


def drop(duty: Duty, moment: Moment, *, by: PersonId, number: int) -> Result[Duty]:
    """Who asked takes the question back; who alone was asked says no. Raises Refused for anybody else."""
    wanted = _open(duty, number)
    if by not in {wanted.person, wanted.to}:
        raise Refused(f"<@{wanted.person}> asked, and alone can take that back.")
    closed = CoverClosed(number, wanted.rotation, wanted.person, wanted.start, wanted.end, by, wanted.to)
    return Result(asked(duty, replace(wanted, closed=True)), (closed,))


def _of(duty: Duty, moment: Moment, rotation: str) -> Turns:
    return Turns(rotation_named(duty, moment, rotation), roster_of(duty, moment), moment)


def _time(moment: Moment, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    since = max(start, moment.now)
    if end <= start:
        raise Refused("That ends before it begins.", field="until")
    if end <= moment.now:
        raise Refused("That time is past. Name one that is to come.", field="until")
    if end - since > LONGEST:
        raise Refused("That is longer than a year: change the rotation in the configuration.", field="until")
    return since, end


def _instead(turns: Turns, person: PersonId, since: datetime, until: datetime) -> tuple[str, ...]:
    """In whose place. Raises Refused where nobody's is changed."""
    instead = _people(turns, since, until, but=person)
    pieces = turns.between(since, until)
    if not pieces and turns.rotation.layers and all(layer.hours for layer in turns.rotation.layers):
        raise Refused(f"{turns.rotation.name} has no shift in that time.", field="from")
    is_all_theirs = pieces and pieces[0].start <= since and pieces[-1].end >= until
    if not instead and is_all_theirs:
        raise Refused(f"<@{person}> is on call for {turns.rotation.name} in all of that time anyhow.", field="person")
    return instead


def _people(turns: Turns, since: datetime, until: datetime, *, but: str) -> tuple[str, ...]:
    names = (turns.named(each) for each in turns.between(since, until))
    return tuple(dict.fromkeys(name for name in names if name != but))


def _own(turns: Turns, by: PersonId, start: datetime | None, end: datetime | None) -> Shift:
    """The part of somebody's own shift that is meant. Raises Refused where they have none then."""
    now = turns.moment.now
    since, until = _time(turns.moment, start or now, end or now + AHEAD)
    theirs = (each for each in turns.between(since, until) if turns.named(each) == by)
    found = next(theirs, None)
    if found is None:
        raise Refused(f"You are not on call for {turns.rotation.name} then.", field="from")
    return replace(found, start=max(found.start, since), end=min(found.end, until) if end else found.end)


def _next(turns: Turns, person: PersonId) -> Shift | None:
    """Somebody's first shift that has not begun."""
    now = turns.moment.now
    found = (each for each in turns.between(now, now + AHEAD) if each.start > now and turns.named(each) == person)
    return next(found, None)


def _overlaps(wanted: Cover, own: Shift) -> bool:
    return wanted.rotation == own.rotation and wanted.start < own.end and own.start < wanted.end


def _open(duty: Duty, number: int) -> Cover:
    """What was asked and nobody took yet. Raises Refused with what became of it."""
    wanted = duty.cover(number)
    if wanted is None:
        raise Refused("That is over.")
    if wanted.by:
        raise Refused(f"<@{wanted.by}> was faster, and takes it. Thank you all the same.")
    if wanted.closed:
        raise Refused("Nobody needs to take that any more.")
    return wanted


def _back(wanted: Cover, by: PersonId) -> Iterable[Override]:
    """What who asked takes over in a swap; it carries the same number, so that both are taken back together."""
    if wanted.back and by == wanted.to:
        yield Override(wanted.number, wanted.rotation, wanted.person, *wanted.back)


def _then(duty: Duty, moment: Moment, event: Event) -> Result[Duty]:
    """With what is due at once: who begins now is on call now."""
    following = remind(_told(duty, moment, event), moment)
    return Result(following.state, (event, *following.events))


def _told(duty: Duty, moment: Moment, event: Event) -> Duty:
    """Who has just been told of a shift that is near is not told of it again."""
    if not isinstance(event, ShiftTaken | CoverFound):
        return duty
    turns = _of(duty, moment, event.rotation)
    is_near = turns.told_at(Shift(event.rotation, event.person, event.start, event.end)) <= moment.now
    known = duty.soon.get(event.rotation, event.start)
    return replace(duty, soon={**duty.soon, event.rotation: max(known, event.start)}) if is_near else duty
