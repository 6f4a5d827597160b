"""One incident: where it stands, who has it, what is promised, what happened last."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.rules.alerts.group import Group
from bot.rules.entries import Entry
from bot.rules.incident import MILESTONES, Incident
from bot.rules.paging.by_hand import Ahead
from bot.views.alerts import listed_in
from bot.views.card import paging
from bot.views.labels import (
    KIND_SIGNS,
    ROLE_NAMES,
    acknowledge_by,
    impact,
    is_update_due,
    lasted,
    state_word,
    wants_commander,
)
from bot.views.terminal.paper import PROGRAM, Line, Paper, Tone, columns
from bot.views.text import age, length, listed, plain_line
from bot.views.timeline import timeline_line

LATEST = 10
"""Entries of the timeline that are shown."""
FACT = 200


def shown(
    incident: Incident,
    entries: Sequence[Entry],
    paper: Paper,
    alerts: Sequence[Group] = (),
    ahead: Ahead | None = None,
) -> Iterator[Line]:
    """Facts, roles, promise, alerts, the last entries of the timeline (given oldest first), what comes next.

    `ahead` is whom it pages.
    """
    kind = f"{KIND_SIGNS[incident.kind][1]} " if incident.kind in KIND_SIGNS else ""
    private = " (private)" if incident.private else ""
    head = f"{kind}{incident.severity} {incident.name}{private} {plain_line(incident.title)}"
    yield Line(head, "title" if incident.is_open else "plain")
    if incident.channel and incident.channel_name:
        paper = replace(paper, names={**paper.names, incident.channel: incident.channel_name})
    facts = list(_facts(incident, paper, ahead))
    yield from (Line(line, tone) for line, (_, _, tone) in zip(columns([f[:2] for f in facts]), facts, strict=True))
    if alerts:
        yield Line("")
        yield Line("Alerts", "quiet")
        yield from (Line(f"  {line}") for each in listed_in(alerts) for line in paper.plain(each).splitlines())
    if latest := entries[-LATEST:]:
        last = "" if len(latest) == len(entries) else f", the last {len(latest)}"
        yield Line("")
        yield Line(f"Timeline{last} ({paper.zone_name})", "quiet")
        yield from (Line(f"  {paper.plain(timeline_line(entry, incident.subject))}") for entry in latest)
    if incident.is_open:
        yield Line("")
        yield Line(f"Next: {_next(incident)}", "quiet")


def _facts(incident: Incident, paper: Paper, ahead: Ahead | None) -> Iterator[tuple[str, str, Tone]]:
    yield "Status", _status(incident, paper), "plain"
    if incident.is_open:
        yield from _waited_for(incident, paper, ahead)
    if incident.roles:
        held = (
            f"{ROLE_NAMES[role]} {paper.name(incident.roles[role])}" for role in ROLE_NAMES if role in incident.roles
        )
        yield "Roles", ", ".join(held), "plain"
    if incident.services:
        yield "Services", ", ".join(plain_line(name) for name in incident.services), "plain"
    if incident.affected:
        yield "Affected", plain_line(incident.affected, FACT), "plain"
    if told := impact(incident, FACT):
        yield "Impact", paper.plain(told), "plain"
    if incident.fix and not incident.is_open:
        yield "Fix", plain_line(incident.fix, FACT), "plain"
    yield "Times", _milestones(incident, paper), "plain"
    if incident.channel:
        yield "Channel", f"{paper.channel(incident.channel)}{', archived' if incident.archived else ''}", "plain"


def _waited_for(incident: Incident, paper: Paper, ahead: Ahead | None) -> Iterator[tuple[str, str, Tone]]:
    yield _holder(incident, paper)
    if ahead:
        yield "Paged", paper.plain(paging(ahead, paper.now)).removeprefix("Paging "), "plain"
    yield _promise(incident, paper)


def _status(incident: Incident, paper: Paper) -> str:
    if incident.is_open:
        ago = age(lasted(incident, paper.now))
        return f"{state_word(incident)}, declared {ago if ago == 'just now' else f'{ago} ago'}"
    end = incident.at("resolved")
    return f"{state_word(incident)}{f' after {length(lasted(incident, end))}' if end else ''}"


def _holder(incident: Incident, paper: Paper) -> tuple[str, str, Tone]:
    if incident.acknowledged_by is None:
        due = acknowledge_by(incident, paper.policy)
        late = f"late since {paper.time(due)}" if paper.now >= due else f"late after {paper.time(due)}"
        return "Who", f"nobody has it; {late}", "bad"
    missing = wants_commander(incident, paper.policy)
    others = [paper.name(each) for each in incident.responders if each != incident.acknowledged_by]
    beside = f", with {listed(others)}" if others else ""
    commander = "; no commander yet" if missing else ""
    return "Who", f"{paper.name(incident.acknowledged_by)} has it{beside}{commander}", "warn" if missing else "plain"


def _promise(incident: Incident, paper: Paper) -> tuple[str, str, Tone]:
    is_late = is_update_due(incident, paper.now)
    told = f"{paper.time(incident.promise)}{', and late' if is_late else ''}"
    return "Update", f"promised for {told}; {_posted(incident.updates)}", "warn" if is_late else "plain"


def _posted(updates: int) -> str:
    return "none posted yet" if not updates else f"{updates} posted"


def _milestones(incident: Incident, paper: Paper) -> str:
    reached = ((name, incident.milestones.get(name)) for name in MILESTONES)
    return ", ".join(
        f"{name} {paper.time(at.at)}{' (implied)' if at.implied else ''}" for name, at in reached if at is not None
    )


def _next(incident: Incident) -> str:
    if incident.acknowledged_by is None:
        return f"{PROGRAM} ack {incident.name}"
    return f'{PROGRAM} update {incident.name} "what is being done", or resolve {incident.name} "what fixed it"'
