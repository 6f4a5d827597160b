"""Executives and other audiences: by mail, in their channel; of a test its declarer alone."""

from bot.outside.slack import Problem
from bot.views import audiences as wording
from scheduler.calls.done import WITHDRAWN, Done
from scheduler.calls.paging import require_sent
from scheduler.calls.posting import post
from scheduler.desk import Desk
from store.outbox import Row


async def mail(desk: Desk, row: Row) -> Done:
    """One mail; in doubt it is sent again under the same id. It became private meanwhile: nothing leaves."""
    incident, entries = await desk.incident(row, anywhere=True), await desk.entries(row)
    if incident.private:
        return WITHDRAWN
    post_office, now = desk.outward.ways.mail, desk.changes.clock.now()
    if post_office is None:
        raise Problem("no_mail", permanent=True)
    outcome = await post_office.send(
        str(row.facts["to"]),
        wording.subject(incident, entries),
        wording.text(incident, entries, now),
        mark=f"audience-{row.id}",
        at=now,
        html=wording.html(incident, entries, now),
    )
    require_sent(outcome)
    return Done()


async def in_channel(desk: Desk, row: Row) -> Done:
    """The same in their channel."""
    incident, entries = await desk.incident(row, anywhere=True), await desk.entries(row)
    if incident.private:
        return WITHDRAWN
    await post(desk, row, wording.posted(incident, entries, desk.changes.clock.now()))
    return Done()


async def would(desk: Desk, row: Row) -> Done:
    """A test tells its declarer whom it would have told."""
    incident, entries = await desk.incident(row, anywhere=True), await desk.entries(row)
    await post(desk, row, wording.would(incident, entries, row.facts["names"]))
    return Done()
