"""A backup is one file, whole and checked, made while the bot writes; nothing half is ever left."""

import asyncio
import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from store import changes, outbox
from store.backup import Backup, Stopped, back_up
from store.copying import copy
from store.database import Store
from store.errors import Unfit
from store.lanes import open_lane
from store.machine import machine_now
from store.migrations import migrate
from store.schema import processes, timeline
from tests.store.examples import NOON, declare, entry, incident, message
from tests.store.test_copying import everything, something_of_everything, written


async def made(url: str, file: Path, **more: Any) -> Backup:
    return await asyncio.to_thread(back_up, url, file, **more)


def lite(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def test_it_is_one_file_that_only_its_owner_may_read(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    await written(url, something_of_everything)
    told = await made(url, folder / "a.db")
    assert os.listdir(folder) == ["a.db"]
    assert stat.S_IMODE((folder / "a.db").stat().st_mode) == 0o600
    assert told.bytes == (folder / "a.db").stat().st_size
    assert told.rows == sum(len(found) for found in (await everything(url)).values())
    assert told.broken == ()
    with closing(sqlite3.connect(folder / "a.db")) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)


async def test_tocsin_runs_on_it_as_it_is_or_copied(url: str, new_database: Any, tmp_path: Path) -> None:
    await written(url, something_of_everything)
    before = await everything(url)
    await made(url, tmp_path / "a.db")
    await migrate(lite(tmp_path / "a.db"))
    restored = new_database()
    await copy(lite(tmp_path / "a.db"), restored)
    for each in (lite(tmp_path / "a.db"), restored):
        assert {**await everything(each), "outbox": None} == {**before, "outbox": None}
        assert len((await everything(each))["outbox"]) == len(before["outbox"])


async def test_what_waits_in_it_may_have_been_sent_since_so_it_is_looked_up(url: str, tmp_path: Path) -> None:
    def work(connection: Connection) -> None:
        outbox.enqueue(connection, "incident:1", [message(), message()], NOON)
        open_lane(connection, "announce", "C9")

    await written(url, work)
    await made(url, tmp_path / "a.db")

    def claimed(connection: Connection) -> tuple[bool, ...]:
        found = []
        for _ in range(2):
            [row] = outbox.claim(connection, "me", machine_now(connection), 10, 20)
            found.append(row.doubtful)
            outbox.settle(connection, row, "sent")
        return tuple(found)

    assert await written(url, claimed) == (False, False)
    assert await written(lite(tmp_path / "a.db"), claimed) == (True, True)


async def test_nothing_is_replaced_unless_that_is_said(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("mine")
    with pytest.raises(Unfit, match="already"):
        await made(url, tmp_path / "a.db")
    assert (tmp_path / "a.db").read_text() == "mine"
    await made(url, tmp_path / "a.db", force=True)
    assert (tmp_path / "a.db").read_bytes().startswith(b"SQLite format 3")


async def test_who_writes_meanwhile_neither_waits_nor_is_seen_by_half(url: str, tmp_path: Path) -> None:
    """Each change adds an entry and counts it: a backup in between has both or none."""
    store = await Store.open(url)
    await store.write(lambda c: declare(c, incident()))

    def add(connection: Connection) -> None:
        loaded = changes.lock_incident(connection, 1)
        assert loaded
        last = changes.append(connection, "incident:1", loaded.last_seq, loaded.last_hash, [entry(loaded.last_seq + 1)])
        changes.save_incident(connection, loaded.incident, None, "p1", *last)

    is_over = asyncio.Event()

    async def write() -> int:
        count = 0
        while not is_over.is_set():
            await store.write(add)
            count += 1
        return count

    writing = asyncio.create_task(write())
    backups = [await made(url, tmp_path / f"{n}.db") for n in range(3)]
    is_over.set()
    assert await writing > 0
    await store.close()
    assert [each.broken for each in backups] == [(), (), ()]  # a chain ends where its incident says


async def test_a_timeline_that_was_not_whole_is_named_and_kept(url: str, tmp_path: Path) -> None:
    def work(connection: Connection) -> None:
        something_of_everything(connection)
        connection.execute(update(timeline).where(timeline.c.subject == "incident:2").values(facts={"forged": True}))

    await written(url, work)
    assert (await made(url, tmp_path / "a.db")).broken == ("incident:2",)


async def test_no_program_runs_in_a_backup(url: str, tmp_path: Path) -> None:
    def work(connection: Connection) -> None:
        now = machine_now(connection)
        about = {"host": "web-1", "version": "1", "way": "http", "started_at": now, "seen_at": now}
        connection.execute(processes.insert().values(id="a", **about))

    await written(url, work)
    await made(url, tmp_path / "a.db")
    assert await written(lite(tmp_path / "a.db"), lambda c: c.execute(select(processes)).all()) == []


async def test_stopped_it_leaves_nothing(url: str, tmp_path: Path) -> None:
    folder, stop = tmp_path / "kept", threading.Event()
    folder.mkdir()
    stop.set()
    await written(url, something_of_everything)
    with pytest.raises(Stopped):
        await made(url, folder / "a.db", stop=stop)
    assert os.listdir(folder) == []


async def test_a_folder_that_is_not_there(url: str, tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="could not be made"):
        await made(url, tmp_path / "nowhere" / "a.db")
