"""Who would stop the paging of others, and what they are asked first."""

from collections.abc import Iterable

from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging import escalation, levels
from bot.rules.refused import Asked, listed

MOST_NAMED = 3
ACT = "acknowledge"
"""What waits for the answer."""


def require_meant(incident: Incident, moment: Moment, by: PersonId) -> None:
    """Raises Asked for who would stop the paging of others, and was not asked to take it."""
    if is_stopped_by(incident, moment, by):
        raise Asked(f"This stops the paging of {_named(being_paged(incident, moment))}. Are you taking it?", asks=ACT)


def going_on(incident: Incident, moment: Moment, by: PersonId) -> Asked | None:
    """What somebody is asked who does what else acknowledges as well: it stops no paging that is not theirs to stop."""
    if not is_stopped_by(incident, moment, by):
        return None
    paged = _named(being_paged(incident, moment))
    return Asked(f"Nobody has {incident.name} yet: the paging of {paged} goes on. Are you taking it?", asks=ACT)


def is_stopped_by(incident: Incident, moment: Moment, person: PersonId) -> bool:
    """Whether an acknowledgement by somebody who was not asked for it would stop the paging of others."""
    if person in {*incident.paged, incident.commander} or not being_paged(incident, moment):
        return False
    found = [level for policy in escalation.policies_of(incident, moment.policy) for level in policy.levels]
    return not any(person in levels.reach(level, moment).people for level in found)


def being_paged(incident: Incident, moment: Moment) -> tuple[str, ...]:
    """Who is paged for it and has not answered, people as mentions, then places; nobody once all levels were paged."""
    if incident.acknowledged_by or incident.is_test or not incident.is_open or not escalation.pages(incident, moment):
        return ()
    return tuple(dict.fromkeys((*(f"<@{each}>" for each in incident.paged), *_places(incident, moment))))


def _places(incident: Incident, moment: Moment) -> Iterable[str]:
    for policy in escalation.policies_of(incident, moment.policy):
        last = escalation.last_step(incident, policy)
        for level in policy.levels[:last]:
            yield from levels.places(level, private=incident.private)


def _named(names: Iterable[str]) -> str:
    found = list(names)
    more = len(found) - MOST_NAMED
    return listed([*found[:MOST_NAMED], f"{more} more"] if more > 0 else found)
