"""An incident's channel: made, left, archived."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.outside.slack import Problem
from bot.rules import announcing, rooms
from bot.rules.incident import Incident
from bot.rules.naming import channel_names, left_name
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
            stray = await _stray(desk, row, incident)
            return _room_made(desk, incident, made["id"], made.get("name", name), stray)
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
    found = await doubles.find_channel(desk.slack, name, desk.workspace.bot_user, row.created_at)
    if found is None or bool(found.get("is_private")) != private:
        return None
    return None if await desk.holder(str(found["id"])) else found


async def _stray(desk: Desk, row: Row, incident: Incident) -> str | None:
    """The public channel that an attempt of unclear end has made before the incident became private."""
    if not (row.doubtful and incident.private):
        return None
    name = next(channel_names(replace(incident, channels=1), desk.policy.channels.prefix))
    found = await _our_channel(desk, row, name, private=False)
    return str(found["id"]) if found else None


def _room_made(desk: Desk, incident: Incident, channel: str, name: str, stray: str | None) -> Done:
    """Its lane is that of the channel which was to be made, even if the incident has moved on meanwhile."""
    facts = {"channel": channel, "name": name, "ordinal": incident.channels}
    nobodys = {"channel": stray, "name": "", "ordinal": incident.channels - 1}

    def keep(connection: Connection) -> None:
        outbox.open_lane(connection, announcing.channel(incident), channel)
        outbox.let_go(connection, _left(incident))
        desk.changes.apply(connection, incident.number, rooms.room_made, DELIVERY, **facts)
        if stray:
            desk.changes.apply(connection, incident.number, rooms.room_made, DELIVERY, **nobodys)

    return Done(keep)


def _left(incident: Incident) -> list[str]:
    """The lanes of channels that it has left, perhaps before they were made: what waits there is withdrawn."""
    before = (replace(incident, channels=ordinal) for ordinal in range(1, incident.channels))
    return [announcing.own(each, what) for each in before for what in ("channel", "card", "links")]


async def bid_farewell(desk: Desk, row: Row) -> Done:
    """The last word in a channel that the incident has left; its name, topic and card there tell nothing more."""
    incident, channel = await desk.incident(row, anywhere=True), str(row.facts["channel"])
    message = farewell(incident)
    await _rename(desk, incident, channel)
    await _if_possible(desk, "conversations.setTopic", channel=channel, topic=message.text)
    if card := await desk.standing(row.subject, row.lane.replace("/channel", "/card")):
        await _if_possible(desk, "chat.update", channel=card.channel, ts=card.ts, **body(message))
    await post(desk, row, message)
    return Done()


async def _rename(desk: Desk, incident: Incident, channel: str) -> None:
    name = left_name(incident, desk.policy.channels.prefix)
    await _if_possible(desk, "conversations.rename", channel=channel, name=name)


async def _if_possible(desk: Desk, method: str, **args: Any) -> None:
    """A call that may have become impossible: the word itself is what counts."""
    try:
        await desk.slack.call(method, **args)
    except Problem as problem:
        if not problem.permanent:
            raise


async def archive(desk: Desk, row: Row) -> Done:
    """Archives a channel, unless its people work there again."""
    incident = await desk.incident(row, anywhere=True)
    channel = str(row.facts["channel"])
    if channel == incident.channel and incident.is_open:
        return WITHDRAWN
    if incident.private and channel not in {incident.channel, *incident.former_channels}:
        await _rename(desk, incident, channel)  # nobody ever came to it, so nobody took leave of it
    try:
        await desk.slack.call("conversations.archive", channel=channel)
    except Problem as problem:
        if problem.code != "already_archived":
            raise

    def keep(connection: Connection) -> None:
        desk.changes.apply(connection, incident.number, rooms.archived, DELIVERY, channel=channel)

    return Done(keep)
