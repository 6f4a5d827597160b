"""A bot whose database is lost goes on from a backup; a bot that outgrows SQLite goes on with PostgreSQL.

The steps are those of docs/operating.md. Seconds are printed (pytest -s), not asserted.
"""

import asyncio
import json
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration
from tests.processes.running import ended, until

BACKUP = "\nbackup: {to: kept, every: 1d, keep: 30d}\n"
LITE = "sqlite+aiosqlite:///tocsin.db"


@dataclass
class Stopwatch:
    """How long each step took."""

    began: float

    def lap(self, what: str) -> None:
        now = time.monotonic()
        sys.stdout.write(f"{what}: {now - self.began:.1f} s\n")
        self.began = now


async def tocsin(place: Place, *words: str, database: str = LITE) -> str:
    """Runs a command of the command line to its good end; what it said."""
    status, out, err = await ended(place.folder, "-m", "bot", *words, DATABASE_URL=database)
    assert status == 0, (out, err)
    return out + err


async def declares(place: Place, title: str, number: int) -> None:
    await place.slack.types("ada", f"/incident declare sev1 {title}")
    await place.slack.sees((await place.slack.room(number))["id"], title)
    await place.slack.sees("incidents", title)


async def goes_on(place: Place, number: int) -> None:
    """The incident that it had is one that can be worked on."""
    room = (await place.slack.room(number))["id"]
    await place.slack.types("bob", "/incident ack", room)
    await place.slack.sees(room, "has it")


async def test_backed_up_lost_and_restored(make_place: MakePlace) -> None:
    place: Place = await make_place()
    bot = await place.run()
    await declares(place, "Checkout is down", 1)
    watch = Stopwatch(time.monotonic())
    said = await tocsin(place, "backup", "a.db")
    watch.lap("backup")
    assert re.search(r"a\.db: [0-9.]+ MB, [0-9]+ rows, [0-9.]+ s\. Checked", said)

    await bot.kill()
    for lost in place.folder.glob("tocsin.db*"):
        lost.unlink()
    watch.lap("lost")
    (place.folder / "tocsin.db").write_bytes((place.folder / "a.db").read_bytes())
    await place.run()
    watch.lap("restored")
    await goes_on(place, 1)
    await declares(place, "Search is slow", 2)
    await place.slack.says_nothing_twice()


async def test_what_was_said_after_the_backup_is_not_said_again(make_place: MakePlace) -> None:
    place: Place = await make_place()
    bot = await place.run()
    await place.slack.dials(faults=[{"method": "chat.postMessage", "kind": "429", "retry_after": 2}])
    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    room = await place.slack.room(1)
    await tocsin(place, "backup", "a.db")  # nothing could be said by now: all of it waits in there
    await place.slack.dials(faults=[])
    await place.slack.sees(room["id"], "Checkout is down")
    await place.slack.sees("incidents", "Checkout is down")

    await bot.kill()
    for lost in place.folder.glob("tocsin.db*"):
        lost.unlink()
    (place.folder / "tocsin.db").write_bytes((place.folder / "a.db").read_bytes())
    await place.run()
    await goes_on(place, 1)
    await declares(place, "Search is slow", 2)
    assert len(await place.slack.rooms()) == 2
    await place.slack.says_nothing_twice()


async def test_from_sqlite_to_postgresql_and_a_backup_of_that(
    make_place: MakePlace, new_database: Callable[[], str]
) -> None:
    place: Place = await make_place()
    bot = await place.run()
    await declares(place, "Checkout is down", 1)
    postgres = new_database()
    watch = Stopwatch(time.monotonic())
    status, _, err = await ended(place.folder, "-m", "bot", "copy", "--from", LITE, "--to", postgres)
    assert (status, "Stop it first" in err) == (2, True)
    await bot.stop()
    said = await tocsin(place, "copy", "--from", LITE, "--to", postgres)
    watch.lap("copied")
    assert re.search(r"incidents: 1\n", said)
    assert "read back, they are equal" in said

    place.database = postgres
    bot = await place.run()
    watch.lap("started on PostgreSQL")
    await goes_on(place, 1)
    await declares(place, "Search is slow", 2)
    await tocsin(place, "backup", "b.db", database=postgres)
    watch.lap("backup of PostgreSQL")

    await bot.kill()
    fresh = new_database()
    watch.lap("lost")
    await tocsin(place, "copy", "--from", "sqlite+aiosqlite:///b.db", "--to", fresh)
    place.database = fresh
    await place.run()
    watch.lap("restored into PostgreSQL")
    await goes_on(place, 2)
    await declares(place, "Login is slow", 3)
    await place.slack.says_nothing_twice()


async def test_the_bot_makes_backups_by_itself(make_place: MakePlace) -> None:
    place: Place = await make_place(settings=configuration() + BACKUP)
    await place.run()

    async def made() -> list[str]:
        return [name for name in os.listdir(place.folder / "kept") if name.endswith(".db")]

    await until(lambda: asyncio.to_thread((place.folder / "kept").is_dir), "the folder")
    [name] = await until(made, "a backup")
    assert re.fullmatch(r"tocsin-\d{8}T\d{6}Z\.db", name)
    async with place.slack.session.get(f"{place.url}/readyz") as answer:
        assert json.loads(await answer.text())["warnings"] == []
