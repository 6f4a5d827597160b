"""The one thread that writes to SQLite: what was asked for by now in one transaction, in the order it was asked for."""

import asyncio
import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from store.errors import Busy, Problem, problem

PATIENCE = 1.4
"""Seconds that a change waits for another process: a lock of a second is outlasted, Slack's three are not."""

TOGETHER = 16
"""How many changes share a transaction at most, where they wait for each other."""

Work = Callable[[Connection], Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    asked: float = field(default_factory=time.monotonic)

    def end(self, outcome: _Outcome) -> None:
        """Hands the outcome to whoever waits; nobody does once the loop has closed."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._settle, outcome)

    def _settle(self, outcome: _Outcome) -> None:
        if self.future.done():
            return
        if outcome.error is None:
            self.future.set_result(outcome.result)
        else:
            self.future.set_exception(outcome.error)


class Writer:
    """Runs work on its own thread, each all or nothing (BEGIN IMMEDIATE), with a connection of its own."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = writing_engine(url)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._was_busy = False
        self._thread = threading.Thread(target=self._run, name="tocsin-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> asyncio.Future[Any]:
        """The outcome of the work, once it is committed."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._jobs.put(_Job(work, loop, future))
        return future

    async def close(self) -> None:
        """Ends the thread after all that was submitted."""
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._engine.dispose()

    def _run(self) -> None:
        while jobs := self._waiting():
            try:
                outcomes = self._transact(jobs)
            except BaseException as error:  # nothing of it was kept
                outcomes = [_Outcome(error=self._told(error))] * len(jobs)
            for job, outcome in zip(jobs, outcomes, strict=True):
                job.end(outcome)
        self._let_go()

    def _waiting(self) -> list[_Job]:
        """What was submitted by now, up to TOGETHER; nothing when it is to end."""
        jobs: list[_Job] = []
        while (job := self._jobs.get()) is not None:
            jobs.append(job)
            if len(jobs) == TOGETHER or self._jobs.empty():
                return jobs
        if jobs:
            self._jobs.put(None)
        return jobs

    def _transact(self, jobs: list[_Job]) -> list[_Outcome]:
        """One transaction for all of them: a commit costs as much as a change does."""
        if self._connection is None:
            self._connection = self._engine.connect()
        # Whoever queued behind a locked database has used up patience there.
        patience = PATIENCE - (time.monotonic() - jobs[0].asked) if self._was_busy else None
        with self._connection.begin():
            begin_immediate(self._connection, patience)
            self._was_busy = False
            if len(jobs) == 1:
                return [_Outcome(jobs[0].work(self._connection))]
            return [self._apart(job, self._connection) for job in jobs]

    def _apart(self, job: _Job, connection: Connection) -> _Outcome:
        """One of several in a transaction: its exception rolls back its own part. A failing database ends all."""
        raw = _raw(connection)
        raw.execute("SAVEPOINT part").close()
        try:
            outcome = _Outcome(job.work(connection))
        except BaseException as error:
            if problem(error, self._url) or not raw.in_transaction:
                raise
            raw.execute("ROLLBACK TO part").close()
            outcome = _Outcome(error=error)
        raw.execute("RELEASE part").close()
        return outcome

    def _told(self, error: BaseException) -> BaseException:
        known = problem(error, self._url)
        if known is None:
            return error
        self._was_busy = isinstance(known, Busy)
        if not self._was_busy:  # a file that was read-only when opened stays so for its connection
            self._let_go()
        known.__cause__ = error
        return known

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Problem, sqlite3.Error):
                self._connection.close()
            self._connection = None


def begin_immediate(connection: Connection, patience: float | None = None) -> None:
    """Begins a transaction as a writer at once: one that reads first could fail later, whatever the timeout says.

    `patience` in seconds, where it is not the engine's. Past SQLAlchemy: its event would cost every statement.
    """
    raw = _raw(connection)
    if patience is not None:
        raw.execute(f"PRAGMA busy_timeout = {max(10, int(patience * 1000))}").close()
    raw.execute("BEGIN IMMEDIATE").close()
    if patience is not None:
        raw.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}").close()


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def writing_engine(url: URL, patience: float = PATIENCE) -> Engine:
    """A synchronous engine on the SQLite file: WAL, each commit on the disk. See `begin_immediate`."""
    sync = url.set(drivername="sqlite")
    engine = create_engine(sync, poolclass=NullPool, connect_args={"timeout": patience, "check_same_thread": False})

    def connected(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None  # transactions are begun by us, not guessed by the driver
        _use_wal(raw, patience)
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "journal_size_limit = 16777216"):
            raw.execute(f"PRAGMA {pragma}").close()

    event.listen(engine, "connect", connected)
    return engine


def _use_wal(raw: sqlite3.Connection, patience: float) -> None:
    """Switches a new file over; SQLite's own timeout does not cover that, so two first starts at once wait here."""
    deadline = time.monotonic() + patience
    while raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            raw.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
