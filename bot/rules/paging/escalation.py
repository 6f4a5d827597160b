"""Who is paged, level by level, until somebody has it: levels alone page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules import clocks
from bot.rules.events import Event, NobodyAnswered, Paged, Words
from bot.rules.falling import Due
from bot.rules.incident import Call, Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging import losing
from bot.rules.paging.levels import Reached, first_reached, following, level_of, number_of, steps, untold
from bot.rules.people import with_responder
from bot.rules.policy import Policy

WHY: Mapping[str, str] = {
    "begun": "it was declared, raised or reopened",
    "service": "a service of that team is concerned",
    "silence": "nobody has acknowledged it",
    "declined": "who was paged cannot take it",
    "unacknowledged": "its acknowledgement was taken back",
    "mitigation": "it is not mitigated",
    "commander": "it has no commander",
    "deputy": "its commander does not answer",
    "update": "nobody answers for its update",
    "unreached": "PagerDuty cannot be told",
    "lost": "who was paged cannot be reached",
    "asked": "somebody asked for it",
}
"""Why a level is paged, in words."""

AFTERWARDS = frozenset({"mitigation", "commander", "deputy", "update", "asked"})
"""What pages although somebody has it."""

FIRST = frozenset({"begun", "service"})
"""What pages the first level of a policy: where nobody on any can be reached, nobody was paged at all."""

KIND = "page"
"""What falls due when a level is to be paged; said of each policy."""

PATIENCE = timedelta(minutes=2)
"""How long a level waits for Slack to tell who is on it; then whoever is known is paged."""


def policies_of(incident: Incident, policy: Policy) -> tuple[EscalationPolicy, ...]:
    """The escalation policies that page for it: of each team of its services once, else the default one."""
    known = {each.name: each for each in policy.policies}
    if incident.escalation in known:
        return (known[incident.escalation],)
    teams = {team.name: team for team in policy.teams}
    owners = dict.fromkeys(service.team for service in policy.services_of(incident.services) if service.team)
    own = (teams[name].policy for name in owners if name in teams)
    names = dict.fromkeys(name or policy.default_policy for name in own) or {policy.default_policy: None}
    return tuple(known[name] for name in names if name in known)


def is_unpaged(incident: Incident, policy: Policy) -> bool:
    """Whether its severity pages, and nobody is paged because no escalation policy is configured for it."""
    return policy.level(incident).page and not policies_of(incident, policy)


def mark(policy: EscalationPolicy) -> str:
    """Under what a policy's last step is kept in `said`."""
    return f"{KIND} {policy.name}"


def paged_steps(incident: Incident) -> Mapping[str, Said]:
    """The last step that was paged for it of each policy, by its name; one past its levels: nobody answered."""
    return incident.said_of(KIND)


def last_step(incident: Incident, policy: EscalationPolicy) -> int:
    """The last step of a policy that was paged for it; 0 where none was."""
    return incident.last_step(mark(policy), since(incident))


def pages(incident: Incident, moment: Moment) -> tuple[Due, ...]:
    """The next step of each policy that pages for it, while it is open; the one after the last: nobody answered."""
    if incident.paging_from is None or not incident.is_open:
        return ()
    found = (_next(incident, moment, each) for each in policies_of(incident, moment.policy))
    return tuple(each for each in found if each)


def _next(incident: Incident, moment: Moment, policy: EscalationPolicy) -> Due | None:
    anchor, wanted = incident.paging_from, incident.calls.get(policy.name)
    if anchor is None:
        return None
    last = last_step(incident, policy)
    if wanted and wanted.step > last:
        return _put_off(Due(wanted.at, KIND, anchor, wanted.step, whose=policy.name), incident, policy, moment)
    if incident.acknowledged_by or last > steps(policy):
        return None
    when = anchor
    if last:
        waited = level_of(policy, last).wait
        when = clocks.after(incident, moment.policy, incident.said[mark(policy)].at, waited)
        if when > moment.now and _lost(incident, policy, last, moment):
            when = moment.now
    return _put_off(Due(when, KIND, anchor, last + 1, whose=policy.name), incident, policy, moment)


def _put_off(falling: Due, incident: Incident, policy: EscalationPolicy, moment: Moment) -> Due | None:
    """What falls due; a while later where Slack has not told yet who is on that level, and then not before it has."""
    if not untold(policy, falling.step, moment):
        return falling
    is_said = incident.last_step(_unheard(policy), falling.anchor)
    return None if is_said else replace(falling, when=falling.when + PATIENCE)


def _lost(incident: Incident, policy: EscalationPolicy, last: int, moment: Moment) -> tuple[PersonId, ...]:
    """Who is waited for since that step, the last that was paged, where none of them can be reached any more."""
    if not 0 < last <= steps(policy):
        return ()
    return losing.lost(incident, level_of(policy, last), incident.said[mark(policy)].at, moment)


