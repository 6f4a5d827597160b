"""What somebody needs who takes over: impact, tried, promised, open. One line each, and one a step."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.labels import ROLE_NAMES, impact, is_update_due, wants_commander
from bot.views.text import listed, one_line, person, when

LINE = 110
MOST_TRIED = 5


def brief(incident: Incident, history: Sequence[Entry], policy: Policy, now: datetime) -> tuple[str, ...]:
    """The lines, as markup; `history` is its timeline, oldest first."""
    tried = steps(history, now, MOST_TRIED)
    return (
        *known(incident),
        *(["*Tried*", *(f"• {line}" for line in tried)] if tried else ["*Tried* nothing is written down yet"]),
        f"*Promised* {promised(incident, now)}",
        f"*Still open* {'; '.join(missing(incident, policy)) or 'nothing that I know of'}",
    )


def known(incident: Incident) -> Iterator[str]:
    """What it does to others, and who they are."""
    told = impact(incident, LINE)
    if told or not incident.forgotten:
        yield f"*Impact* {told or 'not known yet'}"
    if incident.affected:
        yield f"*Affected* {one_line(incident.affected, LINE)}"


def promised(incident: Incident, now: datetime) -> str:
    """The next update, and who is asked for it."""
    who = asked(incident)
    by = f", {person(who)} is asked for it" if who else ""
    if not incident.is_open:
        return "nothing: it is closed"
    if is_update_due(incident, now):
        return f"⏰ an update, due since {when(incident.promise, now)}{by}"
    return f"the next update by {when(incident.promise, now)}{by}"


def asked(incident: Incident) -> str | None:
    """Who posts the updates, as far as is known here."""
    roles = incident.roles
    return roles.get("comms") or incident.commander or roles.get("lead") or incident.acknowledged_by


def missing(incident: Incident, policy: Policy) -> Iterator[str]:
    """What nobody has or has done yet, the gravest first."""
    if not incident.is_open:
        return
    if incident.acknowledged_by is None:
        yield "nobody has acknowledged it"
    elif incident.at("mitigated") is None:
        yield "service is not restored yet"
    wanted = [role for role in ROLE_NAMES if role not in incident.roles]
    if not wants_commander(incident, policy):
        wanted = [role for role in wanted if role != "commander"]
    if policy.is_major(incident.severity) and wanted:
        yield f"nobody is {listed((ROLE_NAMES[role].lower() for role in wanted), 'or')}"


def steps(history: Sequence[Entry], now: datetime, most: int) -> list[str]:
    """The last updates, moves and notes, by the time they tell of; what another step of that moment tells is left out.

    An update tells of its move, and a raise or lowering with a reason of its update.
    """
    forms = {entry.at for entry in history if isinstance(entry.event, events.Updated)}
    reasons = {entry.at for entry in history if isinstance(entry.event, events.SeverityChanged) and entry.event.why}
    left: Mapping[type[Event], set[datetime]] = {events.StatusChanged: forms, events.Updated: reasons}
    told = [
        entry for entry in history if type(entry.event) in STEPS and entry.at not in left.get(type(entry.event), set())
    ]
    last = sorted(told[-most:], key=lambda entry: entry.tells_of)
    return [f"{when(entry.tells_of, now)} {STEPS[type(entry.event)](entry.event)}" for entry in last]


def _because(words: str) -> str:
    return f": {one_line(words, LINE)}" if words else ""


def _severity(event: events.SeverityChanged) -> str:
    return f"{'raised' if event.raised else 'lowered'} to {event.after}{_because(event.why)}"


STEPS: Mapping[type[Event], Callable[[Any], str]] = {
    events.Updated: lambda event: f"*{event.status}*, update #{event.number}{_because(event.text)}",
    events.StatusChanged: lambda event: f"*{event.after}*",
    events.SeverityChanged: _severity,
    events.Noted: lambda event: one_line(event.text, LINE),
    events.EventRecorded: lambda event: one_line(event.text, LINE),
    events.Resolved: lambda event: f"*resolved*{_because(event.fix)}",
    events.Reopened: lambda event: f"*reopened*{_because(event.why)}",
}
"""What counts as tried, each in a few words."""
