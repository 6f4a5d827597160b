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
    posted = await post(desk, row, message)
    slot = str(row.slot)

    def keep(connection: Connection) -> None:
        outbox.post(connection, row.subject, slot, posted["channel"], posted["ts"])
        outbox.open_lane(connection, slot, posted["channel"], posted["ts"])

    return Done(keep)


async def post(desk: Desk, row: Row, message: Message) -> Mapping[str, Any]:
    """Posts a message in the row's lane, in its thread where it is one; what may stand there already is looked for."""
    channel, more = await desk.channel(row), _thread(row)
    if row.doubtful:
        found = await doubles.find_message(
            desk.slack, await desk.readable(channel), row.id, row.created_at, more.get("thread_ts")
        )
        if found:
            return found
    mark = doubles.metadata(row.id)
    return await desk.slack.call(
        "chat.postMessage", channel=channel, metadata=mark, unfurl_links=False, **body(message), **more
    )


def _thread(row: Row) -> dict[str, Any]:
    if "/thread@" not in row.lane:
        return {}
    return {"thread_ts": row.ts, "reply_broadcast": row.facts.get("broadcast") or None}


def body(message: Message) -> dict[str, Any]:
    """A message as the Web API takes it."""
    return {"text": message.text, "blocks": list(message.blocks)}
