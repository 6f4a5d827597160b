"""Whether somebody is there: a commander, and somebody who answers for the promised update."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from bot.rules import calling, clocks
from bot.rules.escalation import policies_of
from bot.rules.falling import Due
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.promises import UPDATE_STEPS
from bot.rules.rooms import VACATED

ASKED_IN_VAIN = timedelta(minutes=10)
"""How long after it was asked for a commander, in vain, a most severe incident counts as not acknowledged."""

PAGED_FOR: Mapping[str, str] = {"leaderless": "commander", "unanswered": "update"}
"""What pages the next level once by itself, and why as `escalation.WHY` has it: nothing else is said of it."""


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


def paged_for(incident: Incident, moment: Moment, kind: str) -> Incident:
    """The incident with the next level wanted at once for what is missing.

    Where somebody has it, nobody is paged a second time: above the last level there is nobody.
    """
    if not incident.acknowledged_by:
        return calling.called(incident, moment, why=PAGED_FOR[kind])
    for policy in calling.above(incident, moment.policy):
        incident = calling.call(incident, moment, policy, PAGED_FOR[kind])
    return incident
