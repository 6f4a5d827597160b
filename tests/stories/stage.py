"""Where a story takes place: on SQLite with one bot, or on PostgreSQL with two that share the work."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from store.database import Store
from store.schema import metadata
from tests.postgres import connect

ALL_TABLES = ", ".join(table.name for table in metadata.sorted_tables)
GATE = """
CREATE TABLE gate ();
INSERT INTO gate DEFAULT VALUES;
CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WHILE EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.01); END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER slow BEFORE INSERT ON timeline FOR EACH STATEMENT EXECUTE FUNCTION wait_at_gate();
"""


@dataclass(frozen=True)
class Stage:
    """A migrated database, and how many bots work over it."""

    database: str
    bots: int = 1

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def file(self) -> Path:
        """The file of a SQLite database."""
        return Path(str(make_url(self.database).database))

    @asynccontextmanager
    async def held(self) -> AsyncIterator["Held"]:
        """The database, held by another process until this ends: it can be read and not be changed."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.file, isolation_level=None)) as lite:
                lite.execute("BEGIN IMMEDIATE")
                yield Held(lite)
            return
        postgres = await connect(self.database)
        await postgres.execute(f"BEGIN; LOCK TABLE {ALL_TABLES} IN EXCLUSIVE MODE")
        try:
            yield Held(postgres)
        finally:
            await postgres.close()

    async def slow(self, store: Store) -> "Slow":
        """A database that needs as long as one likes for a change."""
        if self.is_sqlite:
            gate = threading.Event()
            return Slow(self, gate, asyncio.create_task(store.write(lambda _connection: gate.wait(9))))
        await self.execute(GATE)
        return Slow(self)

    async def execute(self, statement: str) -> None:
        """Changes the database behind the bots' back."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.file, isolation_level=None)) as lite:
                lite.execute(statement)
            return
        postgres = await connect(self.database)
        try:
            await postgres.execute(statement)
        finally:
            await postgres.close()


@dataclass(frozen=True)
class Held:
    """Who holds the database."""

    connection: sqlite3.Connection | asyncpg.Connection

    async def let_go(self, after: float) -> None:
        """It can be changed again, so many seconds later."""
        await asyncio.sleep(after)  # how long it is held, not a wait
        if isinstance(self.connection, sqlite3.Connection):
            self.connection.rollback()
        else:
            await self.connection.execute("ROLLBACK")


@dataclass(frozen=True)
class Slow:
    """What keeps changes from ending."""

    stage: Stage
    gate: threading.Event | None = None
    writing: asyncio.Task[bool] | None = None

    async def let_go(self) -> None:
        """They end now."""
        if self.gate and self.writing:
            self.gate.set()
            await self.writing
        else:
            await self.stage.execute("DELETE FROM gate")
