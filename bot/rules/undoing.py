"""Taking an act back, for five minutes, by who did it, as long as nobody has built on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.rules import announcing, rooms
from bot.rules.change import Change
from bot.rules.entries import Entry
from bot.rules.events import (
    Acknowledged,
    Cancelled,
    Event,
    Merged,
    Resolved,
    RoleAssigned,
    SeverityChanged,
    StatusChanged,
    Undone,
    Updated,
)
from bot.rules.guards import require_able
from bot.rules.incident import Incident, PersonId, Undoable
from bot.rules.moment import Moment
from bot.rules.refused import Refused

WITHIN = timedelta(minutes=5)
UNDOABLE: tuple[type[Event], ...] = (
    Merged,
    Resolved,
    Cancelled,
    SeverityChanged,
    StatusChanged,
    RoleAssigned,
    Acknowledged,
)
"""What may be taken back; of several that go together, the first."""

PROMISED = ("promise", "promised_at", "snoozes", "impact")
RESTORED = (
    "status",
    "severity",
    "acknowledged_by",
    "milestones",
    "roles",
    "fix",
    "cause",
    "cancelled_because",
    "closed_at",
    "merged_into",
    "anchor",
    "respond_from",
    "handoff",
    *PROMISED,
)
"""What an undo sets back, and what counts as built on it once somebody changes it again.

Where it is announced, its channel and what was said stay: others have seen them.
"""
PAGING = ("paging_from", "calls")
"""What an undo sets back as well; a level that is paged meanwhile builds on nothing."""
NEWCOMERS, UPDATED, LEFT = "newcomers", "updated", "left"
BESIDE = frozenset({NEWCOMERS, UPDATED, LEFT})
"""What is remembered beside the fields: who came by it, and where it was told."""


def remembered(before: Incident, after: Incident, entries: Sequence[Entry]) -> Incident:
    """The incident with what may be taken back from now on: this act, or still the one before it."""
    earlier, act = _earlier(before, after, RESTORED), _act(entries)
    if act and act.person and earlier:
        earlier |= _earlier(before, after, PAGING)
        return replace(after, undo=_undoable(act, act.person, earlier, before, after, entries))
    return replace(after, undo=None) if earlier and after.undo else after


def _earlier(before: Incident, after: Incident, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(before, name) for name in names if getattr(before, name) != getattr(after, name)}


def _act(entries: Sequence[Entry]) -> Entry | None:
    found = [entry for entry in entries if type(entry.event) in UNDOABLE]
    return min(found, key=lambda entry: UNDOABLE.index(type(entry.event)), default=None)


def _undoable(
    act: Entry,
    by: PersonId,
    earlier: Mapping[str, Any],
    before: Incident,
    after: Incident,
    entries: Sequence[Entry],
) -> Undoable:
    has_update = any(isinstance(entry.event, Updated) for entry in entries)  # it stays posted, and so does its promise
    kept = {name: value for name, value in earlier.items() if not (has_update and name in PROMISED)}
    kept[NEWCOMERS] = [person for person in after.responders if person not in before.responders]
    kept[UPDATED] = has_update
    kept[LEFT] = announcing.left(before, after) or ""
    return Undoable(type(act.event).__name__, act.seq, by, act.at, kept)


def undo(incident: Incident, moment: Moment, *, by: PersonId, seq: int | None = None) -> Change:
    """Takes the last act back. Raises Refused once somebody has built on it, after five minutes, or for another's."""
    return Change(*taken_back(incident, moment, by=by, seq=seq))


def taken_back(
    incident: Incident, moment: Moment, *, by: PersonId, seq: int | None = None
) -> tuple[Incident, tuple[Event, ...]]:
    """The incident without the last act, and what to write down; a fresh channel where its own is gone meanwhile.

    Raises Refused.
    """
    last, instead = incident.undo, f"Say what is right instead: `{moment.policy.command} help` shows how."
    if last is None and seq is None:
        raise Refused(f"There is nothing to take back on {incident.name} now. {instead}")
    if last is None or seq not in {None, last.seq}:
        raise Refused(f"That cannot be taken back any more: {incident.name} has changed since. {instead}")
    if last.by != by:
        raise Refused(f"<@{last.by}> did that last on {incident.name}, so only they can take it back. {instead}")
    if moment.now - last.at > WITHIN:
        raise Refused(f"That can be taken back for five minutes, and they have passed. {instead}")
    earlier = {name: value for name, value in last.earlier.items() if name not in BESIDE}
    newcomers = last.earlier.get(NEWCOMERS, ())
    responders = tuple(person for person in incident.responders if person not in newcomers)
    restored = replace(incident, **earlier, responders=responders, undo=None)
    for role, holder in restored.roles.items():
        if incident.roles.get(role) != holder:
            require_able(moment, holder)
    undone = _undone(last.kind, incident, restored)
    event = replace(undone, updated=last.earlier.get(UPDATED, False), left=last.earlier.get(LEFT, ""))
    is_open_again = restored.is_open and not incident.is_open
    housed, replaced = rooms.replaced(restored, moment) if is_open_again else (restored, ())
    return housed, (event, *replaced)


def _undone(kind: str, incident: Incident, restored: Incident) -> Undone:
    match kind:
        case "SeverityChanged":
            return Undone(kind, was=incident.severity, now=restored.severity)
        case "Acknowledged":
            return Undone(kind, was=incident.acknowledged_by or "", now="")
        case "RoleAssigned":
            role = next(name for name in incident.roles if incident.roles[name] != restored.roles.get(name))
            return Undone(kind, was=incident.roles[role], now=restored.roles.get(role, ""), role=role)
        case "Merged":
            return Undone(kind, was=f"INC-{incident.merged_into}", now=restored.status.value)
    return Undone(kind, was=incident.status.value, now=restored.status.value)
