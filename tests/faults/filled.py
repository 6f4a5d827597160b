"""F8: the disk is full, or the database read-only: who types is told, `/readyz` says it, and it passes by itself."""

import resource
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import make_url

from tests.faults.count import NOTHING, Counted, sight, weighed
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, settled
from tests.faults.locked import titles
from tests.faults.preloaded import full_disk, together
from tests.faults.told import SORRY, Asking
from tests.postgres import connect
from tests.processes.place import Place
from tests.processes.running import Program, until

WRITE_VERSION, TODAYS, FUTURE = 18, b"\x02", b"\x03"
"""Where a SQLite file says who may write to it; with a version of the future it is read-only for everybody."""

FULL_DISK = "full-disk"
"""The file that fills the preloaded disk while it is there."""

Condition = Callable[[Place, Program], AbstractAsyncContextManager[None]]


async def filled(ground: Ground, rounds: int) -> Outcome:
    """Each round under every condition; afterwards declares go through, and `/readyz` is green, by itself."""
    place = await ground.place()
    environment = full_disk(place.folder, place.folder / FULL_DISK) if ground.is_full else {}
    place.more.update(together(ground.beside, environment))
    bot, asking, found = await place.run(), Asking(place), NOTHING
    conditions = _conditions(place, environment)
    for number in range(rounds):
        for name, condition in conditions.items():
            async with condition(place, bot):
                await asking.declares(titles(ground, f"Under {name}", number))
                await asking.all_are_told()
                found += await _red(place, name)
            await _green(place)
            await asking.declares(titles(ground, f"After {name}", number))
            await asking.all_are_told()
        ground.says(f"round {number + 1} of {rounds}")
    await settled(place)
    free = [title for title in asking.answers if title.startswith("After")]
    found += await asking.judged() + weighed(await sight(place), free) + await _unrefused(asking)
    return found.outcome(len(asking.answers), asking.worst, (f"the database was: {', '.join(conditions)}",))


async def _red(place: Place, name: str) -> Counted:
    """`/readyz` must say that nothing can be kept."""

    async def look() -> str:
        async with place.slack.session.get(f"{place.url}/readyz") as answer:
            return await answer.text() if answer.status == 503 else ""

    said = await until(look, "503 from /readyz")
    return NOTHING if "takes no change" in said else Counted((f"{name}: /readyz says only {said}",), ())


async def _green(place: Place) -> None:
    async def look() -> bool:
        return await place.status("/readyz") == 200

    await until(look, "200 from /readyz")


async def _unrefused(asking: Asking) -> Counted:
    """Meanwhile nobody got an incident, and everybody was told why."""
    under = [title for title in asking.answers if title.startswith("Under")]
    refused = [each for each in await asking.told() if SORRY in each and "takes no change" in each]
    missing = len(under) - len(refused)
    return Counted((f"{missing} were not told that nothing can be kept",) if missing else (), ())


def _conditions(place: Place, environment: Mapping[str, str]) -> dict[str, Condition]:
    """What can be brought about here. Only a preloaded disk is full for SQLite in earnest."""
    if not place.database.startswith("sqlite"):
        return {"full": _refusing, "read-only": _read_only_server}
    found: dict[str, Condition] = {"read-only": _read_only_file}
    if sys.platform == "linux":
        found["at the largest size of a file"] = _no_longer_file
    return found | ({"full": _full_disk} if environment else {})


# --- SQLite ---


@asynccontextmanager
async def _read_only_file(place: Place, _bot: Program) -> AsyncIterator[None]:
    """Whoever opens the file, or reads its first page again, may no longer write to it."""
    path = place.folder / "tocsin.db"
    while await place.status("/readyz") == 200:  # or the bot has read the first page just before
        _stamp(path, TODAYS)
        _written_anew(path)
        _stamp(path, FUTURE)
    try:
        yield
    finally:
        _stamp(path, TODAYS)


def _written_anew(path: Path) -> None:
    """A change of the first page, out of the write-ahead log and in the file: everybody reads it there again."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as database:
        [version] = database.execute("PRAGMA user_version").fetchone()
        database.execute(f"PRAGMA user_version = {version + 1}").close()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _stamp(path: Path, version: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(WRITE_VERSION)
        file.write(version)


@asynccontextmanager
async def _no_longer_file(place: Place, bot: Program) -> AsyncIterator[None]:
    """The system lets the bot make no file longer than its write-ahead log is now."""
    longest = (place.folder / "tocsin.db-wal").stat().st_size
    before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (longest, before[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)


@asynccontextmanager
async def _full_disk(place: Place, _bot: Program) -> AsyncIterator[None]:
    """No byte more fits onto the disk."""
    mark = place.folder / FULL_DISK
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()


# --- PostgreSQL ---

REFUSE = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file "base/5/16384": No space left on device' USING ERRCODE = 'disk_full';
END $$
"""


@asynccontextmanager
async def _refusing(place: Place, _bot: Program) -> AsyncIterator[None]:
    """Each row is refused as a server does it whose disk is full."""
    connection = await connect(place.database)
    try:
        await connection.execute(REFUSE)
        tables = await connection.fetch("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
        for [table] in tables:
            await connection.execute(
                f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()"
            )
        yield
        for [table] in tables:
            await connection.execute(f"DROP TRIGGER no_room ON {table}")
        await connection.execute("DROP FUNCTION no_room")
    finally:
        await connection.close()


@asynccontextmanager
async def _read_only_server(place: Place, _bot: Program) -> AsyncIterator[None]:
    """Every connection is cut, and from now on one may only read; those stay so when it is over."""
    name, connection = make_url(place.database).database, await connect(place.database)
    try:
        await connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        yield
        await connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    finally:
        await connection.close()


FAULTS = (Fault("F8", "no room, or read-only", filled, short=1, full=5, seconds=60),)
