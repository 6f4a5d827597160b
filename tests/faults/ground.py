"""What a fault is given: a folder, a session, places on the database it is tried on, somebody who types fast."""

import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench.load import Load
from tests.postgres import connect
from tests.processes.place import SQLITE, Place
from tests.processes.running import until

NewDatabase = Callable[[], str]
"""Makes an empty PostgreSQL database; its URL."""


@dataclass
class Ground:
    """Where one fault is tried on one database. What is made here is gone at the end of the `async with`."""

    name: str
    folder: Path
    database: str
    new_database: NewDatabase
    is_full: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
    """Environment variables of every program: the slow disk's."""

    session: aiohttp.ClientSession = field(init=False)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _made: int = 0

    async def __aenter__(self) -> "Ground":
        patience = aiohttp.ClientTimeout(total=60)
        many = aiohttp.TCPConnector(limit=0)
        self.session = await self._stack.enter_async_context(aiohttp.ClientSession(timeout=patience, connector=many))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def place(self, settings: str | None = None, **more: Any) -> Place:
        """A workspace at work, and a fresh database for the bot, in a folder of their own."""
        self._made += 1
        folder = self.folder / f"place-{self._made}"
        folder.mkdir(parents=True)
        url = self.new_database() if self.database == "postgresql" else SQLITE
        place = await Place.make(folder, self.session, settings=settings, database=url, **more)
        place.more.update(self.beside)
        self._stack.push_async_callback(place.end)
        return place

    async def load(self, place: Place) -> Load:
        """Somebody who types very fast there."""
        about = place.slack.about
        ada, general = await place.slack.person("ada"), (await place.slack.channels())["general"]["id"]
        return Load(self.session, f"{place.url}/slack/events", about["signing_secret"], ada, general, about["team_id"])

    def says(self, what: str) -> None:
        """Progress of a full run, on stderr."""
        if self.is_full:
            sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {self.name} {self.database}: {what}\n")
            sys.stderr.flush()


async def rows(place: Place, query: str) -> list[tuple[Any, ...]]:
    """Looks into the bot's database, past the bot."""
    if place.database == SQLITE:
        path = place.folder / "tocsin.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(query).fetchall()
    connection = await connect(place.database)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def settled(place: Place, seconds: float = 60.0) -> None:
    """Waits until everything that was to go out has gone out, or was given up."""

    async def look() -> bool:
        return not await rows(place, "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1")

    await until(look, "all that was to be said", seconds)
