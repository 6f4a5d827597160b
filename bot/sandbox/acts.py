"""What people do in channels: type commands, say things, react, pin, join, leave, press what is on messages."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.sandbox import events, payloads
from bot.sandbox.choosing import Aim, find, label_of, pressed
from bot.sandbox.delivery import Delivery
from bot.sandbox.entities import typed
from bot.sandbox.errors import SlackError
from bot.sandbox.methods import marks
from bot.sandbox.methods.membership import enter, exit_
from bot.sandbox.records import Ack, Channel, Message, SandboxRefused, User
from bot.sandbox.responses import Responses, Slip, show_answer
from bot.sandbox.state import KEPT, State
from bot.sandbox.workspace import Workspace

SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class Acts:
    """What people do in channels. Each act returns once the app has acknowledged it, or failed to."""

    ws: Workspace
    delivery: Delivery
    responses: Responses
    shortcuts: Collection[tuple[str, str]] = ()

    def who(self, user: str) -> User:
        """The person acting, who must be active."""
        person = self.ws.person(user)
        if person.deleted:
            raise SandboxRefused(f"{person.real_name} is deactivated and cannot do anything.")
        return person

    def where(self, person: User, id_or_name: str) -> Channel:
        """The channel a person acts in, which they must be able to see."""
        channel = self.ws.channel(id_or_name)
        if channel.kind != "channel" and person.id not in channel.members:
            raise SandboxRefused(f"{person.real_name} cannot see {id_or_name}.")
        if person.guest and person.id not in channel.members:
            raise SandboxRefused(f"{person.real_name} is a guest and not in {id_or_name}.")
        return channel

    def present(self, person: User, id_or_name: str) -> Channel:
        """The channel a person writes in: open, and joined first where they were not in it."""
        channel = self.where(person, id_or_name)
        if channel.archived:
            raise SandboxRefused(f"#{channel.name} is archived.")
        if person.id not in channel.members:
            enter(self.ws, channel, person.id)
        return channel

    def message(self, person: User, channel: Channel, ts: str) -> Message:
        """A message that this person sees."""
        message = self.ws.message(channel.id, ts)
        if message is None or message.ephemeral_for not in (None, person.id):
            raise SandboxRefused(f"{person.real_name} sees no message {ts} in #{channel.name or channel.id}.")
        return message

    async def command(self, user: str, channel: str, text: str, command: str | None) -> Ack:
        """Type a slash command."""
        person = self.who(user)
        place = self.present(person, channel)
        name = command or self.ws.who.command
        if name != self.ws.who.command:
            raise SandboxRefused(f"{name} is not a valid command.")
        self.ws.note("command", user=person.id, text=text)
        url = self.responses.make(person.id, place.id)
        shown = typed(self.ws, person.id, text.strip(), named=True)
        payload = payloads.command(self.ws, person, place, name, shown, url)
        ack = await self.delivery.ask("slash_commands", payload)
        return self._show(ack, person, place, name)

    def _show(self, ack: Ack, person: User, place: Channel, what: str) -> Ack:
        """Show what the app acknowledged with, or that it did not respond."""
        if ack.status == "ok" and ack.body and (ack.body.get("text") or ack.body.get("blocks")):
            try:
                show_answer(self.ws, Slip(person.id, place.id, None, 0.0), ack.body)
            except SlackError as no:
                ack = Ack("error", ack.body, ack.milliseconds, f"invalid_command_response: {no.code}")
        if ack.status != "ok":
            self.apologise(person, place, what, ack.error)
        return ack

    def apologise(self, person: User, place: Channel, what: str, code: str | None) -> None:
        """Tell a person, and nobody else, that the app did not respond."""
        if place.id not in self.ws.channels:
            return
        text = f"{what} failed because the app did not respond ({code})."
        self.ws.put(Message(self.ws.new_ts(), place.id, SLACKBOT, text, ephemeral_for=person.id))

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None) -> str:
        """Post a message. Returns its timestamp."""
        person = self.who(user)
        place = self.present(person, channel)
        if not text.strip():
            raise SandboxRefused("There is nothing to post.")
        if thread_ts is not None:
            parent = self.message(person, place, thread_ts)
            thread_ts = parent.thread_ts or parent.ts
        said = typed(self.ws, person.id, text, named=False)
        message = self.ws.put(Message(self.ws.new_ts(), place.id, person.id, said, thread_ts=thread_ts))
        self.ws.last_read[person.id, place.id] = message.ts
        events.posted(self.ws, place, message)
        return message.ts

    async def press(self, user: str, channel: str, ts: str, aim: Aim, entered: State | None = None) -> Ack:
        """Press a button or choose from a menu on a message: by action_id, visible label, value."""
        person = self.who(user)
        place = self.where(person, channel)
        message = self.message(person, place, ts)
        block, element = find(message.blocks, aim)
        choice = pressed(element, aim, lambda given: self.ws.person(given).id)
        act = payloads.action(self.ws, block["block_id"], element, choice)
        kept = self.ws.chosen.setdefault((person.id, place.id, ts), {})
        kept.update(entered or {})
        if element["type"] in KEPT:
            kept.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **choice}
        self.ws.note("click", user=person.id, label=label_of(block, element))
        url = self.responses.make(person.id, place.id, ts)
        payload = payloads.on_message(self.ws, person, message, act, url)
        ack = await self.delivery.ask("interactive", payload)
        if ack.status != "ok":
            self.apologise(person, place, f"“{label_of(block, element)}”", ack.error)
        return ack

    async def shortcut(self, user: str, callback_id: str) -> Ack:
        """Use a global shortcut."""
        person = self.who(user)
        self._offered(callback_id, "global")
        return await self.delivery.ask("interactive", payloads.global_shortcut(self.ws, person, callback_id))

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Ack:
        """Use a shortcut from a message's menu."""
        person = self.who(user)
        self._offered(callback_id, "message")
        place = self.where(person, channel)
        message = self.message(person, place, ts)
        if message.ephemeral_for:
            raise SandboxRefused("A message that only you see has no shortcuts.")
        url = self.responses.make(person.id, place.id, None)
        payload = payloads.message_shortcut(self.ws, person, callback_id, message, url)
        return await self.delivery.ask("interactive", payload)

    def _offered(self, callback_id: str, kind: str) -> None:
        if self.shortcuts and (callback_id, kind) not in self.shortcuts:
            raise SandboxRefused(f"There is no {kind} shortcut {callback_id}.")

    async def mark(self, user: str, channel: str, ts: str, emoji: str, change: Callable[..., None]) -> None:
        """React to a message, or take the reaction back."""
        person = self.who(user)
        place = self.where(person, channel)
        message = self.message(person, place, ts)
        if place.archived or message.ephemeral_for:
            raise SandboxRefused("This message takes no reactions.")
        try:
            change(self.ws, place, message, person.id, emoji.strip(":"))
        except SlackError as no:
            raise SandboxRefused(f"{person.real_name} cannot do that: {no.code}.") from None

    async def react(self, user: str, channel: str, ts: str, emoji: str) -> None:
        """React to a message."""
        await self.mark(user, channel, ts, emoji, marks.react)

    async def unreact(self, user: str, channel: str, ts: str, emoji: str) -> None:
        """Take a reaction back."""
        await self.mark(user, channel, ts, emoji, marks.unreact)

    def join(self, user: str, channel: str) -> None:
        """Join a public channel."""
        self.present(self.who(user), channel)

    def leave(self, user: str, channel: str) -> None:
        """Leave a channel."""
        person = self.who(user)
        place = self.where(person, channel)
        if place.peer is not None or person.id not in place.members:
            raise SandboxRefused(f"{person.real_name} is not in {channel}.")
        exit_(self.ws, place, person.id)
