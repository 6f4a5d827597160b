"""Executives and other audiences: by mail, in their channel; of a test its declarer alone.

What they read is how it stood at the event, however late it reaches them.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.outside.slack import Problem
from bot.rules.audiences import address_of, as_it_was
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.views import audiences as wording
from scheduler.calls.done import WITHDRAWN, Done, require_sent
from scheduler.calls.posting import post
from scheduler.desk import Desk
from store.outbox import Row


async def mail(desk: Desk, row: Row) -> Done:
    """One mail; in doubt it is sent again under the same id.

    It became private meanwhile, or the address was dropped: nothing leaves.
    """
    incident, entries, at = await _happened(desk, row)
    to = address_of(str(row.facts["to"]), desk.policy)
    if incident.private or to is None:
        return WITHDRAWN
    post_office = desk.outward.ways.mail
    if post_office is None:
        raise Problem("not_set_up", permanent=True)
    zone, is_last = desk.policy.calendar.timezone, _is_last(row)
    outcome = await post_office.send(
        to,
        wording.subject(incident, entries),
        wording.text(incident, entries, at, zone, is_last=is_last),
        mark=f"audience-{row.id}",
        at=desk.changes.clock.now(),
        html=wording.html(incident, entries, at, zone, is_last=is_last),
    )
    require_sent(outcome)
    return Done()


async def in_channel(desk: Desk, row: Row) -> Done:
    """The same in their channel."""
    incident, entries, at = await _happened(desk, row)
    if incident.private:
        return WITHDRAWN
    await post(desk, row, wording.posted(incident, entries, at, is_last=_is_last(row)))
    return Done()


async def would(desk: Desk, row: Row) -> Done:
    """A test tells its declarer whom it would have told."""
    incident, entries, _ = await _happened(desk, row)
    await post(desk, row, wording.would(incident, entries, row.facts["names"]))
    return Done()


def _is_last(row: Row) -> bool:
    """Whether whom it is for is told for the last time, as it is of their severities no more."""
    return bool(row.facts.get("last"))


async def _happened(desk: Desk, row: Row) -> tuple[Incident, Sequence[Entry], datetime]:
    """The incident as it stood then, what happened, and when."""
    incident, entries = await desk.incident(row, anywhere=True), await desk.entries(row)
    return as_it_was(incident, row.facts), entries, max((entry.at for entry in entries), default=row.created_at)
