"""Ten thousand open incidents: how soon the bot serves, how late its reminders are, how long a list takes."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from pydantic import SecretStr
from sqlalchemy import Connection

from bot.app import Bot, running
from bot.cli.run import TURN
from bot.outside.clock import Clock
from bot.outside.slack import Slack
from bot.rules.declaring import declare
from bot.rules.entries import Entry
from bot.rules.events import NotAcknowledged
from bot.rules.incident import Incident, Post
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.reminders import next_look
from bot.settings.environment import Environment
from bot.settings.policy import load_policy
from store import changes as kept
from store import outbox, queries
from store.database import Store
from store.migrations import migrate
from tests.bench.figures import Figure, progress, share
from tests.bench.load import Load, milliseconds
from tests.processes.place import Place, configuration
from tests.processes.running import until

MANY = 10_000
SPREAD = 1_000
OVER = 20.0
"""Seconds over which the spread ones fall due."""

AT_ONCE = 1_000
BATCH = 500
HANDS = 32
LISTS = 100
SOON = timedelta(seconds=8)
"""From the last row written until the first falls due."""

PATIENCE = 120.0


async def measured(folder: Path, session: aiohttp.ClientSession) -> list[Figure]:
    """In this process, as `tocsin run` has it, the bot alone; Slack is in another and answers at once."""
    sys.setswitchinterval(TURN)
    progress(f"{MANY} open incidents are written, {SPREAD + AT_ONCE} with a channel in Slack")
    place = await Place.make(folder, session, settings=configuration(respond="1h", update="8h", escalate="8h"))
    try:
        environment = _environment(place)
        policy = load_policy(folder / "tocsin.yaml")
        await migrate(environment.database_url)
        rooms = await _rooms(place, environment, SPREAD + AT_ONCE)
        moments = await _written(environment, policy, rooms)
        began = time.perf_counter()
        async with running(environment, policy, Clock()) as bot:
            await _serving(session, bot)
            start = time.perf_counter() - began
            progress(f"{SPREAD} fall due over {OVER:.0f} s, then {AT_ONCE} in one moment")
            late = await _lateness(bot, moments)
            await until(_drained(bot), "all reminders delivered", PATIENCE)
            progress(f"{LISTS} lists")
            lists = await _lists(place, session, bot)
    finally:
        await place.end()
    return [
        Figure("10,000 open, start until serving", start, "s", at_most=2),
        Figure("10,000 open, 1,000 due over 20 s, late p99", share(late[:SPREAD], 0.99), "s", at_most=1),
        # A thousand changes of a millisecond each: how long a storm lasts, no promise.
        Figure("10,000 open, 1,000 due in one moment, late p99", share(late[SPREAD:], 0.99), "s"),
        Figure("10,000 open, list p50", share(lists, 0.5), "ms"),
        Figure("10,000 open, list p99", share(lists, 0.99), "ms", at_most=200),
    ]


def _environment(place: Place) -> Environment:
    about = place.slack.about
    return Environment(
        slack_bot_token=SecretStr(about["bot_token"]),
        slack_signing_secret=SecretStr(about["signing_secret"]),
        slack_api_url=about["api_url"],
        database_url=f"sqlite+aiosqlite:///{place.folder}/tocsin.db",
        port=0,
    )


async def _serving(session: aiohttp.ClientSession, bot: Bot) -> None:
    async with session.get(f"{bot.url}/healthz") as answer:
        if answer.status != 200:
            raise RuntimeError(f"/healthz answers {answer.status}")


# --- what is there before the bot starts ---


async def _rooms(place: Place, environment: Environment, many: int) -> list[tuple[Post, Post]]:
    """Channels with a card in each, and an announcement: made as the bot makes them."""
    slack = Slack(place.slack.about["bot_token"], environment.slack_api_url)
    home = (await place.slack.channels())["incidents"]["id"]
    numbers = iter(range(1, many + 1))
    made: dict[int, tuple[Post, Post]] = {}

    async def hand() -> None:
        for number in numbers:
            channel = str((await slack.call("conversations.create", name=f"inc-{number}-outage"))["channel"]["id"])
            card = await slack.call("chat.postMessage", channel=channel, text=f"INC-{number}")
            top = await slack.call("chat.postMessage", channel=home, text=f"INC-{number}")
            made[number] = Post(channel, str(card["ts"])), Post(home, str(top["ts"]))

    try:
        await asyncio.gather(*(hand() for _ in range(HANDS)))
    finally:
        await slack.close()
    return [made[number] for number in sorted(made)]


async def _written(environment: Environment, policy: Policy, rooms: Sequence[tuple[Post, Post]]) -> dict[int, datetime]:
    """Writes all of them; when those with a room fall due, by number."""
    store = await Store.open(environment.database_url)
    try:
        far = Clock().now()
        for first in range(len(rooms) + 1, MANY + 1, BATCH):
            numbers = range(first, min(first + BATCH, MANY + 1))
            await store.write(_inserting([_incident(policy, number, far) for number in numbers], policy))
        start = Clock().now() + SOON
        moments = dict(enumerate(_moments(start), start=1))
        within = timedelta(seconds=policy.severities[1].respond_within.seconds)
        near = [_housed(_incident(policy, number, due - within), *rooms[number - 1]) for number, due in moments.items()]
        for first in range(0, len(near), BATCH):
            await store.write(_inserting(near[first : first + BATCH], policy))
        return moments
    finally:
        await store.close()


def _moments(start: datetime) -> Iterator[datetime]:
    for number in range(SPREAD):
        yield start + timedelta(seconds=OVER * number / SPREAD)
    for _ in range(AT_ONCE):
        yield start + timedelta(seconds=OVER + 2)


def _incident(policy: Policy, number: int, declared: datetime) -> Incident:
    moment = Moment(declared, policy)
    return declare(moment, number=number, by="U0001", title=f"Outage {number}", severity="SEV2", team="T0001").incident


def _housed(incident: Incident, card: Post, top: Post) -> Incident:
    return replace(
        incident, channel=card.channel, channel_name=f"inc-{incident.number}-outage", announced={"announce": top}
    )


def _inserting(incidents: Sequence[Incident], policy: Policy) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        for incident in incidents:
            kept.next_number(connection)
            moment = Moment(incident.anchor, policy)
            kept.insert_incident(connection, incident, next_look(incident, moment), policy.fingerprint, 0, "")
            if incident.channel:
                _open(connection, incident, incident.channel)

    return work


def _open(connection: Connection, incident: Incident, channel: str) -> None:
    subject, top = incident.subject, incident.announced["announce"]
    outbox.open_lane(connection, f"{subject}/channel", channel)
    outbox.open_lane(connection, f"{subject}/thread@announce", top.channel, top.ts)
    slot = f"{subject}/announcement@announce"
    outbox.post(connection, subject, slot, top.channel, top.ts)
    outbox.open_lane(connection, slot, top.channel, top.ts)


# --- what is measured once it runs ---


async def _lateness(bot: Bot, moments: dict[int, datetime]) -> list[float]:
    """Seconds from when each was due until it was on the record, in the order of the moments."""
    last = max(moments.values())
    await asyncio.sleep(max(0.0, (last - datetime.now(UTC)).total_seconds()))  # noqa: TID251 - the bot's own clock

    async def look() -> bool:
        async with bot.store.read() as connection:
            return not await queries.due(connection, last, 1)

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
