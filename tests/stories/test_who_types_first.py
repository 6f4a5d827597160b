"""Who types comes first: while somebody waits for an answer few lanes are sent beside it, and then all of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.outside.heard import Heard
from bot.outside.slack import Slack
from bot.rules.change import Origin
from bot.rules.declaring import declare
from bot.sandbox import Sandbox
from bot.sandbox.dials import Fault
from scheduler.delivery import BESIDE, Delivery
from scheduler.desk import Desk
from scheduler.presence import Presence
from scheduler.workspace import Workspace
from store.database import Store
from store.migrations import migrate
from store.schema import outbox
from tests.processes.running import until
from tests.stories.kit import MONDAY, policy_of

DECLARED = 5
LANES = DECLARED + 1
"""The announcement channel's, and for each incident the one in which its channel is made."""


@asynccontextmanager
async def delivering(folder: Path, somebody_waits: Callable[[], bool]) -> AsyncIterator[tuple[Store, Delivery]]:
    """Five incidents were declared, and Slack answers nothing."""
    url = f"sqlite+aiosqlite:///{folder / 'story.db'}"
    await migrate(url)
    clock = Clock(MONDAY, runs=False)
    sandbox = Sandbox(clock)
    sandbox.dials.faults = [Fault("*", "hang")]
    await sandbox.start()
    store, slack = await Store.open(url), Slack(sandbox.bot_token, sandbox.api_url)
    changes = Changes(store, policy_of({"channels": {"announce": "C0INCIDENTS"}}), clock)
    for number in range(DECLARED):
        facts = {"by": "UADA", "title": f"Outage {number}", "severity": "sev1"}
        await changes.open(declare, Origin("slack:UADA", "command"), **facts)
    presence = Presence(store, Heard(), "http")
    delivery = Delivery(store, Desk(slack, changes, Workspace(slack, store, changes.policy)), somebody_waits, presence)
    work = asyncio.create_task(delivery.run())
    try:
        yield store, delivery
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        await slack.close()
        await store.close()
        await sandbox.stop()


async def sending(store: Store) -> int:
    """How many rows are on their way."""
    async with store.read() as connection:
        count = select(func.count()).where(outbox.c.state == "sending")
        return int((await connection.execute(count)).scalar_one())


async def test_few_lanes_are_sent_while_somebody_waits_and_then_all(tmp_path: Path) -> None:
    waits = True
    async with delivering(tmp_path, lambda: waits) as (store, delivery):
        await until(lambda: sending(store), "something on its way")
        assert await sending(store) == BESIDE
        waits = False
        delivery.wake()

        async def all_are_sent() -> bool:
            return await sending(store) == LANES

        await until(all_are_sent, "all on their way")
