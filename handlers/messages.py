"""A message of Slack's as something that happened: its words, its own time, its author, its address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rules.refused import Refused
from handlers.grammar import plain
from handlers.parts import Parts
from handlers.request import Body, text_at

CARRIED = 500
"""Characters of it that go through a modal, of whose 3,000 an emoji in JSON takes 12."""
LONGEST = 2_000
"""Characters of a message that are kept; its address leads to the rest."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, and when; `where` is its channel and ts."""

    text: str
    at: datetime
    author: str | None
    link: str | None
    where: str

    @property
    def facts(self) -> dict[str, Any]:
        """As `record_event` takes them."""
        return {"text": self.text, "at": self.at, "author": self.author, "link": self.link}

    @property
    def carried(self) -> dict[str, Any]:
        """As a modal carries it."""
        return {**self.facts, "text": self.text[:CARRIED], "at": self.at.isoformat(), "where": self.where}


def written(bot: Parts, message: Body, channel: str | None) -> Written:
    """Reads a message. Raises Refused where it has no words."""
    text = plain(text_at(message, "text")) or _attached(message)
    if not text:
        raise Refused(f"That message has no text. Write it yourself: `{bot.policy.command} event 14:05 …`.")
    ts = text_at(message, "ts")
    short = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
    return Written(
        text=short,
        at=_before(moment_of(ts), bot.now),
        author=text_at(message, "user") or None,
        link=address(bot, message, channel),
        where=f"{channel}:{ts}",
    )


def key(where: str, number: int) -> str:
    """Tells a repeat: whoever marks the same message for the same incident again gets the same answer."""
    return f"message:{where}:{number}"


def _attached(message: Body) -> str:
    """What stands for the words of a message that has none of its own."""
    for kind, name in (("attachments", "fallback"), ("files", "title")):
        found = message.get(kind)
        texts = [plain(text_at(each, name)) for each in found] if isinstance(found, list) else []
        if any(texts):
            return ", ".join(text for text in texts if text)
    return ""


def _before(at: datetime | None, now: datetime) -> datetime:
    """What has been written is not to come, even where Slack's clock is ahead of ours."""
    return min(at, now) if at else now


def moment_of(ts: str) -> datetime | None:
    """The moment of a message's ts (seconds since 1970, a dot, and six more digits)."""
    seconds, _, fraction = ts.partition(".")
    if not seconds.isdecimal() or len(seconds) > 11:
        return None
    rest = int(fraction[:6].ljust(6, "0")) if fraction.isdecimal() else 0
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=rest)


def address(bot: Parts, message: Body, channel: str | None) -> str | None:
    """The message's own address, as Slack makes them; nobody has to be asked for it."""
    place, ts = bot.identity().get("url"), text_at(message, "ts")
    if not isinstance(place, str) or not channel or not ts:
        return None
    thread = text_at(message, "thread_ts")
    below = f"?thread_ts={thread}&cid={channel}" if thread and thread != ts else ""
    return f"{place.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{below}"
