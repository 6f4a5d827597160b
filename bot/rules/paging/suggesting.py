"""Who might command: three people, with what speaks for each of them and what against."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.rules.calendar import zone
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.hours import is_night
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import Rotation
from bot.rules.paging.escalation import policies_of
from bot.rules.people import sees
from bot.rules.policy import Policy

MOST = 3
LOOKED_BACK = timedelta(days=7)
"""How far back nights count in which somebody was paged."""

HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Led:
    """Somebody commands an open incident."""

    person: PersonId
    number: int
    private: bool = False


@dataclass(frozen=True, slots=True)
class Burdens:
    """What people carry already: which other incidents they command, and when they were paged in the last days."""

    led: tuple[Led, ...] = ()
    paged: Mapping[PersonId, tuple[datetime, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who might command; `name` is empty where Slack has not told it.

    `on_call`: the teams for which it is their turn now; `turns`: those for which they take one at other times.
    `local` is the time on their own clock. `leads` are the open incidents that they command and that are no secret;
    `is_free`: there is none, secret or not. `nights`: in how many of the last week they were paged.
    """

    person: PersonId
    name: str
    local: datetime
    on_call: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    leads: tuple[int, ...] = ()
    is_free: bool = True
    nights: int = 0


def suggestions(
    incident: Incident, moment: Moment, burdens: Burdens, without: Collection[PersonId] = ()
) -> tuple[Suggestion, ...]:
    """The three who fit best: they command nothing else, are on call, awake, and slept of late, in this order.

    Of the rotations that answer for it, and of its responders; who holds a role in it has work already.
    """
    rotations = _rotations(incident, moment.policy)
    passed = {*incident.roles.values(), *without}
    people = dict.fromkeys((*_of_rotations(rotations, moment), *incident.responders))
    able = (each for each in people if each not in passed and _may_command(incident, moment, each))
    found = [_suggestion(each, incident, moment, rotations, burdens) for each in able]
    return tuple(sorted(found, key=_rank)[:MOST])


def _rank(each: Suggestion) -> tuple[bool, bool, bool, int]:
    return not each.is_free, not each.on_call, is_night(each.local), each.nights


def _rotations(incident: Incident, policy: Policy) -> Sequence[Rotation]:
    """Those of the teams that own its services, and those that are paged for it."""
    owners = {each.team for each in policy.services_of(incident.services) if each.team}
    levels = (level for each in policies_of(incident, policy) for level in each.levels)
    paged = {target.name for level in levels for target in level.who if target.kind == "rotation"}
    return [each for each in policy.rotations if each.team in owners or each.name in paged]


def _of_rotations(rotations: Iterable[Rotation], moment: Moment) -> Iterable[PersonId]:
    """All who take turns in them; who only shadows does not."""
    for each in rotations:
        now = _on_call(each, moment)
        yield from (now,) if now else ()
    for each in rotations:
        yield from _crew(each, moment.roster)


def _on_call(rotation: Rotation, moment: Moment) -> PersonId | None:
    shift = moment.roster.on_call(rotation, moment.now)
    return moment.roster.id_of(shift.person) if shift else None


def _crew(rotation: Rotation, roster: Roster) -> Sequence[PersonId]:
    told = (shift.person for shift in roster.told.get(rotation.name, ()) if not shift.shadow)
    return [found for each in (*rotation.people, *told) if (found := roster.id_of(each))]


def _may_command(incident: Incident, moment: Moment, person: PersonId) -> bool:
    """Whether somebody works here as a full member, as far as is known, and may know of the incident."""
    known = moment.people.get(person)
    return sees(incident, person) and (known is None or (known.active and not known.guest and not known.bot))


def _suggestion(
    person: PersonId, incident: Incident, moment: Moment, rotations: Sequence[Rotation], burdens: Burdens
) -> Suggestion:
    theirs = [each for each in rotations if person in _crew(each, moment.roster)]
    now = tuple(dict.fromkeys(each.team for each in rotations if _on_call(each, moment) == person))
    clock = _zone(person, moment, theirs)
    led = [each for each in burdens.led if each.person == person and each.number != incident.number]
    return Suggestion(
        person,
        _name(person, moment),
        moment.now.astimezone(clock),
        now,
        tuple(dict.fromkeys(each.team for each in theirs if each.team not in now)),
        tuple(sorted(each.number for each in led if not each.private)),
        not led,
        _nights(burdens.paged.get(person, ()), clock),
    )


def _name(person: PersonId, moment: Moment) -> str:
    known = moment.people.get(person)
    written = (name for name, identity in moment.roster.ids.items() if identity == person)
    return (known.name if known else "") or next(written, "")


def _zone(person: PersonId, moment: Moment, theirs: Sequence[Rotation]) -> ZoneInfo:
    """Their own, as Slack tells it; else that of their rotation, else that of the business hours."""
    known = moment.people.get(person)
    elsewhere = theirs[0].timezone if theirs else moment.policy.calendar.timezone
    return zone(known.timezone if known else None, elsewhere)


def _nights(paged: Iterable[datetime], clock: ZoneInfo) -> int:
    """In how many nights somebody was paged; one goes on past midnight."""
    local = (at.astimezone(clock) for at in paged)
    return len({(at - HALF_A_DAY).date() for at in local if is_night(at)})
