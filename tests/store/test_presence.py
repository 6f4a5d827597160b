"""A sign of life stands for all that are asked for at that time, so that nobody keeps the disk busy by asking."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.outside.heard import Heard
from scheduler.presence import Presence
from store import processes
from store.database import Store

LONG = 600.0


async def seen(store: Store) -> list[int]:
    async with store.read() as connection:
        return [each.seen_at for each in await processes.known(connection)]


async def test_one_stands_for_many(store: Store) -> None:
    presence = Presence(store, Heard(), "http", holds=LONG)
    await asyncio.gather(*(presence.beat() for _ in range(20)))
    first = await seen(store)
    assert len(first) == 1
    await presence.beat()
    assert await seen(store) == first


async def test_after_a_while_it_is_said_again(store: Store) -> None:
    presence = Presence(store, Heard(), "http", holds=0.0)
    await presence.beat()
    [first] = await seen(store)
    await presence.beat()
    [second] = await seen(store)
    assert second > first


async def test_one_that_failed_stands_for_none(store: Store) -> None:
    presence = Presence(store, Heard(), "http", holds=LONG)
    await store.write(lambda c: c.execute(text("ALTER TABLE processes RENAME TO elsewhere")))
    for _ in range(2):
        with pytest.raises(DBAPIError, match="processes"):
            await presence.beat()
    await store.write(lambda c: c.execute(text("ALTER TABLE elsewhere RENAME TO processes")))
    await presence.beat()
    assert len(await seen(store)) == 1
