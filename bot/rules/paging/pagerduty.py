"""Levels that are a PagerDuty service: it is told when one is paged, and when somebody has it or it is over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from bot.rules.change import Change, Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Paged
from bot.rules.incident import Incident, Said
from bot.rules.moment import Moment
from bot.rules.paging import calling, escalation
from bot.rules.policy import Policy

Action: TypeAlias = Literal["trigger", "acknowledge", "resolve"]
KIND = "pagerduty"
"""What goes out; and said of each service that no level paged: a rule of the configuration did."""


def services_told(incident: Incident, policy: Policy) -> tuple[str, ...]:
    """The services that were paged for it: those of each level reached, of any policy, and those that a rule paged."""
    found: dict[str, None] = dict.fromkeys(incident.said_of(KIND))
    paged = escalation.paged_steps(incident)
    for each in policy.policies:
        said = paged.get(each.name)
        for level in each.levels[: said.step if said else 0]:
            found |= {target.name: None for target in level.who if target.kind == "pagerduty"}
    return tuple(found)


def tell(before: Incident, after: Incident, entries: Iterable[Entry], policy: Policy) -> Iterable[Outgoing]:
    """What its services are told because of a change, each in its own lane."""
    for entry in entries:
        if isinstance(entry.event, Paged) and not entry.event.would:
            anyway = after.acknowledged_by is not None
            yield from (_outgoing(after, service, "trigger", anyway=anyway) for service in entry.event.services)
    action = _follows(before, after)
    if action and not after.is_test:
        yield from (_outgoing(after, service, action) for service in services_told(after, policy))


def _follows(before: Incident, after: Incident) -> Action | None:
    if before.is_open and not after.is_open:
        return "resolve"
    return "acknowledge" if after.acknowledged_by and not before.acknowledged_by and after.is_open else None


def _outgoing(incident: Incident, service: str, action: Action, **more: bool) -> Outgoing:
    return Outgoing(f"{KIND}:{service}/{incident.number}", KIND, facts={"service": service, "action": action, **more})


def holds(incident: Incident, action: str, *, anyway: bool = False) -> bool:
    """Whether that is still to be told; `anyway`: it was paged although somebody had it."""
    if action == "resolve":
        return not incident.is_open
    return incident.is_open and (anyway or bool(incident.acknowledged_by) is (action == "acknowledge"))


def with_services(incident: Incident, services: Iterable[str], at: datetime) -> Incident:
    """The incident with services paged outside of any level: they are told as well who has it, and that it is over."""
    return replace(incident, said={**incident.said, **{f"{KIND} {name}": Said(at, 1, at) for name in services}})


def unreached(incident: Incident, moment: Moment) -> Change:
    """PagerDuty cannot be told: the next level is paged at once, unless somebody has it."""
    if not incident.is_open or incident.acknowledged_by:
        return Change(incident, ())
    return Change(calling.called(incident, moment, why="unreached"), ())
