"""One `tocsin run` on PostgreSQL, and two of them: durable changes, each hand on an incident of its own."""

import asyncio
import itertools
import time
from pathlib import Path

import aiohttp

from tests.bench.figures import Figure, progress, share
from tests.bench.load import Load, Taken, milliseconds
from tests.postgres import empty_database, running_server
from tests.processes.place import Place

HANDS = 32
EACH = 20


async def measured(folder: Path, session: aiohttp.ClientSession) -> list[Figure]:
    """Notes a second, and how long each takes to be acknowledged."""
    found: list[Figure] = []
    with running_server(is_durable=True) as server:
        for bots in (1, 2):
            place_folder = folder / f"replicas-{bots}"
            place_folder.mkdir()
            place = await Place.make(place_folder, session, database=empty_database(server), doors=bots)
            try:
                taken, seconds = await _notes(place, session, bots)
            finally:
                await place.end()
            ms, rate = milliseconds(taken), len(taken) / seconds
            name = "one bot" if bots == 1 else "two bots"
            to_one = rate / found[0].value if found else None
            found += [
                Figure(f"PostgreSQL, {name}, notes at {HANDS} at once", rate, "/s", ratio=to_one, to="one"),
                Figure(f"PostgreSQL, {name}, acknowledged p99", share(ms, 0.99), "ms"),
            ]
    return found


async def _notes(place: Place, session: aiohttp.ClientSession, bots: int) -> tuple[list[Taken], float]:
    for door in range(bots):
        await place.run(door=door)
    loads = [await _load(place, session, door) for door in range(bots)]
    for number in range(HANDS):
        await loads[0].send(f"declare sev2 Something to write notes on {number}")
    progress(f"PostgreSQL, {bots} running: {HANDS * EACH} notes, {HANDS} at once")
    hands = itertools.cycle(loads)
    began = time.perf_counter()
    taken = await asyncio.gather(*(_hand(next(hands), number) for number in range(1, HANDS + 1)))
    return list(itertools.chain.from_iterable(taken)), time.perf_counter() - began


async def _hand(load: Load, incident: int) -> list[Taken]:
    return await load.one_by_one(EACH, lambda n: f"note INC-{incident} Looked at it {n} times")


async def _load(place: Place, session: aiohttp.ClientSession, door: int) -> Load:
    about = place.slack.about
    ada, general = await place.slack.person("ada"), (await place.slack.channels())["general"]["id"]
    return Load(session, f"{place.address(door)}/slack/events", about["signing_secret"], ada, general, about["team_id"])
