"""The sandbox's face to tests and to the page: who is there, what they do, what they see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.sandbox.acts import Acts
from bot.sandbox.choosing import Aim
from bot.sandbox.modal_acts import ModalActs
from bot.sandbox.people import People
from bot.sandbox.records import Ack, Channel, Message, User, View
from bot.sandbox.sights import Sights
from bot.sandbox.workspace import Workspace


class Doings:
    """People and places, what people do, what they see.

    Users and channels are named by id or by name. Acts return once the app has acknowledged them or failed to, and
    raise SandboxRefused when Slack itself would not let the person do it.
    """

    ws: Workspace
    people: People
    acts: Acts
    modals: ModalActs
    sights: Sights

    # People and places

    def add_user(
        self,
        name: str,
        real_name: str,
        *,
        tz: str = "Europe/Madrid",
        admin: bool = False,
        guest: bool = False,
        bot: bool = False,
    ) -> str:
        """Add a user. Returns the id."""
        return self.people.add_user(User(self.ws.new_id("U"), name, real_name, tz, admin, guest, bot))

    def add_channel(
        self, name: str, *, private: bool = False, members: Sequence[str] = (), with_bot: bool = True
    ) -> str:
        """Add a channel made by its first member. Returns the id."""
        return self.people.add_channel(name, private=private, members=members, with_bot=with_bot)

    def add_usergroup(self, handle: str, name: str, members: Sequence[str]) -> str:
        """Add a user group. Returns the id."""
        return self.people.add_usergroup(handle, name, members)

    def deactivate(self, user: str) -> None:
        """Deactivate a user."""
        self.people.deactivate(user)

    def reactivate(self, user: str) -> None:
        """Activate a deactivated user again."""
        self.people.reactivate(user)

    def make_guest(self, user: str) -> None:
        """Make a user a guest."""
        self.people.make_guest(user)

    def do_not_disturb(self, user: str, until: datetime | None, since: datetime | None = None) -> None:
        """Turn on a user's Do Not Disturb until then, from now on or from a later time; None turns it off."""
        self.people.do_not_disturb(user, until, since)

    def huddle(self, user: str, *, inside: bool = True) -> None:
        """A user goes into a huddle, or out of it."""
        self.people.huddle(user, inside=inside)

    def archive(self, channel: str, by: str) -> None:
        """Archive a channel, as a person."""
        self.people.archive(channel, by)

    def unarchive(self, channel: str, by: str) -> None:
        """Bring an archived channel back, as a person; the bot stays out of it."""
        self.people.unarchive(channel, by)

    def delete_channel(self, channel: str) -> None:
        """Delete a channel."""
        self.people.delete_channel(channel)

    def rename(self, channel: str, name: str) -> None:
        """Rename a channel."""
        self.people.rename(channel, name)

    def remove_bot(self, channel: str, by: str | None = None) -> None:
        """Take the bot out of a channel, as a person or as an administrator."""
        self.people.remove_bot(channel, by)

    # What a person does

    async def command(self, user: str, channel: str, text: str, command: str | None = None) -> Ack:
        """Type a slash command."""
        return await self.acts.command(user, channel, text, command)

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message. Returns its timestamp."""
        return await self.acts.say(user, channel, text, thread_ts)

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        action_id: str | None = None,
        *,
        label: str | None = None,
        value: object = None,
        thread_ts: str | None = None,  # noqa: ARG002  (a timestamp alone names the message; kept for readers)
    ) -> Ack:
        """Press or choose on a message, by action_id or by what is read on it."""
        return await self.acts.press(user, channel, ts, Aim(action_id, label, value))

    async def click_in_view(
        self, user: str, action_id: str | None = None, *, label: str | None = None, value: object = None
    ) -> Ack:
        """Press or choose in the modal on top."""
        return await self.modals.press(user, Aim(action_id, label, value))

    async def click_in_home(
        self, user: str, action_id: str | None = None, *, label: str | None = None, value: object = None
    ) -> Ack:
        """Press or choose in the App Home."""
        return await self.modals.press(user, Aim(action_id, label, value), home=True)

    async def submit(self, user: str, values: Mapping[str, object] | None = None) -> Ack:
        """Fill in the modal on top, by label or block_id, and hand it in."""
        return await self.modals.submit(user, values or {})

    def fill_in(self, user: str, values: Mapping[str, object]) -> None:
        """Put something into fields of the modal on top, by label or block_id, and hand nothing in."""
        self.modals.fill_in(user, values)

    async def choose(self, user: str, field: str, value: object) -> Ack:
        """Put something into one field of the modal on top; the app hears of it where the field dispatches."""
        return await self.modals.choose(user, field, value)

    async def close_view(self, user: str) -> None:
        """Close the modal on top."""
        await self.modals.close(user)

    async def shortcut(self, user: str, callback_id: str) -> Ack:
        """Use a global shortcut."""
        return await self.acts.shortcut(user, callback_id)

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Ack:
        """Use a shortcut from a message's menu."""
        return await self.acts.message_shortcut(user, callback_id, channel, ts)

    async def react(self, user: str, channel: str, ts: str, emoji: str) -> None:
        """React to a message."""
        await self.acts.react(user, channel, ts, emoji)

    async def unreact(self, user: str, channel: str, ts: str, emoji: str) -> None:
        """Take a reaction back."""
        await self.acts.unreact(user, channel, ts, emoji)

    async def join(self, user: str, channel: str) -> None:
        """Join a public channel."""
        self.acts.join(user, channel)

    async def leave(self, user: str, channel: str) -> None:
        """Leave a channel."""
        self.acts.leave(user, channel)

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Look at the app's home tab, or at its `messages`."""
        await self.modals.open_home(user, tab)

    # What a person sees

    def messages(self, user: str, channel: str, thread_ts: str | None = None) -> list[Message]:
        """What the person sees in a channel, or in a thread (its parent first), oldest first."""
        return self.sights.messages(user, channel, thread_ts)

    def dm(self, user: str) -> str:
        """The bot's direct message with a person."""
        return self.ws.dm(self.ws.person(user).id).id

    def view(self, user: str) -> View | None:
        """The modal on top."""
        return self.ws.views.top(self.ws.person(user).id)

    def home(self, user: str) -> View | None:
        """The App Home."""
        return self.ws.views.homes.get(self.ws.person(user).id)

    def channel(self, id_or_name: str) -> Channel:
        """A channel, by id or name."""
        return self.ws.channel(id_or_name)
