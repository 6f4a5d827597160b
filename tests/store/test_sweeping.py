"""What is due while the database is held by somebody else is said as soon as it is free, not a minute later."""

import logging
import sqlite3

import pytest
from sqlalchemy import make_url

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules.incident import Incident
from scheduler.sweep import Sweep
from store import queries
from store.database import Store
from tests.rules.given import POLICY
from tests.store.examples import NOON, declare, incident, minutes


async def kept(store: Store) -> Incident | None:
    async with store.read() as connection:
        return await queries.incident(connection, 1)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_it_is_said_at_the_next_look(store: Store, url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "scheduler.sweep")
    await store.write(lambda c: declare(c, incident(1), due=NOON + minutes(5)))
    sweep = Sweep(Changes(store, POLICY, Clock(NOON + minutes(7), runs=False)), lambda _seconds: None)
    assert await sweep.liveness.keep()
    other = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await sweep.once() == 0
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert "The database is busy" in caplog.text
    other.close()
    assert await sweep.once() == 1
    found = await kept(store)
    assert found
    assert "acknowledgement" in found.said
