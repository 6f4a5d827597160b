"""Who takes part in an incident, and who is asked for something."""

from dataclasses import replace

from bot.rules.incident import ROLES, Incident, PersonId
from bot.rules.moment import Moment


def with_member(incident: Incident, person: PersonId) -> Incident:
    """The incident with somebody among those who are in it."""
    return incident if person in incident.members else replace(incident, members=(*incident.members, person))


def with_responder(incident: Incident, person: PersonId) -> Incident:
    """The incident with somebody among its responders (and so among its members)."""
    known = person in incident.responders
    responding = incident if known else replace(incident, responders=(*incident.responders, person))
    return with_member(responding, person)


def asked(incident: Incident, moment: Moment, role: str) -> PersonId | None:
    """Who is asked for what `role` does: its holder, else commander, lead, who acknowledged, declarer.

    Who has left is passed over, and who may not see it any more.
    """
    roles = incident.roles
    chain = (
        roles.get(role),
        roles.get("commander"),
        roles.get("lead"),
        incident.acknowledged_by,
        incident.declarer,
    )
    return next((person for person in chain if person and moment.is_active(person) and sees(incident, person)), None)


def decides(incident: Incident, moment: Moment) -> PersonId | None:
    """Who is asked to let somebody into a private one: who commands it, or somebody else of those who see it."""
    return asked(incident, moment, "commander") or next(filter(moment.is_active, incident.members), None)


def roles_of(incident: Incident, person: PersonId) -> tuple[str, ...]:
    """The roles that somebody holds, in their usual order."""
    return tuple(role for role in ROLES if incident.roles.get(role) == person)


def sees(incident: Incident, person: PersonId | None) -> bool:
    """Whether a person may know of it; nobody in particular (the clock, delivery) may."""
    return not incident.private or person is None or person in incident.members


def first_seeing(incident: Incident, *people: PersonId | None) -> PersonId | None:
    """The first of them who may see it: whom a message in it can ask for something."""
    return next((person for person in people if person and sees(incident, person)), None)
