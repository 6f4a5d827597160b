"""Every kind of row in the outbox, and the call it becomes: one function a kind, one table.

Each makes its calls and answers with what is to be kept beside the settling of its row. A row that may have been sent
before (`row.doubtful`) is looked up first.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.outside.slack import Problem
from bot.rules import rooms
from bot.rules.change import Origin
from bot.rules.entries import Entry
from bot.rules.events import TOLD_BY_TIME, CommanderWanted, NotAcknowledged, NotMitigated, UpdateDue, UpdateSoon
from bot.rules.incident import Incident, PersonId
from bot.rules.naming import channel_names
from bot.rules.reminders import still_true
from bot.views import messages
from bot.views.announcement import announcement
from bot.views.card import card
from bot.views.links import links, no_links
from bot.views.message import Message
from bot.views.topic import topic
from scheduler import doubles
from scheduler.desk import Desk, number_of
from store import outbox
from store.outbox import Row

DUE = (NotAcknowledged, NotMitigated, CommanderWanted, UpdateDue)
WORTH_SAYING = timedelta(minutes=1)
DELIVERY = Origin(actor="delivery", source="slack")


def _nothing(_connection: Connection) -> None:
    """Most calls leave nothing behind."""


@dataclass(frozen=True, slots=True)
class Done:
    """`keep` runs in the transaction that settles the row as `state`."""

    keep: Callable[[Connection], None] = field(default=_nothing)
    state: str = "sent"


WITHDRAWN = Done(state="withdrawn")


async def make_room(desk: Desk, row: Row) -> Done:
    """Makes the incident's channel; a name that is taken is ours, left by a killed attempt, or gets a suffix."""
    incident = await desk.incident(row)
    if incident.channel:
        return WITHDRAWN
    for name in channel_names(incident, desk.policy.channels.prefix):
        made = await _our_channel(desk, row, name) if row.doubtful else None
        made = made or await _create(desk, row, name, private=incident.private)
        if made:
            return _room_made(desk, incident, made["id"], made.get("name", name))
    raise Problem("name_taken", permanent=True)


async def _create(desk: Desk, row: Row, name: str, *, private: bool) -> Mapping[str, Any] | None:
    try:
        answer = await desk.slack.call("conversations.create", name=name, is_private=private)
        return dict(answer["channel"])
    except Problem as problem:
        if problem.code != "name_taken":
            raise
        return await _our_channel(desk, row, name)


async def _our_channel(desk: Desk, row: Row, name: str) -> Mapping[str, Any] | None:
    found = await doubles.find_channel(desk.slack, name, desk.watch.bot_user, row.created_at)
    held = found and await desk.holder(str(found["id"]))
    return None if held else found


def _room_made(desk: Desk, incident: Incident, channel: str, name: str) -> Done:
    def keep(connection: Connection) -> None:
        outbox.open_lane(connection, f"{incident.subject}/channel", channel)
        desk.changes.apply(connection, incident.number, rooms.room_made, DELIVERY, channel=channel, name=name)

    return Done(keep)


async def show_card(desk: Desk, row: Row) -> Done:
    """Posts the card, or edits it."""
    incident = await desk.incident(row)
    return await _in_place(desk, row, card(incident, desk.policy, desk.changes.clock.now()))


async def show_links(desk: Desk, row: Row) -> Done:
    """Posts the second message, or edits it; nothing where there is nothing to link and nothing stands."""
    incident = await desk.incident(row)
    message = links(incident, desk.policy, await desk.declared(row))
    if message is None and await desk.post(row) is None:
        return WITHDRAWN
    return await _in_place(desk, row, message or no_links(incident))


async def show_announcement(desk: Desk, row: Row) -> Done:
    """Posts the announcement, or edits it; once posted it has a thread."""
    incident = await desk.incident(row)
    home = str(row.facts["lane"])
    done = await _in_place(desk, row, announcement(incident, desk.policy, desk.changes.clock.now()))

    def keep(connection: Connection) -> None:
        done.keep(connection)
        post = outbox.find_post(connection, row.subject, str(row.slot))
        if post and home not in incident.announced:
            outbox.open_lane(connection, f"{incident.subject}/thread@{home}", post.channel, post.ts)
            where = {"lane": home, "channel": post.channel, "ts": post.ts}
            desk.changes.apply(connection, incident.number, rooms.announced, DELIVERY, **where)

    return Done(keep)


