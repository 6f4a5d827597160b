"""Ten thousand open incidents: how soon the bot serves, how late its reminders are, how long a list takes."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.app import Bot, running
from bot.cli.run import TURN
from bot.outside.clock import Clock
from bot.rules.entries import Entry
from bot.rules.events import NotAcknowledged
from bot.settings.policy import load_policy
from store import falling, queries
from store.migrations import migrate
from tests.bench.figures import Figure, progress, share
from tests.bench.load import Load, milliseconds
from tests.bench.written import Shape, environment, rooms, written
from tests.processes.place import Place, configuration
from tests.processes.running import until

SHAPE = Shape(many=10_000, spread=1_000, at_once=1_000, over=20.0, soon=timedelta(seconds=8))
LISTS = 100

PATIENCE = 120.0


async def measured(folder: Path, session: aiohttp.ClientSession) -> list[Figure]:
    """In this process, as `tocsin run` has it, the bot alone; Slack is in another and answers at once."""
    sys.setswitchinterval(TURN)
    progress(f"{SHAPE.many} open incidents are written, {SHAPE.falling} with a channel in Slack")
    place = await Place.make(folder, session, settings=configuration(respond="1h", update="8h", escalate="8h"))
    try:
        asked = environment(place)
        policy = load_policy(folder / "tocsin.yaml")
        await migrate(asked.database_url)
        made = await rooms(place, asked, SHAPE.falling)
        moments = await written(asked, policy, made, SHAPE)
        began = time.perf_counter()
        async with running(asked, policy, Clock()) as bot:
            await _serving(session, bot)
            start = time.perf_counter() - began
            progress(f"{SHAPE.spread} fall due over {SHAPE.over:.0f} s, then {SHAPE.at_once} in one moment")
            late = await _lateness(bot, moments)
            await until(_drained(bot), "all reminders delivered", PATIENCE)
            progress(f"{LISTS} lists")
            lists = await _lists(place, session, bot)
    finally:
        await place.end()
    return [
        Figure("10,000 open, start until serving", start, "s", at_most=2),
        Figure("10,000 open, 1,000 due over 20 s, late p99", share(late[: SHAPE.spread], 0.99), "s", at_most=1),
        # A thousand changes of a millisecond each: how long a storm lasts, no promise.
        Figure("10,000 open, 1,000 due in one moment, late p99", share(late[SHAPE.spread :], 0.99), "s"),
        Figure("10,000 open, list p50", share(lists, 0.5), "ms"),
        Figure("10,000 open, list p99", share(lists, 0.99), "ms", at_most=200),
    ]


async def _serving(session: aiohttp.ClientSession, bot: Bot) -> None:
    async with session.get(f"{bot.url}/healthz") as answer:
        if answer.status != 200:
            raise RuntimeError(f"/healthz answers {answer.status}")


async def _lateness(bot: Bot, moments: dict[int, datetime]) -> list[float]:
    """Seconds from when each was due until it was on the record, in the order of the moments."""
    last = max(moments.values())
    await asyncio.sleep(max(0.0, (last - datetime.now(UTC)).total_seconds()))  # noqa: TID251 - the bot's own clock

    async def look() -> bool:
        async with bot.store.read() as connection:
            return not await falling.due(connection, last, 1)

    await until(look, "each reminder on the record", PATIENCE)
    found = []
    for number in sorted(moments):
        async with bot.store.read() as connection:
            entries = await queries.timeline(connection, f"incident:{number}")
        found.append(next(late for entry in entries if (late := _late(entry)) is not None))
    return found


def _late(entry: Entry) -> float | None:
    event = entry.event
    return (entry.at - event.due_at).total_seconds() if isinstance(event, NotAcknowledged) else None


def _drained(bot: Bot) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        async with bot.store.read() as connection:
            return not [row for row in await queries.outbox(connection) if row.channel or row.lane == "announce"]

    return look


async def _lists(place: Place, session: aiohttp.ClientSession, bot: Bot) -> list[float]:
    about = place.slack.about
    general = (await place.slack.channels())["general"]["id"]
    load = Load(session, f"{bot.url}/slack/events", about["signing_secret"], "U0001", general, about["team_id"])
    await load.one_by_one(5, lambda _: "list")
    return milliseconds(await load.one_by_one(LISTS, lambda _: "list"))
