"""From acknowledged to resolved, and back."""

from dataclasses import replace

from bot.rules import clocks, rooms
from bot.rules.calendar import Duration
from bot.rules.change import Change
from bot.rules.events import (
    Acknowledged,
    Cancelled,
    Event,
    Reopened,
    Resolved,
    StatusChanged,
    Unacknowledged,
    Words,
)
from bot.rules.guards import require_open, require_remembered, require_text, require_unmerged
from bot.rules.incident import OPEN, Incident, Milestone, PersonId, Status
from bot.rules.moment import Moment
from bot.rules.paging import calling, escalation, stopping
from bot.rules.people import with_member, with_responder
from bot.rules.promises import moved, written
from bot.rules.refused import Refused, known

CANCEL_REASONS: tuple[str, ...] = ("false alarm", "duplicate", "planned", "test", "other")


def acknowledge(incident: Incident, moment: Moment, *, by: PersonId, sure: bool = False) -> Change:
    """Somebody has it: a responder from now on, and named. Raises Refused when somebody already has it.

    Who would stop the paging of others without being one of them is asked first, unless they are `sure`.
    """
    require_open(incident, moment)
    holder = incident.acknowledged_by
    if holder == by:
        raise Refused(f"You already have {incident.name}. Post what you see: `{moment.policy.command} update …`.")
    if holder:
        raise Refused(f"<@{holder}> already has {incident.name}. Join the channel to help, or take command.")
    if not sure:
        stopping.require_meant(incident, moment, by)
    return Change(*acknowledged(incident, moment, by=by))


def acknowledged(
    incident: Incident, moment: Moment, *, by: PersonId, implied: bool = False
) -> tuple[Incident, tuple[Event, ...]]:
    """The incident acknowledged by somebody, and what to write down; unchanged if it already was."""
    if incident.acknowledged_by:
        return incident, ()
    status = Status.ACKNOWLEDGED if incident.status is Status.DETECTED else incident.status
    milestones = {**incident.milestones, "acknowledged": Milestone(moment.now, by, implied)}
    after = replace(calling.lapsed(incident), status=status, acknowledged_by=by, milestones=milestones)
    return with_responder(after, by), (Acknowledged(by=by, implied=implied),)


