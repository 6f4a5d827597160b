"""Whether somebody is there: a commander, and somebody who answers for the promised update."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules import clocks
from bot.rules.change import Change
from bot.rules.entries import Entry
from bot.rules.events import NobodyAnswered
from bot.rules.falling import Due
from bot.rules.guards import require_open
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.paging import calling
from bot.rules.paging.escalation import policies_of
from bot.rules.people import sees
from bot.rules.promises import UPDATE_STEPS
from bot.rules.refused import Refused
from bot.rules.rooms import VACATED

ASKED_IN_VAIN = timedelta(minutes=10)
"""How long after it was asked for a commander, in vain, a most severe incident counts as not acknowledged."""

PAGED_FOR: Mapping[str, str] = {"leaderless": "commander", "unanswered": "update"}
"""What pages the next level once by itself, and why as `escalation.WHY` has it; else only that nobody is left."""


HEARD = "heard"
"""Kept in `said`: the last sign of life of the commander; they are asked a while after its anchor."""

SILENT_FOR = timedelta(minutes=30)
QUIET_FOR = timedelta(hours=1)
"""How long who says *I'm here* is not asked again."""

DEPUTY_AFTER = timedelta(minutes=10)
AT_MOST_EVERY = timedelta(minutes=1)
"""How often a sign of life is written down."""


def heard(incident: Incident, at: datetime) -> Incident:
    """The incident with a sign of life of its commander; who said that they are here is not asked sooner by it."""
    last = incident.said.get(HEARD)
    anchor = max(last.anchor, at) if last else at
    return replace(incident, said={**incident.said, HEARD: Said(anchor, 1, at)})


def attended(before: Incident, after: Incident, entries: Iterable[Entry], now: datetime) -> Incident:
    """The incident after a change: what its commander does is a sign of life; a new one begins anew."""
    if after.commander is None:
        return after
    if after.commander != before.commander:
        return replace(after, said={**after.said, HEARD: Said(now, 1, now)})
    return heard(after, now) if any(entry.person == after.commander for entry in entries) else after


def wants_sign(incident: Incident, person: PersonId, now: datetime) -> bool:
    """Whether a sign of life of somebody is worth writing down."""
    last = incident.said.get(HEARD)
    return incident.is_open and incident.commander == person and (last is None or now - last.at >= AT_MOST_EVERY)


def hear(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """Somebody wrote, or is in a huddle: of its commander a sign of life."""
    is_sign = wants_sign(incident, person, moment.now)
    return Change(heard(incident, moment.now) if is_sign else incident, ())


def here(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """The commander answers that they are here: not asked again for a while. Raises Refused for somebody else."""
    require_open(incident, moment)
    if incident.commander != by:
        raise Refused(f"You do not command {incident.name} any more, so nobody waits for you.")
    return Change(heard(incident, moment.now + QUIET_FOR - SILENT_FOR), ())


def absence(incident: Incident, moment: Moment) -> Iterable[Due]:
    """Nothing was heard of the commander: they are asked, then a deputy; not while an update is missing.

    What was not heard while nobody listened is no silence.
    """
    silent_from, commander = _silent_from(incident), incident.commander
    if silent_from is None or commander is None or not moment.policy.is_major(incident.severity):
        return ()
    asked = incident.said.get("absence")
    if asked and asked.anchor >= silent_from:
        when = asked.at + DEPUTY_AFTER
        return (Due(when, "absence", asked.anchor, 2, deputy(incident, moment)),) if asked.step == 1 else ()
    anchor = max(silent_from, moment.away.until) if moment.away else silent_from
    when = anchor + SILENT_FOR
    if max(when, moment.now) >= incident.promise:
        return ()
    return (Due(when, "absence", anchor, asked=commander),)


def _silent_from(incident: Incident) -> datetime | None:
    """Since when nothing was heard of its commander; from a raise or a reopening on it counts anew."""
    last = incident.said.get(HEARD)
    return max(last.anchor, incident.anchor) if last else None


def deputy(incident: Incident, moment: Moment) -> PersonId | None:
    """Who is asked to take command of what its commander has left alone."""
    people = (incident.roles.get("lead"), incident.acknowledged_by, *incident.responders)
    others = (each for each in people if each and each != incident.commander)
    return next((each for each in others if moment.is_active(each) and sees(incident, each)), None)


def is_unheard(incident: Incident) -> bool:
    """Whether nothing was heard of the commander since they were asked."""
    asked, silent_from = incident.said.get("absence"), _silent_from(incident)
    return asked is not None and silent_from is not None and asked.anchor >= silent_from


def leaderless(incident: Incident, moment: Moment) -> Iterable[Due]:
    """Still without a commander a while after it was asked for one."""
    said, vacated = incident.said.get("commander"), incident.said.get(VACATED)
    if said is None or incident.commander or said.anchor < incident.anchor or not _pages(incident, moment):
        return ()
    if (vacated and vacated.at > said.anchor) or incident.last_step("leaderless", said.anchor):
        return ()
    return (Due(said.at + ASKED_IN_VAIN, "leaderless", said.anchor),)


def unanswered(incident: Incident, moment: Moment) -> Iterable[Due]:
    """The last word on a missing update was said, and one more interval has passed."""
    if incident.last_step("update", incident.promised_at) < UPDATE_STEPS or not _pages(incident, moment):
        return ()
    if incident.last_step("unanswered", incident.promised_at):
        return ()
    interval = moment.policy.level(incident).update_every
    when = clocks.after(incident, moment.policy, incident.said["update"].at, interval)
    return (Due(when, "unanswered", incident.promised_at),)


def _pages(incident: Incident, moment: Moment) -> bool:
    """Whether it is one of the most severe, and somebody can be paged for it."""
    is_paged = incident.paging_from is not None and bool(policies_of(incident, moment.policy))
    return is_paged and moment.policy.is_major(incident.severity)


def paged_for(incident: Incident, moment: Moment, falling: Due) -> Change:
    """The incident with the next level wanted at once for what is missing.

    Where somebody has it, nobody is paged a second time: that nobody is above the last level is said.
    """
    why = PAGED_FOR[falling.kind]
    if not incident.acknowledged_by:
        return Change(calling.called(incident, moment, why=why), ())
    above = calling.above(incident, moment.policy)
    for policy in above:
        incident = calling.call(incident, moment, policy, why)
    names = ", ".join(each.name for each in policies_of(incident, moment.policy))
    left = NobodyAnswered(names, falling.when, would=incident.is_test, why=why)
    return Change(incident, () if above else (left,))
