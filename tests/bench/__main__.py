"""`make bench`: measures, and prints a table; then the same on a disk that takes longer for each fsync.

Exit status 1 only where something could not be run.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from tests.bench import alerts, burst, commands, declares, many, memory, paged, replicas, schedules
from tests.bench.figures import Figure, progress, table
from tests.bench.load import Load
from tests.faults.preloaded import slow_disk, told
from tests.processes.place import Place

IDLE = 5.0
"""Seconds that the bot is left alone before its memory is read."""

ONCE = "--once"
"""Only this disk."""

HEAD = """Tocsin, SQLite on disk unless it says PostgreSQL; the bot, Slack (bot.sandbox) and bare Bolt each in a process
of its own, the one who types in this one; signed requests over HTTP on loopback; {cores} cores, load {load:.1f} at the
start; {disk}. Milliseconds depend on the machine: compare the ratios, which are of this one run.
"""


async def measured(folder: Path) -> list[Figure]:
    """Everything, in order."""
    async with AsyncExitStack() as stack:
        patience, crowd = aiohttp.ClientTimeout(total=60), aiohttp.TCPConnector(limit=0)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=patience, connector=crowd))
        bare = await commands.bare_speed(_made(folder / "bare"), session)
        place = await Place.make(_made(folder / "bot"), session)
        stack.push_async_callback(place.end)
        progress("tocsin run, idle")
        bot = await place.run()
        used = memory.processor(bot)
        await asyncio.sleep(IDLE)
        idle, busy = memory.resident(bot), (memory.processor(bot) - used) / IDLE * 100
        load = await _load(place, session)
        delivered = await declares.measured(place, load)
        after = memory.resident(bot)
        typed = await commands.measured(load, bare)
        return [
            *typed,
            *delivered,
            *await burst.measured(place, load),
            *await alerts.measured(place, session, load),
            *await paged.measured(_made(folder / "paged"), session),
            *await many.measured(_made(folder / "many"), session),
            *await replicas.measured(folder, session),
            *schedules.measured(),
            Figure("memory, idle", idle, "MB", at_most=110),
            Figure(f"memory, after {declares.ALONE + declares.HANDS * declares.EACH} declares", after, "MB"),
            Figure("processor, idle", busy, "%"),
        ]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def _load(place: Place, session: aiohttp.ClientSession) -> Load:
    about = place.slack.about
    ada, general = await place.slack.person("ada"), (await place.slack.channels())["general"]["id"]
    return Load(session, f"{place.url}/slack/events", about["signing_secret"], ada, general, about["team_id"])


def main() -> int:
    """Prints the table, and the one of the slow disk in a process of its own."""
    disk = told(os.environ) if "SLOW_DISK_US" in os.environ else "the disk as it is"
    head = HEAD.format(cores=os.cpu_count(), load=os.getloadavg()[0], disk=disk)
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        try:
            figures = asyncio.run(measured(Path(folder)))
        except (AssertionError, RuntimeError, aiohttp.ClientError, OSError) as error:
            sys.stderr.write(f"The benchmarks did not run: {error}\n")
            return 1
        sys.stdout.write(f"{head}\n{table(figures)}\n")
        sys.stdout.flush()
        return 0 if ONCE in sys.argv else _on_slow_disk(Path(folder))


def _on_slow_disk(folder: Path) -> int:
    slow = slow_disk(folder)
    if not slow:
        sys.stdout.write(f"\n{told(slow)}: that was all.\n")
        return 0
    sys.stdout.write("\n")
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "tests.bench", ONCE], env={**os.environ, **slow}).returncode


if __name__ == "__main__":
    sys.exit(main())
