"""An incident's channel: made, left, archived."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.outside.slack import Problem
from bot.rules import announcing, rooms
from bot.rules.incident import Incident
from bot.rules.naming import channel_names
from bot.views.farewell import farewell
from scheduler import doubles
from scheduler.calls.done import DELIVERY, WITHDRAWN, Done
from scheduler.calls.posting import body, post
from scheduler.desk import Desk
from store import outbox
from store.outbox import Row


async def make_room(desk: Desk, row: Row) -> Done:
    """Makes the incident's channel; a name that is taken is ours, left by a killed attempt, or gets a suffix."""
    incident = await desk.incident(row)
    if incident.channel:
        return WITHDRAWN
    for name in channel_names(incident, desk.policy.channels.prefix):
        made = await _our_channel(desk, row, name, private=incident.private) if row.doubtful else None
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
        return await _our_channel(desk, row, name, private=private)


async def _our_channel(desk: Desk, row: Row, name: str, *, private: bool) -> Mapping[str, Any] | None:
    """The channel of that name that an earlier attempt made; never one that an incident has or had."""
    found = await doubles.find_channel(desk.slack, name, desk.watch.bot_user, row.created_at)
    if found is None or bool(found.get("is_private")) != private:
        return None
    return None if await desk.holder(str(found["id"])) else found


def _room_made(desk: Desk, incident: Incident, channel: str, name: str) -> Done:
    """Its lane is that of the channel which was to be made, even if the incident has moved on meanwhile."""
    facts = {"channel": channel, "name": name, "ordinal": incident.channels}

    def keep(connection: Connection) -> None:
        outbox.open_lane(connection, announcing.channel(incident), channel)
        outbox.let_go(connection, _left(incident))
        desk.changes.apply(connection, incident.number, rooms.room_made, DELIVERY, **facts)

    return Done(keep)


def _left(incident: Incident) -> list[str]:
    """The lanes of channels that it has left, perhaps before they were made: what waits there is withdrawn."""
    before = (replace(incident, channels=ordinal) for ordinal in range(1, incident.channels))
    return [announcing.own(each, what) for each in before for what in ("channel", "card", "links")]


async def bid_farewell(desk: Desk, row: Row) -> Done:
    """The last word in a channel that the incident has left; its card there gives way to the same."""
    incident = await desk.incident(row, anywhere=True)
    message = farewell(incident)
    if card := await desk.standing(row.subject, row.lane.replace("/channel", "/card")):
        with contextlib.suppress(Problem):  # it may be gone; the word itself is what counts
            await desk.slack.call("chat.update", channel=card.channel, ts=card.ts, **body(message))
    await post(desk, row, message)
    return Done()


async def archive(desk: Desk, row: Row) -> Done:
    """Archives a channel, unless its people work there again."""
    incident = await desk.incident(row, anywhere=True)
    channel = str(row.facts["channel"])
    if channel == incident.channel and incident.is_open:
        return WITHDRAWN
    try:
        await desk.slack.call("conversations.archive", channel=channel)
    except Problem as problem:
        if problem.code != "already_archived":
            raise

    def keep(connection: Connection) -> None:
        desk.changes.apply(connection, incident.number, rooms.archived, DELIVERY, channel=channel)

    return Done(keep)
