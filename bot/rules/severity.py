"""Raising and lowering."""

from dataclasses import replace

from bot.rules import announcing, clocks, reminders
from bot.rules.change import Change
from bot.rules.events import Event, SeverityChanged, Words
from bot.rules.guards import require_open
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging import calling, escalation
from bot.rules.policy import Severity
from bot.rules.promises import moved, written
from bot.rules.refused import Refused


def change_severity(incident: Incident, moment: Moment, *, by: PersonId, severity: str, why: str = "") -> Change:
    """A raise starts the clocks anew, a lowering fires nothing of the past; with a reason it is an update too."""
    require_open(incident, moment)
    level = moment.policy.severity(severity)
    if level.name == incident.severity:
        raise Refused(f"{incident.name} is {level.name} already.", field="severity")
    is_raise = moment.policy.rank(level.name) < moment.policy.rank(incident.severity)
    changed = _raised(incident, moment, level) if is_raise else _lowered(incident, moment, level)
    after = calling.raised(changed, moment) if is_raise else escalation.begun(changed, moment)
    event: Event = SeverityChanged(before=incident.severity, after=level.name, raised=is_raise, why=Words(why.strip()))
    if not why.strip():
        return Change(after, (event,))
    updated, update = written(after, moment, text=why)
    return Change(updated, (event, update))


def raise_severity(incident: Incident, moment: Moment, *, by: PersonId, severity: str) -> Change:
    """A raise that was offered some time ago. Raises Refused where it would raise nothing any more."""
    require_open(incident, moment)
    level = moment.policy.severity(severity)
    if moment.policy.rank(level.name) >= moment.policy.rank(incident.severity):
        raise Refused(f"{incident.name} is {incident.severity} already: there is nothing to raise.", field="severity")
    return change_severity(incident, moment, by=by, severity=severity)


def _raised(incident: Incident, moment: Moment, level: Severity) -> Incident:
    """Clocks anew; the next update at the sooner of the promise and the new interval; a snooze ends."""
    changed = replace(
        incident,
        severity=level.name,
        anchor=moment.now,
        respond_from=incident.respond_from if incident.acknowledged_by else moment.now,
        room="channel" if level.room == "channel" and not incident.archived else incident.room,
        snoozes=0,
    )
    fresh = clocks.promised(changed, moment)
    still_good = incident.promise > moment.now and not incident.snoozes
    promise = min(incident.promise, fresh.promise) if still_good else fresh.promise
    return announcing.placed(replace(fresh, promise=promise), moment.policy)


def _lowered(incident: Incident, moment: Moment, level: Severity) -> Incident:
    """The later of promise and new interval; what would have fallen due already counts as said."""
    changed = moved(replace(incident, severity=level.name), moment)
    fresh = clocks.promised(changed, moment)
    if fresh.promise > changed.promise:
        changed = fresh
    return reminders.past_said(changed, moment)
