"""Bringing an older or an empty database to the schema of this version."""

import asyncio
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from store.database import address
from store.errors import TooNew, problem
from store.migrations.head import HEAD
from store.writer import begin_immediate, writing_engine

HERE = Path(__file__).parent
LOCK = 7_236_281_905
"""The advisory lock on PostgreSQL under which one process migrates; the number means nothing."""

PATIENCE = 60.0
"""Seconds that a start waits for another one's migration."""


async def migrate(url: str) -> str | None:
    """Brings the database to this version's schema, all or nothing; the revision it had (None for an empty one).

    Two processes may do it at once. Raises Unreachable, Busy, Unwritable, or TooNew for a newer Tocsin's database.
    """
    where = address(url)
    try:
        if where.drivername.startswith("sqlite"):
            return await asyncio.to_thread(_migrate_sqlite, where)
        return await _migrate_postgres(where)
    except (DBAPIError, sqlite3.Error, OSError, TimeoutError) as error:
        raise problem(error, where) or error from error


def _migrate_sqlite(where: URL) -> str | None:
    engine = writing_engine(where, PATIENCE)
    try:
        with engine.begin() as connection:
            begin_immediate(connection)  # a second process waits here
            return upgrade(connection)
    finally:
        engine.dispose()


async def _migrate_postgres(where: URL) -> str | None:
    engine = create_async_engine(where, connect_args={"timeout": 5})
    try:
        async with engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
            return await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


def upgrade(connection: Connection, to: str = HEAD) -> str | None:
    """Brings an open database to a revision, in the transaction of the connection; the revision it had."""
    stored = revision(connection)
    if stored != to:
        _run_alembic(connection, stored, to)
    return stored


def revision(connection: Connection) -> str | None:
    """The revision of the database's schema, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run_alembic(connection: Connection, stored: str | None, to: str) -> None:
    from alembic import command  # 12 MB: only where there is something to migrate
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    if stored is not None and stored not in {each.revision for each in ScriptDirectory(str(HERE)).walk_revisions()}:
        raise TooNew(
            f"The database was written by a newer Tocsin (its revision is {stored}, this one knows {HEAD}). "
            "Install that version again, or restore a backup made before it."
        )
    command.upgrade(config, to)
