"""How stories are told: people who type and press, places that show, a clock in the hand.

Every message that the bot posts has to be expected by name before the story ends; a Web API call that the sandbox
refused, or an error in the log, fails the story.
"""

import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from bot.app import Bot, running
from bot.cli.hand import Hand
from bot.outside.clock import Clock
from bot.outside.slack import TIME_LIMIT
from bot.rules.policy import Policy
from bot.sandbox import Sandbox
from bot.sandbox.methods.membership import enter
from bot.sandbox.records import Ack, Message, View
from bot.settings.document import Document
from bot.settings.environment import Environment
from bot.settings.policy import read_policy
from bot.settings.scopes import BOT_SCOPES
from handlers.offered import EVENTS, SHORTCUTS
from store.migrations import migrate

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
    """A workspace with the bot in it."""

    sandbox: Sandbox
    bot: Bot
    clock: Clock
    errors: Errors
    expected: set[tuple[str, str]] = field(default_factory=set)
    allowed: set[tuple[str, str]] = field(default_factory=set)

    def person(self, name: str) -> "Person":
        return Person(self, name)

    def place(self, name: str) -> "Place":
        """A channel by name (`#incidents`)."""
        return Place(self, self.sandbox.channel(name.lstrip("#")).id)

    def room(self, number: int) -> "Place":
        """The channel of an incident."""
        rooms = [each for each in self.sandbox.ws.channels.values() if each.name.startswith(f"inc-{number}-")]
        assert rooms, f"INC-{number} has no channel; there are {[c.name for c in self.sandbox.ws.channels.values()]}"
        return Place(self, rooms[-1].id)

    async def settled(self) -> None:
        """Waits until nobody has anything left to do."""
        await self.sandbox.quiet()
        await self.bot.turning.settled()
        while self.sandbox.delivery.running:
            await self.sandbox.quiet()
            await self.bot.turning.settled()

    async def forward(self, minutes: float) -> None:
        """Turns the clock, stopping at each due moment on the way."""
        await self.bot.turning.forward(minutes=minutes)

    def bot_messages(self) -> Iterator[Message]:
        for messages in self.sandbox.ws.posts.values():
            yield from (each for each in messages.values() if each.bot_id)

    def allow(self, method: str, error: str) -> None:
        """This refused call is part of the story."""
        self.allowed.add((method, error))

    async def finish(self) -> None:
        """The story's end: settled, nothing unexpected said, nothing refused, no error in the log."""
        await self.settled()
        unexpected = [each for each in self.bot_messages() if (each.channel, each.ts) not in self.expected]
        said = [f"{self.sandbox.ws.channels[each.channel].name}: {words(each)}" for each in unexpected]
        assert not said, "Nobody expected:\n" + "\n".join(said)
        refused = [(call.method, call.error) for call in self.sandbox.calls if not call.ok]
        assert not [each for each in refused if each not in self.allowed], refused
        assert not self.errors.lines, "\n".join(self.errors.lines)


@dataclass
class Place:
    """A channel, a direct message or a thread, as everybody (or `viewer`) sees it."""

    story: Story
    channel: str
    thread: str | None = None
    viewer: str | None = None

    def messages(self) -> list[Message]:
        """The bot's messages here, oldest first."""
        found = [each for each in self.story.bot_messages() if each.channel == self.channel]
        if self.viewer:
            found = [each for each in found if each.ephemeral_for == self.viewer]
        else:
            found = [each for each in found if each.ephemeral_for is None]
        if self.thread:
            found = [each for each in found if each.thread_ts == self.thread]
        return sorted(found, key=lambda each: each.ts)

    def expects(self, *fragments: str) -> "Shown":
        """The first message here, not expected before, that says all of this."""
        seen = self.story.expected
        for message in self.messages():
            if (message.channel, message.ts) not in seen and all(each in words(message) for each in fragments):
                seen.add((message.channel, message.ts))
                return Shown(self.story, message.channel, message.ts)
        new = [words(each) for each in self.messages() if (each.channel, each.ts) not in seen]
        raise AssertionError(
            f"No new message says {fragments}; new here: {json.dumps(new, indent=1, ensure_ascii=False)}"
        )

    def expects_nothing(self) -> None:
        """No message here that was not expected before."""
        new = [words(each) for each in self.messages() if (each.channel, each.ts) not in self.story.expected]
        assert not new, new

    @property
    def topic(self) -> str:
        return self.story.sandbox.ws.channels[self.channel].topic

    @property
    def members(self) -> list[str]:
        people = self.story.sandbox.ws.users
        return sorted(people[each].name for each in self.story.sandbox.ws.channels[self.channel].members)