async def _in_place(desk: Desk, row: Row, message: Message) -> Done:
    """Edits what stands in the row's slot, or posts it; from then on the slot's own lane is open for edits."""
    standing = await desk.post(row)
    if standing:
        await desk.slack.call("chat.update", channel=standing.channel, ts=standing.ts, **_body(message))
        return Done()
    posted = await _post(desk, row, message)
    slot = str(row.slot)

    def keep(connection: Connection) -> None:
        outbox.post(connection, row.subject, slot, posted["channel"], posted["ts"])
        outbox.open_lane(connection, slot, posted["channel"], posted["ts"])

    return Done(keep)


async def _post(desk: Desk, row: Row, message: Message, **more: Any) -> Mapping[str, Any]:
    channel = await desk.channel(row)
    if row.doubtful:
        found = await doubles.find_message(
            desk.slack, await desk.readable(channel), row.id, row.created_at, more.get("thread_ts")
        )
        if found:
            return found
    mark = doubles.metadata(row.id)
    return await desk.slack.call(
        "chat.postMessage", channel=channel, metadata=mark, unfurl_links=False, **_body(message), **more
    )


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


async def set_topic(desk: Desk, row: Row) -> Done:
    """The channel's topic, as it should read now."""
    incident = await desk.incident(row)
    await desk.slack.call("conversations.setTopic", channel=await desk.channel(row), topic=topic(incident, desk.policy))
    return Done()


async def add_bookmark(desk: Desk, row: Row) -> Done:
    """A bookmark to the announcement."""
    incident = await desk.incident(row)
    if incident.announcement is None:
        return WITHDRAWN
    channel, link = await desk.channel(row), desk.watch.permalink(incident.announcement)
    if row.doubtful and await doubles.find_bookmark(desk.slack, channel, link):
        return Done()
    await desk.slack.call("bookmarks.add", channel_id=channel, title="Announcement", type="link", link=link)
    return Done()


async def invite(desk: Desk, row: Row) -> Done:
    """Invites people; when Slack refuses them together, one by one, and says who cannot come."""
    channel, people = await desk.channel(row), list(row.facts["people"])
    try:
        await _invite(desk, channel, people)
        return Done()
    except Problem as problem:
        if not problem.permanent:
            raise
    refused = [each for person in people if (each := await _why_not(desk, channel, person))]

    def keep(connection: Connection) -> None:
        for person, code in refused:
            facts = {"what": "invite", "lane": f"person:{person}", "reason": code}
            desk.changes.apply(connection, number_of(row), rooms.gave_up, DELIVERY, **facts)

    return Done(keep)


async def _invite(desk: Desk, channel: str, people: Iterable[PersonId]) -> None:
    try:
        await desk.slack.call("conversations.invite", channel=channel, users=",".join(people))
    except Problem as problem:
        if problem.code != "already_in_channel":
            raise


async def _why_not(desk: Desk, channel: str, person: PersonId) -> tuple[PersonId, str] | None:
    try:
        await _invite(desk, channel, [person])
    except Problem as problem:
        if not problem.permanent:
            raise
        return person, problem.code
    return None


async def say(desk: Desk, row: Row) -> Done:
    """A message about something that happened; a reminder is asked again, and withdrawn when no longer true."""
    incident = await desk.incident(row)
    entries = [entry for entry in await desk.entries(row) if _holds(entry, incident)]
    if not entries:
        return WITHDRAWN
    now = desk.changes.clock.now()
    message = messages.render(
        entries,
        incident,
        desk.policy,
        place=row.facts["place"],
        now=now,
        late_by=_late_by(entries, now),
        groups=await desk.groups(),
        asked=next((entry.event.asked for entry in entries if isinstance(entry.event, UpdateDue | UpdateSoon)), None),
    )
    more: dict[str, Any] = {}
    if "/thread@" in row.lane:
        more = {"thread_ts": row.ts, "reply_broadcast": row.facts.get("broadcast") or None}
    await _post(desk, row, message, **more)
    return Done()


def _late_by(entries: Sequence[Entry], now: datetime) -> timedelta | None:
    """How late a reminder is, when that is worth saying."""
    due = [entry.event.due_at for entry in entries if isinstance(entry.event, DUE)]
    late = now - min(due, default=now)
    return late if late >= WORTH_SAYING else None


def _holds(entry: Entry, incident: Incident) -> bool:
    return not isinstance(entry.event, TOLD_BY_TIME) or still_true(entry.event, incident)


CALLS: Mapping[str, Callable[[Desk, Row], Awaitable[Done]]] = {
    "room": make_room,
    "card": show_card,
    "links": show_links,
    "announcement": show_announcement,
    "topic": set_topic,
    "bookmark": add_bookmark,
    "invite": invite,
    "message": say,
}
"""The row's kind → the call. What is paced: PACED below."""

PACED: Mapping[str, str] = {"card": "edit", "links": "edit", "announcement": "edit", "message": "post"}
"""Which kinds count against a channel's pace, and in which bucket once they stand."""
