"""Looking at a database without being able to change it: for commands that run beside the bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from store.database import address
from store.errors import Absent, Outdated, TooNew, problem
from store.migrations import revision
from store.migrations.head import HEAD

PATIENCE = 5
"""Seconds that a look waits for the database."""


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[AsyncConnection]:
    """One connection that can only read, and sees one moment of the database until the block ends.

    Raises Absent where there is no database of Tocsin's, Outdated or TooNew for another version's, Unreachable, Busy.
    """
    where = address(url)
    _require_file(where)
    engine = _engine(where)
    try:
        async with engine.connect() as connection:
            if where.drivername.startswith("sqlite"):
                await connection.exec_driver_sql("PRAGMA query_only = ON")
                await connection.exec_driver_sql("BEGIN")
            _require_current(await connection.run_sync(revision), where)
            yield connection
    except (DBAPIError, OSError, TimeoutError) as error:
        raise problem(error, where) or error from error
    finally:
        await engine.dispose()


async def require_current(url: str) -> str:
    """The address, where a database of this version is behind it. Raises as `snapshot` does."""
    async with snapshot(url):
        return url


def _engine(where: URL) -> AsyncEngine:
    if where.drivername.startswith("sqlite"):
        arguments = {"timeout": PATIENCE}
        return create_async_engine(where, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=arguments)
    settings = {"application_name": "tocsin", "jit": "off", "default_transaction_read_only": "on"}
    asked = {"timeout": PATIENCE, "command_timeout": 60, "server_settings": settings}
    return create_async_engine(where, poolclass=NullPool, isolation_level="REPEATABLE READ", connect_args=asked)


def _require_file(where: URL) -> None:
    """SQLite would make one."""
    if where.drivername.startswith("sqlite") and not Path(str(where.database)).is_file():
        raise _absent(where)


def _require_current(stored: str | None, where: URL) -> None:
    if stored is None:
        raise _absent(where)
    if stored < HEAD:
        raise Outdated(
            f"The database is of an older Tocsin (its revision is {stored}, this one wants {HEAD}). "
            "Start `tocsin run` of this version, or `tocsin migrate`: it is brought up to date."
        )
    if stored > HEAD:
        raise TooNew(
            f"The database was written by a newer Tocsin (its revision is {stored}, this one knows {HEAD}). "
            "Use that version's `tocsin`."
        )


def _absent(where: URL) -> Absent:
    return Absent(
        f"There is no Tocsin database at {where.render_as_string()}. Set DATABASE_URL as `tocsin run` has it, and run "
        "this in the same folder. (`tocsin migrate` makes a new one.)"
    )