@dataclass
class Shown:
    """A message that stands in a place."""

    story: Story
    channel: str
    ts: str

    @property
    def message(self) -> Message:
        return self.story.sandbox.ws.posts[self.channel][self.ts]

    def says(self, *fragments: str) -> "Shown":
        """It says all of this now."""
        for each in fragments:
            assert each in words(self.message), f"{each!r} is not in {words(self.message)!r}"
        return self

    def says_not(self, *fragments: str) -> "Shown":
        for each in fragments:
            assert each not in words(self.message), f"{each!r} is in {words(self.message)!r}"
        return self

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [e["text"]["text"] for b in self.message.blocks for e in b.get("elements", []) if e["type"] == "button"]

    @property
    def menu(self) -> list[str]:
        """The labels of its ⋯ menu."""
        found = [e for b in self.message.blocks for e in b.get("elements", []) if e["type"] == "overflow"]
        return [option["text"]["text"] for each in found for option in each["options"]]

    @property
    def thread(self) -> Place:
        return Place(self.story, self.channel, self.ts)

    async def click(self, label: str, by: "Person") -> Ack:
        """Somebody presses a button, or chooses from the ⋯ menu, by what it says."""
        await by.joins(Place(self.story, self.channel))
        ack = await self.story.sandbox.click(by.id, self.channel, self.ts, label=label)
        await self.story.settled()
        return ack


@dataclass
class Person:
    """Somebody who types and presses."""

    story: Story
    name: str

    @property
    def id(self) -> str:
        return next(user.id for user in self.story.sandbox.ws.users.values() if user.name == self.name)

    @property
    def dm(self) -> Place:
        """The bot's direct message with them."""
        return Place(self.story, self.story.sandbox.dm(self.id))

    async def types(self, text: str, where: "Place | str" = "#general", thread: Shown | None = None) -> Ack | None:
        """A slash command, or a message."""
        place = self.story.place(where) if isinstance(where, str) else where
        await self.joins(place)
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            ack = await self.story.sandbox.command(self.id, place.channel, rest, command)
            assert ack.status == "ok", ack
            await self.story.settled()
            return ack
        await self.says(text, place, thread)
        return None

    async def says(self, text: str, where: "Place | str" = "#general", thread: Shown | None = None) -> Shown:
        """A message, as it stands then."""
        place = self.story.place(where) if isinstance(where, str) else where
        ts = await self.story.sandbox.say(self.id, place.channel, text, thread.ts if thread else None)
        await self.story.settled()
        return Shown(self.story, place.channel, ts)

    async def uses(self, shortcut: str, on: Shown | None = None) -> Ack:
        """A shortcut by its name: from anywhere, or from a message's menu."""
        door = next(each["callback_id"] for each in SHORTCUTS if each["name"] == shortcut)
        sandbox = self.story.sandbox
        using = sandbox.message_shortcut(self.id, door, on.channel, on.ts) if on else sandbox.shortcut(self.id, door)
        ack = await using
        await self.story.settled()
        return ack

    async def joins(self, place: "Place") -> None:
        """They go into a public channel, as who types or presses there has done before."""
        channel = self.story.sandbox.ws.channels[place.channel]
        if self.id not in channel.members and not channel.private:
            await self.story.sandbox.join(self.id, place.channel)
            await self.story.settled()

    async def brings(self, other: "Person", place: "Place") -> None:
        """They invite somebody into a channel."""
        enter(self.story.sandbox.ws, self.story.sandbox.channel(place.channel), other.id, self.id)
        await self.story.settled()

    def is_told(self, *fragments: str, where: "Place | str" = "#general") -> Shown:
        """A message only they see says all of this."""
        place = self.story.place(where) if isinstance(where, str) else where
        return Place(self.story, place.channel, viewer=self.id).expects(*fragments)

    @property
    def view(self) -> View:
        view = self.story.sandbox.view(self.id)
        assert view, f"{self.name} has no modal open"
        return view

    def sees_modal(self, title: str, *fragments: str) -> View:
        """The modal on top has this title and says all of this."""
        view = self.view
        assert title in view.title, (view.title, view.content)
        content = json.dumps(view.content, ensure_ascii=False)
        for each in fragments:
            assert each in content, f"{each!r} is not in {content}"
        return view

    @property
    def has_modal(self) -> bool:
        return self.story.sandbox.view(self.id) is not None

    async def presses(self, label: str) -> Ack:
        """A button in the modal on top, by what it says."""
        ack = await self.story.sandbox.click_in_view(self.id, label=label)
        await self.story.settled()
        return ack

    async def submits(self, **values: object) -> Ack:
        """Fills in the modal by block_id and hands it in."""
        ack = await self.story.sandbox.submit(self.id, values)
        await self.story.settled()
        return ack


