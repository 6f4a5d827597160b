"""Two hundred alerts a second for half a minute, while people type: the right incidents, nothing lost, nobody waits."""

import asyncio
import itertools
import sqlite3
import time
from contextlib import closing
from typing import Any

import aiohttp

from bot.rules.alerts.incidents import MOST
from tests.alerts.payloads import alertmanager, firing
from tests.bench.figures import Figure, progress, share
from tests.bench.load import Load, milliseconds
from tests.processes.place import Place

RATE = 200
SECONDS = 30
GROUPS = 20
PAUSE = 0.1
"""Seconds between two commands of the one who types meanwhile."""

FILE = "tocsin.db"
TOLD = "SELECT count(*), count(DISTINCT subject) FROM alerts WHERE title LIKE 'Bench%'"


async def measured(place: Place, session: aiohttp.ClientSession, load: Load) -> list[Figure]:
    """How fast alerts are kept, how many of them, and how long a command waits meanwhile."""
    await load.send("declare sev2 Something to write notes on")
    progress(f"{RATE} alerts a second for {SECONDS} s, each in a request of its own")
    typing = asyncio.create_task(_type(load))
    began = time.perf_counter()
    try:
        answered = await _storm(session, f"{place.url}/alerts/alertmanager")
        lasted = time.perf_counter() - began
    finally:
        typing.cancel()
    typed = await typing
    with closing(sqlite3.connect(place.folder / FILE)) as kept:
        many, groups = kept.execute(TOLD).fetchone()
    numbers = {number for found in answered for number in found[1]}
    ms = [seconds * 1000 for seconds, _ in answered]
    return [
        Figure("alerts sent, each kept before its answer", many, "", at_least=RATE * SECONDS),
        Figure(f"incidents of {groups} groups of alerts", len(numbers), "", at_least=MOST, at_most=MOST),
        Figure("alerts a second", len(answered) / lasted, "/s", at_least=RATE * 0.95),
        Figure("alert kept, p99", share(ms, 0.99), "ms"),
        Figure("/incident note meanwhile, p99", share(typed, 0.99), "ms", at_most=300),
    ]


async def _storm(session: aiohttp.ClientSession, url: str) -> list[tuple[float, list[str]]]:
    """How long each answer took (seconds), and which incidents it named."""
    began, sending = time.perf_counter(), list[asyncio.Task[tuple[float, list[str]]]]()
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        sending.append(asyncio.create_task(_send(session, url, number)))
    return await asyncio.gather(*sending)


async def _send(session: aiohttp.ClientSession, url: str, number: int) -> tuple[float, list[str]]:
    payload: dict[str, Any] = alertmanager(firing(f"web-{number}", alertname=f"Bench{number % GROUPS}"))
    began = time.perf_counter()
    async with session.post(url, json=payload) as answer:
        found = await answer.json()
        if answer.status != 200:
            raise RuntimeError(f"An alert was answered with {answer.status}: {found}")
    return time.perf_counter() - began, list(found["incidents"])


async def _type(load: Load) -> list[float]:
    taken = []
    try:
        for number in itertools.count():
            taken.append(await load.send(f"note INC-1 Looked at it {number} times"))
            await asyncio.sleep(PAUSE)
    except asyncio.CancelledError:
        pass
    return milliseconds(taken)
