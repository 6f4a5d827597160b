"""A backup: one SQLite file, made while others work, checked, and given its name only then.

Tocsin runs on it as it is, and `tocsin copy` brings it into PostgreSQL. No secret is in it: tokens are in no table.
"""

import asyncio
import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from store.copying import TABLES, Copied, broken_chains, copy, in_doubt
from store.database import address
from store.errors import Unfit
from store.reading import require_current

PAGES = 1024
"""Pages of SQLite's that are copied before it is looked whether to go on."""

INSTRUCTIONS = 1_000_000
"""The same while it is checked."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was made: how large, how many rows, how long it took, and which timelines were broken before."""

    file: Path
    bytes: int
    rows: int
    seconds: float
    broken: tuple[str, ...]


class Stopped(Exception):
    """Whoever wanted a backup wants it no more; nothing is left of it."""


def back_up(url: str, file: Path, *, force: bool = False, stop: threading.Event | None = None) -> Backup:
    """Makes a backup of that database; to be called in a thread of its own.

    Raises Unfit for a file that exists (unless `force`), a disk that is full and the like, Unreachable for a database
    that is not there, Stopped once `stop` is set.
    """
    began = time.monotonic()
    where, part = address(url), file.with_name(f"{file.name}.part")
    if file.exists() and not force:
        raise Unfit(f"There is a file {file} already. Name another one, or say --force to replace it.")
    asyncio.run(require_current(url))
    try:
        with _new(part):
            if where.get_backend_name() == "sqlite":
                copied = _of_sqlite(where, part, stop or threading.Event())
            else:
                copied = _of_postgres(url, part, stop or threading.Event())
            _keep(part, file)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        if stop and stop.is_set():
            raise Stopped from None
        said = error.orig if isinstance(error, DBAPIError) else getattr(error, "strerror", None) or error
        raise Unfit(f"The backup could not be made at {file}: {said}. Nothing was left there.") from error
    seconds = time.monotonic() - began
    return Backup(file, file.stat().st_size, sum(copied.rows.values()), seconds, copied.broken)


@contextlib.contextmanager
def _new(part: Path) -> Iterator[None]:
    """An empty file that only we may read; it is gone at the end, whatever happened."""
    _remove(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def _keep(part: Path, file: Path) -> None:
    """On the disk first, then by its name."""
    _sync(part)
    part.replace(file)
    _sync(file.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _of_postgres(url: str, part: Path, stop: threading.Event) -> Copied:
    def step(_table: str, _done: int, _of: int) -> None:
        if stop.is_set():
            raise Stopped

    copied = asyncio.run(copy(url, f"sqlite+aiosqlite:///{part}", step, while_at_work=True))
    return Copied(copied.rows, _checked(part, stop, copied.rows))


def _of_sqlite(where: URL, part: Path, stop: threading.Event) -> Copied:
    """SQLite's own way, page by page out of one snapshot: whoever writes meanwhile waits for nothing."""

    def step(_status: int, _left: int, _of: int) -> None:
        if stop.is_set():
            raise Stopped

    with _opened(where) as old:
        old.exec_driver_sql("PRAGMA query_only = ON")
        old.exec_driver_sql("BEGIN")
        rows = _rows(old)  # counted in the snapshot that is copied
        with contextlib.closing(sqlite3.connect(part)) as new:
            _driver(old).backup(new, pages=PAGES, progress=step)
    return Copied(rows, _checked(part, stop, rows))


def _rows(connection: Connection) -> dict[str, int]:
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES}


def _checked(part: Path, stop: threading.Event, rows: Mapping[str, int]) -> tuple[str, ...]:
    """Makes it one sound file, which would look up what may have been sent; the timelines that are broken."""
    with _opened(URL.create("sqlite", database=str(part))) as new:
        _driver(new).set_progress_handler(stop.is_set, INSTRUCTIONS)
        new.exec_driver_sql("PRAGMA journal_mode = DELETE")
        found = new.exec_driver_sql("PRAGMA integrity_check").scalar()
        if found != "ok" or _rows(new) != rows:
            raise Unfit(f"The backup is not sound ({found}), so it was not kept. Please try again.")
        new.exec_driver_sql("BEGIN")
        in_doubt(new)
        new.exec_driver_sql("COMMIT")
        return broken_chains(new)


@contextlib.contextmanager
def _opened(where: URL) -> Iterator[Connection]:
    """A connection to the file on which transactions are begun by us."""
    sync = where.set(drivername="sqlite")
    engine = create_engine(sync, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"timeout": 5})
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _driver(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
