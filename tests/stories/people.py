"""People in stories: they type, press, come and go, and see what is shown to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox.methods.membership import enter
from bot.sandbox.records import Ack, View
from handlers.offered import SHORTCUTS
from tests.stories.shown import Home, Place, Shown

if TYPE_CHECKING:
    from tests.stories.kit import Story


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

    async def types(self, text: str, where: Place | str = "#general", thread: Shown | None = None) -> Ack | None:
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

    async def says(self, text: str, where: Place | str = "#general", thread: Shown | None = None) -> Shown:
        """A message, as it stands then."""
        place = self.story.place(where) if isinstance(where, str) else where
        ts = await self.story.sandbox.say(self.id, place.channel, text, thread.ts if thread else None)
        await self.story.settled()
        return Shown(self.story, place.channel, ts)

    async def huddles(self) -> None:
        """They go into a huddle."""
        self.story.sandbox.huddle(self.id)
        await self.story.settled()

    async def uses(self, shortcut: str, on: Shown | None = None) -> Ack:
        """A shortcut by its name: from anywhere, or from a message's menu."""
        door = next(each["callback_id"] for each in SHORTCUTS if each["name"] == shortcut)
        sandbox = self.story.sandbox
        using = sandbox.message_shortcut(self.id, door, on.channel, on.ts) if on else sandbox.shortcut(self.id, door)
        ack = await using
        await self.story.settled()
        return ack

    async def joins(self, place: Place) -> None:
        """They go into a public channel, as who types or presses there has done before."""
        channel = self.story.sandbox.ws.channels[place.channel]
        if self.id not in channel.members and not channel.private:
            await self.story.sandbox.join(self.id, place.channel)
            await self.story.settled()

    async def leaves(self, place: Place) -> None:
        """They leave a channel."""
        await self.story.sandbox.leave(self.id, place.channel)
        await self.story.settled()

    async def brings(self, other: Person, place: Place) -> None:
        """They invite somebody into a channel."""
        enter(self.story.sandbox.ws, self.story.sandbox.channel(place.channel), other.id, self.id)
        await self.story.settled()

    async def opens_home(self) -> Home:
        """They look at the bot's App Home."""
        await self.story.sandbox.open_home(self.id)
        await self.story.settled()
        return Home(self.story, self.id)

    def is_told(self, *fragments: str, where: Place | str = "#general") -> Shown:
        """A message only they see says all of this."""
        place = self.story.place(where) if isinstance(where, str) else where
        return Place(self.story, place.channel, viewer=self.id).expects(*fragments)

    def has_message(self, *fragments: str) -> Shown:
        """The bot told them in their direct message, all of this."""
        return self.dm.expects(*fragments)

    def is_paged(self, *fragments: str) -> Shown:
        """A page in their direct message that says all of this; it can be acknowledged there."""
        page = self.dm.expects(*fragments)
        assert any(label.startswith("Acknowledge") for label in page.buttons), page.buttons
        return page

    def is_not_paged(self) -> None:
        """Nothing new in their direct message."""
        self.dm.expects_nothing()

    async def is_undisturbed(self, until: datetime | None, since: datetime | None = None) -> None:
        """They turn on Do Not Disturb until then, from now on or from a later time; None turns it off."""
        self.story.sandbox.do_not_disturb(self.id, until, since)
        await self.story.settled()

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

    def fills(self, **values: object) -> None:
        """Fills in fields of the modal on top by block_id, and hands nothing in."""
        self.story.sandbox.fill_in(self.id, values)

    async def chooses(self, field: str, value: object) -> Ack:
        """Puts something into a field of the modal on top, by label or block_id; one that dispatches tells the bot."""
        ack = await self.story.sandbox.choose(self.id, field, value)
        await self.story.settled()
        return ack

    async def submits(self, **values: object) -> Ack:
        """Fills in the modal by block_id and hands it in."""
        ack = await self.story.sandbox.submit(self.id, values)
        await self.story.settled()
        return ack