def words(message: Message) -> str:
    """Everything that a message says, its blocks' texts included, as people read it."""
    return (
        "\n".join([message.text, *_texts(message.blocks)])
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"text", "markdown"} and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts(each)


@asynccontextmanager
async def told(
    folder: Path,
    *,
    transport: Literal["http", "socket"] = "http",
    start: datetime = MONDAY,
    database: str | None = None,
    configuration: dict[str, Any] | None = None,
    time_limit: float = TIME_LIMIT,
) -> AsyncIterator[Story]:
    """A story from its beginning to its end, in one process, with one clock that stands still until it is turned."""
    errors = Errors()
    logging.getLogger().addHandler(errors)
    async with AsyncExitStack() as stack:
        stack.callback(logging.getLogger().removeHandler, errors)
        hand = Hand(Clock(start, runs=False))
        sandbox = Sandbox(hand, scopes=set(BOT_SCOPES), events=EVENTS, shortcuts=SHORTCUTS)
        _people(sandbox)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        environment = _environment(sandbox, database or f"sqlite+aiosqlite:///{folder}/story.db", transport)
        await migrate(environment.database_url)
        policy = policy_of(configuration)
        bot = await stack.enter_async_context(running(environment, policy, hand.clock, time_limit=time_limit))
        hand.turning = bot.turning
        if transport == "http":
            sandbox.deliver_over_http(f"{bot.url}/slack/events")
        await bot.watch.ready.wait()
        if transport == "socket":
            await sandbox.connected()
        story = Story(sandbox, bot, hand.clock, errors)
        yield story
        await story.finish()


def _people(sandbox: Sandbox) -> None:
    ada = sandbox.add_user("ada", "Ada", tz="Europe/Madrid")
    bob = sandbox.add_user("bob", "Bob", tz="America/New_York")
    cleo = sandbox.add_user("cleo", "Cleo", tz="Asia/Singapore")
    sandbox.add_channel("general", members=[ada, bob, cleo], with_bot=False)
    sandbox.add_channel("incidents", members=[ada, bob, cleo])
    sandbox.add_channel("payments", members=[ada, bob])
    sandbox.add_usergroup("payments-oncall", "Payments on call", [bob])


def _environment(sandbox: Sandbox, database: str, transport: str) -> Environment:
    return Environment(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token) if transport == "socket" else None,
        slack_signing_secret=SecretStr(sandbox.signing_secret) if transport == "http" else None,
        slack_api_url=sandbox.api_url,
        database_url=database,
        port=0,
    )
