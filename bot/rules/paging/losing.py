"""Who was paged and cannot be reached any more: where that is everybody who is waited for, their level is passed."""

from dataclasses import replace
from datetime import datetime

from bot.rules.change import Change
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import Level
from bot.rules.paging.levels import reach
from bot.rules.paging.reaching import TOGETHER

KIND = "unreached"
"""Kept in `said` of each person who was paged and whom no way reached; its anchor is when they were paged."""


def lose(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """No way reached somebody who was paged: nobody waits for them."""
    paged_at = incident.paged.get(person)
    if paged_at is None or not incident.is_open:
        return Change(incident, ())
    said = {**incident.said, f"{KIND} {person}": Said(paged_at, 1, moment.now)}
    return Change(replace(incident, said=said), ())


def lost(incident: Incident, level: Level, paged_at: datetime, moment: Moment) -> tuple[PersonId, ...]:
    """All who were paged with that level, where none of them can be reached any more; nobody where somebody can.

    A channel or a service that was told with them is always there.
    """
    gone = {each for each, at in incident.paged.items() if at >= paged_at and not _is_there(incident, moment, each)}
    if not gone:
        return ()  # as ever but in the worst of nights, and then nobody needs to know who is on the level
    then = reach(level, replace(moment, now=paged_at), private=incident.private)
    if then.channels or then.services:
        return ()
    on_it = (*then.people, *then.missing)
    asked = tuple(each for each in on_it if each in incident.paged and incident.paged[each] >= paged_at)
    return asked if gone.issuperset(asked) else ()


def _is_there(incident: Incident, moment: Moment, person: PersonId) -> bool:
    """Whether they can be reached, as far as is known: they work here, and some way did reach them.

    Whom none reached a moment before they were paged again is not tried again by then.
    """
    found = incident.said.get(f"{KIND} {person}")
    is_unreached = found is not None and found.at > incident.paged[person] - TOGETHER
    return moment.is_active(person) and not is_unreached
