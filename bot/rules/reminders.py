"""What is due is said: all of it at once, each once, and only while it holds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.rules import clocks
from bot.rules.automation import put_off
from bot.rules.change import Change
from bot.rules.due import BEFORE_PAGING, DERIVED, LABELS, due, may_be_archived, next_look, other_hats
from bot.rules.events import (
    ArchiveOffered,
    CommanderWanted,
    DeputyWanted,
    Event,
    HandoffWaiting,
    InHand,
    KeptAwake,
    MitigationSoon,
    NobodyAnswered,
    NotAcknowledged,
    NotMitigated,
    StillThere,
    TwoHats,
    UpdateDue,
    UpdateSoon,
    WasAway,
    Words,
)
from bot.rules.falling import Due
from bot.rules.guards import require_open
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.paging import attendance, calling, escalation
from bot.rules.refused import Refused

__all__ = ["LABELS", "due", "in_hand", "keep_awake", "next_look", "past_said", "remind", "still_true"]


PAGES = frozenset({escalation.KIND, put_off.KIND})
"""What pages somebody: it is no word of its own. What a rule wants comes with any change (`automatic.with_pages`)."""

GAP = "away"
"""Kept in `said`: of which gap it was told."""


def remind(incident: Incident, moment: Moment) -> Change:
    """Says all that is due now, the gravest first, each once; and of a gap in which some of it fell due."""
    events: list[Event] = []
    order = list(DERIVED)
    falling = [each for each in due(incident, moment) if each.when <= moment.now]
    gap = _was_away(incident, moment, falling)
    for each in sorted(falling, key=lambda one: order.index(one.kind)):
        if each.kind in attendance.PAGED_FOR:
            change = attendance.paged_for(incident, moment, each)
            incident = _with_said(change.incident, each.mark, Said(each.anchor, each.step, moment.now))
            events += change.events
        elif each.kind not in PAGES:
            incident, event = _said(incident, moment, each)
            events.append(event)
    for each in escalation.pages(incident, moment):  # what was said just now may call the next level
        if each.when <= moment.now:
            incident, event = escalation.page(incident, moment, each)
            events.append(event)
    if gap:
        events.append(gap)
        incident = _with_said(incident, GAP, Said(gap.since, 1, moment.now))
    return Change(incident, tuple(events))


def _said(incident: Incident, moment: Moment, each: Due) -> tuple[Incident, Event]:
    event = _event(incident, each)
    said = _with_said(incident, each.mark, Said(each.anchor, each.step, moment.now))
    if each.kind == "mitigation":
        for policy in calling.above(said, moment.policy):
            said = calling.call(said, moment, policy, "mitigation")
    return said, event


def _with_said(incident: Incident, mark: str, said: Said) -> Incident:
    return replace(incident, said={**incident.said, mark: said})


def _was_away(incident: Incident, moment: Moment, falling: Iterable[Due]) -> WasAway | None:
    """The last gap, where something of this open incident fell due in it; told once."""
    gap = moment.away
    if gap is None or not incident.is_open or incident.last_step(GAP, gap.since):
        return None
    missed = {each.kind for each in falling if gap.since < each.when <= gap.until}
    kinds = tuple(kind for kind in DERIVED if kind in missed)
    return WasAway(since=gap.since, until=gap.until, due=kinds) if kinds else None


def past_said(incident: Incident, moment: Moment) -> Incident:
    """The incident with all that is due by now counted as said (after a lowering); whom to page is no past."""
    past = [each for each in due(incident, moment) if each.when <= moment.now and each.kind not in PAGES]
    return replace(
        incident,
        said={**incident.said, **{each.mark: Said(each.anchor, each.step, moment.now) for each in past}},
    )


def still_true(event: Event, incident: Incident) -> bool:
    """Whether a reminder still holds when it is about to be sent."""
    if isinstance(event, ArchiveOffered):
        return incident.closed_at == event.closed_at and may_be_archived(incident)
    holds = HOLDS.get(type(event))
    return incident.is_open and (holds is None or holds(event, incident))


def _is_untaken(event: HandoffWaiting, incident: Incident) -> bool:
    offered = incident.handoff
    return offered is not None and offered.to == event.to and offered.at < event.due_at


def _is_nobody_left(event: NobodyAnswered, incident: Incident) -> bool:
    if incident.acknowledged_by is None:
        return True
    is_met = {"commander": incident.commander is not None, "update": incident.promised_at >= event.due_at}
    return event.why in escalation.AFTERWARDS and not is_met.get(event.why)


HOLDS: Mapping[type[Event], Callable[[Any, Incident], bool]] = {
    NotAcknowledged: lambda _, incident: incident.acknowledged_by is None,
    NotMitigated: lambda event, incident: "mitigated" not in incident.milestones and incident.anchor < event.due_at,
    CommanderWanted: lambda _, incident: incident.commander is None,
    UpdateDue: lambda event, incident: incident.promise == event.promise,
    HandoffWaiting: _is_untaken,
    TwoHats: lambda event, incident: incident.commander == event.person and bool(other_hats(incident)),
    UpdateSoon: lambda event, incident: incident.promise == event.due_at,
    StillThere: lambda event, incident: incident.commander == event.asked and attendance.is_unheard(incident),
    DeputyWanted: lambda event, incident: incident.commander == event.commander and attendance.is_unheard(incident),
    MitigationSoon: lambda event, incident: (
        incident.commander == event.asked and not incident.last_step("mitigation", incident.anchor)
    ),
    NobodyAnswered: _is_nobody_left,
}
"""Until when each reminder of an open incident holds; another kind holds as long as it is open."""


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
    """The answer to "raise it?": no, and why. It is written down and said, and nobody is paged for that any more."""
    require_open(incident, moment)
    if not incident.last_step("mitigation", incident.anchor):
        incident = _with_said(incident, "mitigation", Said(incident.anchor, 1, moment.now))
    return Change(incident, (InHand(why=Words(why.strip())),))


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
        case "handoff" if incident.handoff:
            return HandoffWaiting(by=incident.handoff.by, to=incident.handoff.to, due_at=each.when)
        case "hats" if incident.commander:
            return TwoHats(person=incident.commander, roles=other_hats(incident), due_at=each.when)
        case "archive":
            return ArchiveOffered(closed_at=each.anchor, due_at=each.when)
    return _to_one(incident, each)


def _to_one(incident: Incident, each: Due) -> Event:
    """What is said to somebody alone, before others hear of it."""
    if each.kind == "absence" and incident.commander:
        if each.step == 1:
            return StillThere(asked=incident.commander, due_at=each.when)
        return DeputyWanted(commander=incident.commander, due_at=each.when, asked=each.asked)
    if each.kind == "mitigation soon" and each.asked:
        return MitigationSoon(asked=each.asked, due_at=each.when + BEFORE_PAGING)
    return UpdateSoon(due_at=incident.promise, asked=each.asked)
