"""Who leads, who speaks, who digs, who writes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.rules.change import Change
from bot.rules.events import Event, RoleAssigned
from bot.rules.guards import require_able, require_open
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.lifecycle import acknowledged
from bot.rules.moment import Moment
from bot.rules.people import with_responder
from bot.rules.promises import moved
from bot.rules.refused import Refused, known


@dataclass(frozen=True, slots=True)
class Duties:
    """What a role does and leaves to others (from the incident command guides)."""

    title: str
    does: tuple[str, ...]
    does_not: tuple[str, ...]
    aliases: tuple[str, ...] = ()


DUTIES: Mapping[str, Duties] = {
    "commander": Duties(
        "Incident commander",
        (
            "own the incident from now until it is resolved",
            "hand out the work, one name for each task",
            "decide what is done to restore the service",
            "keep the promise of the next update",
            "say when it is resolved",
        ),
        ("debug or change production yourself", "look for the root cause while it still burns"),
        ("ic", "command"),
    ),
    "comms": Duties(
        "Communications lead",
        (
            "post an update before each promised time",
            "tell support, sales and executives what they need",
            "write what customers read",
        ),
        ("promise a time for the fix", "wait for certainty before saying anything"),
        ("communications", "communicator"),
    ),
    "lead": Duties(
        "Technical lead",
        (
            "investigate, and say what you find",
            "propose the fastest safe way to restore the service",
            "make the changes that the commander has agreed to",
        ),
        ("change anything without saying so first", "run the incident while you dig"),
        ("sme", "technical"),
    ),
    "scribe": Duties(
        "Scribe",
        (
            "write down events, decisions and who did what, with their times",
            "keep figures and links for the postmortem",
        ),
        ("judge what you write down",),
    ),
}


def role_named(word: str) -> str:
    """The role of that name or alias. Raises Refused with the known ones."""
    for name, duties in DUTIES.items():
        if word.casefold() in {name, *duties.aliases}:
            return name
    raise Refused(known("role", word, DUTIES), field="role")


def assign(incident: Incident, moment: Moment, *, by: PersonId, role: str, person: PersonId) -> Change:
    """Gives a role to somebody; taking command oneself acknowledges as well. A change of command ends a hand-over."""
    require_open(incident, moment)
    name = role_named(role)
    require_able(moment, person)
    previous = incident.roles.get(name)
    if previous == person:
        who = "You are" if person == by else f"<@{person}> is"
        raise Refused(f"{who} {DUTIES[name].title.lower()} of {incident.name} already.", field="person")
    changed, events = incident, tuple[Event, ...]()
    if name == "commander" and person == by:
        changed, events = acknowledged(incident, moment, by=by, implied=True)
    told = f"briefed {name} {person}"
    after = replace(
        with_responder(changed, person),
        roles={**changed.roles, name: person},
        handoff=None if name == "commander" else changed.handoff,
        said={**changed.said, told: Said(moment.now, 1, moment.now)},
    )
    brief = told not in changed.said
    event = RoleAssigned(role=name, person=person, previous=previous, brief=brief)
    return Change(moved(after, moment), (*events, event))
