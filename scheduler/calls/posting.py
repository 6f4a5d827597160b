"""How a message is posted once, and how what stands in a slot is edited in place."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from bot.views.message import Message
from scheduler import doubles
from scheduler.calls.done import Done
from scheduler.desk import Desk
from store import outbox
from store.outbox import Row


async def in_place(desk: Desk, row: Row, message: Message) -> Done:
    """Edits what stands in the row's slot, or posts it; from then on the slot's own lane is open for edits."""
    standing = await desk.post(row)
    if standing:
        await desk.slack.call("chat.update", channel=standing.channel, ts=standing.ts, **body(message))
        return Done()
    return stood(row, await post(desk, row, message))


def stood(row: Row, posted: Mapping[str, Any]) -> Done:
    """Keeps that a message stands in the row's slot."""
    slot = str(row.slot)

    def keep(connection: Connection) -> None:
        outbox.post(connection, row.subject, slot, posted["channel"], posted["ts"])
        outbox.open_lane(connection, slot, posted["channel"], posted["ts"])

    return Done(keep)


async def post(desk: Desk, row: Row, message: Message) -> Mapping[str, Any]:
    """Posts a message in the row's lane, in its thread where it is one; what may stand there already is looked for."""
    if row.doubtful and (found := await posted_before(desk, row)):
        return found
    channel, mark = await desk.channel(row), doubles.metadata(row.id)
    return await desk.slack.call(
        "chat.postMessage", channel=channel, metadata=mark, unfurl_links=False, **body(message), **_thread(row)
    )


async def posted_before(desk: Desk, row: Row) -> Mapping[str, Any] | None:
    """What a call of unclear end has posted for this row, or None."""
    channel = await desk.readable(await desk.channel(row))
    return await doubles.find_message(desk.slack, channel, row.id, row.created_at, _thread(row).get("thread_ts"))


def _thread(row: Row) -> dict[str, Any]:
    if "/thread@" not in row.lane:
        return {}
    return {"thread_ts": row.ts, "reply_broadcast": row.facts.get("broadcast") or None}


def body(message: Message) -> dict[str, Any]:
    """A message as the Web API takes it."""
    return {"text": message.text, "blocks": list(message.blocks)}
