"""Executives and other audiences: whom an incident's severity tells of it outside of Slack's own people, and when.

At declare, with each update, when it is mitigated or watched, when it is raised to their severity or lowered out of it
(then for the last time), when it is over or goes on in another one, and when that is taken back.
A private incident never leaves; a test tells nobody but its declarer, who would have been told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules import events
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.incident import Incident, Status
from bot.rules.marks import mark_of
from bot.rules.policy import Audience, Policy

REACHED = frozenset({Status.MITIGATING, Status.MONITORING})
"""Statuses that are told though no update comes with them."""


def telling(after: Incident, entries: Iterable[Entry], policy: Policy) -> Iterable[Outgoing]:
    """What goes out to audiences because of a change: one mail an address, one post a channel, whatever happened."""
    entries = tuple(entries)
    concerned = [each for each in policy.audiences if not _severities(after, entries).isdisjoint(each.severities)]
    told = [entry.seq for entry in entries if _is_told(entry.event, concerned)]
    if not told or not concerned or after.private:
        return
    facts = {"seqs": told, **_stands(after)}
    if after.is_test:
        if after.declarer:
            names = [each.name for each in concerned]
            yield Outgoing(f"person:{after.declarer}", "audience_would", facts={**facts, "names": names})
        return
    hear = [each for each in concerned if after.severity in each.severities]
    for place, address in enumerate(dict.fromkeys(address for each in concerned for address in each.mail)):
        # A lane is logged, an address never.
        is_last = not any(address in each.mail for each in hear)
        sent = {**facts, "to": mark_of(address), "last": is_last}
        yield Outgoing(f"{after.subject}/mail-{place}", "audience_mail", facts=sent)
    for name in dict.fromkeys(each.channel for each in concerned if each.channel):
        is_last = not any(name == each.channel for each in hear)
        yield Outgoing(f"channel:{name}", "audience_post", facts={**facts, "last": is_last})


def address_of(mark: str, policy: Policy) -> str | None:
    """The mail address behind a mark; None where the configuration dropped it."""
    known = (address for each in policy.audiences for address in each.mail)
    return next((address for address in known if mark_of(address) == mark), None)


def _stands(incident: Incident) -> Mapping[str, Any]:
    """What it comes to at the event, however late that is told; nothing of it was written by somebody."""
    return {
        "severity": incident.severity,
        "status": incident.status.value,
        "services": list(incident.services),
        "promise": incident.promise.isoformat(),
        "closed_at": incident.closed_at.isoformat() if incident.closed_at else None,
    }


def as_it_was(incident: Incident, facts: Mapping[str, Any]) -> Incident:
    """The incident as it stood at the event that a row tells of. What somebody wrote is as it reads now."""
    return replace(
        incident,
        severity=facts["severity"],
        status=Status(facts["status"]),
        services=tuple(facts["services"]),
        promise=datetime.fromisoformat(facts["promise"]),
        closed_at=datetime.fromisoformat(facts["closed_at"]) if facts["closed_at"] else None,
    )


def _severities(after: Incident, entries: Iterable[Entry]) -> set[str]:
    """The one that it has, and those that it had until now."""
    changes = (_change(entry.event) for entry in entries)
    return {after.severity, *(change[0] for change in changes if change)}


def _change(event: Event) -> tuple[str, str] | None:
    """From which severity to which."""
    match event:
        case events.SeverityChanged(before=before, after=after) | events.Undone("SeverityChanged", before, after):
            return before, after
    return None


def _is_told(event: Event, concerned: Iterable[Audience]) -> bool:
    match event:
        case events.Declared() | events.Updated() | events.Resolved() | events.Reopened() | events.Cancelled():
            return True
        case events.Merged() | events.Undone("Resolved" | "Cancelled" | "Merged"):
            return True
        case events.StatusChanged(after=status) | events.Undone("StatusChanged", status):
            return status in REACHED
    change = _change(event)
    return change is not None and any(
        (change[0] in each.severities) is not (change[1] in each.severities) for each in concerned
    )
