"""How an incident stands for somebody who was paged for it, whenever they look at the page again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.entries import Entry
from bot.rules.events import Event, Joined, Paged, PageDeclined
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging.attendance import is_unheard
from bot.rules.paging.escalation import paged_steps
from bot.rules.paging.reaching import Reach
from bot.rules.paging.wanted import Wanted, anew, last_page, wanted
from bot.rules.people import sees
from bot.rules.policy import Policy

LOOKED_AT: tuple[type[Event], ...] = (Joined, PageDeclined, Paged)
"""What of a timeline tells why somebody is paged, and what they said to it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`wanted` while something is left to `reader`; else nobody waits for them, as somebody has it, or it is over.

    `paged` is why they were paged last. `hidden`: it is private, and they may not know of it. `passed`: they cannot
    take it; `comes`: they said that they come.
    """

    incident: Incident
    reader: PersonId
    wanted: Wanted | None = None
    paged: Paged | None = None
    hidden: bool = False
    passed: bool = False
    comes: bool = False

    @property
    def is_left(self) -> bool:
        """Whether something is left to them."""
        return self.wanted is not None and self.wanted.asks is not None

    @property
    def since(self) -> datetime | None:
        """Since when who has it has it, as far as that is known."""
        reached = self.incident.milestones.get("acknowledged")
        return reached.at if reached and reached.source == self.incident.acknowledged_by else None


def standing(reach: Reach, incident: Incident, entries: Iterable[Entry], moment: Moment) -> Standing:
    """How it stands for them. `entries` is its timeline, or what of it is LOOKED_AT."""
    if not sees(incident, reach.person):
        return Standing(incident, reach.person, hidden=True)
    known = list(entries)
    page, paged = last_page(known, reach.person)
    if found := wanted(reach, incident, known, moment):
        return Standing(incident, reach.person, found, paged)
    said = [entry.event for entry in known if page and entry.seq > page.seq and entry.person == reach.person]
    passed = any(isinstance(event, PageDeclined) for event in said)
    if paged and not passed and _is_anybodys(incident, paged):
        return Standing(incident, reach.person, anew(reach, incident, known, moment), paged)
    comes = any(isinstance(event, Joined) for event in said)
    return Standing(incident, reach.person, paged=paged, passed=passed, comes=comes)


def _is_anybodys(incident: Incident, paged: Paged) -> bool:
    """Whether nobody has it, so that who was paged may still take it; not where it pages nobody any more."""
    is_stopped = bool(paged.policy) and incident.paging_from is None
    return incident.is_open and incident.acknowledged_by is None and not is_stopped


def most_wanted(found: Iterable[Standing], policy: Policy) -> Sequence[Standing]:
    """What is left to them first; then the most severe first, of one severity the oldest."""
    return sorted(found, key=lambda each: (not each.is_left, policy.rank(each.incident.severity), each.incident.number))


def is_shown_anew(before: Incident, after: Incident) -> bool:
    """Whether the page of who was paged for it before reads otherwise after a change; once it is forgotten, none is."""
    was_paged = bool(before.paged) or bool(paged_steps(before))
    return was_paged and not after.forgotten and _shown(before) != _shown(after)


def _shown(incident: Incident) -> tuple[object, ...]:
    steps = tuple(paged_steps(incident).values())
    what = (incident.title, incident.severity, incident.status if not incident.is_open else None, incident.merged_into)
    who = (incident.acknowledged_by, incident.commander, is_unheard(incident), tuple(incident.paged), steps)
    where = (incident.private, incident.members if incident.private else (), incident.channel, incident.room)
    return (*what, *who, incident.paging_from is None, *where)
