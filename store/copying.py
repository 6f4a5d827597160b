"""Every row of one database into another one, counted and verified: all of it or nothing."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from store.database import address
from store.dialects import is_postgres
from store.errors import Problem, Unfit, problem
from store.housekeeping import LONGEST_WAIT
from store.lanes import shorten_waits
from store.machine import machine_now
from store.migrations import migrate
from store.processes import ALIVE_FOR, MICROSECONDS
from store.reading import snapshot
from store.schema import counters, lanes, metadata, outbox, processes
from store.types import to_json, to_micros
from store.verifying import chains

BATCH = 500
"""Rows that are in memory at a time."""

TABLES: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if table is not processes)
"""What is copied, what others refer to first. Which programs run is true of the place that they run on alone."""

Step: TypeAlias = Callable[[str, int, int], None]
"""Is told a table, how many rows of it are copied by now, and how many it has."""

_LAST_GIVEN = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'",
    "postgresql": "SELECT last_value FROM outbox_id_seq WHERE is_called",
}
_NEVER_AGAIN = {
    "sqlite": "UPDATE sqlite_sequence SET seq = :last WHERE name = 'outbox'",
    "postgresql": "SELECT setval('outbox_id_seq', :last)",
}


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows by table; and the timelines whose chain of hashes was broken before already."""

    rows: Mapping[str, int]
    broken: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Counts rows, and adds up a hash of each, so that two tables can be compared whatever their order."""

    rows: int = 0
    digest: int = 0

    def add(self, batch: Iterable[Iterable[Any]]) -> None:
        """These rows, too."""
        for row in batch:
            kept = to_json([to_micros(value) if isinstance(value, datetime) else value for value in row])
            self.rows += 1
            self.digest = (self.digest + int.from_bytes(hashlib.sha256(kept.encode()).digest())) % (1 << 256)


def silently(_table: str, _done: int, _of: int) -> None:
    """Tells nobody."""


async def copy(source: str, target: str, step: Step = silently, *, while_at_work: bool = False) -> Copied:
    """Copies one database into another, which is empty, or new and migrated here; nothing is kept where it fails.

    Raises Unfit for databases that cannot be copied so, with what to do (`while_at_work`: also from one that a Tocsin
    works on), else Unreachable, Busy, Unwritable.
    """
    there, here = address(source), address(target)
    if _place(there) == _place(here):
        raise Unfit("Both addresses are the same database. Name another one to copy into.")
    async with snapshot(source) as old:
        if not while_at_work:
            await old.run_sync(_require_idle, there)
        await migrate(target)
        async with _filling(here) as new:
            copied = await _fill(old, new, step)
    return copied


def _place(url: URL) -> tuple[object, ...]:
    if url.get_backend_name() == "sqlite":
        return (Path(str(url.database)).resolve(),)
    return url.host, url.port or 5432, url.database


@asynccontextmanager
async def _filling(where: URL) -> AsyncIterator[AsyncConnection]:
    """A connection to an empty database which nobody else changes; what was written is kept where all went well."""
    is_lite = where.get_backend_name() == "sqlite"
    level = {"isolation_level": "AUTOCOMMIT"} if is_lite else {}
    engine = create_async_engine(where, connect_args={"timeout": 5}, **level)
    async with _connected(engine, where) as connection:
        names = ", ".join(table.name for table in metadata.sorted_tables)
        begin = "BEGIN IMMEDIATE" if is_lite else f"LOCK TABLE {names} IN EXCLUSIVE MODE NOWAIT"
        await connection.exec_driver_sql(begin)
        await connection.run_sync(_require_empty)
        yield connection
        await (connection.exec_driver_sql("COMMIT") if is_lite else connection.commit())


@asynccontextmanager
async def _connected(engine: AsyncEngine, where: URL) -> AsyncIterator[AsyncConnection]:
    try:
        async with engine.connect() as connection:
            yield connection
    except Problem:
        raise
    except (DBAPIError, OSError, TimeoutError) as error:
        raise problem(error, where) or error from error
    finally:
        await engine.dispose()


def _require_idle(connection: Connection, where: URL) -> None:
    """Raises Unfit for a database that a Tocsin works on."""
    since = machine_now(connection) - int(ALIVE_FOR * MICROSECONDS)
    host = connection.execute(select(processes.c.host).where(processes.c.seen_at > since).limit(1)).scalar()
    if host is not None:
        raise Unfit(
            f"A Tocsin on {host} works on {where.render_as_string()}. Stop it first, or both would say the same things "
            "in Slack. If it was killed, wait a minute."
        )


def _require_empty(connection: Connection) -> None:
    """Raises Unfit for a database that holds something. The count of incidents, which begins at 0, is taken out."""
    for table in TABLES:
        held = select(func.count()).select_from(table)
        if table is counters:
            held = held.where(counters.c.value != 0)
        if rows := connection.execute(held).scalar_one():
            many = "1 row" if rows == 1 else f"{rows} rows"
            raise Unfit(
                f"The database to copy into is not empty: it has {many} in {table.name}. "
                "Make a new one, or name a file that does not exist yet."
            )
    connection.execute(counters.delete())


async def _fill(old: AsyncConnection, new: AsyncConnection, step: Step) -> Copied:
    """Every table, then the same once more from the other side. Raises Unfit where they differ."""
    copied = {table.name: await _copy_table(old, new, table, step) for table in TABLES}
    for table in TABLES:
        if await _tally(new, table, step) != copied[table.name]:
            raise Unfit(f"What arrived in {table.name} is not what was read. Nothing was kept; please try again.")
    broken = await new.run_sync(broken_chains)
    last = (await old.execute(text(_LAST_GIVEN[old.dialect.name]))).scalar()
    await new.run_sync(_made_ready, last)
    return Copied({name: tally.rows for name, tally in copied.items()}, broken)


async def _copy_table(old: AsyncConnection, new: AsyncConnection, table: Table, step: Step) -> Tally:
    tally, names = Tally(), [column.name for column in table.c]
    of = (await old.execute(select(func.count()).select_from(table))).scalar_one()
    step(table.name, 0, of)
    async with old.stream(select(table)) as found:
        async for batch in found.partitions(BATCH):
            await new.execute(insert(table), [dict(zip(names, row, strict=True)) for row in batch])
            tally.add(batch)
            step(table.name, tally.rows, of)
    return tally


async def _tally(connection: AsyncConnection, table: Table, step: Step) -> Tally:
    tally, of = Tally(), (await connection.execute(select(func.count()).select_from(table))).scalar_one()
    async with connection.stream(select(table)) as found:
        async for batch in found.partitions(BATCH):
            tally.add(batch)
        step(f"{table.name}, read back", tally.rows, of)
    return tally


def broken_chains(connection: Connection) -> tuple[str, ...]:
    """The subjects whose timeline is not as it was written."""
    return tuple(chain.subject for chain in chains(connection) if chain.broken)


def _made_ready(connection: Connection, last: int | None) -> None:
    """The next row of the outbox gets a number that none had; no lane waits by the clock of another machine."""
    if last is not None:
        kind = "postgresql" if is_postgres(connection) else "sqlite"
        if kind == "sqlite" and connection.execute(text(_LAST_GIVEN[kind])).scalar() is None:
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', 0)"))
        connection.execute(text(_NEVER_AGAIN[kind]), {"last": last})
    connection.execute(update(lanes).values(owner=None))
    shorten_waits(connection, machine_now(connection) + LONGEST_WAIT)


def in_doubt(connection: Connection) -> int:
    """Marks what waits to go out as perhaps sent already, so that it is looked up first; how many rows there were.

    For a backup: between it and the day when it is needed its rows go out.
    """
    waiting = update(outbox).where(outbox.c.state == "waiting")
    connection.execute(processes.delete())
    return connection.execute(waiting.values(state="sending", sending_at=machine_now(connection))).rowcount
