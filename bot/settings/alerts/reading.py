"""From the shapes of alerts to the records that the rules are given."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.rules.alerts.configured import Alerting, AlertRule, Heartbeat, Maintenance
from bot.settings.alerts.shapes import AlertRuleShape, AlertsShape, HeartbeatShape, MaintenanceShape

Spelt = Mapping[str, str]
"""Names in lower case, aliases too → the name as it is written."""


def alerting(
    said: AlertsShape,
    maintenance: Sequence[MaintenanceShape],
    zone: ZoneInfo,
    *,
    severities: Spelt,
    services: Spelt,
    policies: Spelt,
) -> Alerting:
    """All that is configured about alerts, each name as its own section writes it."""
    return Alerting(
        rules=tuple(_rule(each, severities, services, policies) for each in said.rules),
        group_by=said.group_by,
        reopen_within=said.reopen_within,
        resolve=said.resolve,
        heartbeats=tuple(_heartbeat(each, severities, services) for each in said.heartbeats),
        maintenance=tuple(_window(each, zone) for each in maintenance),
    )


def _rule(said: AlertRuleShape, severities: Spelt, services: Spelt, policies: Spelt) -> AlertRule:
    return AlertRule(
        do=said.do,
        sources=said.source,
        title=said.title,
        labels=said.labels,
        severity=severities.get((said.severity or "").casefold()),
        services=tuple(services[name.casefold()] for name in said.services if name.casefold() in services),
        policy=policies.get((said.policy or "").casefold()),
        group_by=said.group_by,
        resolve=said.resolve,
    )


def _heartbeat(said: HeartbeatShape, severities: Spelt, services: Spelt) -> Heartbeat:
    known = tuple(services[name.casefold()] for name in said.services if name.casefold() in services)
    return Heartbeat(said.name, said.every, severities.get((said.severity or "").casefold()), known)


def _window(said: MaintenanceShape, zone: ZoneInfo) -> Maintenance:
    return Maintenance(said.what, _moment(said.since, zone), _moment(said.until, zone), said.why)


def _moment(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def spelt(named: Sequence[tuple[str, Sequence[str]]]) -> Spelt:
    """Each name and its aliases, in lower case, with the name as it is written."""
    return {word.casefold(): name for name, aliases in named for word in (name, *aliases)}
