"""What a view for the terminal is given: names, a zone, the moment; and what it gives back: lines."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.rules.policy import Policy
from bot.views.text import cut, plain_line, unmarked

Tone: TypeAlias = Literal["plain", "title", "quiet", "good", "warn", "bad"]
VERBS = ("declare", "ack", "update", "status", "resolve", "note", "escalate", "breakglass", "list", "show")
"""What the command line can do, by the words of the slash command."""
PROGRAM = "tocsin incident"
NEAR = timedelta(hours=12)
NARROWEST = 20
"""Signs that what goes on in the next line needs there."""

_TOKEN = re.compile(r"<([^<>]*)>")
_ASIDE = re.compile(r"(?<!\w)_(\([^_]*\))_(?!\w)")
_WHOLE = re.compile(r"^_([^_\n]+)_$", re.MULTILINE)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of plain text, and in which tone it is said where there are colours."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Paper:
    """Whom ids mean (people and channels, by id), the zone that times are told in, and the moment.

    `width`: signs in a line, where somebody looks on; 0 where a line may be as long as it is. `timezone` is the
    reader's own, where they are known.
    """

    policy: Policy
    now: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    width: int = 0
    timezone: ZoneInfo | None = None

    @property
    def zone(self) -> tzinfo:
        """The reader's own zone, else the configured one."""
        return self.timezone or self.policy.calendar.timezone

    @property
    def zone_name(self) -> str:
        """`Europe/Madrid`."""
        return str(self.zone)

    def name(self, identity: str | None) -> str:
        """Somebody's name, or the id where it is not known; `nobody`."""
        return (plain_line(self.names.get(identity, "")) or identity) if identity else "nobody"

    def channel(self, identity: str) -> str:
        """`#inc-12-checkout`, or the id."""
        known = self.names.get(identity)
        return f"#{plain_line(known)}" if known else f"#{identity}"

    def time(self, at: datetime) -> str:
        """The time of day where it is near, else day and time."""
        return at.astimezone(self.zone).strftime("%H:%M") if abs(at - self.now) < NEAR else self.date(at)

    def row(self, line: str) -> str:
        """A line of a table, cut where the next one would begin."""
        return cut(line, self.width) if self.width else line

    def date(self, at: datetime) -> str:
        """`2026-11-20 14:05`."""
        return at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def since(self, at: datetime, begin: datetime) -> str:
        """The time of day on the day on which it began, else day and time; once the clocks have changed, by which."""
        day, first = (each.astimezone(self.zone) for each in (at, begin))
        told = f"{day:%H:%M}" if day.date() == first.date() else self.date(at)
        return told if day.utcoffset() == first.utcoffset() else f"{told} {day:%Z}"

    def plain(self, markup: str) -> str:
        """Slack's markup as a terminal shows it: names for ids, local times, no signs of type."""
        text = _TOKEN.sub(self._token, markup)
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        return _WHOLE.sub(r"\1", _ASIDE.sub(r"\1", unmarked(text)))

    def spoken(self, sentence: str) -> str:
        """A rule's sentence for who reads it elsewhere: people by name, and commands as they are typed in Slack."""
        named = re.sub(r"<@([UW][A-Z0-9]+)>", lambda found: self.name(found[1]), sentence)
        return re.sub(r"`([^`]*)`", r"“\1”", named)

    def sentence(self, sentence: str) -> str:
        """A rule's sentence: people by name, and commands as they are typed here where they can be."""
        known = "|".join(VERBS)
        return re.sub(rf"{re.escape(self.policy.command)} ({known})\b", rf"{PROGRAM} \1", self.spoken(sentence))

    def _token(self, found: re.Match[str]) -> str:
        inside, _, label = found[1].partition("|")
        match inside[:1]:
            case "@":
                return self.name(inside[1:])
            case "#":
                return self.channel(inside[1:])
            case "!":
                return self._special(inside[1:], label)
        return f"{label} ({inside})" if label and label != inside else inside

    def _special(self, inside: str, label: str) -> str:
        kind, _, rest = inside.partition("^")
        seconds = rest.partition("^")[0]
        if kind == "date" and seconds.isdecimal():
            at = datetime.fromtimestamp(int(seconds), UTC)
            return self.time(at)
        return label


def columns(rows: Sequence[Sequence[str]], gap: str = "  ", width: int = 0) -> list[str]:
    """Rows as aligned lines; the last column runs free, or goes on below itself where lines have a `width`."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    before = sum(widths[:-1]) + len(gap) * len(widths[:-1])
    lines = [
        gap.join([*(cell.ljust(wide) for cell, wide in zip(row[:-1], widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]
    return [folded(line, width, before) for line in lines]


def folded(line: str, width: int, indent: int = 2) -> str:
    """A line that goes on below, so much further in, where it is wider; cut where that leaves it no room."""
    if not width:
        return line
    if width - indent < NARROWEST:
        return cut(line, width)
    return "\n".join(textwrap.wrap(line, width, subsequent_indent=" " * indent, break_on_hyphens=False))


def utc(at: datetime) -> str:
    """A time as programs read it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
