"""What a command came to: what is so now, who acts, what comes next."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.glass import OPEN_FOR
from bot.rules.incident import Incident, Status
from bot.views.labels import acknowledge_by, wants_commander
from bot.views.terminal.paper import PROGRAM, Line, Paper
from bot.views.text import length, plain_line

NEXT = {
    Status.ACKNOWLEDGED: "Say what you see with an update.",
    Status.INVESTIGATING: "Look for the fastest safe way to restore the service; the cause can wait.",
    Status.IDENTIFIED: "Next: restore the service, by rollback or flag if that is faster than a fix.",
    Status.MITIGATING: "Once figures recover, move it to monitoring.",
    Status.MONITORING: "Watch the figures for 15 minutes, then resolve it.",
}
"""What comes next on entering a status."""
CONFIGURED_OTHERWISE = (
    "Tocsin runs with another configuration than this command has: other severities, channels or permissions. "
    "Type it in the same folder, or set TOCSIN_CONFIG to the same file."
)
"""A warning, not a refusal: on a bad day that must not be in the way."""

FIRST: tuple[type[Event], ...] = (events.Declared, events.Resolved, events.Updated, events.StatusChanged)
"""What the answer is about, where a change brought several."""


def outcome(answer: Answer, incident: Incident, paper: Paper, *, is_heard: bool) -> Iterator[Line]:
    """The lines for a finished change; `is_heard`: a bot runs, which tells Slack of it."""
    entry = _first(answer.entries)
    if entry is None:
        yield Line(f"{incident.name} is as it was. {PROGRAM} show {incident.name} tells how it stands.")
        return
    if any(isinstance(each.event, events.GlassBroken) for each in answer.entries):
        who = "all who are in it are" if incident.private else "everybody is"
        yield Line(f"It passed because you broke the glass: {who} told, with your reason.", "warn")
    happened, *following = OUTCOMES[type(entry.event)](entry.event, entry, incident, paper)
    yield Line(happened, "good")
    yield from (Line(line) for line in following if line)
    if answer.question:
        yield Line(paper.sentence(asked(answer.question, incident.number)), "warn")
    yield _told(incident, is_heard=is_heard)


def asked(question: str, number: int) -> str:
    """What somebody is asked before they stop the paging of others, and what yes is here."""
    return f"{question} {PROGRAM} ack INC-{number} --sure"


def refusal(sentence: str, paper: Paper) -> str:
    """A rule's no."""
    return paper.sentence(sentence).strip() or "That is not possible."


def glass_broken(entry: Entry, paper: Paper) -> Iterator[Line]:
    """Until when nothing is refused to who broke the glass."""
    yield Line(f"You broke the glass: until {paper.time(entry.at + OPEN_FOR)} nothing is refused to you.", "warn")
    yield Line("Do now what was refused. Everybody is told of each such act, with your reason.")


def _told(incident: Incident, *, is_heard: bool) -> Line:
    told = "its people are told in Slack" if incident.private else "Slack is told"
    if is_heard:
        return Line(f"{told[0].upper()}{told[1:]} now; if Slack is away, once it is back, with this time.", "quiet")
    return Line(f"It is kept, but no Tocsin runs now: {told} once `tocsin run` is started.", "warn")


def _first(entries: tuple[Entry, ...]) -> Entry | None:
    known = [entry for entry in entries if type(entry.event) in OUTCOMES]
    return min(
        known, key=lambda entry: FIRST.index(type(entry.event)) if type(entry.event) in FIRST else 9, default=None
    )


def _declared(event: events.Declared, _entry: Entry, incident: Incident, paper: Paper) -> Iterator[str]:
    how = f"{' as a test' if incident.is_test else ''}{' privately' if incident.private else ''}"
    yield f"{incident.name} is declared{how}: {event.severity} {plain_line(incident.title)}"
    due = paper.time(acknowledge_by(incident, paper.policy))
    yield f"Nobody has it yet; after {due} that is late. Who takes it: {PROGRAM} ack {incident.name}"


def _acknowledged(event: events.Acknowledged, entry: Entry, incident: Incident, paper: Paper) -> Iterator[str]:
    after = length(entry.at - (incident.at("declared") or incident.anchor))
    yield f"{paper.name(event.by)} has {incident.name} now, {after} after it was declared: {plain_line(incident.title)}"
    yield _commander(incident, paper)
    yield _promise(incident, paper)


def _updated(event: events.Updated, _entry: Entry, incident: Incident, paper: Paper) -> Iterator[str]:
    yield f"Update #{event.number} of {incident.name} is written ({event.status})."
    yield _promise(incident, paper)


def _status(event: events.StatusChanged, _entry: Entry, incident: Incident, paper: Paper) -> Iterator[str]:
    yield f"{incident.name} is {event.after} now (was {event.before})."
    yield NEXT.get(Status(event.after), "")
    yield _promise(incident, paper)


def _resolved(event: events.Resolved, entry: Entry, incident: Incident, paper: Paper) -> Iterator[str]:
    yield f"{incident.name} is resolved after {length(entry.at - event.declared_at)}. Reminders have stopped."
    yield f"Should it come back: {paper.policy.command} reopen {incident.name} why, in Slack."


def _paged(event: events.Paged, _entry: Entry, incident: Incident, paper: Paper) -> Iterator[str]:
    who = ", ".join((*map(paper.name, event.people), *event.channels, *event.services))
    if event.would:
        yield f"{incident.name} is a test: nobody is paged. It would have been {who}."
        return
    yield f"{who} is paged for {incident.name}." if len(event.people) == 1 else f"Paged for {incident.name}: {who}."


def _noted(_event: events.Noted, _entry: Entry, incident: Incident, _paper: Paper) -> Iterator[str]:
    yield f"Noted in the timeline of {incident.name}."


def _commander(incident: Incident, paper: Paper) -> str:
    if not wants_commander(incident, paper.policy):
        return ""
    return f"It has no commander yet: {paper.policy.command} command {incident.name}, in Slack."


def _promise(incident: Incident, paper: Paper) -> str:
    if not incident.is_open:
        return ""
    update = f'{PROGRAM} update {incident.name} "what is being done"'
    return f"Next update by {paper.time(incident.promise)}: {update}"


OUTCOMES: Mapping[type[Event], Callable[[Any, Entry, Incident, Paper], Iterator[str]]] = {
    events.Declared: _declared,
    events.Acknowledged: _acknowledged,
    events.Updated: _updated,
    events.StatusChanged: _status,
    events.Resolved: _resolved,
    events.Noted: _noted,
    events.Paged: _paged,
}
"""What can be done here, and how it is answered."""
