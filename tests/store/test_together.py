"""Several processes at once: nothing twice, nothing lost, nobody waits for each other in a ring."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.util import await_only

from bot.rules.change import Answer
from store import changes, outbox, queries
from store.database import Store
from store.outbox import Row
from tests.store.examples import NOON, SECOND, answer, declare, entry, incident, message, minutes

START = 1_700_000_000 * SECOND


@pytest.fixture
async def other(url: str, store: Store) -> AsyncIterator[Store]:
    """Another process on the same database."""
    opened = await Store.open(url)
    yield opened
    await opened.close()


async def test_each_row_is_handed_out_once(store: Store, other: Store) -> None:
    lanes = [message(f"person:U{n}") for n in range(40)]
    await store.write(lambda c: outbox.enqueue(c, "incident:1", lanes, NOON))
    claims = [each.write(lambda c: outbox.claim(c, "x", START, 7, 20)) for each in (store, other) * 6]
    rows = [row for claimed in await asyncio.gather(*claims) for row in claimed]
    rows += await store.write(lambda c: outbox.claim(c, "x", START, 40, 20))
    assert sorted(row.lane for row in rows) == sorted(each.lane for each in lanes)
    assert not any(row.doubtful for row in rows)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_two_that_ask_for_one_slot_at_once_get_it_once(store: Store, other: Store) -> None:
    home = message("person:U1/home", "person:U1/home")
    is_held, go_on = asyncio.Event(), asyncio.Event()

    def first(connection):
        outbox.enqueue(connection, "person:U1", [home], NOON)
        is_held.set()
        await_only(go_on.wait())

    asking = asyncio.create_task(store.write(first))
    await is_held.wait()
    second = asyncio.create_task(other.write(lambda c: outbox.enqueue(c, "person:U1", [home], NOON)))
    async with other.read() as connection:
        while not (await connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))).scalar_one():
            pass
    go_on.set()
    await asyncio.gather(asking, second)
    async with store.read() as connection:
        assert [row.slot for row in await queries.outbox(connection)] == ["person:U1/home"]


async def test_a_request_that_comes_twice_at_once_has_one_effect(store: Store, other: Store) -> None:
    def work(connection):
        if repeated := changes.recall(connection, "Ev1"):
            return repeated
        made = Answer(changes.next_number(connection))
        changes.remember(connection, "Ev1", made, NOON)
        return made

    answers = await asyncio.gather(*(each.write(work) for each in (store, other) * 8))
    assert set(answers) == {Answer(1)}
    assert await store.write(changes.next_number) == 2


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_what_is_due_is_looked_at_by_one_and_the_other_does_not_wait(store: Store, other: Store) -> None:
    await store.write(lambda c: declare(c, incident(), NOON))
    is_held, go_on = asyncio.Event(), asyncio.Event()

    def look(connection):
        claimed = changes.claim_due(connection, 1, NOON, "p1")
        is_held.set()
        await_only(go_on.wait())
        loaded = changes.lock_incident(connection, 1)
        changes.save_incident(connection, loaded.incident, NOON + minutes(5), "p1", loaded.last_seq, loaded.last_hash)
        return claimed

    async def claims(fingerprint: str = "p1") -> bool:
        return await other.write(lambda c: changes.claim_due(c, 1, NOON, fingerprint))

    looking = asyncio.create_task(store.write(look))
    await is_held.wait()
    assert not await claims()
    go_on.set()
    assert await looking
    assert not await claims()
    assert await claims("another policy")


async def test_changes_of_one_incident_follow_each_other(store: Store, other: Store) -> None:
    await store.write(lambda c: declare(c, incident()))

    def work(connection):
        loaded = changes.lock_incident(connection, 1)
        last = changes.append(connection, "incident:1", loaded.last_seq, loaded.last_hash, [entry(loaded.last_seq + 1)])
        outbox.enqueue(connection, "incident:1", [message("announce", "incident:1/card"), message("team:a")], NOON)
        changes.save_incident(connection, loaded.incident, None, "p1", *last)

    await asyncio.gather(*(each.write(work) for each in (store, other) * 10))
    assert (await store.write(lambda c: changes.lock_incident(c, 1))).last_seq == 21
    async with store.read() as connection:
        lanes = [row.lane for row in await queries.outbox(connection)]
    assert (lanes.count("announce"), lanes.count("team:a")) == (1, 20)


async def test_numbers_are_given_once(store: Store, other: Store) -> None:
    numbers = await asyncio.gather(*(each.write(changes.next_number) for each in (store, other) * 10))
    assert sorted(numbers) == list(range(1, 21))


async def test_settling_beside_changes_loses_no_row(store: Store, other: Store) -> None:
    """Each settles what it claims while the other adds; in the end everything has gone out once, in order."""
    await store.write(lambda c: declare(c, incident()))
    sent: list[Row] = []

    def add(connection):
        changes.lock_incident(connection, 1)
        outbox.enqueue(connection, "incident:1", [message(), message("team:a")], NOON)

    async def deliver(by: Store) -> None:
        while len(sent) < 60:
            for row in await by.write(lambda c: outbox.claim(c, "x", START, 2, 20)):
                assert await by.write(lambda c, row=row: outbox.settle(c, row, "sent"))
                sent.append(row)
            await asyncio.sleep(0)

    async def adding() -> None:
        for _ in range(30):
            await store.write(add)

    async with asyncio.timeout(30):
        await asyncio.gather(adding(), deliver(store), deliver(other))
    for lane in ("announce", "team:a"):
        ids = [row.id for row in sent if row.lane == lane]
        assert ids == sorted(set(ids))
        assert len(ids) == 30
    assert await store.write(lambda c: outbox.next_wait(c, START)) is None


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_who_waits_for_each_other_in_a_ring_is_run_again(store: Store, other: Store) -> None:
    await store.write(lambda c: c.execute(text("INSERT INTO counters VALUES ('a', 0), ('b', 0)")))
    both_hold = asyncio.Barrier(2)
    runs = []

    def work(first: str, second: str):
        def add(connection):
            runs.append(first)
            for name in (first, second):
                connection.execute(text("UPDATE counters SET value = value + 1 WHERE name = :name"), {"name": name})
                if name == first and len(runs) <= 2:
                    await_only(both_hold.wait())

        return add

    await asyncio.gather(store.write(work("a", "b")), other.write(work("b", "a")))
    assert len(runs) >= 3
    values = await store.write(
        lambda c: c.execute(text("SELECT value FROM counters WHERE name IN ('a', 'b')")).scalars().all()
    )
    assert values == [2, 2]


async def test_a_card_is_never_left_behind_its_incident(store: Store, other: Store) -> None:
    """A change that finds the card's row waiting holds it until it commits, or queues another beside the one sent."""
    await store.write(lambda c: declare(c, incident()))
    await store.write(lambda c: outbox.enqueue(c, "incident:1", [message("announce", "card")], NOON))

    def change(connection):
        changes.lock_incident(connection, 1)
        outbox.enqueue(connection, "incident:1", [message("announce", "card")], NOON)
        changes.remember(connection, "changed", answer(), NOON)

    def deliver(connection):
        rows = outbox.claim(connection, "x", START, 5, 20)
        return bool(rows), changes.recall(connection, "changed") is not None

    _, (claimed, had_changed) = await asyncio.gather(store.write(change), other.write(deliver))
    async with store.read() as connection:
        waiting = [row for row in await queries.outbox(connection) if not row.doubtful]
    assert waiting or (claimed and had_changed)
