"""How stories are told: people who type and press, places that show, a clock in the hand.

Every message that the bot posts has to be expected by name before the story ends; a Web API call that the sandbox
refused, or an error in the log, fails the story.
"""

import logging
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import SecretStr

from bot.app import Bot
from bot.cli.hand import Hand
from bot.outside.clock import Clock
from bot.outside.slack import TIME_LIMIT
from bot.rules.policy import Policy
from bot.sandbox import Sandbox
from bot.sandbox.records import Message
from bot.settings.document import Document
from bot.settings.environment import Environment
from bot.settings.policy import read_policy
from bot.settings.scopes import BOT_SCOPES
from bot.views.replies import still_working
from handlers.offered import EVENTS, SHORTCUTS
from tests.stories.crew import Crew
from tests.stories.people import Person
from tests.stories.shown import Home, Place, Shown, words
from tests.stories.stage import Stage
from tests.stories.together import Together

__all__ = [
    "CONFIGURATION",
    "MONDAY",
    "Home",
    "Person",
    "Place",
    "Shown",
    "Stage",
    "Story",
    "policy_of",
    "told",
    "words",
]

PATIENCE = 30.0
"""Seconds that Slack waits for an acknowledgement, and for a form, here, where other tests may hold the machine up:
that people are answered within three is for the faults and the bench to show."""

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When stories begin unless they say otherwise: 10:00 in Madrid."""

CONFIGURATION: dict[str, Any] = {
    "timezone": "Europe/Madrid",
    "slack": {"channel_rate": "1000/s", "burst": 100},
    "teams": [{"name": "payments", "channel": "#payments", "group": "@payments-oncall"}],
    "services": [
        {"name": "checkout", "aliases": ["cart"], "team": "payments"},
        {"name": "search", "dashboards": ["https://grafana.example/search"], "bridge": "https://meet.example/search"},
    ],
}


def policy_of(changes: dict[str, Any] | None = None) -> Policy:
    """The stories' configuration, with changes."""
    return read_policy(Document("story", {**CONFIGURATION, **(changes or {})}, None))


class Errors(logging.Handler):
    """Collects what the log calls an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {self.format(record)}")


@dataclass
class Story:
    """A workspace with the bot in it; two of them where they share a database."""

    sandbox: Sandbox
    crew: Crew
    clock: Clock
    turning: Together
    errors: Errors
    expected: set[tuple[str, str]] = field(default_factory=set)
    allowed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def bots(self) -> Sequence[Bot]:
        """Those that run."""
        return self.crew.bots

    @property
    def bot(self) -> Bot:
        """One of the bots."""
        return self.bots[0]

    @asynccontextmanager
    async def nobody_runs(self) -> AsyncIterator[None]:
        """No bot runs until this ends; then they are started again."""
        await self.settled()
        await self.crew.stop()
        yield
        self.turning = await self.crew.start()
        await self.settled()

    def person(self, name: str) -> Person:
        return Person(self, name)

    def place(self, name: str) -> Place:
        """A channel by name (`#incidents`)."""
        return Place(self, self.sandbox.channel(name.lstrip("#")).id)

    def room(self, number: int) -> Place:
        """The channel of an incident, a test's too; the newest where there are several."""
        names = (f"inc-{number}-", f"inc-test-{number}-")
        rooms = [each for each in self.sandbox.ws.channels.values() if each.name.startswith(names)]
        assert rooms, f"INC-{number} has no channel; there are {[c.name for c in self.sandbox.ws.channels.values()]}"
        return Place(self, rooms[-1].id)

    async def settled(self) -> None:
        """Waits until nobody has anything left to do."""
        await self.sandbox.quiet()
        await self.turning.settled()
        while self.sandbox.delivery.running:
            await self.sandbox.quiet()
            await self.turning.settled()

    async def deactivates(self, person: Person) -> None:
        """An administrator deactivates somebody."""
        self.sandbox.deactivate(person.id)
        await self.settled()

    async def reactivates(self, person: Person) -> None:
        """An administrator activates somebody again."""
        self.sandbox.reactivate(person.id)
        await self.settled()

    async def makes_guest(self, person: Person) -> None:
        """An administrator makes somebody a guest."""
        self.sandbox.make_guest(person.id)
        await self.settled()

    async def renames(self, place: Place, name: str) -> None:
        """Somebody renames a channel."""
        self.sandbox.rename(place.channel, name)
        await self.settled()

    async def archives(self, place: Place, by: Person | None = None) -> None:
        """Somebody (Ada, unless it is said who) archives a channel."""
        self.sandbox.archive(place.channel, (by or self.person("ada")).id)
        await self.settled()

    async def unarchives(self, place: Place, by: Person | None = None) -> None:
        """Somebody brings an archived channel back; the bot stays out of it."""
        self.sandbox.unarchive(place.channel, (by or self.person("ada")).id)
        await self.settled()

    async def deletes(self, place: Place) -> None:
        """Somebody deletes a channel with all that was said in it."""
        self.sandbox.delete_channel(place.channel)
        await self.settled()

    async def removes_bot(self, place: Place, by: Person | None = None) -> None:
        """Somebody takes the bot out of a channel."""
        self.sandbox.remove_bot(place.channel, (by or self.person("ada")).id)
        await self.settled()

    async def forward(self, minutes: float) -> None:
        """Turns the clock, stopping at each due moment on the way."""
        await self.turning.forward(minutes=minutes)

    def bot_messages(self) -> Iterator[Message]:
        for messages in self.sandbox.ws.posts.values():
            yield from (each for each in messages.values() if each.bot_id)

    def is_expected(self, message: Message) -> bool:
        """On a busy machine anybody may be told that it takes a little longer."""
        return (message.channel, message.ts) in self.expected or message.text == still_working().text

    def allow(self, method: str, error: str) -> None:
        """This refused call is part of the story."""
        self.allowed.add((method, error))

    async def finish(self) -> None:
        """The story's end: settled, nothing unexpected said, nothing refused, no error in the log."""
        await self.settled()
        unexpected = [each for each in self.bot_messages() if not self.is_expected(each)]
        said = [f"{self.sandbox.ws.channels[each.channel].name}: {words(each)}" for each in unexpected]
        assert not said, "Nobody expected:\n" + "\n".join(said)
        refused = [(call.method, call.error) for call in self.sandbox.calls if not call.ok]
        assert not [each for each in refused if each not in self.allowed], refused
        assert not self.errors.lines, "\n".join(self.errors.lines)


