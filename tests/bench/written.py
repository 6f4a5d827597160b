"""Ten thousand open incidents, written before the bot starts: when they fall due, and the channels of those that do."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import SecretStr
from sqlalchemy import Connection

from bot.outside.clock import Clock
from bot.outside.slack import Slack
from bot.rules.declaring import declare
from bot.rules.incident import Incident, Post
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.reminders import next_look
from bot.settings.environment import Environment
from store import changes as kept
from store import outbox
from store.database import Store
from tests.processes.place import SQLITE, Place

BATCH = 500
HANDS = 32


@dataclass(frozen=True, slots=True)
class Shape:
    """How `many` there are; `spread` of them fall due over so many seconds, then `at_once` in one moment.

    `soon` is how long after the last row was written the first falls due.
    """

    many: int
    spread: int
    at_once: int
    over: float
    soon: timedelta

    @property
    def falling(self) -> int:
        """How many fall due."""
        return self.spread + self.at_once

    def moments(self, start: datetime) -> Iterator[datetime]:
        """When they fall due."""
        for number in range(self.spread):
            yield start + timedelta(seconds=self.over * number / self.spread)
        for _ in range(self.at_once):
            yield start + timedelta(seconds=self.over + 2)


def environment(place: Place) -> Environment:
    """What the bot there is told, but for its port."""
    about = place.slack.about
    return Environment(
        slack_bot_token=SecretStr(about["bot_token"]),
        slack_signing_secret=SecretStr(about["signing_secret"]),
        slack_api_url=about["api_url"],
        database_url=f"sqlite+aiosqlite:///{place.folder}/tocsin.db" if place.database == SQLITE else place.database,
        port=0,
    )


async def rooms(place: Place, asked: Environment, many: int) -> list[tuple[Post, Post]]:
    """Channels with a card in each, and an announcement: made as the bot makes them."""
    slack = Slack(place.slack.about["bot_token"], asked.slack_api_url)
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


async def written(
    asked: Environment, policy: Policy, made: Sequence[tuple[Post, Post]], shape: Shape
) -> dict[int, datetime]:
    """Writes all of them; when those with a room fall due, by number."""
    store = await Store.open(asked.database_url)
    try:
        far = Clock().now()
        for first in range(len(made) + 1, shape.many + 1, BATCH):
            numbers = range(first, min(first + BATCH, shape.many + 1))
            await store.write(_inserting([_incident(policy, number, far) for number in numbers], policy, {}))
        start = Clock().now() + shape.soon
        moments = dict(enumerate(shape.moments(start), start=1))
        within = timedelta(seconds=policy.severities[1].respond_within.seconds)
        near = [_housed(_incident(policy, number, due - within), *made[number - 1]) for number, due in moments.items()]
        cards = {number: made[number - 1][0] for number in moments}
        for first in range(0, len(near), BATCH):
            await store.write(_inserting(near[first : first + BATCH], policy, cards))
        return moments
    finally:
        await store.close()


def _incident(policy: Policy, number: int, declared: datetime) -> Incident:
    moment = Moment(declared, policy)
    return declare(moment, number=number, by="U0001", title=f"Outage {number}", severity="SEV2", team="T0001").incident


def _housed(incident: Incident, card: Post, top: Post) -> Incident:
    return replace(
        incident, channel=card.channel, channel_name=f"inc-{incident.number}-outage", announced={"announce": top}
    )


def _inserting(
    incidents: Sequence[Incident], policy: Policy, cards: Mapping[int, Post]
) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        for incident in incidents:
            kept.next_number(connection)
            moment = Moment(incident.anchor, policy)
            kept.insert_incident(connection, incident, next_look(incident, moment), policy.fingerprint, 0, "")
            if card := cards.get(incident.number):
                _open(connection, incident, card)

    return work


def _open(connection: Connection, incident: Incident, card: Post) -> None:
    subject, top = incident.subject, incident.announced["announce"]
    outbox.open_lane(connection, f"{subject}/channel", card.channel)
    outbox.open_lane(connection, f"{subject}/thread@announce", top.channel, top.ts)
    for slot, at in ((f"{subject}/card", card), (f"{subject}/announcement@announce", top)):
        outbox.post(connection, subject, slot, at.channel, at.ts)
        outbox.open_lane(connection, slot, at.channel, at.ts)