def unacknowledge(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Takes the acknowledgement back; the clock runs on from where it began."""
    require_open(incident, moment)
    if not incident.acknowledged_by:
        raise Refused(f"Nobody has acknowledged {incident.name} yet. `{moment.policy.command} ack` takes it.")
    milestones = {name: at for name, at in incident.milestones.items() if name not in {"acknowledged", "mitigated"}}
    after = replace(incident, status=Status.DETECTED, acknowledged_by=None, milestones=milestones)
    holder = None if incident.acknowledged_by == by else incident.acknowledged_by
    return Change(calling.called(after, moment, why="unacknowledged", by=by), (Unacknowledged(by, holder),))


def change_status(
    incident: Incident,
    moment: Moment,
    *,
    by: PersonId,
    status: str,
    note: str = "",
    impact: str | None = None,
    next_in: Duration | None = None,
) -> Change:
    """Moves it forward or back while it is open; with a note it is an update too. Who moves it has it.

    Unless that would stop the paging of others: then what they did stands, the paging goes on, and they are asked.
    """
    after, note = _status(status, moment), note.strip()
    if after is Status.RESOLVED:
        return resolve(incident, moment, by=by, fix=note, impact=impact or "")
    require_open(incident, moment)
    is_taking = after is Status.ACKNOWLEDGED and not incident.acknowledged_by
    told = None if note or impact is None or impact.strip() == incident.impact else impact.strip()
    if is_taking and not note and told is None:
        return acknowledge(incident, moment, by=by)
    if not note and (is_taking or after is incident.status):
        why = "The impact is told with a note" if is_taking else f"{incident.name} is already {after}"
        raise Refused(f"{why}. Add a note and it is posted as an update.", field="text")
    asks = stopping.going_on(incident, moment, by)
    changed, events = (incident, ()) if asks else acknowledged(incident, moment, by=by, implied=not is_taking)
    if not is_taking and after is not incident.status:
        changed, event = _stepped(changed, incident.status, after, moment, by, told)
        events = (*events, event)
    if note:
        changed, update = written(changed, moment, text=note, impact=impact, next_in=next_in)
        return Change(changed, (*events, update), asks)
    return Change(moved(changed, moment), events, asks)


def _stepped(
    incident: Incident, before: Status, after: Status, moment: Moment, by: PersonId, impact: str | None
) -> tuple[Incident, StatusChanged]:
    """The incident in another status, with the impact where that is told beside it."""
    told = incident.impact if impact is None else impact
    changed = replace(incident, status=after, milestones=_mitigation(incident, after, moment, by), impact=told)
    return changed, StatusChanged(before=before.value, after=after.value, impact=Words(impact or ""))


def _status(word: str, moment: Moment) -> Status:
    choices = [status.value for status in OPEN if status is not Status.DETECTED]
    command = moment.policy.command
    match word.casefold():
        case "cancelled" | "canceled":
            raise Refused(f"`{command} cancel why` says that it was no incident.", field="status")
        case "detected":
            raise Refused(f"`{command} unack` takes the acknowledgement back.", field="status")
        case name if name in [*choices, Status.RESOLVED.value]:
            return Status(name)
    raise Refused(known("status", word, [*choices, Status.RESOLVED.value]), field="status")


def _mitigation(incident: Incident, after: Status, moment: Moment, by: PersonId) -> dict[str, Milestone]:
    """Mitigated is reached on entering monitoring, and taken back only on going back from it."""
    milestones = dict(incident.milestones)
    if after is Status.MONITORING:
        milestones.setdefault("mitigated", Milestone(moment.now, by))
    elif incident.status is Status.MONITORING:
        milestones.pop("mitigated", None)
    return milestones


def resolve(incident: Incident, moment: Moment, *, by: PersonId, fix: str, impact: str = "", cause: str = "") -> Change:
    """The service is restored. What was skipped on the way is set at this moment, marked implied.

    Where a program says so (`alert:grafana`), nobody has it by that.
    """
    require_open(incident, moment)
    command = moment.policy.command
    fix = require_text(fix, f"Say what fixed it: `{command} resolve {incident.name} rolled back the deploy`.", "fix")
    person, milestones = None if ":" in by else by, dict(incident.milestones)
    for skipped in ("acknowledged", "mitigated") if person else ("mitigated",):
        milestones.setdefault(skipped, Milestone(moment.now, by, implied=True))
    milestones["resolved"] = Milestone(moment.now, by)
    after = replace(
        with_responder(incident, person) if person else incident,
        status=Status.RESOLVED,
        milestones=milestones,
        acknowledged_by=incident.acknowledged_by or person,
        fix=fix,
        impact=impact.strip() or incident.impact,
        cause=cause.strip(),
        closed_at=moment.now,
        handoff=None,
    )
    declared_at = incident.at("declared") or incident.anchor
    event = Resolved(fix=Words(fix), declared_at=declared_at, impact=Words(after.impact), cause=Words(after.cause))
    return Change(after, (event,))


def reopen(incident: Incident, moment: Moment, *, by: PersonId, why: str) -> Change:
    """Back to investigating: roles kept, acknowledged by who reopened, every clock from this moment.

    Where its channel is archived it gets a fresh one. Raises Refused for what is open, or part of another one.
    """
    require_unmerged(incident, moment)
    require_remembered(incident, moment)
    command = moment.policy.command
    if incident.is_open:
        raise Refused(f"{incident.name} is open: {incident.status}. `{command} show {incident.name}` tells more.")
    why = require_text(why, f"Say why: `{command} reopen {incident.name} errors are back`.", "why")
    milestones = _reopened(incident, moment, by)
    after = replace(
        with_responder(incident, by), status=Status.INVESTIGATING, milestones=milestones, acknowledged_by=by
    )
    housed, replaced = open_anew(after, moment)
    return Change(housed, (Reopened(why=Words(why)), *replaced))


def open_anew(incident: Incident, moment: Moment) -> tuple[Incident, tuple[Event, ...]]:
    """What was closed and has an open status again: every clock and the paging from this moment, in a channel that
    can be written in."""
    after = replace(
        incident,
        anchor=moment.now,
        respond_from=moment.now,
        snoozes=0,
        cancelled_because="",
        closed_at=None,
    )
    awake = escalation.anew(clocks.promised(after, moment), moment)
    return rooms.replaced(awake, moment)


def _reopened(incident: Incident, moment: Moment, by: PersonId) -> dict[str, Milestone]:
    """What it had reached before it was closed; an acknowledgement that closing implied is made now."""
    milestones = {name: at for name, at in incident.milestones.items() if name not in {"resolved", "mitigated"}}
    first = milestones.get("acknowledged")
    if first is None or first.implied:
        milestones["acknowledged"] = Milestone(moment.now, by, implied=True)
    return milestones


def cancel(incident: Incident, moment: Moment, *, by: PersonId, reason: str, why: str = "") -> Change:
    """It was no incident: false alarm, duplicate, planned, test or other. Raises Refused for another reason."""
    require_open(incident, moment)
    if reason.casefold() not in CANCEL_REASONS:
        raise Refused(known("reason", reason, CANCEL_REASONS), field="reason")
    after = replace(
        with_member(incident, by),
        status=Status.CANCELLED,
        cancelled_because=reason.casefold(),
        closed_at=moment.now,
        handoff=None,
    )
    return Change(after, (Cancelled(reason=reason.casefold(), why=Words(why.strip())),))
