"""What falls due: derived from the incident, never scheduled."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.rules import clocks
from bot.rules.automation import put_off
from bot.rules.calendar import Duration
from bot.rules.falling import Due
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.paging import attendance, calling, escalation
from bot.rules.people import asked
from bot.rules.promises import UPDATE_STEPS
from bot.rules.rooms import VACATED, is_kept

COMMANDER_WITHIN = timedelta(minutes=10)
HANDOFF_WITHIN = Duration(seconds=600)
OTHER_HATS: tuple[str, ...] = ("comms", "lead")
"""What the commander of a most severe incident should leave to others."""

SOONEST_WORD = timedelta(minutes=5)
TOGETHER = timedelta(minutes=1)
"""That it is not acknowledged is said with the page of that minute."""

BEFORE_PAGING = timedelta(minutes=3)
"""How long before the next level is paged for want of a mitigation its commander is told so."""


def due(incident: Incident, moment: Moment) -> tuple[Due, ...]:
    """What would happen next and when, the soonest first; the past among it is due now.

    Nothing closed is nagged: only its channel is asked about.
    """
    kinds = (kind for kind in DERIVED if incident.is_open is not (kind in AFTERWARDS))
    found = (each for kind in kinds for each in DERIVED[kind](incident, moment))
    return tuple(sorted(found, key=lambda each: each.when))


def next_look(incident: Incident, moment: Moment) -> datetime | None:
    """When to look at it again: an index of `due`."""
    return min((each.when for each in due(incident, moment)), default=None)


def _acknowledgement(incident: Incident, moment: Moment) -> Iterable[Due]:
    if incident.acknowledged_by or incident.last_step("acknowledgement", incident.respond_from):
        return ()
    within = moment.policy.level(incident).respond_within
    when = clocks.after(incident, moment.policy, incident.respond_from, within)
    beside = (each.when for each in escalation.pages(incident, moment) if when < each.when < when + TOGETHER)
    return (Due(min(beside, default=when), "acknowledgement", incident.respond_from),)


def _mitigation(incident: Incident, moment: Moment) -> Iterable[Due]:
    if "mitigated" in incident.milestones or incident.last_step("mitigation", incident.anchor):
        return ()
    within = moment.policy.level(incident).escalate_after
    when = clocks.after(incident, moment.policy, incident.anchor, within)
    return (Due(when, "mitigation", incident.anchor, asked=asked(incident, moment, "commander")),)


def _mitigation_soon(incident: Incident, moment: Moment) -> Iterable[Due]:
    """A quiet word to the commander before the next level is paged; once the time for that has come, no more."""
    commander = incident.commander
    if commander is None or not moment.is_active(commander) or not calling.above(incident, moment.policy):
        return ()
    page = next(iter(_mitigation(incident, moment)), None)
    if page is None or moment.now >= page.when or incident.last_step("mitigation soon", incident.anchor):
        return ()
    when = page.when - BEFORE_PAGING
    if _stands_still(incident, moment, when):
        return ()
    return (Due(when, "mitigation soon", incident.anchor, asked=commander),)


def _stands_still(incident: Incident, moment: Moment, at: datetime) -> bool:
    """Whether its clocks stand still then: no word before its time is said to who is not at work."""
    return clocks.in_business_hours(incident, moment.policy) and not moment.policy.calendar.is_open(at)


def _commander(incident: Incident, moment: Moment) -> Iterable[Due]:
    acknowledged = incident.at("acknowledged")
    if incident.commander or acknowledged is None or not moment.policy.is_major(incident.severity):
        return ()
    vacated = incident.said.get(VACATED)
    anchor = max(acknowledged, incident.anchor, *([vacated.at] if vacated else []))
    if incident.last_step("commander", anchor):
        return ()
    return (Due(anchor + COMMANDER_WITHIN, "commander", anchor),)


def _update(incident: Incident, moment: Moment) -> Iterable[Due]:
    """Step 1 at the promise; each further step a quarter of the interval after the last was said."""
    step = incident.last_step("update", incident.promised_at) + 1
    if step > UPDATE_STEPS:
        return ()
    when = incident.promise
    if step > 1:
        interval = moment.policy.level(incident).update_every
        when = clocks.quarter_after(incident, moment.policy, incident.said["update"].at, interval)
    role = "comms" if step == 1 else "commander"
    return (Due(when, "update", incident.promised_at, step, asked(incident, moment, role)),)


def _soon(incident: Incident, moment: Moment) -> Iterable[Due]:
    """A quiet word before the promise; once its time has come it is neither said nor counted."""
    if moment.now >= incident.promise or incident.last_step("soon", incident.promised_at):
        return ()
    interval = incident.promise - incident.promised_at
    when = incident.promise - min(SOONEST_WORD, interval / 5)
    if _stands_still(incident, moment, when):
        return ()
    return (Due(when, "soon", incident.promised_at, asked=asked(incident, moment, "comms")),)


def _handoff(incident: Incident, moment: Moment) -> Iterable[Due]:
    offered = incident.handoff
    if offered is None or offered.by != incident.commander or incident.last_step("handoff", offered.at):
        return ()
    return (Due(clocks.after(incident, moment.policy, offered.at, HANDOFF_WITHIN), "handoff", offered.at),)


def _hats(incident: Incident, moment: Moment) -> Iterable[Due]:
    """At once, and once to each commander: counted from its declaration."""
    if moment.policy.rank(incident.severity) or not other_hats(incident):
        return ()
    found = Due(moment.now, "hats", incident.at("declared") or incident.anchor, whose=incident.commander or "")
    return () if incident.last_step(found.mark, found.anchor) else (found,)


def other_hats(incident: Incident) -> tuple[str, ...]:
    """Which roles the commander holds beside that are better left to others."""
    holder = incident.commander
    return tuple(role for role in OTHER_HATS if holder and incident.roles.get(role) == holder)


def _archive(incident: Incident, moment: Moment) -> Iterable[Due]:
    """Within business hours, whatever its severity: it can wait for the morning."""
    closed, after = incident.closed_at, moment.policy.channels.archive_after
    if closed is None or after is None or not may_be_archived(incident) or incident.last_step("archive", closed):
        return ()
    return (Due(moment.policy.calendar.add(closed, after, business=True), "archive", closed),)


def may_be_archived(incident: Incident) -> bool:
    """Whether it has a channel that is neither archived nor to be kept."""
    return incident.channel is not None and not incident.archived and not is_kept(incident, incident.channel)


DERIVED: Mapping[str, Callable[[Incident, Moment], Iterable[Due]]] = {
    "acknowledgement": _acknowledgement,
    "page": escalation.pages,
    "rule": put_off.due,
    "mitigation": _mitigation,
    "mitigation soon": _mitigation_soon,
    "commander": _commander,
    "leaderless": attendance.leaderless,
    "update": _update,
    "unanswered": attendance.unanswered,
    "absence": attendance.absence,
    "handoff": _handoff,
    "hats": _hats,
    "soon": _soon,
    "archive": _archive,
}
"""Each kind and how it is derived, the gravest first."""

AFTERWARDS = frozenset({"archive"})
"""The kinds that fall due once it is closed."""

LABELS: Mapping[str, str] = {
    "acknowledgement": "not acknowledged",
    "page": "next to be paged",
    "rule": "to be paged by a rule",
    "mitigation": "not mitigated",
    "mitigation soon": "to be mitigated soon",
    "commander": "no commander",
    "leaderless": "no commander, next to be paged",
    "update": "update due",
    "unanswered": "no update, next to be paged",
    "absence": "commander not heard of",
    "handoff": "hand-over not taken",
    "hats": "commander with two roles",
    "soon": "update due soon",
    "archive": "channel to archive",
}
"""Each kind in two or three words."""
