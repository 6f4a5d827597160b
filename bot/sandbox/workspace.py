"""The state of the workspace: people, places, messages, and the ids and timestamps they get."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from bot.sandbox.dials import Dials
from bot.sandbox.records import Channel, Clock, File, Json, Message, SandboxRefused, User, Usergroup
from bot.sandbox.state import State
from bot.sandbox.triggers import Triggers
from bot.sandbox.views import Views

# Timestamps are microseconds, 100 apart: unique, increasing, and telling the moment.
STEP = 100


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the workspace and its bot are."""

    team_id: str
    domain: str
    bot_name: str
    command: str
    bot_token: str
    app_token: str
    signing_secret: str
    scopes: frozenset[str] | None
    events: frozenset[str] | None
    home_tab: bool = True
    bot_user: str = "U0000BOT"
    bot_id: str = "B0001"
    app_id: str = "A0001"


@dataclass(slots=True)
class Workspace:
    """Everything the workspace holds. `emit` hands an event to the app; `touch` tells the page what changed."""

    who: Identity
    clock: Clock
    dials: Dials = field(default_factory=Dials)
    url: str = ""
    users: dict[str, User] = field(default_factory=dict)
    usergroups: dict[str, Usergroup] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    posts: dict[str, dict[str, Message]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    threads: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    last_read: dict[tuple[str, str], str] = field(default_factory=dict)
    chosen: dict[tuple[str, str, str], State] = field(default_factory=dict)
    triggers: Triggers = field(default_factory=Triggers)
    views: Views = field(default_factory=Views)
    emit: Callable[[Json], None] = lambda _event: None
    touch: Callable[..., None] = lambda *_what: None
    connect: Callable[[], str] = lambda: ""
    observers: list[Callable[..., None]] = field(default_factory=list)
    _last_ts: int = 0
    _numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def new_id(self, letter: str) -> str:
        """A fresh id of Slack's form: a letter and digits."""
        return f"{letter}{next(self._numbers.setdefault(letter, count(1))):04d}"

    def new_ts(self) -> str:
        """A fresh timestamp from the clock, later than all before it."""
        now = round(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(now, self._last_ts + STEP)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        """The moment in whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def note(self, what: str, **facts: Any) -> None:
        """Tell whoever watches the workspace (the hints) what happened."""
        for observer in self.observers:
            observer(what, **facts)

    def person(self, user: str) -> User:
        """The user of that id or name, or SandboxRefused."""
        known = self.users.get(user) or next((u for u in self.users.values() if u.name == user), None)
        if known is None:
            raise SandboxRefused(f"There is no user {user} in this workspace.")
        return known

    def channel(self, id_or_name: str) -> Channel:
        """The channel of that id or name, or SandboxRefused."""
        known = self.channels.get(id_or_name) or self.named(id_or_name)
        if known is None:
            raise SandboxRefused(f"There is no channel {id_or_name} in this workspace.")
        return known

    def named(self, name: str) -> Channel | None:
        """The channel of that name, archived ones too."""
        plain = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.name == plain and c.peer is None), None)

    def dm(self, user: str) -> Channel:
        """The direct message between the bot and a person, made when there is none yet."""
        known = next((c for c in self.channels.values() if c.peer == user), None)
        return known or self._keep(Channel(self.new_id("D"), "", peer=user, members=[user, self.who.bot_user]))

    def add_channel(self, name: str, *, private: bool, creator: str, members: Collection[str]) -> Channel:
        """Make a channel, without a check and without an event."""
        made = Channel(self.new_id("C"), name, private=private, creator=creator, members=list(members))
        return self._keep(made)

    def _keep(self, channel: Channel) -> Channel:
        channel.created = self.seconds()
        self.channels[channel.id] = channel
        self.posts[channel.id] = {}
        self.touch("state")
        return channel

    def message(self, channel: str, ts: str) -> Message | None:
        """The message with that timestamp, ephemeral ones too."""
        return self.posts.get(channel, {}).get(ts)

    def put(self, message: Message) -> Message:
        """Keep a new message; a reply counts at its parent. Returns it."""
        self.posts[message.channel][message.ts] = message
        thread = message.thread_ts
        if thread and thread != message.ts and message.ephemeral_for is None:
            self.threads.setdefault((message.channel, thread), []).append(message.ts)
            self._count_replies(message.channel, thread)
        self.touch(f"channel:{message.channel}", "state")
        return message

    def change(self, message: Message, **facts: Any) -> Message:
        """Replace a message by one with other facts. Returns it."""
        changed = replace(message, **facts)
        self.posts[message.channel][message.ts] = changed
        self.touch(f"channel:{message.channel}")
        return changed

    def drop(self, message: Message) -> None:
        """Delete a message."""
        del self.posts[message.channel][message.ts]
        replies = self.threads.get((message.channel, message.thread_ts or ""), [])
        if message.ts in replies:
            replies.remove(message.ts)
            self._count_replies(message.channel, message.thread_ts or "")
        self.touch(f"channel:{message.channel}")

    def _count_replies(self, channel: str, thread: str) -> None:
        parent = self.posts[channel].get(thread)
        if parent is None:
            return
        replies = self.replies(channel, thread)
        users = tuple(dict.fromkeys(reply.user for reply in replies))
        latest = replies[-1].ts if replies else None
        root = thread if replies else None
        self.change(parent, thread_ts=root, reply_count=len(replies), reply_users=users, latest_reply=latest)

    def replies(self, channel: str, thread: str) -> list[Message]:
        """The replies of a thread, oldest first, without its parent."""
        posts = self.posts[channel]
        return [posts[ts] for ts in self.threads.get((channel, thread), []) if ts in posts]
