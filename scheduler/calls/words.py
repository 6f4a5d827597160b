"""What is said of something that happened: messages, and the lines that gather several of a kind."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.rules import bursts
from bot.rules.entries import Entry
from bot.rules.events import (
    TOLD_BY_TIME,
    ArchiveRequested,
    CommanderWanted,
    DeputyWanted,
    HandoffOffered,
    NobodyAnswered,
    NotAcknowledged,
    NotMitigated,
    Paged,
    UpdateDue,
    UpdateSoon,
    WasAway,
)
from bot.rules.incident import Incident
from bot.rules.paging.suggesting import Suggestion
from bot.rules.people import sees
from bot.rules.reminders import still_true
from bot.suggesting import Suggesting
from bot.views import messages
from bot.views.message import Message
from scheduler.calls.done import WITHDRAWN, Done
from scheduler.calls.posting import in_place, post
from scheduler.desk import Desk
from store.outbox import Row

DUE = (NotAcknowledged, Paged, NobodyAnswered, NotMitigated, CommanderWanted, UpdateDue)
WORTH_SAYING = timedelta(minutes=1)
REACHING_BACK = frozenset(burst.kind for burst in bursts.BURSTS if burst.back)
LOOKED_BACK = 1_000
"""Entries before the first of such a line: as many as a storm of changes writes within five minutes."""


async def say(desk: Desk, row: Row) -> Done:
    """A message about something that happened; a reminder is asked again, and withdrawn when no longer true."""
    incident = await desk.incident(row)
    entries = [entry for entry in await desk.entries(row) if _holds(entry, incident)]
    if not _says_something(entries) or _has_lost_sight(row, incident):
        return WITHDRAWN
    await post(desk, row, await _worded(desk, row, incident, entries))
    return Done()


async def _worded(desk: Desk, row: Row, incident: Incident, entries: Sequence[Entry]) -> Message:
    now = desk.changes.clock.now()
    is_handed_over = any(isinstance(entry.event, HandoffOffered | DeputyWanted) for entry in entries)
    return messages.render(
        entries,
        incident,
        desk.policy,
        place=row.facts["place"],
        now=now,
        late_by=_late_by(entries, now),
        groups=await desk.groups(),
        asked=next((entry.event.asked for entry in entries if isinstance(entry.event, UpdateDue | UpdateSoon)), None),
        history=await desk.history(incident) if is_handed_over else (),
        reader=row.facts.get("person"),
        link=_last_link(desk, incident, entries),
        waited=now - row.created_at >= WORTH_SAYING,
        suggested=await _suggested(desk, row, incident, entries),
    )


async def _suggested(desk: Desk, row: Row, incident: Incident, entries: Sequence[Entry]) -> Sequence[Suggestion]:
    """Who might command, where anybody is asked to; not those whom the message itself asks."""
    wanted = [entry.event for entry in entries if isinstance(entry.event, CommanderWanted | DeputyWanted)]
    if not wanted or row.facts["place"] == "person":
        return ()
    asked = (each.asked if isinstance(each, DeputyWanted) else incident.acknowledged_by for each in wanted)
    return await Suggesting(desk.changes).of(incident, {person for person in asked if person})


def _last_link(desk: Desk, incident: Incident, entries: Sequence[Entry]) -> str:
    """The address of its announcement, for the last word in its channel."""
    is_last = any(isinstance(entry.event, ArchiveRequested) for entry in entries)
    return desk.workspace.permalink(incident.announcement) if is_last and incident.announcement else ""


def _has_lost_sight(row: Row, incident: Incident) -> bool:
    """Whether it became private before a follower outside was told."""
    return bool(row.facts.get("follows")) and not sees(incident, row.facts["person"])


def _late_by(entries: Sequence[Entry], now: datetime) -> timedelta | None:
    """How late a reminder is, when that is worth saying."""
    due = [entry.event.due_at for entry in entries if isinstance(entry.event, DUE)]
    late = now - min(due, default=now)
    return late if late >= WORTH_SAYING else None


def _says_something(entries: Sequence[Entry]) -> bool:
    """Whether there is more to say than why it comes late."""
    return any(not isinstance(entry.event, WasAway) for entry in entries)


def _holds(entry: Entry, incident: Incident) -> bool:
    return not isinstance(entry.event, TOLD_BY_TIME) or still_true(entry.event, incident)


async def say_line(desk: Desk, row: Row) -> Done:
    """A line of several entries: posted once, edited by each change that follows within a while."""
    incident = await desk.incident(row)
    standing = await desk.post(row)
    if standing and incident.private and standing.channel != incident.channel:
        return WITHDRAWN  # what others can read stays as it was
    first, back = int(row.facts["first"]), LOOKED_BACK if row.kind in REACHING_BACK else 0
    entries = bursts.together(await desk.entries_from(row, max(1, first - back)), first)
    return await in_place(desk, row, await _worded(desk, row, incident, entries)) if entries else WITHDRAWN
