# ruff: noqa: ARG001, ARG005 - every wording has the same shape, whether it needs all of it or not
"""Each event of a timeline in one line, with its local time."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from bot.rules import events
from bot.rules.alerts.alert import REPORT
from bot.rules.automation.automatic import NOTE
from bot.rules.declaring import WAS_OVER
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.paging.asking import TO_COMMAND
from bot.rules.paging.escalation import AFTERWARDS, FIRST, WHY
from bot.rules.watching.alerting import back
from bot.views import rollouts
from bot.views.labels import role_title
from bot.views.messages.access import does
from bot.views.messages.afterwards import DOORS
from bot.views.messages.mending import FIELDS, MILESTONES, told
from bot.views.messages.paging import called, named
from bot.views.messages.reminders import DUE_MEANWHILE
from bot.views.messages.rooms import could_not
from bot.views.text import channel, date, link, listed, one_line, person, program, sentence, time, when

LINE = 160
PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
LATE_ENTRY = timedelta(minutes=2)
"""What is written down later than this says so."""


def timeline_line(entry: Entry, subject: str | None = None) -> str:
    """`14:05 @ada acknowledged`, at the time it tells of; of another one than `subject` `14:05 INC-9: …`."""
    recorded = f" _(written {time(entry.at)})_" if entry.at - entry.tells_of > LATE_ENTRY else ""
    door = f" _({DOORS[entry.source]})_" if entry.source in DOORS else ""
    other = f"INC-{entry.subject.partition(':')[2]}: " if subject and entry.subject != subject else ""
    return f"{date(entry.tells_of)} {other}{LINES[type(entry.event)](entry.event, _actor(entry))}{door}{recorded}"


def _actor(entry: Entry) -> str:
    if entry.actor.startswith("alert:"):
        return person(entry.actor)
    return person(entry.person) if entry.person else "Tocsin"


def _roles(roles: Iterable[str]) -> str:
    return listed(role_title(role) for role in roles)


def _nobody_answered(event: events.NobodyAnswered, actor: str) -> str:
    policy = one_line(event.policy)
    if event.untold:
        return f"Nobody could be paged yet ({policy}): Slack had not told who they are"
    if event.why in FIRST:
        return f"Nobody could {'have been' if event.would else 'be'} paged ({policy})"
    if event.why in AFTERWARDS:
        return f"Nobody {'would have been' if event.would else 'was'} left to be paged ({policy}): {WHY[event.why]}"
    return f"Nobody {'would have ' if event.would else ''}answered: all levels of {policy} were paged"


def _gone(event: events.HolderGone, actor: str) -> str:
    how = "was deactivated in Slack, having been" if event.why == "deactivated" else "left the channel, being"
    return f"{person(event.person)} {how} {_roles(event.roles)}"


def _because(words: str) -> str:
    return f": {one_line(words, LINE)}" if words else ""


def _declared(event: events.Declared, actor: str) -> str:
    named = f" for {listed(one_line(name) for name in event.services)}" if event.services else ""
    source = f" (from a {link(event.link, 'message')})" if event.link else ""
    kind = {"test": " a test", "near miss": " a near miss"}.get(event.kind, "")
    return f"{actor} declared{kind} {event.severity}{named}: {one_line(event.title)}{source}"


def _resolved(event: events.Resolved, actor: str) -> str:
    if event.at:
        return f"It was over, as {actor} wrote down{'' if event.fix == WAS_OVER else _because(event.fix)}"
    return f"{actor} resolved it{_because(event.fix)}"


def _edited(event: events.Edited, actor: str) -> str:
    name = FIELDS.get(event.field, one_line(event.field))
    before, after = (told(event.field, value) if value else "" for value in (event.before, event.after))
    return f"{actor} changed {name}{f' from {before}' if before else ''} to {after or 'nothing'}"


def _milestone(event: events.MilestoneEdited, actor: str) -> str:
    before = f" instead of {date(event.before)}" if event.before else ""
    name = MILESTONES.get(event.milestone, one_line(event.milestone))
    return f"{actor} set right {name}: {date(event.after)}{before}{_because(event.why)}"


def _undone(event: events.Undone, actor: str) -> str:
    what = UNDONE_KINDS.get(event.kind, "the last change")
    again = f", it is {_named(event.now)} again" if event.now else ""
    return f"{actor} took back {what}{again}"


def _named(value: str) -> str:
    """A person, or a status, a severity, another incident."""
    return person(value) if PERSON.fullmatch(value) else one_line(value)


def _assigned(event: events.RoleAssigned, actor: str) -> str:
    instead = f" instead of {person(event.previous)}" if event.previous else ""
    given = "" if actor == person(event.person) else f", named by {actor}"
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


def _was_away(event: events.WasAway, actor: str) -> str:
    meanwhile = listed(DUE_MEANWHILE.get(kind, one_line(kind)) for kind in event.due)
    since = when(event.since, event.until)
    return f"Tocsin was away from {since} to {time(event.until)}; meanwhile due: {meanwhile}"


def _paged(event: events.Paged, actor: str) -> str:
    level = f" ({one_line(event.policy)}, level {event.level})" if event.policy else ""
    verb = "would have paged" if event.would else "paged"
    wanted = " to take command" if event.why in TO_COMMAND and not event.policy else ""
    who, why = (sentence(NOTE), "") if event.note == NOTE else (actor, _because(event.note))
    return f"{who} {verb} {named(called(event))}{wanted}{level}{why}"


def _acknowledged(event: events.Acknowledged, actor: str) -> str:
    return f"{person(event.by)} acknowledged{' by acting on it' if event.implied else ''}"


def _unacknowledged(event: events.Unacknowledged, actor: str) -> str:
    of = f" of {person(event.holder)}" if event.holder else ""
    return f"{person(event.by)} took the acknowledgement{of} back"


UNDONE_KINDS = {
    "SeverityChanged": "the change of severity",
    "StatusChanged": "the change of status",
    "Acknowledged": "the acknowledgement",
    "RoleAssigned": "the change of a role",
    "Resolved": "that it is resolved",
    "Cancelled": "that it is cancelled",
    "Merged": "the merge",
}


def _fired(event: events.AlertFired, actor: str) -> str:
    if event.source == REPORT:
        return f"{one_line(event.title)} was reported"
    again = " again" if event.again else ""
    many = f", {event.count:,} alerts by now" if event.count > 1 and not event.again else ""
    return f"{one_line(event.title)} fires{again} ({program(event.source)}{many})"


def _gathered(event: events.AlertGathered, actor: str) -> str:
    title = one_line(event.title)
    return f"{title} was reported" if event.source == REPORT else f"{title} fires as well ({program(event.source)})"


LINES: Mapping[type[Event], Callable[[Any, str], str]] = {
    events.Declared: _declared,
    events.AlertFired: _fired,
    events.AlertGathered: _gathered,
    events.AlertsOver: lambda event, actor: f"{one_line(event.title)} fires no longer ({program(event.source)})",
    events.Acknowledged: _acknowledged,
    events.Unacknowledged: _unacknowledged,
    events.StatusChanged: _status,
    events.SeverityChanged: _severity,
    events.RoleAssigned: _assigned,
    events.ServiceAdded: lambda event, actor: f"{actor} added the service {one_line(event.service)}",
    events.ServiceRemoved: lambda event, actor: f"{actor} took off the service {one_line(event.service)}",
    events.RecoveryVerified: lambda event, actor: sentence(one_line(back(event.what, event.value, event.wanted))),
    events.RolledOut: lambda event, actor: rollouts.told(event),
    events.Updated: lambda event, actor: f"{actor} posted update #{event.number}{_because(event.text)}",
    events.Noted: lambda event, actor: f"{actor} noted{_because(event.text)}",
    events.EventRecorded: _recorded,
    events.Snoozed: lambda event, actor: f"{actor} moved the next update to {time(event.until)}",
    events.Resolved: _resolved,
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
    events.Paged: _paged,
    events.NobodyAnswered: _nobody_answered,
    events.PageDeclined: lambda event, actor: f"{person(event.person)} was paged and could not take it",
    events.MitigationSoon: lambda event, actor: (
        f"{person(event.asked)} was told that the next level is paged at {time(event.due_at)}"
    ),
    events.StillThere: lambda event, actor: f"{person(event.asked)} was asked whether they are still there",
    events.DeputyWanted: lambda event, actor: (
        f"{person(event.commander)} did not answer"
        f"{f', {person(event.asked)} was asked to take command' if event.asked else ''}"
    ),
    events.WasAway: _was_away,
    events.RoomMade: lambda event, actor: f"The channel {channel(event.channel)} was made",
    events.Announced: lambda event, actor: f"Announced in {channel(event.channel)}",
    events.MemberJoined: lambda event, actor: f"{person(event.person)} joined the channel",
    events.MemberLeft: lambda event, actor: f"{person(event.person)} left the channel",
    events.HandoffOffered: lambda event, actor: (
        f"{person(event.by)} offered command to {person(event.to)}{_because(event.note)}"
    ),
    events.HandoffDeclined: lambda event, actor: f"{person(event.to)} did not take command from {person(event.by)}",
    events.HandoffWaiting: lambda event, actor: (
        f"{person(event.by)} was told that {person(event.to)} has not answered the offer of command"
    ),
    events.Joined: lambda event, actor: (
        f"{person(event.person)} {'was paged, and comes' if event.called else 'came to help'}"
    ),
    events.Followed: lambda event, actor: f"{person(event.person)} follows it",
    events.Unfollowed: lambda event, actor: f"{person(event.person)} follows it no longer",
    events.HolderGone: _gone,
    events.TwoHats: lambda event, actor: (
        f"{person(event.person)} was told to hold too many roles: {_roles(('commander', *event.roles))}"
    ),
    events.MadePrivate: lambda event, actor: f"{actor} made it private",
    events.AccessRequested: lambda event, actor: f"{person(event.person)} asked {person(event.asked)} to be let in",
    events.AccessGranted: lambda event, actor: (
        f"{actor} came in" if actor == person(event.person) else f"{actor} let {person(event.person)} in"
    ),
    events.AccessDenied: lambda event, actor: f"{actor} did not let {person(event.person)} in",
    events.GlassBroken: lambda event, actor: (
        f"{person(event.person)} broke the glass to {does(event, 'it')}{_because(event.why)}"
    ),
    events.Edited: _edited,
    events.MilestoneEdited: _milestone,
    events.Undone: _undone,
    # The title of the other is its own to tell: it may have become private since.
    events.Merged: lambda event, actor: f"{actor} merged it into INC-{event.into}",
    events.Absorbed: lambda event, actor: f"{actor} merged INC-{event.number} {one_line(event.title)} into it",
    events.Separated: lambda event, actor: f"{actor} took INC-{event.number} {one_line(event.title)} out again",
    events.RoomRenamed: lambda event, actor: f"The channel was renamed to #{one_line(event.after)}",
    events.RoomArchived: lambda event, actor: f"The channel {channel(event.channel)} was archived",
    events.RoomUnarchived: lambda event, actor: f"The channel {channel(event.channel)} was opened again",
    events.RoomGone: lambda event, actor: (
        f"Tocsin was removed from the channel {channel(event.channel)}"
        if event.why == "removed"
        else f"The channel {channel(event.channel)} was deleted"
    ),
    events.RoomReplaced: lambda event, actor: f"A fresh channel takes the place of {channel(event.former)}",
    events.ArchiveOffered: lambda event, actor: "Tocsin asked whether to archive the channel",
    events.ArchiveRequested: lambda event, actor: f"{actor} had the channel {channel(event.channel)} archived",
    events.TextsRemoved: lambda event, actor: "What was written until then was removed, as its time was up",
    events.ChannelKept: lambda event, actor: f"{actor} keeps the channel {channel(event.channel)}",
    events.GaveUp: lambda event, actor: (
        f"Tocsin could not {could_not(event)}: {one_line(event.reason)}"
        f"{', and nobody was left to be told' if event.nobody else ''}"
    ),
}
"""Each kind of event and its line; the first argument is the event, the second who did it."""
