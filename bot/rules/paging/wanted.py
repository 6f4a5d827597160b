"""What a page tells somebody of an incident: why they are wanted, what they press, who is next if they do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from bot.rules.alerts.newest import Newest
from bot.rules.entries import Entry
from bot.rules.events import Paged
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging import escalation, levels
from bot.rules.paging.asking import TO_COMMAND, is_met
from bot.rules.paging.levels import Reached
from bot.rules.paging.reaching import Reach
from bot.rules.people import sees
from bot.rules.policy import Policy, named

Ask: TypeAlias = Literal["acknowledge", "command", "join"]
"""What somebody is paged for: to take it, to command it, to come as well."""


@dataclass(frozen=True, slots=True)
class Next:
    """Who is paged at `at` when nobody answers by then; nobody is left where it reaches nobody."""

    at: datetime
    reached: Reached = field(default_factory=Reached)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody is wanted for an incident: `paged` tells why, `then` who is next. Nobody waits for a `shadow`.

    `by` had them paged by hand; `since` is when that was. `newest` is what its newest alert says.
    """

    incident: Incident
    paged: Paged | None = None
    then: Next | None = None
    shadow: bool = False
    by: PersonId | None = None
    since: datetime | None = None
    newest: Newest | None = None

    @property
    def asks(self) -> Ask | None:
        """What they are to do; nothing is asked of a shadow."""
        if self.shadow:
            return None
        if self.paged and self.paged.why in TO_COMMAND:
            return "command"
        return "join" if self.incident.acknowledged_by else "acknowledge"


def wanted(reach: Reach, incident: Incident, entries: Iterable[Entry], moment: Moment) -> Wanted | None:
    """What a page tells of an incident now; None where they are wanted no longer, or may not know of it.

    `entries` is its timeline, or the end of it.
    """
    page = reach.pages.get(incident.number)
    if page is None or not incident.is_open or not sees(incident, reach.person):
        return None
    found = anew(reach, incident, entries, moment)
    return None if found.paged and is_met(found.paged, incident) else replace(found, shadow=page.shadow)


def anew(reach: Reach, incident: Incident, entries: Iterable[Entry], moment: Moment) -> Wanted:
    """As `wanted`, whether or not somebody waits for their answer."""
    entry, paged = last_page(entries, reach.person)
    is_shadow = paged is not None and reach.person not in paged.people
    by = entry.person if entry else None
    return Wanted(incident, paged, _next(incident, moment, paged), is_shadow, by, entry.at if entry else None)


def last_page(entries: Iterable[Entry], person: PersonId) -> tuple[Entry, Paged] | tuple[None, None]:
    """Where and how they were paged last."""
    last: tuple[Entry, Paged] | tuple[None, None] = (None, None)
    for entry in entries:
        if isinstance(entry.event, Paged) and person in (*entry.event.people, *entry.event.shadows):
            last = (entry, entry.event)
    return last


def gravest(found: Iterable[Wanted], policy: Policy) -> Sequence[Wanted]:
    """The most severe first; of one severity the oldest."""
    return sorted(found, key=lambda each: (policy.rank(each.incident.severity), each.incident.number))


def _next(incident: Incident, moment: Moment, paged: Paged | None) -> Next | None:
    """The next step of the policy that paged them, while nobody has it."""
    if paged is None or incident.acknowledged_by:
        return None
    falling = next((due for due in escalation.pages(incident, moment) if due.whose == paged.policy), None)
    policy = named(moment.policy.policies, paged.policy)
    if falling is None or policy is None:
        return None
    then = replace(moment, now=max(moment.now, falling.when))
    return Next(falling.when, levels.first_reached(policy, falling.step, then, private=incident.private)[1])
