"""A request from Slack, the same record whichever door it came through; and the reading of payloads.

Payloads are not trusted to have any shape: what is missing or of another type reads as an empty text.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.rules.change import Origin
from bot.rules.incident import PersonId

Source: TypeAlias = Literal["slash", "button", "modal", "shortcut", "mention", "emoji", "event"]
Body: TypeAlias = Mapping[str, Any]
_IDENTITY = re.compile(r"[A-Z0-9]{2,40}")
_UNSOUND = re.compile("[\x00\ud800-\udfff]")
_ESCAPED_UNSOUND = re.compile("[\x00\ud800-\udfff]|\\\\u(?:0000|[dD][89a-fA-F])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks, where, and what may be used to answer.

    `key` tells a repeat; `trigger` opens a modal within 3 s; `home` is the person's own workspace, if Slack told it,
    `is_shared` whether the channel is open to others, and `standing` what follows from both; `thread` is where an
    answer belongs, `root` the message whose thread may tell the incident; `fields` are the inputs of a submitted
    modal. `in_home`: pressed in the App Home, which shows what changed by itself. `may_replace`: pressed on a message
    that only the person sees. `aside`: the address where a modal was asked for, for what is said beside it.
    """

    source: Source
    person: PersonId
    key: str
    team: str = ""
    home: str = ""
    is_bot: bool = False
    is_shared: bool = False
    standing: Literal["member", "bot", "stranger"] = "member"
    channel: str | None = None
    thread: str | None = None
    root: str | None = None
    trigger: str | None = None
    response_url: str | None = None
    view: str | None = None
    fields: frozenset[str] = frozenset()
    in_home: bool = False
    may_replace: bool = False
    aside: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it names a person and can be told from others: a request of Slack's always does."""
        return bool(self.key) and _IDENTITY.fullmatch(self.person) is not None

    @property
    def is_of_place(self) -> bool:
        """Whether it names a place and can be told from others, as what Slack tells of channels always does."""
        return bool(self.key) and _IDENTITY.fullmatch(self.channel or "") is not None

    @property
    def origin(self) -> Origin:
        """As the change keeps it."""
        return Origin(f"slack:{self.person}", self.source, key=self.key, team=self.team, standing=self.standing)


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


def carried(view: Any) -> Body:
    """What a modal carries with it unseen."""
    written = text_at(view, "private_metadata")
    try:
        found = from_json(written) if written else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def from_json(text: str) -> Any:
    """What a text of JSON says, without what no database keeps. Raises ValueError where it is none."""
    try:
        found = json.loads(text)
        return sound(found) if _ESCAPED_UNSOUND.search(text) else found
    except RecursionError:
        raise ValueError("nested too deeply") from None


def as_json(value: Any) -> bytes:
    """JSON that reads well where `curl` shows it, too: quotation marks and dashes stand in it as they are."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def sound(value: Any) -> Any:
    """The same without what no database keeps: NUL, and halves of characters."""
    if isinstance(value, str):
        return _UNSOUND.sub("", value)
    if isinstance(value, dict):
        return {sound(key): sound(each) for key, each in value.items()}
    return [sound(each) for each in value] if isinstance(value, list) else value


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
    container, message = part(body, "container"), part(body, "message")
    thread = text_at(container, "thread_ts") or text_at(message, "thread_ts")
    is_top = thread == text_at(message, "ts")  # it stands in the channel, and there its answer is seen
    channel = text_at(body, "channel", "id") or text_at(container, "channel_id")
    about = carried(part(body, "view"))
    in_home = text_at(body, "view", "type") == "home"
    return Request(
        source=source,
        person=text_at(body, "user", "id"),
        key=trigger,
        team=text_at(body, "team", "id"),
        home=text_at(body, "user", "team_id"),
        channel=channel or None,
        thread=("" if is_top else thread) or text_at(about, "thread") or None,
        root=thread or text_at(message, "ts") or None,
        trigger=trigger or None,
        response_url=text_at(body, "response_url") or None,
        view=None if in_home else text_at(body, "view", "id") or None,
        in_home=in_home,
        may_replace=container.get("is_ephemeral") is True or channel.startswith("D"),
        aside=text_at(about, "aside") or None,
    )


def from_view(body: Body) -> Request:
    """A submitted modal. The same view with the same hash is the same request.

    After an answer beside a field Slack keeps the hash, and what is submitted then is mended: another request, told
    apart by what is in it. Only a declaration is not: it is made once, whatever was mended afterwards.
    """
    view = part(body, "view")
    values = part(view, "state", "values")
    declares = text_at(view, "callback_id") == "incident:declare"
    parts = ["view", text_at(view, "id"), text_at(view, "hash"), *([] if declares else [digest(values)])]
    return Request(
        source="modal",
        person=text_at(body, "user", "id"),
        key=":".join(parts) if parts[1] else "",
        team=text_at(body, "team", "id"),
        home=text_at(body, "user", "team_id"),
        trigger=text_at(body, "trigger_id") or None,
        view=parts[1] or None,
        fields=frozenset(values),
        thread=text_at(carried(view), "thread") or None,
        aside=text_at(carried(view), "aside") or None,
    )


def digest(values: Any) -> str:
    """A short text that tells whether two values are the same."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def from_event(body: Body, source: Source) -> Request:
    """Something that Slack told."""
    event = part(body, "event")
    thread = text_at(event, "thread_ts") or None
    return Request(
        source=source,
        person=text_at(event, "user") or text_at(event, "user", "id"),
        key=text_at(body, "event_id"),
        team=text_at(body, "team_id"),
        home=text_at(event, "user_team") or text_at(event, "team") or text_at(event, "source_team"),
        is_bot=bool(text_at(event, "bot_id")),
        is_shared=body.get("is_ext_shared_channel") is True,
        channel=text_at(event, "channel")
        or text_at(event, "channel", "id")
        or text_at(event, "item", "channel")
        or None,
        thread=thread,
        root=thread,
    )
