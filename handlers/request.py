"""A request from Slack, the same record whichever door it came through; and the reading of payloads.

Payloads are not trusted to have any shape: what is missing or of another type reads as an empty text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.rules.change import Origin
from bot.rules.incident import PersonId

Source: TypeAlias = Literal["slash", "button", "modal", "shortcut", "mention", "emoji", "event"]
Body: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks, where, and what may be used to answer.

    `key` tells a repeat; `trigger` opens a modal within 3 s; `home` is the person's own workspace, if Slack told it;
    `fields` are the inputs of a submitted modal.
    """

    source: Source
    person: PersonId
    key: str
    team: str = ""
    home: str = ""
    is_bot: bool = False
    channel: str | None = None
    thread: str | None = None
    trigger: str | None = None
    response_url: str | None = None
    view: str | None = None
    fields: frozenset[str] = frozenset()

    @property
    def origin(self) -> Origin:
        """As the change keeps it."""
        return Origin(actor=f"slack:{self.person}", source=self.source, key=self.key, team=self.team)


def text_at(body: Any, *path: str) -> str:
    """The text under a path of keys, or an empty one."""
    found = body
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def part(body: Any, *path: str) -> Body:
    """The mapping under a path of keys, or an empty one."""
    found = body
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def from_command(body: Body) -> Request:
    """A slash command."""
    trigger = text_at(body, "trigger_id")
    return Request(
        source="slash",
        person=text_at(body, "user_id"),
        key=trigger,
        team=text_at(body, "team_id"),
        home=text_at(body, "team_id"),
        channel=text_at(body, "channel_id") or None,
        trigger=trigger or None,
        response_url=text_at(body, "response_url") or None,
    )


def from_interaction(body: Body, source: Source) -> Request:
    """A button, a menu or a shortcut."""
    trigger = text_at(body, "trigger_id")
    container = part(body, "container")
    message = part(body, "message")
    return Request(
        source=source,
        person=text_at(body, "user", "id"),
        key=trigger,
        team=text_at(body, "team", "id"),
        home=text_at(body, "user", "team_id"),
        channel=text_at(body, "channel", "id") or text_at(container, "channel_id") or None,
        thread=text_at(container, "thread_ts") or text_at(message, "thread_ts") or text_at(message, "ts") or None,
        trigger=trigger or None,
        response_url=text_at(body, "response_url") or None,
        view=text_at(body, "view", "id") or None,
    )


def from_view(body: Body) -> Request:
    """A submitted modal; the same view with the same hash is the same request."""
    view = part(body, "view")
    identity, version = text_at(view, "id"), text_at(view, "hash")
    return Request(
        source="modal",
        person=text_at(body, "user", "id"),
        key=f"view:{identity}:{version}" if identity else "",
        team=text_at(body, "team", "id"),
        home=text_at(body, "user", "team_id"),
        trigger=text_at(body, "trigger_id") or None,
        view=identity or None,
        fields=frozenset(part(view, "state", "values")),
    )


def from_event(body: Body, source: Source) -> Request:
    """Something that Slack told."""
    event = part(body, "event")
    item = part(event, "item")
    thread = text_at(event, "thread_ts") or text_at(item, "ts")
    return Request(
        source=source,
        person=text_at(event, "user"),
        key=text_at(body, "event_id"),
        team=text_at(body, "team_id"),
        home=text_at(event, "user_team") or text_at(event, "team") or text_at(event, "source_team"),
        is_bot=bool(text_at(event, "bot_id")),
        channel=text_at(event, "channel") or text_at(item, "channel") or None,
        thread=thread or None,
    )
