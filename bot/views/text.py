"""Text for Slack's markup: escaped once, cut between characters that belong together, times in the reader's zone."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.rules.refused import listed as listed  # as rules list things, so do views

LINE = 150
"""Enough of what a person wrote for one line of a card or a list."""
PARAGRAPH = 2_900
"""Nearly a section: what people wrote is kept whole where it can be."""

PROGRAMS = {"generic": "another program", "watch": "a watch", "heartbeat": "a heartbeat"}
"""What sends alerts and has no name of its own, by its source."""

_LINK = re.compile(r"(https?://[^\s<>|\"`]*[^\s<>|\"`.,;:!?)'\]])")
_PIECE = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|.", re.DOTALL)
_BOLD = re.compile(r"(?<!\w)\*([^*\s](?:[^*\n]*[^*\s])?)\*(?!\w)")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SOON = timedelta(hours=12)


def escape(text: str) -> str:
    """Plain text as Slack's markup: it mentions nobody and disguises no link."""
    return text.translate(_ENTITIES)


def clip(markup: str, limit: int) -> str:
    """Markup cut to `limit` characters, with an ellipsis; never inside a mention, a date or an entity."""
    if len(markup) <= limit:
        return markup
    end = 0
    for piece in _PIECE.finditer(markup):
        if piece.end() > limit - 1:
            break
        end = piece.end()
    return markup[:end].rstrip() + "…"


def cut(text: str, limit: int) -> str:
    """Plain text of at most `limit` characters, with an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean(text: str) -> str:
    """What a person wrote without control characters and without marks that turn the reading direction."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def wrote(text: str, limit: int = PARAGRAPH) -> str:
    """What a person wrote, as markup of at most `limit` characters: escaped, addresses of pages kept as links."""
    pieces = _LINK.split(re.sub(r"\n{3,}", "\n\n", clean(text)).strip())
    marked = "".join(f"<{escape(piece)}>" if index % 2 else escape(piece) for index, piece in enumerate(pieces))
    return clip(marked, limit)


def one_line(text: str, limit: int = LINE) -> str:
    """What a person wrote, on one line, as markup; a script that runs from the right stays within its own place."""
    return clip(_isolated(escape(plain_line(text))), limit)


def plain_line(text: str, limit: int | None = None) -> str:
    """What a person wrote, on one line, for where no markup is read (labels, options, titles)."""
    line = " ".join(clean(text).split())
    return cut(line, limit) if limit else line


def _isolated(text: str) -> str:
    from_right = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"\u2068{text}\u2069" if from_right else text


def quote(markup: str) -> str:
    """Markup as a quotation, each line of it."""
    return "\n".join(f"> {line}" for line in markup.split("\n"))


def person(identity: str) -> str:
    """A mention of somebody; a program by its name (`alert:grafana`)."""
    return program(identity.partition(":")[2]) if ":" in identity else f"<@{identity}>"


def program(source: str) -> str:
    """Who sent an alert, by its name; what sends in our own form has none that says anything."""
    return PROGRAMS.get(source) or one_line(source)


def people(identities: Iterable[str]) -> str:
    """Mentions, separated by blanks."""
    return " ".join(person(identity) for identity in identities)


def group(identity: str) -> str:
    """A mention of a user group, by its id."""
    return f"<!subteam^{identity}>"


def channel(identity: str) -> str:
    """A link to a channel, by its id."""
    return f"<#{identity}>"


def link(address: str, label: str) -> str:
    """A link under a label of plain text."""
    safe = address.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C").replace(" ", "%20")
    return f"<{safe}|{escape(plain_line(label, 80)).replace('|', '/')}>"


def time(at: datetime) -> str:
    """The time of day, in each reader's own zone."""
    return _date(at, "{time}", "%H:%M UTC")


def date(at: datetime) -> str:
    """Day and time, in each reader's own zone."""
    return _date(at, "{date_short_pretty} {time}", "%Y-%m-%d %H:%M UTC")


def when(at: datetime, now: datetime) -> str:
    """The time of day where it is near, else day and time."""
    return time(at) if abs(at - now) < _SOON else date(at)


def tells_time(markup: str) -> bool:
    """Whether a time of ours is in the markup."""
    return "<!date^" in markup


def _date(at: datetime, form: str, fallback: str) -> str:
    return f"<!date^{int(at.timestamp())}^{form}|{at.astimezone(UTC).strftime(fallback)}>"


def length(lasting: timedelta) -> str:
    """`3 min`, `1 h 2 min`, `2 days 3 h`."""
    minutes = int(lasting.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else "less than a minute"


def age(lasting: timedelta) -> str:
    """How long something has been so: `just now`, `3 min`."""
    return length(lasting) if lasting >= timedelta(minutes=1) else "just now"


def ended(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence already."""
    return text if not text or text[-1] in ".!?…:" else f"{text}."


def unmarked(markup: str) -> str:
    """Markup without bold type, for a text that may be read aloud."""
    return _BOLD.sub(r"\1", markup)


def sentence(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
