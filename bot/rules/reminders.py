"""What falls due: derived from the incident, never scheduled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.rules import clocks
from bot.rules.change import Change
from bot.rules.events import (
    CommanderWanted,
    Event,
    InHand,
    KeptAwake,
    NotAcknowledged,
    NotMitigated,
    UpdateDue,
    UpdateSoon,
    Words,
)
from bot.rules.guards import require_open
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.people import asked
from bot.rules.promises import UPDATE_STEPS
from bot.rules.refused import Refused

COMMANDER_WITHIN = timedelta(minutes=10)
SOONEST_WORD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: when, what, and for whom; `anchor` and `step` say it once."""

    when: datetime
    kind: str
    anchor: datetime
    step: int = 1
    asked: PersonId | None = None


def due(incident: Incident, moment: Moment) -> tuple[Due, ...]:
    """What would happen next and when, the soonest first; the past among it is due now. Nothing closed is nagged."""
    if not incident.is_open:
        return ()
    found = (derive(incident, moment) for derive in DERIVED.values())
    return tuple(sorted((each for each in found if each), key=lambda each: each.when))


def next_look(incident: Incident, moment: Moment) -> datetime | None:
    """When to look at it again: an index of `due`."""
    return min((each.when for each in due(incident, moment)), default=None)


def remind(incident: Incident, moment: Moment) -> Change:
    """Says all that is due now, the gravest first, each once."""
    events: list[Event] = []
    said = dict(incident.said)
    falling = {each.kind: each for each in due(incident, moment) if each.when <= moment.now}
    for kind in DERIVED:
        if each := falling.get(kind):
            events.append(_event(incident, each))
            said[kind] = Said(each.anchor, each.step, moment.now)
    return Change(replace(incident, said=said), tuple(events))


def past_said(incident: Incident, moment: Moment) -> Incident:
    """The incident with all that is due by now counted as said (after a lowering)."""
    past = [each for each in due(incident, moment) if each.when <= moment.now]
    return replace(
        incident,
        said={**incident.said, **{each.kind: Said(each.anchor, each.step, moment.now) for each in past}},
    )


def still_true(event: Event, incident: Incident) -> bool:
    """Whether a reminder still holds when it is about to be sent."""
    if not incident.is_open:
        return False
    match event:
        case NotAcknowledged():
            return incident.acknowledged_by is None
        case CommanderWanted():
            return incident.commander is None
        case UpdateSoon():
            return incident.promise == event.due_at
        case UpdateDue():
            return incident.promise == event.promise
        case NotMitigated():
            return "mitigated" not in incident.milestones and incident.anchor < event.due_at
    return True


def keep_awake(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Its clocks run always from now on, and begin at this moment. Raises Refused where they do already."""
    require_open(incident, moment)
    if not clocks.in_business_hours(incident, moment.policy):
        raise Refused(f"The clocks of {incident.name} run day and night already.")
    awake = replace(incident, keep_awake=True, anchor=moment.now)
    if not incident.acknowledged_by:
        awake = replace(awake, respond_from=moment.now)
    fresh = clocks.promised(awake, moment)
    return Change(replace(fresh, promise=min(incident.promise, fresh.promise)), (KeptAwake(),))


def in_hand(incident: Incident, moment: Moment, *, by: PersonId, why: str = "") -> Change:
    """The answer to "raise it?": no, and why. It is written down and said."""
    require_open(incident, moment)
    return Change(incident, (InHand(why=Words(why.strip())),))


def _acknowledgement(incident: Incident, moment: Moment) -> Due | None:
    if incident.acknowledged_by or incident.last_step("acknowledgement", incident.respond_from):
        return None
    within = moment.policy.level(incident).respond_within
    when = clocks.after(incident, moment.policy, incident.respond_from, within)
    return Due(when, "acknowledgement", incident.respond_from)


def _mitigation(incident: Incident, moment: Moment) -> Due | None:
    if "mitigated" in incident.milestones or incident.last_step("mitigation", incident.anchor):
        return None
    within = moment.policy.level(incident).escalate_after
    when = clocks.after(incident, moment.policy, incident.anchor, within)
    return Due(when, "mitigation", incident.anchor, asked=asked(incident, moment, "commander"))


def _commander(incident: Incident, moment: Moment) -> Due | None:
    acknowledged = incident.at("acknowledged")
    if incident.commander or acknowledged is None or not moment.policy.is_major(incident.severity):
        return None
    anchor = max(acknowledged, incident.anchor)
    if incident.last_step("commander", anchor):
        return None
    return Due(anchor + COMMANDER_WITHIN, "commander", anchor)


def _update(incident: Incident, moment: Moment) -> Due | None:
    """Step 1 at the promise; each further step a quarter of the interval after the last was said."""
    step = incident.last_step("update", incident.promised_at) + 1
    if step > UPDATE_STEPS:
        return None
    when = incident.promise
    if step > 1:
        interval = moment.policy.level(incident).update_every
        when = clocks.quarter_after(incident, moment.policy, incident.said["update"].at, interval)
    role = "comms" if step == 1 else "commander"
    return Due(when, "update", incident.promised_at, step, asked(incident, moment, role))


def _soon(incident: Incident, moment: Moment) -> Due | None:
    """A quiet word before the promise; once its time has come it is neither said nor counted."""
    if moment.now >= incident.promise or incident.last_step("soon", incident.promised_at):
        return None
    interval = incident.promise - incident.promised_at
    when = incident.promise - min(SOONEST_WORD, interval / 5)
    if clocks.in_business_hours(incident, moment.policy) and not moment.policy.calendar.is_open(when):
        return None
    return Due(when, "soon", incident.promised_at, asked=asked(incident, moment, "comms"))


DERIVED: Mapping[str, Callable[[Incident, Moment], Due | None]] = {
    "acknowledgement": _acknowledgement,
    "mitigation": _mitigation,
    "commander": _commander,
    "update": _update,
    "soon": _soon,
}
"""Each kind and how it is derived, the gravest first."""

LABELS: Mapping[str, str] = {
    "acknowledgement": "not acknowledged",
    "mitigation": "not mitigated",
    "commander": "no commander",
    "update": "update due",
    "soon": "update due soon",
}
"""Each kind in two or three words."""


def _event(incident: Incident, each: Due) -> Event:
    match each.kind:
        case "acknowledgement":
            return NotAcknowledged(due_at=each.when)
        case "mitigation":
            return NotMitigated(due_at=each.when)
        case "commander":
            return CommanderWanted(due_at=each.when)
        case "update":
            return UpdateDue(due_at=each.when, promise=incident.promise, step=each.step, asked=each.asked)
    return UpdateSoon(due_at=incident.promise, asked=each.asked)
