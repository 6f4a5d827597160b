"""What was said in public of an incident that is private now: each message of ours in its thread is replaced."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.views.farewell import concealed
from scheduler.calls.done import WITHDRAWN, Done
from scheduler.calls.posting import body
from scheduler.desk import Desk
from scheduler.doubles import is_ours
from store.outbox import Row


async def conceal(desk: Desk, row: Row) -> Done:
    """Edits them one after the other, after all that was on its way there; cut off, it goes on where it was."""
    incident = await desk.incident(row, anywhere=True)
    if not incident.private:
        return WITHDRAWN
    hidden = concealed(incident)
    async for each in _replies(desk, str(row.channel), str(row.ts)):
        if is_ours(each) and each["ts"] != row.ts and each.get("text") != hidden.text:
            await desk.slack.call("chat.update", channel=row.channel, ts=each["ts"], **body(hidden))
    return Done()


async def _replies(desk: Desk, channel: str, ts: str) -> AsyncIterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        page = await desk.slack.ask(
            "conversations.replies",
            channel=channel,
            ts=ts,
            limit="200",
            include_all_metadata="true",
            cursor=cursor or None,
        )
        for message in page.get("messages", []):
            yield message
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return
