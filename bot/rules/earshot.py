"""How far an event is heard: where its people work, in the thread, by followers, by one alone; and how loudly."""

from collections.abc import Mapping

from bot.rules import events
from bot.rules.events import Event
from bot.rules.incident import Incident
from bot.rules.policy import Policy

ROOM = frozenset[type[Event]](
    {
        events.Absorbed,
        events.Acknowledged,
        events.AlertFired,
        events.AlertGathered,
        events.AlertsOver,
        events.Cancelled,
        events.CommanderWanted,
        events.DeputyWanted,
        events.Edited,
        events.GlassBroken,
        events.HandoffOffered,
        events.HolderGone,
        events.InHand,
        events.KeptAwake,
        events.MadePrivate,
        events.Merged,
        events.MilestoneEdited,
        events.NotAcknowledged,
        events.Noted,
        events.NotMitigated,
        events.PageDeclined,
        events.RecoveryVerified,
        events.Reopened,
        events.Resolved,
        events.RoleAssigned,
        events.RolledOut,
        events.RoomReplaced,
        events.Separated,
        events.ServiceAdded,
        events.ServiceRemoved,
        events.SeverityChanged,
        events.Snoozed,
        events.StatusChanged,
        events.Unacknowledged,
        events.Undone,
        events.Updated,
    }
)
"""Said where the incident's people work. An update's first reminder is said there too."""

THREAD = frozenset[type[Event]]({events.Updated, events.Cancelled, events.Merged})
"""Said in the announcement's thread."""

FOLLOWED = frozenset[type[Event]](
    {
        events.Cancelled,
        events.Merged,
        events.Reopened,
        events.Resolved,
        events.SeverityChanged,
        events.StatusChanged,
        events.Undone,
        events.Updated,
    }
)
"""Sent to those who follow it."""

TOLD: Mapping[type[Event], str] = {
    events.AccessDenied: "person",
    events.AccessGranted: "person",
    events.AccessRequested: "asked",
    events.DeputyWanted: "asked",
    events.HandoffDeclined: "by",
    events.HandoffOffered: "to",
    events.HandoffWaiting: "by",
    events.MitigationSoon: "asked",
    events.StillThere: "asked",
    events.TwoHats: "person",
    events.UpdateSoon: "asked",
}
"""Said to somebody alone: the event's field that names whom."""


def is_for_room(event: Event, incident: Incident) -> bool:
    """Whether it is said where the incident's people work."""
    match event:
        case events.UpdateDue():
            return event.step == 1
        case events.EventRecorded():
            return event.author is None
        case events.ArchiveOffered():
            return True
        case events.Paged() | events.NobodyAnswered():
            return not event.would
        case events.Joined():
            return event.called or incident.room == "thread"  # in a channel Slack itself says who came
        case events.ArchiveRequested():
            return event.channel == incident.channel
    return type(event) in ROOM


def is_for_thread(event: Event, incident: Incident, policy: Policy) -> bool:
    """Whether it is said in the announcement's thread."""
    if isinstance(event, events.Undone) and (event.updated or event.kind in {"Cancelled", "Merged"}):
        return True
    return type(event) in THREAD or is_loud(event, incident, policy)


def is_loud(event: Event, incident: Incident, policy: Policy) -> bool:
    """Whether it is a new message in the announcement channel: an edit notifies nobody."""
    match event:
        case events.Resolved() | events.Reopened() | events.GlassBroken():
            return True
        case events.UpdateDue():
            return event.step == 3
        case events.SeverityChanged():
            return event.raised and policy.is_major(event.after)
        case events.Undone():  # as loudly as what it corrects
            was_raised = event.kind == "SeverityChanged" and policy.rank(event.was) < policy.rank(event.now)
            is_update = event.updated and policy.is_major(incident.severity)
            return event.kind == "Resolved" or is_update or (was_raised and policy.is_major(event.was))
        case events.Updated() | events.NotAcknowledged():
            return policy.is_major(incident.severity)
        case events.NobodyAnswered():
            return policy.is_major(incident.severity) and not event.would
    return False


def is_followed(event: Event) -> bool:
    """Whether it is sent to those who follow it."""
    return type(event) in FOLLOWED and not (isinstance(event, events.Undone) and event.is_of_people)
