"""The database as the rest of Tocsin knows it: one way to write, many readers."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from store.errors import (
    DEADLOCK,
    LOCKED,
    READ_ONLY,
    Busy,
    Problem,
    TooNew,
    Unreachable,
    Unwritable,
    problem,
    sqlstate,
    unreachable,
)
from store.machine import machine_now
from store.writer import PATIENCE, Writer

__all__ = ["Busy", "Problem", "Store", "TooNew", "Unreachable", "Unwritable", "address", "machine_now"]

T = TypeVar("T")
TRIES = 3
"""How often work runs that PostgreSQL picked to break a deadlock, whose connection broke before the commit, or whose
prepared statements a migration changed."""

UNSENT = frozenset({"InvalidCachedStatementError", "InternalClientError", "InterfaceError"})
"""Errors of asyncpg's own, before anything is sent: a connection that the server has closed takes no commit."""

LOCKED_FOR = 1.2
"""Seconds that a statement on PostgreSQL waits for a lock, as PATIENCE on SQLite. A change may wait twice, for the
counter of incidents and for a table, and its answer has to be there within Slack's three seconds."""

SLOWEST = 15
"""Seconds that a statement may last, or that work waits for a connection."""

ABANDONED = 5
"""Seconds after which PostgreSQL ends a transaction whose program says nothing more: what was paused, or lost its
machine, must not keep others waiting for what it had locked."""


class _Interrupted(Exception):
    """The connection broke within the work, before the commit: nothing of it is kept."""

    def __init__(self, cause: DBAPIError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _Writing(Protocol):
    def submit(self, work: Callable[[Connection], Any]) -> asyncio.Future[Any]: ...

    async def close(self) -> None: ...


class Store:
    """An open database. Made by `Store.open`; the schema is seen to by `store.migrations.migrate`."""

    machine_now = staticmethod(machine_now)

    def __init__(self, url: URL, writer: _Writing, readers: AsyncEngine) -> None:
        self.url = url
        self._writer = writer
        self._readers = readers
        self._closed = False

    @property
    def is_shared(self) -> bool:
        """Whether several programs may work over it."""
        return not self.url.drivername.startswith("sqlite")

    @classmethod
    async def open(cls, url: str) -> "Store":
        """Opens the database of that URL. Raises Unreachable, with what to do about it."""
        where = address(url)
        if where.drivername.startswith("sqlite"):
            store = cls(where, Writer(where), _sqlite_readers(where))
        else:
            store = cls(where, PostgresWriter(where), _postgres_engine(where, read_only=True))
        try:
            await store.write(lambda connection: connection.execute(text("SELECT 1")))
            async with store.read() as connection:
                await connection.execute(text("SELECT 1"))
        except BaseException:
            await store.close()
            raise
        return store

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction and answers once it is committed; its exception rolls everything back.

        Work that has begun runs to its end, also when the caller is cancelled. It may be run again (a deadlock on
        PostgreSQL), so it must have no effect but through the connection. Raises Busy, Unwritable or Unreachable.
        """
        if self._closed:
            raise RuntimeError("The store is closed.")
        done: T = await asyncio.shield(self._writer.submit(work))
        return done

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection that can only read; each statement sees what is committed by then."""
        return self._reading()

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._readers.connect() as connection:
                yield connection
        except (DBAPIError, OSError, TimeoutError, PoolTimeout) as error:
            raise problem(error, self.url) or error from error

    async def close(self) -> None:
        """Ends the work that was begun, then lets go of the database."""
        self._closed = True
        await self._writer.close()
        await self._readers.dispose()


class PostgresWriter:
    """Runs work over asyncpg, several at once: rows are locked by the statements."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = _postgres_engine(url, read_only=False)
        self._running: set[asyncio.Task[Any]] = set()
        self._was_locked = False

    def submit(self, work: Callable[[Connection], T]) -> asyncio.Future[T]:
        """The outcome of the work, once it is committed."""
        task = asyncio.create_task(self._transact(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _transact(self, work: Callable[[Connection], T]) -> T:
        asked = time.monotonic()
        for again in reversed(range(TRIES)):
            try:
                return await self._kept(work, asked)
            except (_Interrupted, DBAPIError, OSError, TimeoutError, PoolTimeout) as told:
                if again and _may_run_again(told):
                    continue
                error = told.cause if isinstance(told, _Interrupted) else told
                raise problem(error, self._url) or error from error
        raise AssertionError("unreachable: the last try answers or raises")

    async def _kept(self, work: Callable[[Connection], T], asked: float) -> T:
        async with self._engine.begin() as connection:
            if self._was_locked:  # whoever queued behind what is locked has used up patience there
                left = max(0.01, LOCKED_FOR - (time.monotonic() - asked))
                await connection.execute(text(f"SET LOCAL lock_timeout = {int(left * 1000)}"))
            try:
                done = await connection.run_sync(work)
            except DBAPIError as error:
                self._was_locked = sqlstate(error) == LOCKED
                if sqlstate(error) == READ_ONLY:  # the database may take changes again, this connection never will
                    await connection.invalidate(error)
                elif error.connection_invalidated:
                    raise _Interrupted(error) from error
                raise
            self._was_locked = False
            return done

    async def close(self) -> None:
        """Waits for what is running."""
        if self._running:
            await asyncio.wait(self._running)
        await self._engine.dispose()


def address(url: str) -> URL:
    """The parsed DATABASE_URL with its driver. Raises Unreachable for one that cannot be used."""
    try:
        where = make_url(url)
    except ArgumentError:
        raise Unreachable(
            "DATABASE_URL is no database address. Write sqlite+aiosqlite:///tocsin.db or "
            "postgresql+asyncpg://user:password@host/name."
        ) from None
    kind = where.get_backend_name()
    if kind == "sqlite":
        _check_file(where)
        return where.set(drivername="sqlite+aiosqlite")
    if kind == "postgresql":
        return where.set(drivername="postgresql+asyncpg")
    raise unreachable(where, f"{kind} is neither SQLite nor PostgreSQL")


def _check_file(url: URL) -> None:
    if url.database in (None, "", ":memory:"):
        raise unreachable(url, "the database has to be a file, because several connections share it")
    directory = Path(str(url.database)).parent
    if not directory.is_dir():
        raise unreachable(url, f"there is no directory {directory}")


def _sqlite_readers(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=4,
        max_overflow=4,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        connect_args={"timeout": PATIENCE},
    )

    def connected(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA query_only = ON").close()

    event.listen(engine.sync_engine, "connect", connected)
    return engine


def _may_run_again(error: BaseException) -> bool:
    """Whether work that was rolled back may do better at once."""
    if isinstance(error, _Interrupted):
        return True
    is_unsent = isinstance(error, DBAPIError) and type(error.orig).__name__ in UNSENT
    return is_unsent or sqlstate(error) == DEADLOCK


def _postgres_engine(url: URL, *, read_only: bool) -> AsyncEngine:
    settings = {
        "application_name": "tocsin",
        "jit": "off",
        "lock_timeout": f"{int(LOCKED_FOR * 1000)}",
        "statement_timeout": f"{SLOWEST * 1000}",
        "idle_in_transaction_session_timeout": f"{ABANDONED * 1000}",
    }
    more: dict[str, Any] = {}
    if read_only:
        settings["default_transaction_read_only"] = "on"
        more = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
    return create_async_engine(
        url,
        pool_size=2 if read_only else 4,
        max_overflow=2 if read_only else 4,
        pool_pre_ping=True,
        pool_timeout=SLOWEST,
        connect_args={"timeout": 5, "command_timeout": SLOWEST + 5, "server_settings": settings},
        **more,
    )
