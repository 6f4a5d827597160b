"""What of an incident waits for somebody: the first thing that person sees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.rules import private
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.people import asked, sees


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits: `what` is a row of `NEEDS`."""

    incident: Incident
    what: str


def needs(incident: Incident, moment: Moment, person: PersonId) -> tuple[Need, ...]:
    """What of this incident waits for that person now, the gravest first; nothing of what they may not see."""
    if not incident.is_open or not sees(incident, person):
        return ()
    return tuple(Need(incident, what) for what, waits in NEEDS.items() if waits(incident, moment, person))


def _acknowledgement(incident: Incident, moment: Moment, person: PersonId) -> bool:
    """Everybody may take what is major; else who declared it or responds, and nobody else what is a test."""
    if incident.acknowledged_by:
        return False
    takes_part = person == incident.declarer or person in incident.responders
    return takes_part or (moment.policy.is_major(incident.severity) and not incident.is_test)


def _update(incident: Incident, moment: Moment, person: PersonId) -> bool:
    """The promised time has passed; from its second reminder on the commander is asked as well."""
    if moment.now < incident.promise:
        return False
    roles = ("comms", "commander") if incident.last_step("update", incident.promised_at) > 1 else ("comms",)
    return person in {asked(incident, moment, role) for role in roles}


def _handoff(incident: Incident, moment: Moment, person: PersonId) -> bool:
    return incident.handoff is not None and incident.handoff.to == person


def _access(incident: Incident, moment: Moment, person: PersonId) -> bool:
    return bool(private.waiting(incident)) and person == asked(incident, moment, "commander")


NEEDS: Mapping[str, Callable[[Incident, Moment, PersonId], bool]] = {
    "acknowledge": _acknowledgement,
    "update": _update,
    "handoff": _handoff,
    "access": _access,
}
"""What may wait for somebody, the gravest first."""