@asynccontextmanager
async def told(
    stage: Stage,
    *,
    transport: Literal["http", "socket"] = "http",
    start: datetime = MONDAY,
    configuration: dict[str, Any] | None = None,
    time_limit: float = TIME_LIMIT,
    variables: Mapping[str, Any] | None = None,
    also: Sequence[str] = (),
    scopes: Collection[str] = BOT_SCOPES,
) -> AsyncIterator[Story]:
    """A story from its beginning to its end, in one process, with one clock that stands still until it is turned.

    `variables` are further ones of the environment, `also` further people, who live in Madrid; `scopes` is what the
    app was granted.
    """
    errors = Errors()
    logging.getLogger().addHandler(errors)
    async with AsyncExitStack() as stack:
        stack.callback(logging.getLogger().removeHandler, errors)
        hand = Hand(Clock(start, runs=False))
        sandbox = Sandbox(hand, scopes=set(scopes), events=EVENTS, shortcuts=SHORTCUTS)
        sandbox.dials.ack_timeout = sandbox.dials.trigger_life = PATIENCE
        _people(sandbox, also)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        environment = _environment(sandbox, stage.database, transport, variables or {})
        crew = Crew(sandbox, environment, policy_of(configuration), hand, stage.bots, time_limit)
        stack.push_async_callback(crew.stop)
        story = Story(sandbox, crew, hand.clock, await crew.start(), errors)
        yield story
        await story.finish()


def _people(sandbox: Sandbox, also: Sequence[str]) -> None:
    ada = sandbox.add_user("ada", "Ada", tz="Europe/Madrid")
    bob = sandbox.add_user("bob", "Bob", tz="America/New_York")
    cleo = sandbox.add_user("cleo", "Cleo", tz="Asia/Singapore")
    for name in also:
        sandbox.add_user(name, name.capitalize(), tz="Europe/Madrid")
    sandbox.add_channel("general", members=[ada, bob, cleo], with_bot=False)
    sandbox.add_channel("incidents", members=[ada, bob, cleo])
    sandbox.add_channel("payments", members=[ada, bob])
    sandbox.add_usergroup("payments-oncall", "Payments on call", [bob])


def _environment(sandbox: Sandbox, database: str, transport: str, more: Mapping[str, Any]) -> Environment:
    return Environment(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token) if transport == "socket" else None,
        slack_signing_secret=SecretStr(sandbox.signing_secret) if transport == "http" else None,
        slack_api_url=sandbox.api_url,
        database_url=database,
        port=0,
        **more,
    )
