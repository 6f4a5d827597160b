"""Which open incidents a new one may be the same as."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.rules.incident import Incident
from bot.rules.moment import Moment

RECENT = timedelta(minutes=15)
"""Declared less than this ago, an incident is shown whatever its services."""

MOST = 3
"""How many are shown."""


def similar(
    candidates: Iterable[Incident],
    moment: Moment,
    *,
    services: Iterable[str],
    kind: str = "incident",
) -> tuple[Incident, ...]:
    """What is open of that kind and shares a service or is recent: those of the same services first, then the newest.

    `candidates` are what the person may see, `services` names as they are configured. All of them, however many.
    """
    wanted = frozenset(services)
    found = [
        each
        for each in candidates
        if each.is_open
        and not each.is_merged
        and each.kind == kind
        and (wanted.intersection(each.services) or moment.now - _declared(each) < RECENT)
    ]
    found.sort(key=lambda each: (bool(wanted.intersection(each.services)), _declared(each), each.number), reverse=True)
    return tuple(found)


def _declared(incident: Incident) -> datetime:
    return incident.at("declared") or incident.anchor
