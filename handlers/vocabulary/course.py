"""The course of an incident, from declared to resolved."""

from handlers import declaring, lifecycle, notes, services, severity, times, updates
from handlers.grammar import Spoken
from handlers.vocabulary.verb import Verb, text


def _status(spoken: Spoken) -> str | None:
    if spoken.rest.casefold() == "resolved":
        return "incident:resolve"
    return None if spoken.rest else "incident:status"


def _event(spoken: Spoken) -> str | None:
    return None if times.begins_with_time(spoken.rest) and times.has_text(spoken.rest) else "incident:event"


COURSE: tuple[Verb, ...] = (
    Verb(
        "declare",
        ("new", "open", "create"),
        "declare [private] [test] [sev1] <title>",
        "Opens an incident; what is missing is asked.",
        "incident:declare",
        look=declaring.declare,
    ),
    Verb(
        "drill",
        (),
        "drill [sev1] <title>",
        "Declares a test: marked TEST everywhere, out of lists and figures.",
        "incident:declare",
        look=declaring.declare,
    ),
    Verb(
        "ack", ("acknowledge",), "ack", "You have it.", "incident:acknowledge", lifecycle.acknowledge, takes="nothing"
    ),
    Verb(
        "unack",
        ("unacknowledge",),
        "unack",
        "Nobody has it; the clock runs on.",
        "incident:unacknowledge",
        lifecycle.unacknowledge,
        takes="nothing",
    ),
    Verb(
        "status",
        (),
        "status <phase> [note]",
        "Investigating, identified, mitigating, monitoring or resolved; with a note it is an update.",
        "incident:status",
        lifecycle.status,
        needs=_status,
    ),
    Verb(
        "severity",
        ("sev",),
        "severity <sev2> [why]",
        "Raises or lowers it; with a reason it is an update.",
        "incident:severity",
        severity.severity,
        needs=text("incident:severity"),
    ),
    Verb(
        "service",
        (),
        "service [remove] <name>",
        "Puts a service on the incident, or takes it off.",
        "incident:service",
        services.service,
        needs=text("incident:service"),
    ),
    Verb(
        "update",
        ("post",),
        "update [text]",
        "Posts what is being done, and promises the next update.",
        "incident:update",
        updates.update,
        needs=text("incident:update"),
    ),
    Verb(
        "note", (), "note <text>", "Writes into the timeline.", "incident:note", notes.note, needs=text("incident:note")
    ),
    Verb(
        "event",
        (),
        "event <14:05> <text>",
        "Writes down what happened at that time (also `yesterday 14:05`, `2026-11-20 14:05`).",
        "incident:event",
        notes.event,
        needs=_event,
    ),
    Verb(
        "snooze",
        (),
        "snooze <30m>",
        "Moves the next update, at most twice in a row.",
        "incident:snooze",
        updates.snooze,
        needs=text("incident:snooze"),
        takes="number",
    ),
    Verb(
        "resolve",
        ("close",),
        "resolve [what fixed it]",
        "The service is restored.",
        "incident:resolve",
        lifecycle.resolve,
        needs=text("incident:resolve"),
    ),
    Verb(
        "reopen",
        (),
        "reopen <why>",
        "It is back; what was merged is one of its own again.",
        "incident:reopen",
        lifecycle.reopen,
        needs=text("incident:reopen"),
    ),
    Verb(
        "cancel",
        (),
        "cancel [reason] [why]",
        "It was no incident: false alarm, duplicate, planned, test or other.",
        "incident:cancel",
        lifecycle.cancel,
        needs=text("incident:cancel"),
    ),
    Verb(
        "archive",
        (),
        "archive",
        "Archives the channel of an incident that is closed.",
        "incident:archive",
        lifecycle.archive,
        takes="nothing",
    ),
)
