"""Who and what is in the workspace, and what its administrators do: add, deactivate, archive, rename."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox import events
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.channels import free_name, shut
from bot.sandbox.methods.membership import exit_
from bot.sandbox.methods.method import seen
from bot.sandbox.methods.usergroups import regroup
from bot.sandbox.records import SandboxRefused, User, Usergroup
from bot.sandbox.workspace import Workspace


@dataclass(slots=True)
class People:
    """Adding and changing users, groups and channels; each change sends its event."""

    ws: Workspace

    def add_user(self, user: User) -> str:
        """Add a user. Returns the id."""
        self.ws.users[user.id] = user
        if user.id != self.ws.who.bot_user:
            events.person(self.ws, user, "team_join")
        self.ws.touch("state")
        return user.id

    def add_channel(self, name: str, *, private: bool, members: Sequence[str], with_bot: bool) -> str:
        """Add a channel that somebody else than the bot made. Returns the id."""
        if self.ws.named(name) is not None:
            raise SandboxRefused(f"There is a channel #{name} already.")
        inside = [self.ws.person(member).id for member in members]
        creator = inside[0] if inside else ""
        channel = self.ws.add_channel(name, private=private, creator=creator, members=inside)
        events.place(self.ws, channel, "created", creator)
        if with_bot:
            channel.members.append(self.ws.who.bot_user)
            events.member(self.ws, channel, self.ws.who.bot_user, joined=True, inviter=creator or None)
        return channel.id

    def add_usergroup(self, handle: str, name: str, members: Sequence[str]) -> str:
        """Add a user group. Returns the id."""
        inside = tuple(self.ws.person(member).id for member in members)
        group = Usergroup(self.ws.new_id("S"), handle.removeprefix("@"), name, inside, self.ws.seconds())
        self.ws.usergroups[group.id] = group
        events.usergroup(self.ws, group, "subteam_created")
        return group.id

    def deactivate(self, user: str) -> None:
        """Deactivate a user: out of every channel and group, unable to act."""
        person = self._somebody(user)
        person.deleted = True
        self.ws.views.stacks.pop(person.id, None)
        for channel in self.ws.channels.values():
            if channel.peer is None and person.id in channel.members:
                channel.members.remove(person.id)
        for group in list(self.ws.usergroups.values()):
            if person.id in group.members:
                regroup(self.ws, group, [member for member in group.members if member != person.id])
        self._changed(person)

    def reactivate(self, user: str) -> None:
        """Activate a deactivated user again; they are in no channel until they join one."""
        person = self._somebody(user)
        person.deleted = False
        self._changed(person)

    def make_guest(self, user: str) -> None:
        """Make a user a guest, who sees only the channels they are in."""
        person = self._somebody(user)
        person.guest = True
        self._changed(person)

    def do_not_disturb(self, user: str, until: datetime | None, since: datetime | None = None) -> None:
        """Turn on a user's Do Not Disturb, from now on or from a later time; None turns it off."""
        person = self._somebody(user)
        begins = since or self.ws.clock.now()
        if until is not None and until <= begins:
            raise SandboxRefused("Do Not Disturb has to end after it begins.")
        person.undisturbed = (begins, until) if until else None
        events.undisturbed(self.ws, person)
        self.ws.touch("state")

    def huddle(self, user: str, *, inside: bool) -> None:
        """A user goes into a huddle, or out of it; which one is not told."""
        events.huddled(self.ws, self._somebody(user), inside=inside)

    def _somebody(self, user: str) -> User:
        person = self.ws.person(user)
        if person.id == self.ws.who.bot_user:
            raise SandboxRefused(f"{person.real_name} is the app itself.")
        return person

    def _changed(self, person: User) -> None:
        events.person(self.ws, person)
        self.ws.touch("state", "view")

    def archive(self, channel: str, by: str) -> None:
        """Archive a channel."""
        place = self.ws.channel(channel)
        if place.archived or place.peer is not None:
            raise SandboxRefused(f"{channel} cannot be archived.")
        shut(self.ws, place, self.ws.person(by).id)

    def unarchive(self, channel: str, by: str) -> None:
        """Bring an archived channel back; the bot stays out until somebody invites it."""
        place = self.ws.channel(channel)
        if not place.archived:
            raise SandboxRefused(f"{channel} is not archived.")
        place.archived = False
        if seen(self.ws, place):
            events.place(self.ws, place, "unarchive", self.ws.person(by).id)
        self.ws.touch("state", f"channel:{place.id}")

    def delete_channel(self, channel: str) -> None:
        """Delete a channel with all that was said in it."""
        place = self.ws.channel(channel)
        if place.peer is not None:
            raise SandboxRefused("A direct message cannot be deleted.")
        if seen(self.ws, place):
            events.place(self.ws, place, "deleted", place.creator)
        del self.ws.channels[place.id], self.ws.posts[place.id]
        self.ws.touch("state")

    def rename(self, channel: str, name: str) -> None:
        """Rename a channel."""
        place = self.ws.channel(channel)
        if place.archived or place.peer is not None:
            raise SandboxRefused(f"{channel} cannot be renamed.")
        try:
            place.name = free_name(self.ws, name.removeprefix("#"))
        except SlackError as no:
            raise SandboxRefused(f"Slack takes no channel called {name!r}: {no.code}.") from None
        if seen(self.ws, place):
            events.place(self.ws, place, "rename", place.creator)
        self.ws.touch("state")

    def remove_bot(self, channel: str, by: str | None = None) -> None:
        """Take the bot out of a channel, as a member of it or as an administrator."""
        place = self.ws.channel(channel)
        if self.ws.who.bot_user not in place.members:
            raise SandboxRefused(f"The bot is not in {channel}.")
        exit_(self.ws, place, self.ws.who.bot_user, self.ws.person(by).id if by else place.creator)
