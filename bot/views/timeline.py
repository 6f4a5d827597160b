# ruff: noqa: ARG001, ARG005 - every wording has the same shape, whether it needs all of it or not
"""Each event of a timeline in one line, with its local time."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.views.labels import role_title
from bot.views.messages.rooms import could_not
from bot.views.text import channel, date, link, listed, one_line, person, time

LINE = 160
LATE_ENTRY = timedelta(minutes=2)
"""What is written down later than this says so."""


def timeline_line(entry: Entry) -> str:
    """`14:05 @ada acknowledged`, at the time it tells of."""
    recorded = f" _(written {time(entry.at)})_" if entry.at - entry.tells_of > LATE_ENTRY else ""
    return f"{date(entry.tells_of)} {LINES[type(entry.event)](entry.event, _actor(entry))}{recorded}"


def _actor(entry: Entry) -> str:
    return person(entry.person) if entry.person else "Tocsin"


def _because(words: str) -> str:
    return f": {one_line(words, LINE)}" if words else ""


def _declared(event: events.Declared, actor: str) -> str:
    named = f" for {listed(one_line(name) for name in event.services)}" if event.services else ""
    source = f" (from a {link(event.link, 'message')})" if event.link else ""
    return f"{actor} declared {event.severity}{named}: {one_line(event.title)}{source}"


def _assigned(event: events.RoleAssigned, actor: str) -> str:
    instead = f" instead of {person(event.previous)}" if event.previous else ""
    given = "" if actor == person(event.person) else f", by {actor}"
    return f"{person(event.person)} became {role_title(event.role)}{instead}{given}"


def _recorded(event: events.EventRecorded, actor: str) -> str:
    source = f" ({link(event.link, 'message')})" if event.link else ""
    return f"{person(event.author) if event.author else actor}: {one_line(event.text, LINE)}{source}"


def _status(event: events.StatusChanged, actor: str) -> str:
    impact = f", impact{_because(event.impact)}" if event.impact else ""
    return f"{actor} moved it from {event.before} to {event.after}{impact}"


def _severity(event: events.SeverityChanged, actor: str) -> str:
    verb = "raised" if event.raised else "lowered"
    return f"{actor} {verb} it from {event.before} to {event.after}{_because(event.why)}"


def _due(event: events.UpdateDue, actor: str) -> str:
    said_to = {1: "the channel was told", 2: "the commander was told", 3: "the announcement channel was told"}
    return f"Update due since {time(event.promise)}: {said_to.get(event.step, 'it was said')}"


def _acknowledged(event: events.Acknowledged, actor: str) -> str:
    return f"{person(event.by)} acknowledged{' by acting on it' if event.implied else ''}"


LINES: Mapping[type[Event], Callable[[Any, str], str]] = {
    events.Declared: _declared,
    events.Acknowledged: _acknowledged,
    events.Unacknowledged: lambda event, actor: f"{person(event.by)} took the acknowledgement back",
    events.StatusChanged: _status,
    events.SeverityChanged: _severity,
    events.RoleAssigned: _assigned,
    events.ServiceAdded: lambda event, actor: f"{actor} added the service {one_line(event.service)}",
    events.ServiceRemoved: lambda event, actor: f"{actor} took off the service {one_line(event.service)}",
    events.Updated: lambda event, actor: f"{actor} posted update #{event.number}{_because(event.text)}",
    events.Noted: lambda event, actor: f"{actor} noted{_because(event.text)}",
    events.EventRecorded: _recorded,
    events.Snoozed: lambda event, actor: f"{actor} moved the next update to {time(event.until)}",
    events.Resolved: lambda event, actor: f"{actor} resolved it{_because(event.fix)}",
    events.Reopened: lambda event, actor: f"{actor} reopened it{_because(event.why)}",
    events.Cancelled: lambda event, actor: f"{actor} cancelled it ({one_line(event.reason)}){_because(event.why)}",
    events.KeptAwake: lambda event, actor: f"{actor} keeps it awake outside business hours",
    events.InHand: lambda event, actor: f"{actor} has it in hand{_because(event.why)}",
    events.NotAcknowledged: lambda event, actor: f"Not acknowledged by {time(event.due_at)}",
    events.CommanderWanted: lambda event, actor: f"No commander by {time(event.due_at)}",
    events.UpdateSoon: lambda event, actor: (
        f"{person(event.asked) if event.asked else 'Nobody'} was reminded of the update at {time(event.due_at)}"
    ),
    events.UpdateDue: _due,
    events.NotMitigated: lambda event, actor: f"Not mitigated by {time(event.due_at)}",
    events.RoomMade: lambda event, actor: f"The channel {channel(event.channel)} was made",
    events.Announced: lambda event, actor: f"Announced in {channel(event.channel)}",
    events.MemberJoined: lambda event, actor: f"{person(event.person)} joined the channel",
    events.MemberLeft: lambda event, actor: f"{person(event.person)} left the channel",
    events.GaveUp: lambda event, actor: f"Tocsin could not {could_not(event)}: {one_line(event.reason)}",
}
"""Each kind of event and its line; the first argument is the event, the second who did it."""
