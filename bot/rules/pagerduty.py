"""Levels that are a PagerDuty service: it is told when one is paged, and when somebody has it or it is over."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from bot.rules import calling, escalation
from bot.rules.change import Change, Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Paged
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.policy import Policy

Action: TypeAlias = Literal["trigger", "acknowledge", "resolve"]
KIND = "pagerduty"


def services_told(incident: Incident, policy: Policy) -> tuple[str, ...]:
    """The services that were paged for it: those of each level that its policies have reached."""
    found: dict[str, None] = {}
    for each in escalation.policies_of(incident, policy):
        said = incident.said.get(escalation.mark(each))
        for level in each.levels[: said.step if said else 0]:
            found |= {target.name: None for target in level.who if target.kind == "pagerduty"}
    return tuple(found)


def tell(before: Incident, after: Incident, entries: Iterable[Entry], policy: Policy) -> Iterable[Outgoing]:
    """What its services are told because of a change, each in its own lane."""
    for entry in entries:
        if isinstance(entry.event, Paged) and not entry.event.would:
            yield from (_outgoing(after, service, "trigger") for service in entry.event.services)
    action = _follows(before, after)
    if action and not after.is_test:
        yield from (_outgoing(after, service, action) for service in services_told(after, policy))


def _follows(before: Incident, after: Incident) -> Action | None:
    if before.is_open and not after.is_open:
        return "resolve"
    return "acknowledge" if after.acknowledged_by and not before.acknowledged_by and after.is_open else None


def _outgoing(incident: Incident, service: str, action: Action) -> Outgoing:
    return Outgoing(f"{KIND}:{service}/{incident.number}", KIND, facts={"service": service, "action": action})


def holds(incident: Incident, action: str) -> bool:
    """Whether that is still to be told."""
    if action == "resolve":
        return not incident.is_open
    return incident.is_open and bool(incident.acknowledged_by) is (action == "acknowledge")


def unreached(incident: Incident, moment: Moment) -> Change:
    """PagerDuty cannot be told: the next level is paged at once, unless somebody has it."""
    if not incident.is_open or incident.acknowledged_by:
        return Change(incident, ())
    return Change(calling.called(incident, moment, why="unreached"), ())
