"""What wants a level to be paged at once, whatever its clock says."""

from dataclasses import replace

from bot.rules.incident import Call, Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging.escalation import AFTERWARDS, begun, last_step, policies_of, with_step
from bot.rules.paging.levels import level_of, reach, steps
from bot.rules.policy import Policy

ALTHOUGH = AFTERWARDS | {"begun"}
"""Why a level is called although somebody has it; that it begins only then is so after a raise."""


def called(incident: Incident, moment: Moment, *, why: str, by: PersonId | None = None) -> Incident:
    """The incident with the next level of each policy wanted at once, acknowledged or not; after the last the first.

    A level on which only `by` is, who gave it back, is passed where somebody else can be reached further on.
    """
    if incident.paging_from is None:
        return incident
    for policy in policies_of(incident, moment.policy):
        if last_step(incident, policy) >= steps(policy):
            incident = with_step(incident, policy, 0, moment)
        past = _past(incident, moment, policy, by) if by else last_step(incident, policy)
        incident = _wanted(incident, moment, policy, past + 1, why, by)
    return incident


def _past(incident: Incident, moment: Moment, policy: EscalationPolicy, person: PersonId) -> int:
    """The step after which somebody else is paged than this person alone; the last that was paged where nobody is."""
    past = last = last_step(incident, policy)
    for step in range(last + 1, steps(policy) + 1):
        reached = reach(level_of(policy, step), moment, private=incident.private)
        if reached.people == (person,) and not reached.channels and not reached.services:
            past = step
        elif reached.is_anybody:
            return past
    return last


def call(
    incident: Incident, moment: Moment, policy: EscalationPolicy, why: str, by: PersonId | None = None
) -> Incident:
    """The incident with the next level of one policy wanted at once; after the last it is said that nobody answered."""
    return _wanted(incident, moment, policy, last_step(incident, policy) + 1, why, by)


def _wanted(
    incident: Incident, moment: Moment, policy: EscalationPolicy, step: int, why: str, by: PersonId | None
) -> Incident:
    return replace(incident, calls={**incident.calls, policy.name: Call(step, moment.now, why, by)})


def lapsed(incident: Incident) -> Incident:
    """The incident, now that somebody has it, without what was wanted at once only because nobody had."""
    return replace(incident, calls={name: each for name, each in incident.calls.items() if each.why in ALTHOUGH})


def above(incident: Incident, policy: Policy) -> tuple[EscalationPolicy, ...]:
    """The policies that have a level above the highest that was paged so far."""
    if incident.paging_from is None:
        return ()
    found = policies_of(incident, policy)
    return tuple(each for each in found if last_step(incident, each) < len(each.levels))


def joined(before: Incident, after: Incident, moment: Moment) -> Incident:
    """The incident with what its services now bring in paged from its first level on, while nobody has it."""
    if after.paging_from is None or after.acknowledged_by:
        return after
    known = policies_of(before, moment.policy)
    for policy in policies_of(after, moment.policy):
        if policy not in known and not last_step(after, policy):
            after = call(after, moment, policy, "service")
    return after


def raised(incident: Incident, moment: Moment) -> Incident:
    """As `begun`, after a raise: what pages only now pages its first level once, even where somebody has it already.

    Who has it, or commands it, is not paged for what they do: a policy on whose first level they are stays quiet.
    Where nobody answered so far it begins anew.
    """
    after = begun(incident, moment)
    if after.paging_from and not after.acknowledged_by:
        return _once_more(after, moment)
    if incident.paging_from or after.paging_from is None:
        return after
    there = {after.acknowledged_by, after.commander}
    for policy in policies_of(after, moment.policy):
        if there.isdisjoint(reach(policy.levels[0], moment).people):
            after = call(after, moment, policy, "begun")
    return after


def _once_more(incident: Incident, moment: Moment) -> Incident:
    """Each policy that has come to its end pages its first level again."""
    for policy in policies_of(incident, moment.policy):
        if last_step(incident, policy) > steps(policy):
            incident = call(with_step(incident, policy, 0, moment), moment, policy, "begun")
    return incident
