"""Paging as people have a hand in it: by hand, and what who is paged answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.rules.change import Change
from bot.rules.events import Paged, PageDeclined, Words
from bot.rules.guards import require_able, require_open
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging import calling, escalation, levels
from bot.rules.policy import Policy, named
from bot.rules.refused import Refused

FURTHER = "further"
"""What is said for the level above the highest that was paged so far."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Whom it pages now, and who is paged at `at` if they do not answer; nobody after the last.

    People by id, channels and services by name.
    """

    called: tuple[str, ...]
    at: datetime
    following: tuple[str, ...] = ()


def ahead(incident: Incident, moment: Moment) -> Ahead | None:
    """What its paging comes to next; None where nobody is paged who has not answered."""
    waiting = () if incident.acknowledged_by or not incident.is_open else escalation.pages(incident, moment)
    policies = escalation.policies_of(incident, moment.policy)
    called = tuple(dict.fromkeys(_called(incident, policies))) or tuple(incident.paged)
    if not waiting or not called or incident.is_test:
        return None
    falling = min(waiting, key=lambda each: each.when)
    policy = next(each for each in policies if each.name == falling.whose)
    then = replace(moment, now=max(moment.now, falling.when))
    following = levels.following(policy, falling.step - 1, then, private=incident.private)
    return Ahead(called, falling.when, following)


def _called(incident: Incident, policies: Iterable[EscalationPolicy]) -> Iterable[str]:
    """Whom the last level of each policy called: people, then places."""
    steps = {each: escalation.last_step(incident, each) for each in policies}
    paged = escalation.paged_steps(incident)
    said = {paged[each.name].at for each, step in steps.items() if step}
    yield from (person for person, at in incident.paged.items() if at in said)
    for policy, step in steps.items():
        if 0 < step <= levels.steps(policy):
            yield from levels.places(levels.level_of(policy, step), private=incident.private)


def decline_page(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Who was paged cannot take it: the next level is paged at once, and they respond to it no more.

    Nobody else is paged where somebody has it meanwhile. Raises Refused for who was not paged, or has it.
    """
    require_open(incident, moment)
    command = moment.policy.command
    if incident.acknowledged_by == by:
        raise Refused(f"You have {incident.name}. `{command} unack {incident.name}` gives it back.")
    paged = incident.paged.get(by)
    if paged is None:
        raise Refused(f"Nobody waits for you: you were not paged for {incident.name}, or have said so already.")
    policies = [each for each in escalation.policies_of(incident, moment.policy) if _waits(incident, moment, each, by)]
    after = replace(
        incident,
        paged={person: at for person, at in incident.paged.items() if person != by},
        responders=tuple(person for person in incident.responders if person != by),
    )
    for policy in policies:
        after = calling.call(after, moment, policy, "declined", by)
    return Change(after, (PageDeclined(person=by, policies=tuple(each.name for each in policies)),))


def _waits(incident: Incident, moment: Moment, policy: EscalationPolicy, person: PersonId) -> bool:
    """Whether somebody is on the level that a policy paged last, and it was not paged for what somebody has by now.

    They were paged in the same moment, or by hand once more since. What is called while somebody has it is wanted all
    the same: an acknowledgement drops what was called before (`calling.lapsed`).
    """
    said, paged = escalation.paged_steps(incident).get(policy.name), incident.paged[person]
    if said is None or said.anchor != incident.paging_from or not 0 < said.step <= levels.steps(policy):
        return False
    on_it = levels.reach(levels.level_of(policy, said.step), moment).people
    if paged < said.at or (paged > said.at and person not in on_it):
        return False
    called = incident.calls.get(policy.name)
    is_called = called is not None and called.step == said.step
    return is_called or not incident.acknowledged_by


def escalate(
    incident: Incident,
    moment: Moment,
    *,
    by: PersonId,
    people: tuple[PersonId, ...] = (),
    team: str = "",
    why: str = "",
) -> Change:
    """Pages by hand: people, a team's first level, or else the level above the highest that was paged so far.

    Raises Refused where that is nobody.
    """
    require_open(incident, moment)
    if people:
        for person in people:
            require_able(moment, person, field="people")
        return paged_now(incident, moment, Paged("", 0, people, "asked", moment.now, note=Words(why.strip())))
    if team:
        policy = _of_team(incident, moment, team)
        return _levels(incident, moment, {policy: 1}, why)
    if not escalation.policies_of(incident, moment.policy):
        command = moment.policy.command
        raise Refused(f"No escalation policy is configured: name somebody, `{command} escalate {incident.name} @ada`.")
    return _levels(incident, moment, next_steps(incident, moment.policy), why)


def next_steps(incident: Incident, policy: Policy) -> dict[EscalationPolicy, int]:
    """The step above the highest that was paged so far, of each policy that has a level for it."""
    steps = {each: escalation.last_step(incident, each) + 1 for each in escalation.policies_of(incident, policy)}
    return {each: step for each, step in steps.items() if step <= len(each.levels)}


def highest(incident: Incident) -> int:
    """The highest step that any policy has paged for it so far."""
    since = escalation.since(incident)
    steps = (said.step for said in escalation.paged_steps(incident).values() if said.anchor == since)
    return max(steps, default=0)


def _of_team(incident: Incident, moment: Moment, word: str) -> EscalationPolicy:
    """The escalation policy of that team. Raises Refused where there is none, or it pages for this one already."""
    policy = moment.policy
    further = f"`{policy.command} escalate {incident.name} {FURTHER}` pages the next level."
    try:
        team = policy.team(word)
    except Refused as unknown:
        raise Refused(f"{unknown.sentence} {further}", field="team") from None
    found = named(policy.policies, team.policy or policy.default_policy)
    if found is None:
        raise Refused(f"{team.name} has no escalation policy: name somebody instead.", field="team")
    if escalation.last_step(incident, found):
        raise Refused(f"{team.name} is paged for {incident.name} already. {further}", field="team")
    return found


def _require_told(policy: EscalationPolicy, step: int, moment: Moment) -> None:
    """Raises Refused while Slack has not told who is on that level: nobody is passed for that."""
    if who := levels.untold(policy, step, moment):
        raise Refused(f"Slack has not told yet who {', '.join(who)} is. Try again in a moment, or name somebody.")


def _levels(incident: Incident, moment: Moment, steps: dict[EscalationPolicy, int], why: str) -> Change:
    """Those levels of those policies, paged now. Raises Refused where nobody is on them."""
    events: list[Paged] = []
    after = incident
    for policy, first in steps.items():
        _require_told(policy, first, moment)
        step, reached = levels.first_reached(policy, first, moment, private=incident.private)
        if not reached.is_anybody:
            continue
        event = escalation.paged(
            incident, moment, policy, step, reached, why="asked", due_at=moment.now, note=why.strip()
        )
        events.append(event)
        after = escalation.with_step(after, policy, step, moment)
    if not events:
        raise Refused(
            f"Everybody who can be paged for {incident.name} has been. Name somebody else: "
            f"`{moment.policy.command} escalate {incident.name} @ada`."
        )
    return paged_now(after, moment, *events)


def paged_now(incident: Incident, moment: Moment, *events: Paged) -> Change:
    """Who is paged by hand, all at once; of a test who would be."""
    told = tuple(replace(each, would=incident.is_test) for each in events)
    for each in () if incident.is_test else told:
        incident = escalation.with_paged(incident, moment, each.people)
    return Change(incident, told)
