"""What a page tells somebody of an incident: why they are wanted, and who is next when they do not answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.rules.entries import Entry
from bot.rules.events import Paged
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging import escalation, levels
from bot.rules.paging.asking import is_met
from bot.rules.paging.levels import Reached
from bot.rules.paging.reaching import Reach
from bot.rules.people import sees


@dataclass(frozen=True, slots=True)
class Next:
    """Who is paged at `at` when nobody answers by then; nobody is left where it reaches nobody."""

    at: datetime
    reached: Reached = field(default_factory=Reached)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody is wanted for an incident: `paged` tells why, `then` who is next. Nobody waits for a `shadow`."""

    incident: Incident
    paged: Paged | None = None
    then: Next | None = None
    shadow: bool = False


def wanted(reach: Reach, incident: Incident, entries: Iterable[Entry], moment: Moment) -> Wanted | None:
    """What a page tells of an incident now; None where they are wanted no longer, or may not know of it.

    `entries` is its timeline, or the end of it.
    """
    page = reach.pages.get(incident.number)
    if page is None or not incident.is_open or not sees(incident, reach.person):
        return None
    found = [entry.event for entry in entries if isinstance(entry.event, Paged) and _names(entry.event, reach.person)]
    paged = found[-1] if found else None
    if paged and is_met(paged, incident):
        return None
    return Wanted(incident, paged, _next(incident, moment, paged), page.shadow)


def _names(paged: Paged, person: PersonId) -> bool:
    return person in (*paged.people, *paged.shadows)


def _next(incident: Incident, moment: Moment, paged: Paged | None) -> Next | None:
    """The next step of the policy that paged them, while nobody has it."""
    if paged is None or incident.acknowledged_by:
        return None
    falling = next((due for due in escalation.pages(incident, moment) if due.whose == paged.policy), None)
    policy = next((each for each in moment.policy.policies if each.name == paged.policy), None)
    if falling is None or policy is None:
        return None
    then = replace(moment, now=max(moment.now, falling.when))
    return Next(falling.when, levels.first_reached(policy, falling.step, then, private=incident.private)[1])
