"""Who may know of an incident: making it private, asking to be let in, letting in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules import announcing
from bot.rules.change import Change
from bot.rules.events import AccessDenied, AccessGranted, AccessRequested, MadePrivate
from bot.rules.guards import require_able, require_open, unknown
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.people import decides, with_member
from bot.rules.refused import Refused

PEACE = timedelta(hours=1)
"""Who asked to be let in, or was told no, may ask again after that."""


def make_private(incident: Incident, moment: Moment, *, by: PersonId, people: tuple[PersonId, ...]) -> Change:
    """From now on only who makes it so, who has it or is paged for it, role holders and `people` know of it.

    It gets a fresh private channel.

    Raises Refused for a closed or private one, and for who cannot take part.
    """
    require_open(incident, moment)
    if incident.private:
        raise Refused(f"{incident.name} is private already. Who is invited into its channel may see it.")
    for person in people:
        require_able(moment, person, field="people")
    at_work = (*incident.roles.values(), incident.acknowledged_by)
    holders = (person for person in at_work if person and moment.is_active(person))
    chosen = dict.fromkeys((by, *holders, *people))
    paged = tuple(each for each in _awaited(incident) if each not in chosen and moment.is_active(each))
    members = (*chosen, *paged)
    handoff = incident.handoff if incident.handoff and incident.handoff.to in members else None
    after = replace(
        announcing.rehoused(incident),
        private=True,
        announce=None,
        members=members,
        responders=_among(members, incident.responders),
        followers=_among(members, incident.followers),
        access={},
        handoff=handoff,
    )
    return Change(after, (MadePrivate(people=members, former=incident.channel, paged=paged),))


def _awaited(incident: Incident) -> Iterable[PersonId]:
    """Who is asked to come while nobody has it, and so has to see it; no shadow is."""
    return incident.paged if incident.paging_from and not incident.acknowledged_by else ()


def _among(members: tuple[PersonId, ...], people: Iterable[PersonId]) -> tuple[PersonId, ...]:
    return tuple(person for person in people if person in members)


def _without(said: Mapping[str, Said], kind: str) -> Mapping[str, Said]:
    return {each: when for each, when in said.items() if each != kind}


def request_access(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Asks who commands to be let in. The one act of who may not see the incident.

    Raises Refused: as for one that does not exist where nobody was ever told that it does.
    """
    _require_outside(incident, moment, by)
    _require_peace(incident, moment, by)
    decider = decides(incident, moment)
    if decider is None:
        name = incident.name
        raise Refused(f"Nobody is left who could let you in. An admin of this workspace can open {name}'s channel.")
    after = replace(incident, access={**incident.access, by: moment.now})
    return Change(after, (AccessRequested(person=by, asked=decider),))


def break_in(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Who broke the glass lets themselves in. Raises Refused, as for who asks to be let in."""
    _require_outside(incident, moment, by)
    waiting = {each: at for each, at in incident.access.items() if each != by}
    after = replace(incident, access=waiting, said=_without(incident.said, _denied(by)))
    return Change(with_member(after, by), (AccessGranted(person=by),))


def _require_outside(incident: Incident, moment: Moment, by: PersonId) -> None:
    """Raises Refused for who is in it, or cannot be; as for one that does not exist where nobody was told of it."""
    name, command = incident.name, moment.policy.command
    if not incident.private:
        raise Refused(f"{name} is open to everybody: `{command} show {name}` tells how it stands.")
    if by in incident.members:
        raise Refused("You are in it already.")
    if not incident.announced:
        raise Refused(unknown(incident.number, command))
    known = moment.people.get(by)
    if known and (known.guest or known.bot or not known.active):
        raise Refused(f"Only members of this workspace can ask. Somebody who is in {name} can invite you.")


def _require_peace(incident: Incident, moment: Moment, by: PersonId) -> None:
    denied = incident.said.get(_denied(by))
    if denied and moment.now - denied.at < PEACE:
        raise Refused("You were not let in a short while ago. You may ask again an hour after that.")
    at = incident.access.get(by)
    if at and moment.now - at < PEACE:
        raise Refused("You asked for it already. The answer comes as a direct message.")


def grant(incident: Incident, moment: Moment, *, by: PersonId, person: PersonId) -> Change:
    """Lets somebody in who asked. Raises Refused for who did not ask, is in it, or has left Slack."""
    _require_asked(incident, person)
    require_able(moment, person)
    waiting = {each: at for each, at in incident.access.items() if each != person}
    after = replace(incident, access=waiting, said=_without(incident.said, _denied(person)))
    return Change(with_member(after, person), (AccessGranted(person=person),))


def deny(incident: Incident, moment: Moment, *, by: PersonId, person: PersonId) -> Change:
    """Does not let somebody in who asked; they may ask again in an hour."""
    at = _require_asked(incident, person)
    kind = _denied(person)
    told = incident.said.get(kind)
    if told and told.anchor == at:
        raise Refused(f"<@{person}> was told no already.")
    said = {**incident.said, kind: Said(at, 1, moment.now)}
    return Change(replace(incident, said=said), (AccessDenied(person=person),))


def waiting(incident: Incident) -> tuple[PersonId, ...]:
    """Who asked to be let in and has no answer yet, the longest first."""
    asked_at = sorted(incident.access.items(), key=lambda each: each[1])
    return tuple(person for person, at in asked_at if not incident.last_step(_denied(person), at))


def _require_asked(incident: Incident, person: PersonId) -> datetime:
    """When somebody asked to be let in. Raises Refused where nobody did, with what is so."""
    if not incident.private:
        raise Refused(f"{incident.name} is open to everybody: there is nothing to decide.")
    if person in incident.members:
        raise Refused(f"<@{person}> is in {incident.name} already.")
    if person not in incident.access:
        raise Refused(f"<@{person}> did not ask to see {incident.name}. Who is invited into its channel may see it.")
    return incident.access[person]


def _denied(person: PersonId) -> str:
    """The kind under which it is kept that somebody was told no."""
    return f"denied {person}"