def _unheard(policy: EscalationPolicy) -> str:
    """Under what it is kept in `said` that nobody could be paged before Slack told who they are."""
    return f"untold {policy.name}"


def page(incident: Incident, moment: Moment, falling: Due) -> tuple[Incident, Event]:
    """Pages the level whose turn it is; one on which nobody can be reached is passed at once."""
    policy = next(each for each in moment.policy.policies if each.name == falling.whose)
    step, reached = first_reached(policy, falling.step, moment, private=incident.private)
    why, lost = _why(incident, policy, falling, moment)
    passed = tuple(dict.fromkeys((*lost, *reached.missing)))
    if not reached.is_anybody:
        is_untold = bool(reached.missing) and not moment.roster.is_told
        over = NobodyAnswered(policy.name, falling.when, passed, incident.is_test, why, is_untold)
        if is_untold:
            waits = {_unheard(policy): Said(since(incident), 1, moment.now)}
            return replace(incident, said={**incident.said, **waits}), over
        return with_step(incident, policy, max(falling.step, steps(policy) + 1), moment), over
    event = paged(incident, moment, policy, step, reached, why=why, due_at=falling.when)
    after = with_step(incident, policy, step, moment)
    event = replace(event, passed=passed)
    return after if incident.is_test else with_paged(after, moment, event.people), event


def _why(
    incident: Incident, policy: EscalationPolicy, falling: Due, moment: Moment
) -> tuple[str, tuple[PersonId, ...]]:
    """Why that step is paged, and who is waited for and cannot be reached, where it is for that."""
    wanted = _call(incident, policy, falling)
    if wanted and (wanted.why != "mitigation" or incident.acknowledged_by):
        return wanted.why, ()
    lost = () if wanted else _lost(incident, policy, falling.step - 1, moment)
    if lost:
        return "lost", lost
    return ("silence" if wanted or falling.step > 1 else "begun"), ()  # that nobody has it comes first


def paged(
    incident: Incident,
    moment: Moment,
    policy: EscalationPolicy,
    step: int,
    reached: Reached,
    *,
    why: str,
    due_at: datetime,
    note: str = "",
) -> Paged:
    """What is written down of a step that reached somebody."""
    until = _goes_on(incident, moment, policy, step)
    return Paged(
        policy=policy.name,
        level=number_of(policy, step),
        people=reached.people,
        why=why,
        due_at=due_at,
        shadows=reached.shadows,
        channels=reached.channels,
        services=reached.services,
        passed=reached.missing,
        until=until,
        would=incident.is_test,
        note=Words(note),
        following=following(policy, step, replace(moment, now=until), private=incident.private) if until else (),
        untold=bool(reached.missing) and not moment.roster.is_told,
    )


def _goes_on(incident: Incident, moment: Moment, policy: EscalationPolicy, step: int) -> datetime | None:
    """When the step after one that is paged now follows, unless somebody has it by then; None where none does.

    Of a team that is paged by hand, and is not concerned otherwise, nothing follows by itself.
    """
    is_paging = incident.paging_from and not incident.acknowledged_by
    if not is_paging or policy not in policies_of(incident, moment.policy):
        return None
    return clocks.after(incident, moment.policy, moment.now, level_of(policy, step).wait)


def _call(incident: Incident, policy: EscalationPolicy, falling: Due) -> Call | None:
    """What wants this step at once, if something does."""
    found = incident.calls.get(policy.name)
    return found if found and found.step >= falling.step else None


def with_step(incident: Incident, policy: EscalationPolicy, step: int, moment: Moment) -> Incident:
    """The incident with that step of a policy said now."""
    return replace(incident, said={**incident.said, mark(policy): Said(since(incident), step, moment.now)})


def since(incident: Incident) -> datetime:
    """From when its levels are counted; where its severity pages nobody, from when its clocks began."""
    return incident.paging_from or incident.anchor


def with_paged(incident: Incident, moment: Moment, people: Iterable[PersonId]) -> Incident:
    """The incident with people paged: they respond to it from now on, and are in its channel."""
    for person in people:
        incident = with_responder(incident, person)
        incident = replace(incident, paged={**incident.paged, person: moment.now})
    return incident


def begun(incident: Incident, moment: Moment) -> Incident:
    """The incident with its paging as its severity wants it: begun now, going on, or stopped."""
    if not moment.policy.level(incident).page:
        return replace(incident, paging_from=None, calls={})
    return incident if incident.paging_from else replace(incident, paging_from=moment.now)


def anew(incident: Incident, moment: Moment) -> Incident:
    """The incident paged for from the first level on."""
    return begun(replace(incident, paging_from=None, calls={}), moment)
