"""Who would be told, minute by minute: a declaration that nobody answers, run by the rules of a real one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules.answering import placed
from bot.rules.automation.automatic import going_out, later, with_pages
from bot.rules.change import Change, Origin
from bot.rules.declaring import declare
from bot.rules.events import NobodyAnswered, Paged
from bot.rules.follow_ups import follow_ups
from bot.rules.foreseen.rows import called, lost_services, rows
from bot.rules.foreseen.run import SOMEBODY, Run
from bot.rules.foreseen.simulated import SetUp, Simulation
from bot.rules.foreseen.weakness import once, weaknesses
from bot.rules.incident import Incident, PersonId
from bot.rules.kinds import kind_of
from bot.rules.moment import Moment
from bot.rules.paging import escalation, losing, pagerduty, reaching
from bot.rules.paging.reaching import PAGE, Reach
from bot.rules.policy import Policy, Service
from bot.rules.refused import Refused, known
from bot.rules.reminders import next_look, remind
from bot.rules.rooms import NOT_SET_UP
from bot.rules.subjects import Kind

EVERYTHING = SetUp()
"""Whatever is asked for can go out."""

STEPS = 2000
"""More than this never happens for one incident; a chain without an end is cut off there."""

TITLE = "Simulation"
_CLOCK = Origin("clock", "simulation")


def meant(policy: Policy, words: Iterable[str]) -> tuple[Policy, tuple[str, ...]]:
    """The services that words name, and the policy to simulate with: a team is a service of its own that it owns.

    Raises Refused for what is neither.
    """
    teams = {team.name.casefold(): team.name for team in policy.teams}
    names: list[str] = []
    for word in words:
        team = teams.get(word.casefold())
        owned = next((each.name for each in policy.services if team and each.team == team), None)
        if team and owned is None:
            policy, owned = replace(policy, services=(*policy.services, Service(team, team=team))), team
        service = owned or next(iter(policy.meant([word])), None)
        if service is None:
            there = (*(each.name for each in policy.services), *teams.values())
            raise Refused(known("service or team", word, dict.fromkeys(there)), field="services")
        names.append(service)
    return policy, tuple(dict.fromkeys(names))


def simulate(
    moment: Moment,
    reaches: Mapping[PersonId, Reach],
    *,
    severity: str,
    services: tuple[str, ...] = (),
    set_up: SetUp = EVERYTHING,
) -> Simulation:
    """All who would be told of an incident that is declared at `moment.now` and that nobody answers.

    `reaches` is how people want to be reached, `set_up` what can go out here. Raises Refused for an unknown severity
    or service.
    """
    first = declare(moment, number=0, by=SOMEBODY, title=TITLE, severity=severity, services=services)
    first = with_pages(first, moment)
    states = {
        f"person:{person}": replace(reach, pages={}, told_at=None, way_at=None, used=0)
        for person, reach in reaches.items()
    }
    run = Run(moment, first.incident, states, set_up)
    _happened(run, None, first)
    for _ in range(STEPS):
        due_at = _next(run)
        if due_at is None or _is_over(run):
            break
        run.moment = replace(moment, now=max(due_at, run.moment.now))
        _time_passes(run)
    return _result(run, moment.now)


def _is_over(run: Run) -> bool:
    """Whether the chain has ended: all policies that page for it came to their end, and nobody waits to be told."""
    ended = {each.policy for each in run.told if isinstance(each, NobodyAnswered)}
    return not escalation.pages(run.incident, run.moment) and bool(ended) and not _person_due(run)


def _person_due(run: Run) -> datetime | None:
    looks = (kind_of(subject).next_look(state, run.moment) for subject, state in run.states.items())
    return min((each for each in looks if each), default=None)


def _next(run: Run) -> datetime | None:
    looks = (next_look(run.incident, run.moment), _person_due(run))
    return min((each for each in looks if each), default=None)


def _time_passes(run: Run) -> None:
    """All that is due at the moment: of the incident first, then of each person."""
    now = run.moment.now
    if (due_at := next_look(run.incident, run.moment)) and due_at <= now:
        _happened(run, run.incident, with_pages(remind(run.incident, run.moment), run.moment))
    for subject in list(run.states):
        kind = kind_of(subject)
        due_at = kind.next_look(run.states[subject], run.moment)
        if due_at and due_at <= now:
            _turned(run, subject, kind, kind.remind(run.states[subject], run.moment))


def _happened(run: Run, before: Incident | None, change: Change) -> None:
    """What follows from a change of the incident, as a real one would have it."""
    after = change.incident
    entries = placed(after.subject, change.events, run.moment, _CLOCK, 0)
    run.weak += weaknesses(before, after.severity, entries, run.moment, run.states, run.set_up)
    run.incident = after
    run.told += change.events
    for outgoing in going_out(before, after, entries, run.moment.policy):
        run.rows += rows(run, outgoing, entries)
    run.rows += (row for entry in entries for row in called(run, entry.event))
    for each in follow_ups(before or after, after, entries):
        kind = kind_of(each.subject)
        state = run.states.setdefault(each.subject, kind.empty(each.subject))
        _turned(run, each.subject, kind, each.rule(state, run.moment, **each.facts))
    if any(isinstance(entry.event, Paged) and lost_services(run, entry.event) for entry in entries):
        _happened(run, run.incident, pagerduty.unreached(run.incident, run.moment))


def _turned(run: Run, subject: str, kind: Kind[Any], result: Any) -> None:
    before, run.states[subject] = run.states[subject], result.state
    entries = placed(subject, result.events, run.moment, _CLOCK, 0)
    for outgoing in kind.tell(before, result.state, entries, run.moment.policy):
        run.rows += rows(run, outgoing, entries)
        way = outgoing.kind.removeprefix(PAGE)
        if outgoing.kind.startswith(PAGE) and not run.set_up.has(way):
            facts: dict[str, Any] = {"way": way, "why": NOT_SET_UP, "numbers": tuple(outgoing.facts["numbers"])}
            _turned(run, subject, kind, reaching.failed(run.states[subject], run.moment, **facts))
            if run.states[subject].is_lost:
                run.incident = losing.lose(run.incident, run.moment, person=result.state.person).incident


def _result(run: Run, since: datetime) -> Simulation:
    ends = [each for each in run.told if isinstance(each, NobodyAnswered)]
    passed = (who for each in run.told if isinstance(each, Paged | NobodyAnswered) for who in each.passed)
    return Simulation(
        severity=run.incident.severity,
        services=run.incident.services,
        at=since,
        rows=tuple(run.rows),
        weak=once(run.weak),
        passed=tuple(dict.fromkeys(passed)),
        paging=run.incident.paging_from is not None and bool(escalation.policies_of(run.incident, run.moment.policy)),
        pages=run.moment.policy.level(run.incident).page,
        nobody=tuple((each.due_at, each.policy) for each in ends),
        later=tuple(later(run.incident, run.moment.policy)),
    )
