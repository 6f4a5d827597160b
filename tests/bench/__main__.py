"""`make bench`: measures, and prints one table. Exit status 1 only where something could not be run."""

import asyncio
import os
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from tests.bench import commands, declares, many, memory
from tests.bench.figures import Figure, progress, table
from tests.bench.load import Load
from tests.processes.place import Place

IDLE = 5.0
"""Seconds that the bot is left alone before its memory is read."""

HEAD = """Tocsin, SQLite on disk; the bot, Slack (bot.sandbox) and bare Bolt each in a process of its own,
the one who types in this one; signed requests over HTTP on loopback; {cores} cores, load {load:.1f} at the start.
Milliseconds depend on the machine: compare the ratios, which are of this one run.
"""


async def measured(folder: Path) -> list[Figure]:
    """Everything, in order."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)))
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
            *await many.measured(_made(folder / "many"), session),
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
    """Prints the table."""
    head = HEAD.format(cores=os.cpu_count(), load=os.getloadavg()[0])
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        try:
            figures = asyncio.run(measured(Path(folder)))
        except (AssertionError, RuntimeError, aiohttp.ClientError, OSError) as error:
            sys.stderr.write(f"The benchmarks did not run: {error}\n")
            return 1
    sys.stdout.write(f"{head}\n{table(figures)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
