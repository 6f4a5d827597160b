"""Each running program is known to the others, for as long as it gives signs of life."""

from datetime import timedelta

from sqlalchemy import update

from store import processes
from store.database import Store
from store.housekeeping import TIDYING, tidy
from store.processes import Process
from store.requests import remember
from store.schema import processes as table
from tests.postgres import connect
from tests.store.examples import NOON, SECOND, answer

US = Process("17-a", "one.example", "1.0", "socket")
OTHER = Process("18-b", "two.example", "1.0", "http")


async def beat(store: Store, us: Process, heard_ago: float | None = None) -> list[str]:
    alive = await store.write(lambda connection: processes.beat(connection, us, heard_ago))
    return [each.id for each in alive]


async def known(store: Store) -> list[Process]:
    async with store.read() as connection:
        return await processes.known(connection)


async def seen_ago(store: Store, seconds: float) -> None:
    """As though everybody had been seen last so long ago."""
    later = int(seconds * SECOND)
    await store.write(lambda c: c.execute(update(table).values(seen_at=table.c.seen_at - later)))


async def test_who_gives_signs_of_life_beside_us_is_counted(store: Store) -> None:
    assert await beat(store, US) == ["17-a"]
    assert await beat(store, OTHER) == (["17-a", "18-b"] if store.is_shared else ["18-b"])
    assert await beat(store, US) == ["17-a", "18-b"]
    assert await beat(store, OTHER) == ["17-a", "18-b"]
    await store.write(lambda connection: processes.leave(connection, "17-a"))
    assert await beat(store, OTHER) == ["18-b"]


async def test_who_missed_three_beats_is_not_counted(store: Store) -> None:
    await beat(store, OTHER)
    await seen_ago(store, processes.ALIVE_FOR + 1)
    assert await beat(store, US) == ["17-a"]
    assert {each.id for each in await known(store)} == {"17-a", "18-b"}


async def test_killed_and_started_again_a_file_has_one_program(store: Store) -> None:
    await beat(store, OTHER)
    assert await beat(store, US) == (["18-b", "17-a"] if store.is_shared else ["17-a"])


async def test_when_slack_was_last_heard_is_kept(store: Store) -> None:
    await beat(store, US)
    assert (await known(store))[0].heard_at is None
    await beat(store, US, heard_ago=4)
    await beat(store, US)
    (ours,) = await known(store)
    assert ours.heard_at
    assert 4 * SECOND <= ours.seen_at - ours.heard_at < 60 * SECOND
    assert (ours.host, ours.version, ours.way) == ("one.example", "1.0", "socket")


async def test_what_was_not_seen_for_a_day_is_forgotten(store: Store) -> None:
    await beat(store, OTHER)
    await seen_ago(store, timedelta(days=1).total_seconds() + 1)
    await beat(store, US)
    await store.write(lambda connection: tidy(connection, NOON))
    assert [each.id for each in await known(store)] == ["17-a"]


async def test_one_program_tidies_at_a_time(migrated_postgres_url: str) -> None:
    store, other = await Store.open(migrated_postgres_url), await connect(migrated_postgres_url)
    try:
        await store.write(lambda connection: remember(connection, "Ev1", answer(), NOON - timedelta(days=2)))
        await other.execute("SELECT pg_advisory_lock($1)", TIDYING)
        assert await store.write(lambda connection: tidy(connection, NOON)) == 0
        await other.execute("SELECT pg_advisory_unlock($1)", TIDYING)
        assert await store.write(lambda connection: tidy(connection, NOON)) == 1
    finally:
        await other.close()
        await store.close()
