"""What a person sees: messages, unread marks, the workspace as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.sandbox.hints import Hints
from bot.sandbox.outside import Outside
from bot.sandbox.records import Channel, Json, Message, SandboxRefused, User, View
from bot.sandbox.shapes import view_json
from bot.sandbox.workspace import Workspace

COLORS = ("#4a7ebb", "#b85c38", "#4f8a5b", "#8a5ba6", "#b0893a", "#3f8f94", "#a8506f", "#5f6fb0")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the app offers in the page's menus: words after the command, and shortcuts."""

    completions: tuple[Mapping[str, str], ...] = ()
    shortcuts: tuple[Mapping[str, str], ...] = ()


@dataclass(slots=True)
class Sights:
    """What people see."""

    ws: Workspace
    offer: Offer
    outside: Outside
    hints: Hints | None = None

    def visible(self, user: User, channel: Channel) -> bool:
        """Whether the person can see the channel."""
        return user.id in channel.members or (channel.kind == "channel" and not user.guest)

    def messages(self, user: str, channel: str, thread_ts: str | None = None) -> list[Message]:
        """The messages of a channel without threads, or a thread with its parent first."""
        person, place = self.ws.person(user), self.ws.channel(channel)
        if not self.visible(person, place):
            raise SandboxRefused(f"{person.real_name} cannot see {channel}.")
        posts = [m for m in self.ws.posts[place.id].values() if m.ephemeral_for in (None, person.id)]
        if thread_ts is None:
            return [m for m in posts if m.thread_ts in (None, m.ts) or m.broadcast]
        root = self.ws.message(place.id, thread_ts)
        thread_ts = (root.thread_ts if root else None) or thread_ts
        return [m for m in posts if thread_ts in (m.ts, m.thread_ts)]

    def unread(self, user: User, channel: Channel) -> tuple[int, int]:
        """How many messages the person has not read there, and how many of them call on them."""
        read = self.ws.last_read.get((user.id, channel.id), "")
        new = [
            m
            for m in reversed(self.ws.posts[channel.id].values())
            if m.ts > read and m.user != user.id and m.ephemeral_for in (None, user.id)
            if m.thread_ts in (None, m.ts) or m.broadcast
        ]
        calling = [m for m in new if channel.peer or self._calls_on(user, m)]
        return len(new), len(calling)

    def _calls_on(self, user: User, message: Message) -> bool:
        groups = [f"<!subteam^{g.id}" for g in self.ws.usergroups.values() if user.id in g.members]
        return any(word in message.text for word in (f"<@{user.id}", "<!here", "<!channel", *groups))

    def read(self, user: User, channel: Channel) -> None:
        """The person has read everything there."""
        posts = self.ws.posts[channel.id]
        if posts:
            self.ws.last_read[user.id, channel.id] = next(reversed(posts))
        self.ws.touch("state")

    def state(self, user: User) -> Json:
        """The workspace as the page shows it to this person."""
        self.ws.dm(user.id)
        who = self.ws.who
        view = self.ws.views.top(user.id)
        due = self.ws.clock.next_due()
        return {
            "me": user.id,
            "team": {"id": who.team_id, "name": who.domain, "domain": who.domain},
            "bot": {"id": who.bot_user, "name": who.bot_name, "icon": "🔔"},
            "users": [self._user(u, n) for n, u in enumerate(self.ws.users.values())],
            "usergroups": [{"id": g.id, "handle": g.handle, "name": g.name} for g in self.ws.usergroups.values()],
            "channels": [self._channel(user, c) for c in self.ws.channels.values() if self.visible(user, c)],
            "clock": {
                "now": self.ws.clock.now().isoformat(),
                "next": {"at": due[0].isoformat(), "what": due[1]} if due else None,
            },
            "commands": [{"command": who.command, "hint": "declare sev1 what is wrong"}],
            "completions": [dict(c) for c in self.offer.completions],
            "shortcuts": [dict(s) for s in self.offer.shortcuts],
            "view": self.view(view),
            "outside": {
                "alerts": bool(self.outside.alerts_url),
                "notices": [asdict(notice) for notice in reversed(self.outside.notices)],
            },
            "hints": self.hints.shown() if self.hints else [],
        }

    def view(self, view: View | None) -> Json | None:
        """A view as the page shows it: Slack's, with its errors by block_id."""
        return None if view is None else view_json(self.ws, view) | {"errors": view.block_errors}

    def _user(self, user: User, number: int) -> Json:
        return {
            "id": user.id,
            "name": user.name,
            "real_name": user.real_name,
            "tz": user.tz,
            "deleted": user.deleted,
            "guest": user.guest,
            "bot": user.bot,
            "undisturbed": self._undisturbed(user),
            "color": COLORS[number % len(COLORS)],
        }

    def _undisturbed(self, user: User) -> str | None:
        """Until when they are in Do Not Disturb now."""
        begins, ends = user.undisturbed or (None, None)
        now = self.ws.clock.now()
        return ends.isoformat() if begins and ends and begins <= now < ends else None

    def _channel(self, user: User, channel: Channel) -> Json:
        member = user.id in channel.members
        unread, mentions = self.unread(user, channel) if member else (0, 0)
        marks = [{"title": b.title, "link": b.link, "emoji": b.emoji} for b in channel.bookmarks]
        shown: Json = {"id": channel.id, "name": channel.name, "kind": channel.kind}
        if channel.peer is not None:
            shown["user"] = self.ws.who.bot_user
            shown["name"] = self.ws.who.bot_name
        return shown | {
            "archived": channel.archived,
            "member": member,
            "topic": channel.topic,
            "unread": unread,
            "mentions": mentions,
            "members": len(channel.members),
            "app": self.ws.who.bot_user in channel.members,
            "bookmarks": marks,
        }

    def message(self, user: User, message: Message) -> Json:
        """A message as the page shows it."""
        author = self.ws.users.get(message.user)
        reactions = [
            {"name": name, "count": len(users), "mine": user.id in users} for name, users in message.reactions.items()
        ]
        return {
            "ts": message.ts,
            "user": message.user,
            "name": author.real_name if author else "Slackbot",
            "text": message.text,
            "blocks": list(message.blocks),
            "thread_ts": message.thread_ts,
            "reply_count": message.reply_count,
            "latest_reply": message.latest_reply,
            "reply_users": list(message.reply_users),
            "edited": message.edited,
            "ephemeral": message.ephemeral_for is not None,
            "reactions": reactions,
            "broadcast": message.broadcast,
            "subtype": message.subtype,
            "files": list(message.files),
        }
