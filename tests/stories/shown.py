"""What stories see: places with messages in them, messages, App Homes, and the words on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.choosing import Aim, elements, find
from bot.sandbox.records import Ack, Json, Message, View

if TYPE_CHECKING:
    from tests.stories.kit import Story
    from tests.stories.people import Person


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

    def expects(self, *fragments: str) -> Shown:
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
        new = [words(each) for each in self.messages() if not self.story.is_expected(each)]
        assert not new, new

    @property
    def name(self) -> str:
        return self.story.sandbox.channel(self.channel).name

    @property
    def topic(self) -> str:
        return self.story.sandbox.channel(self.channel).topic

    @property
    def is_archived(self) -> bool:
        return self.story.sandbox.channel(self.channel).archived

    @property
    def members(self) -> list[str]:
        people = self.story.sandbox.ws.users
        return sorted(people[each].name for each in self.story.sandbox.channel(self.channel).members)


@dataclass
class Shown:
    """A message that stands in a place."""

    story: Story
    channel: str
    ts: str

    @property
    def message(self) -> Message:
        return self.story.sandbox.ws.posts[self.channel][self.ts]

    @property
    def is_gone(self) -> bool:
        """Somebody deleted it."""
        return self.ts not in self.story.sandbox.ws.posts.get(self.channel, {})

    def says(self, *fragments: str) -> Shown:
        """It says all of this now."""
        for each in fragments:
            assert each in words(self.message), f"{each!r} is not in {words(self.message)!r}"
        return self

    def says_not(self, *fragments: str) -> Shown:
        for each in fragments:
            assert each not in words(self.message), f"{each!r} is in {words(self.message)!r}"
        return self

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return buttons_of(self.message.blocks)

    @property
    def menu(self) -> list[str]:
        """The labels of its ⋯ menu."""
        return menu_of(self.message.blocks)

    @property
    def thread(self) -> Place:
        return Place(self.story, self.channel, self.ts)

    async def click(self, label: str, by: Person, beside: str = "") -> Ack:
        """Somebody presses a button, or chooses from the ⋯ menu, by what it says; `beside` or below a text."""
        await by.joins(Place(self.story, self.channel))
        aim = aimed(self.message.blocks, label, beside)
        ack = await self.story.sandbox.acts.press(by.id, self.channel, self.ts, aim)
        await self.story.settled()
        return ack


@dataclass
class Home:
    """Somebody's App Home, as it stands whenever it is looked at."""

    story: Story
    user: str

    @property
    def view(self) -> View:
        view = self.story.sandbox.home(self.user)
        assert view, "Their App Home is empty"
        return view

    def says(self, *fragments: str) -> Home:
        """It says all of this now."""
        for each in fragments:
            assert each in read(self.view.blocks), f"{each!r} is not in {read(self.view.blocks)!r}"
        return self

    def says_not(self, *fragments: str) -> Home:
        for each in fragments:
            assert each not in read(self.view.blocks), f"{each!r} is in {read(self.view.blocks)!r}"
        return self

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return buttons_of(self.view.blocks)

    @property
    def menu(self) -> list[str]:
        """The labels of its ⋯ menus."""
        return menu_of(self.view.blocks)

    async def click(self, label: str, beside: str = "") -> Ack:
        """They press a button, or choose from a menu, by what it says; `beside` or below a text."""
        aim = aimed(self.view.blocks, label, beside)
        ack = await self.story.sandbox.modals.press(self.user, aim, home=True)
        await self.story.settled()
        return ack


def words(message: Message) -> str:
    """Everything that a message says, its blocks' texts and its files' included, as people read it."""
    files = [f"{each['title']}\n{each.get('alt_txt', '')}" for each in message.files]
    return _plain("\n".join([message.text, *_texts(message.blocks), *files]))


def read(blocks: Sequence[Json]) -> str:
    """Everything that blocks say, as people read it."""
    return _plain("\n".join(_texts(blocks)))


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"text", "markdown", "alt_text"} and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts(each)


def buttons_of(blocks: Sequence[Json]) -> list[str]:
    """The labels of the buttons, in reading order."""
    return [element["text"]["text"] for _, element in elements(blocks) if element["type"] == "button"]


def menu_of(blocks: Sequence[Json]) -> list[str]:
    """The labels in the ⋯ menus, in reading order."""
    found = [element for _, element in elements(blocks) if element["type"] == "overflow"]
    return [option["text"]["text"] for each in found for option in each["options"]]


def aimed(blocks: Sequence[Json], label: str, beside: str = "") -> Aim:
    """What is called so; the first one from the block on that says `beside`."""
    saying = [number for number, block in enumerate(blocks) if beside in read([block])]
    assert saying, f"{beside!r} is not in {read(blocks)!r}"
    block, _ = find(blocks[saying[0] :], Aim(label=label))
    return Aim(label=label, block_id=block["block_id"])
