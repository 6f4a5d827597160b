"""F7: another process holds the database: a second of it nobody notices, more is said, and nothing is half done."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import asyncpg

from tests.faults.count import Counted, sight, weighed
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, settled
from tests.faults.told import SLACKS_LIMIT, SORRY, Asking
from tests.postgres import connect
from tests.processes.place import SQLITE, Place

CROWD, FEW = 20, 6
"""People who type in one moment, while it is locked; fewer in short forms."""

LONG = 10.0
"""Seconds of the longer lock; in short forms until everybody has been told."""


def titles(ground: Ground, what: str, number: int) -> list[str]:
    """One for each of the crowd."""
    return [f"{what} {number:02d}-{each:02d}" for each in range(CROWD if ground.is_full else FEW)]


async def locked(ground: Ground, rounds: int) -> Outcome:
    """Each round for a second, then for longer than anybody waits; afterwards all is well by itself."""
    place = await ground.place()
    await place.run()
    asking, took = Asking(place), list[float]()
    for number in range(rounds):
        async with locking(place):
            brief = asyncio.create_task(asking.declares(titles(ground, "Brief", number)))
            await asyncio.sleep(1.0 if ground.is_full else 0.3)  # the fault itself
        await brief
        await asking.all_are_told()
        await settled(place)  # else a call is in doubt, which is looked up in its own time
        async with locking(place):
            took.append(await _told(asking, titles(ground, "Long", number)))
            if ground.is_full:
                await asyncio.sleep(max(0.0, LONG - took[-1]))  # the fault itself
        await asking.declares(titles(ground, "After", number))
        await asking.all_are_told()
        ground.says(f"round {number + 1}: everybody was told after {took[-1]:.1f} s at most")
    await settled(place)
    free = [title for title in asking.answers if not title.startswith("Long")]
    found = await asking.judged() + weighed(await sight(place), free) + await _unrefused(asking)
    if ground.is_full and max(took) > SLACKS_LIMIT:
        found += Counted((f"an error was seen after {max(took):.1f} s",), ())
    return found.outcome(len(asking.answers), asking.worst, (f"locked, the last saw an error after {max(took):.1f} s",))


async def _told(asking: Asking, wanted: list[str]) -> float:
    """Seconds until each of these was answered."""
    began = time.monotonic()
    await asking.declares(wanted)
    await asking.all_are_told()
    return time.monotonic() - began


async def _unrefused(asking: Asking) -> Counted:
    """While it was locked for long nobody got an incident, and everybody was told why."""
    long = [title for title in asking.answers if title.startswith("Long")]
    refused = [each for each in await asking.told() if SORRY in each and "is busy" in each]
    missing = len(long) - len(refused)
    return Counted((f"{missing} were not told that the database is busy",) if missing else (), ())


@asynccontextmanager
async def locking(place: Place) -> AsyncIterator[None]:
    """Somebody else holds the database."""
    if place.database == SQLITE:
        with closing(sqlite3.connect(place.folder / "tocsin.db", isolation_level=None, timeout=30)) as database:
            database.execute("BEGIN EXCLUSIVE")
            yield
        return
    connection = await connect(place.database)
    try:
        await _locked(connection)
        yield
    finally:
        await connection.close()


async def _locked(connection: asyncpg.Connection) -> None:
    """Takes the tables; where the bot held one and waited for the other, once more."""
    while True:
        try:
            await connection.execute("BEGIN; LOCK TABLE incidents, outbox IN EXCLUSIVE MODE")
        except asyncpg.DeadlockDetectedError:
            await connection.execute("ROLLBACK")
        else:
            return


FAULTS = (Fault("F7", "the database is locked", locked, short=1, full=5, seconds=90),)
