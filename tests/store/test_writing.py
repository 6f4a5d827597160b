"""Writing is all or nothing, runs to its end, and says clearly when it cannot."""

import asyncio
import itertools
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_only

from store import directory
from store.database import Busy, Problem, Store, Unreachable, Unwritable
from store.housekeeping import tidy
from store.writer import PATIENCE
from tests.postgres import connect
from tests.store.examples import NOON


async def kept(store: Store, key: str = "k"):
    async with store.read() as connection:
        return await directory.workspace(connection, key)


async def test_it_answers_what_the_work_answers_once_committed(store: Store) -> None:
    def work(connection):
        directory.keep_workspace(connection, "k", {"a": [1]})
        return 42

    assert await store.write(work) == 42
    assert await kept(store) == {"a": [1]}


async def test_an_exception_rolls_everything_back_and_the_next_work_succeeds(store: Store) -> None:
    def fails(connection):
        directory.keep_workspace(connection, "k", 1)
        raise KeyError("no")

    with pytest.raises(KeyError):
        await store.write(fails)
    assert await kept(store) is None
    await store.write(lambda c: directory.keep_workspace(c, "k", 2))
    assert await kept(store) == 2


async def test_many_at_once_all_happen(store: Store) -> None:
    def add(connection):
        return connection.execute(text("UPDATE counters SET value = value + 1 RETURNING value")).scalar_one()

    answers = await asyncio.gather(*(store.write(add) for _ in range(50)))
    assert sorted(answers) == list(range(1, 51))


async def test_of_many_at_once_only_those_that_fail_leave_nothing_behind(store: Store) -> None:
    def work(connection, number):
        directory.keep_workspace(connection, f"k{number}", number)
        if number % 3 == 0:
            raise KeyError(number)
        return number

    answers = await asyncio.gather(*(store.write(lambda c, n=n: work(c, n)) for n in range(40)), return_exceptions=True)
    for number, answer in enumerate(answers):
        if number % 3 == 0:
            assert isinstance(answer, KeyError)
            assert answer.args == (number,)
            assert await kept(store, f"k{number}") is None
        else:
            assert answer == number
            assert await kept(store, f"k{number}") == number


async def test_a_cancelled_caller_leaves_the_work_running_to_its_end(store: Store) -> None:
    begun, go_on, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()
    is_sqlite = store.url.drivername.startswith("sqlite")

    def work(connection):
        directory.keep_workspace(connection, "k", "done")
        loop.call_soon_threadsafe(begun.set)
        if is_sqlite:  # on its own thread it can be held up from here
            assert go_on.wait(10)

    caller = asyncio.create_task(store.write(work))
    await begun.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go_on.set()
    await store.close()
    again = await Store.open(store.url.render_as_string(hide_password=False))
    assert await kept(again) == "done"
    await again.close()


async def test_closing_ends_what_was_begun_and_refuses_more(store: Store) -> None:
    writes = [
        asyncio.create_task(store.write(lambda c, n=n: directory.keep_workspace(c, f"k{n}", n))) for n in range(9)
    ]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writes)
    with pytest.raises(RuntimeError, match="closed"):
        await store.write(lambda c: None)


async def test_who_reads_cannot_write(store: Store) -> None:
    with pytest.raises((DBAPIError, Problem)):
        async with store.read() as connection:
            await connection.execute(text("INSERT INTO workspace VALUES ('k', '1')"))
    assert await kept(store) is None


async def test_machine_time_counts_microseconds(store: Store) -> None:
    first = await store.write(store.machine_now)
    second = await store.write(store.machine_now)
    assert first <= second < first + 60_000_000
    assert first > 1_700_000_000_000_000


# --- SQLite ---------------------------------------------------------------------------------------------------------


@contextmanager
def locked(url: str) -> Iterator[sqlite3.Connection]:
    other = sqlite3.connect(str(make_url(url).database), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


async def test_a_lock_of_a_second_is_outlasted(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    with locked(sqlite_url) as other:
        asyncio.get_running_loop().call_later(1.0, other.execute, "COMMIT")
        await store.write(lambda c: directory.keep_workspace(c, "k", 1))
    assert await kept(store) == 1
    await store.close()


async def test_a_longer_lock_is_said_in_time_to_everyone_who_queues(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    with locked(sqlite_url):
        begun = time.monotonic()
        writes = (store.write(lambda c: directory.keep_workspace(c, "k", 1)) for _ in range(32))
        answers = await asyncio.gather(*writes, return_exceptions=True)
        assert time.monotonic() - begun < 16 * PATIENCE  # and not 32 times
        assert await kept(store) is None
    assert {type(answer) for answer in answers} == {Busy}
    assert "try again in a moment" in str(answers[0])
    await store.write(lambda c: directory.keep_workspace(c, "k", 2))
    assert await kept(store) == 2
    await store.close()


async def test_a_full_disk_is_said_and_recovered_from(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    pages = await store.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())

    def too_much(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        directory.keep_workspace(connection, "k", "x" * 1_000_000)

    with pytest.raises(Unwritable, match=r"disk is full.*Nothing was changed"):
        await store.write(too_much)
    assert await kept(store) is None
    await store.write(lambda c: directory.keep_workspace(c, "k", 1))
    assert await kept(store) == 1
    await store.close()


async def test_each_commit_is_on_the_disk(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    settings = {
        name: await store.write(lambda c, name=name: c.exec_driver_sql(f"PRAGMA {name}").scalar())
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1400}
    await store.close()
    assert not os.path.exists(f"{make_url(sqlite_url).database}-wal")  # noqa: ASYNC240


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_row_held_for_long_is_said(store: Store, url: str) -> None:
    other = await connect(url)
    async with other.transaction():
        await other.execute("SELECT * FROM counters FOR UPDATE")
        with pytest.raises(Busy, match="try again in a moment"):
            await store.write(lambda c: c.execute(text("UPDATE counters SET value = 9")))
    await other.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_connections_that_were_cut_are_made_anew(store: Store, url: str) -> None:
    other = await connect(url)
    await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tocsin'")
    await other.close()
    assert await kept(store) is None
    assert await store.write(lambda c: tidy(c, NOON)) == 0


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_gone", [False, True], ids=["within the work", "at the commit"])
async def test_work_whose_connection_breaks_before_the_commit_runs_again(store: Store, url: str, is_gone: bool) -> None:
    other, tries = await connect(url), itertools.count(1)
    alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1"

    def work(connection):
        this = next(tries)
        directory.keep_workspace(connection, "k", this)
        if this == 1:
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            await_only(other.execute("SELECT pg_terminate_backend($1)", own))
            while is_gone and await_only(other.fetchval(alive, own)):
                pass
        if not is_gone:
            directory.keep_workspace(connection, "k", this)

    await store.write(work)
    assert await kept(store) == 2
    await other.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_where_it_always_breaks_that_is_said(store: Store) -> None:
    def work(connection):
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Unreachable, match="Please check that the server runs"):
        await store.write(work)
    assert await kept(store) is None


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_database_that_may_only_be_read_is_said(store: Store) -> None:
    def work(connection):
        connection.execute(text("SET TRANSACTION READ ONLY"))
        directory.keep_workspace(connection, "k", 1)

    with pytest.raises(Unwritable, match="read-only"):
        await store.write(work)
