"""Alerts and maintenance in the configuration file: how they are read, and how mistakes in them are told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.rules.alerts.configured import AlertRule, Heartbeat, Maintenance
from bot.rules.policy import Policy
from bot.settings.policy import load_policy
from tests.settings.test_mistakes import told

GIVEN = """
timezone: Europe/Madrid
services: [{name: checkout, aliases: [cart]}]
people: [{name: ada, slack: "@ada"}]
policies: [{name: Payments, levels: [{page: ada}]}]
default_policy: payments
alerts:
  rules:
    - {do: ignore, labels: {env: [dev, "test-*"]}}
    - {source: grafana, title: "Check*", severity: p1, services: [cart], policy: payments, group_by: [zone]}
  heartbeats: [{name: backup, every: 26h, severity: sev3, services: [cart]}]
maintenance: [{what: "service:checkout", since: "2026-03-02 22:00", until: 2026-03-03 02:00:00}]
"""


def policy(tmp_path: Path, text: str) -> Policy:
    file = tmp_path / "tocsin.yaml"
    file.write_text(text)
    return load_policy(file)


def test_each_name_is_read_as_its_own_section_writes_it(tmp_path: Path) -> None:
    found = policy(tmp_path, GIVEN).alerting
    first, second = found.rules
    assert first == AlertRule("ignore", labels={"env": ("dev", "test-*")})
    assert second == AlertRule(
        "declare", ("grafana",), ("Check*",), {}, "SEV1", ("checkout",), "Payments", group_by=("zone",)
    )
    assert found.heartbeats == (Heartbeat("backup", timedelta(hours=26), "SEV3", ("checkout",)),)
    night = datetime(2026, 3, 2, 21, tzinfo=UTC), datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert found.maintenance == (Maintenance("service:checkout", *night),)


def test_without_any_of_it_the_defaults_hold(tmp_path: Path) -> None:
    found = policy(tmp_path, "timezone: UTC\n").alerting
    assert (found.group_by, found.reopen_within, found.resolve) == (
        ("alertname", "service"),
        timedelta(minutes=30),
        "offer",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alerts: {rulez: []}", "alerts.rulez: found an unknown key, expected `rules` perhaps"),
        (
            "alerts: {rules: [{do: page}]}",
            "alerts.rules.do: found “page”, expected declare, triage, notify, keep or ignore",
        ),
        ("alerts: {rules: [{severity: SEV9}]}", "alerts.rules.severity: found “SEV9”, expected one of SEV1"),
        (
            "alerts: {rules: [{services: [mail]}]}",
            "alerts.rules.services: found “mail”, expected none, as none is configured",
        ),
        ("alerts: {rules: [{policy: x}]}", "alerts.rules.policy: found “x”, expected none"),
        (
            "alerts: {rules: [{source: nagios}]}",
            "alerts.rules.source: found “nagios”, expected one or several of alertmanager",
        ),
        ("alerts: {rules: [{do: keep}, {do: triage}]}", "the rule before it (no. 1) takes every alert"),
        ("alerts: {rules: [{labels: {env: []}}]}", "expected at least one text or pattern"),
        ("alerts: {group_by: []}", "expected names of labels, such as [alertname, service]"),
        ("alerts: {heartbeats: [{name: a b, every: 1h}]}", "expected one word of letters"),
        ("alerts: {heartbeats: [{name: a, every: 30s}]}", "with its unit, from a minute on, such as 5m"),
        ("alerts: {heartbeats: [{name: a, every: 1h}, {name: a, every: 1h}]}", "a name that no other heartbeat has"),
        ("maintenance: [{what: x, since: soon, until: later}]", "expected a day and a time such as “2026-03-02 22:00”"),
        (
            'maintenance: [{what: x, since: "2026-03-02 22:00", until: "2026-03-02 21:00"}]',
            "maintenance.until: found “2026-03-02 21:00”, expected a time after `since`",
        ),
    ],
)
def test_each_mistake_is_told(tmp_path: Path, text: str, expected: str) -> None:
    said = told(tmp_path, text)
    assert any(expected in line for line in said), said
