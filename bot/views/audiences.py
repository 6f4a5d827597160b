"""What executives and other audiences read, by mail and in their channel: the guides' fields, always in one form."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from html import escape as as_html

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.views.blocks import section
from bot.views.message import Message, message
from bot.views.text import clean, date, escape, length, one_line, plain_line

NOBODY = "not known yet"


def subject(incident: Incident, entries: Sequence[Entry]) -> str:
    """`SEV1 Update #3: Checkout is down`."""
    return plain_line(f"{incident.severity} {_what(entries)}: {incident.title}", 200)


def _what(entries: Sequence[Entry]) -> str:
    for entry in reversed(entries):
        event = entry.event
        if isinstance(event, events.Updated):
            return f"Update #{event.number}"
        if isinstance(event, events.Resolved | events.Reopened | events.Cancelled | events.Declared):
            return type(event).__name__
        if isinstance(event, events.StatusChanged):
            return event.after.capitalize()
        if isinstance(event, events.Merged):
            return f"Goes on in INC-{event.into}"
        if isinstance(event, events.Undone):
            return "Corrected"
        if isinstance(event, events.SeverityChanged) and not event.raised:
            return "Lowered"
    return "Raised"


def fields(
    incident: Incident, entries: Sequence[Entry], now: datetime, *, is_last: bool = False
) -> Iterable[tuple[str, str | datetime]]:
    """Each field and what stands in it: plain text, or a time. `is_last`: it is of their severities no more."""
    begun = incident.at("began") or incident.at("declared") or incident.anchor
    yield "Incident", f"{incident.name} {plain_line(incident.title)}"
    yield "Severity", incident.severity
    yield "Status", "merged" if _into(entries) else str(incident.status)
    yield "Started", begun
    yield "Duration", length((incident.closed_at or now) - begun)
    yield "Current status", _current(entries) or "No update was written with this."
    yield "Affected users", clean(incident.affected or incident.figures.get("users", "")) or NOBODY
    if incident.impact:
        yield "Impact", clean(incident.impact)
    yield "Services impacted", ", ".join(plain_line(name) for name in incident.services) or NOBODY
    yield "Next update", _next(incident, entries, is_last=is_last)


def _into(entries: Iterable[Entry]) -> int | None:
    """Which incident it went into by what happened."""
    return next((entry.event.into for entry in entries if isinstance(entry.event, events.Merged)), None)


def _next(incident: Incident, entries: Sequence[Entry], *, is_last: bool) -> str | datetime:
    if into := _into(entries):
        return f"in INC-{into}"
    if not incident.is_open:
        return "none, it is over"
    return f"none here while it is {incident.severity}" if is_last else incident.promise


def _current(entries: Sequence[Entry]) -> str:
    for entry in reversed(entries):
        match entry.event:
            case events.Updated(text=text) | events.Resolved(fix=text):
                return clean(text)
            case events.Reopened(why=why) | events.Cancelled(why=why) | events.SeverityChanged(why=why):
                return clean(why)
            case events.Declared(affected=_):
                return "It was declared just now."
            case events.Merged(into=into):
                return f"It is part of INC-{into} now, and goes on there."
            case events.Undone(was=was):
                return f"That it is {was} was a mistake."
    return ""


def _plain(said: str | datetime, zone: tzinfo) -> str:
    return said if isinstance(said, str) else f"{said.astimezone(zone):%a %Y-%m-%d %H:%M} ({zone})"


def text(incident: Incident, entries: Sequence[Entry], now: datetime, zone: tzinfo, *, is_last: bool = False) -> str:
    """The mail's plain part; times are those of `zone`."""
    told = fields(incident, entries, now, is_last=is_last)
    return "".join(f"{name}: {_plain(said, zone)}\n" for name, said in told)


def html(incident: Incident, entries: Sequence[Entry], now: datetime, zone: tzinfo, *, is_last: bool = False) -> str:
    """The mail's HTML part: a table that a phone shows."""
    told = fields(incident, entries, now, is_last=is_last)
    found = ((name, as_html(_plain(said, zone))) for name, said in told)
    rows = (
        f'<tr><th align="left" valign="top">{name}</th><td>{said.replace(chr(10), "<br>")}</td></tr>'
        for name, said in found
    )
    return f'<table cellpadding="4">{"".join(rows)}</table>'


def posted(incident: Incident, entries: Sequence[Entry], now: datetime, *, is_last: bool = False) -> Message:
    """The same in their channel."""
    title = one_line(subject(incident, entries))
    lines = [f"*{name}*: {_marked(said)}" for name, said in fields(incident, entries, now, is_last=is_last)]
    return message(title, section(f"*{title}*"), section("\n".join(lines)))


def _marked(said: str | datetime) -> str:
    return escape(said) if isinstance(said, str) else date(said)


def would(incident: Incident, entries: Sequence[Entry], names: Iterable[str]) -> Message:
    """What the declarer of a test is told instead."""
    told = f"TEST: would tell {one_line(', '.join(names))}: “{one_line(subject(incident, entries))}”"
    return message(told, section(told))
