"""What follows from a change, on PostgreSQL: nobody waits for each other in a ring."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.util import await_only

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules import lifecycle
from bot.rules.change import Origin
from bot.rules.paging.reaching import Reach
from bot.settings.policy import load_policy
from store import outbox, subjects
from store.database import Store
from tests.store.examples import NOON, declare, incident, message, minutes


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_who_was_paged_is_held_before_the_lanes_in_which_they_are_told(store: Store) -> None:
    """Delivery holds somebody, then their lanes, when it settles a page: so does a change that lets them be."""
    paged = incident(followers=("UBOB",), paged={"UBOB": NOON}, paging_from=NOON)

    def begin(connection):
        declare(connection, paged)
        subjects.lock(connection, "person:UBOB", Reach("UBOB"))
        outbox.enqueue(connection, "person:UBOB", [message("person:UBOB")], NOON)

    await store.write(begin)
    is_held, go_on = asyncio.Event(), asyncio.Event()

    def settle(connection):
        outbox.hold_subject(connection, "person:UBOB")
        is_held.set()
        await_only(go_on.wait())
        connection.execute(text("SELECT lane FROM lanes FOR UPDATE NOWAIT"))

    settling = asyncio.create_task(store.write(settle))
    await is_held.wait()
    changes = Changes(store, load_policy(None), Clock(NOON + minutes(5), runs=False))
    asked = changes.change(1, lifecycle.resolve, Origin("slack:UADA", "slash"), by="UADA", fix="Rolled back")
    resolving = asyncio.create_task(asked)
    async with store.read() as connection:
        while not (await connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))).scalar_one():
            pass
    go_on.set()
    await settling
    assert (await resolving).refused is None
