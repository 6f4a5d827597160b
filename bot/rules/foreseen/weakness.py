"""Levels that do not do what they are for, as a simulation meets them: they come to nobody, or wake nobody up."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.rules.entries import Entry
from bot.rules.events import NobodyAnswered, Paged
from bot.rules.foreseen.simulated import SetUp, Weak
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.paging import escalation, levels
from bot.rules.policy import named


def weaknesses(
    before: Incident | None,
    severity: str,
    entries: Iterable[Entry],
    moment: Moment,
    states: Mapping[str, Any],
    set_up: SetUp,
) -> Iterable[Weak]:
    """The levels that were passed at this moment, and those that wake nobody; `states` has how people are reached."""
    for event in (entry.event for entry in entries):
        if before and isinstance(event, Paged | NobodyAnswered) and event.policy:
            yield from _passed(before, event, moment)
        if isinstance(event, Paged) and not any(set_up.has_service(name) for name in event.services):
            if event.services and not (event.people or event.channels):
                yield Weak(moment.now, event.policy, event.level, "nobody", event.services)
            elif moment.policy.is_major(severity) and _is_quiet(event, states, set_up):
                yield Weak(moment.now, event.policy, event.level, "quiet", (*event.people, *event.channels))


def _passed(before: Incident, event: Paged | NobodyAnswered, moment: Moment) -> Iterable[Weak]:
    policy = named(moment.policy.policies, event.policy)
    if policy is None or before.paging_from is None:
        return
    step = escalation.last_step(before, policy) + 1
    while step <= levels.steps(policy):
        reached = levels.reach(levels.level_of(policy, step), moment)
        if reached.is_anybody:
            return
        yield Weak(moment.now, policy.name, levels.number_of(policy, step), "nobody", reached.missing)
        step += 1


def _is_quiet(event: Paged, states: Mapping[str, Any], set_up: SetUp) -> bool:
    """Whether nobody on a level is woken up; PagerDuty apart."""
    reaches = (states.get(f"person:{person}") for person in event.people)
    return not any(set_up.has(way) for reach in reaches if reach for way in reach.loud)


def once(weak: Iterable[Weak]) -> tuple[Weak, ...]:
    """Each level once, as it was first."""
    found: dict[tuple[str, int, str], Weak] = {}
    for each in weak:
        found.setdefault((each.policy, each.level, each.kind), each)
    return tuple(found.values())
