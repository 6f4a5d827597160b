"""From the shapes of alerts to the records that the rules are given."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.rules.alerts.configured import Alerting, AlertRule, Heartbeat, Maintenance
from bot.settings.alerts.shapes import AlertRuleShape, AlertsShape, HeartbeatShape, MaintenanceShape
from bot.settings.spelling import Spellings, one, several


def alerting(said: AlertsShape, maintenance: Sequence[MaintenanceShape], zone: ZoneInfo, known: Spellings) -> Alerting:
    """All that is configured about alerts, each name as its own section writes it."""
    return Alerting(
        rules=tuple(_rule(each, known) for each in said.rules),
        group_by=said.group_by,
        reopen_within=said.reopen_within,
        resolve=said.resolve,
        heartbeats=tuple(_heartbeat(each, known) for each in said.heartbeats),
        maintenance=tuple(_window(each, zone) for each in maintenance),
    )


def _rule(said: AlertRuleShape, known: Spellings) -> AlertRule:
    return AlertRule(
        do=said.do,
        sources=said.source,
        title=said.title,
        labels=said.labels,
        severity=one(known.severities, said.severity),
        services=several(known.services, said.services),
        policy=one(known.policies, said.policy),
        group_by=said.group_by,
        resolve=said.resolve,
    )


def _heartbeat(said: HeartbeatShape, known: Spellings) -> Heartbeat:
    services = several(known.services, said.services)
    return Heartbeat(said.name, said.every, one(known.severities, said.severity), services)


def _window(said: MaintenanceShape, zone: ZoneInfo) -> Maintenance:
    return Maintenance(said.what, _moment(said.since, zone), _moment(said.until, zone), said.why)


def _moment(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
