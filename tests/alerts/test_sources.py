"""Each source's payload as alerts; what is broken, and what stands at the wrong door."""

import copy
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rules.alerts.alert import Alert, believed
from bot.rules.alerts.sources import SOURCES, read, unknown
from bot.rules.refused import Refused
from tests.alerts import payloads

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ONE_EACH: dict[str, dict[str, Any]] = {
    "alertmanager": payloads.alertmanager(payloads.firing()),
    "grafana": payloads.GRAFANA,
    "pagerduty": payloads.pagerduty(),
    "datadog": payloads.DATADOG,
    "generic": payloads.GENERIC,
}


def only(name: str, payload: dict[str, Any]) -> Alert:
    batch = read(name, payload)
    assert not batch.broken
    (alert,) = batch.alerts
    return alert


def test_alertmanager() -> None:
    alert = only("alertmanager", payloads.alertmanager(payloads.firing()))
    assert (alert.title, alert.severity, alert.service) == ("CheckoutErrors", "critical", "checkout")
    assert (alert.value, alert.threshold) == ("12.4 %", "5 %")
    assert alert.runbook == "https://runbooks.example/checkout"
    assert alert.dashboard == "https://grafana.example/d/checkout"
    assert alert.link.startswith("http://prometheus.example")
    assert alert.began == datetime(2026, 3, 2, 8, 58, 26, 739266, tzinfo=UTC)
    assert (alert.ended, alert.is_on, alert.lacks) == (None, True, ())


def test_grafana() -> None:
    alert = only("grafana", payloads.GRAFANA)
    assert (alert.title, alert.status, alert.severity) == ("High memory usage", "firing", "warning")
    assert alert.value == "B=44.24, C=1"
    assert alert.dashboard.endswith("viewPanel=2")
    assert alert.began == datetime(2026, 3, 2, 7, 51, 3, 157076, tzinfo=UTC)
    assert alert.lacks == ("value",)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("incident.triggered", "firing"), ("incident.acknowledged", "acknowledged"), ("incident.resolved", "resolved")],
)
def test_pagerduty(kind: str, status: str) -> None:
    alert = only("pagerduty", payloads.pagerduty(kind))
    assert (alert.fingerprint, alert.status) == ("PT4KHLK", status)
    assert (alert.title, alert.severity, alert.service) == ("Mail does not go out", "page", "mail")
    assert alert.is_on is (status != "resolved")
    assert alert.labels == {"urgency": "high"}


def test_what_moves_no_alert_in_pagerduty_is_none() -> None:
    assert read("pagerduty", payloads.pagerduty("pagey.ping")) == read(
        "pagerduty", payloads.pagerduty("service.updated")
    )
    assert read("pagerduty", payloads.pagerduty("pagey.ping")).alerts == ()


def test_datadog() -> None:
    alert = only("datadog", payloads.DATADOG)
    assert (alert.title, alert.status, alert.severity) == ("Latency of search is high", "firing", "critical")
    assert alert.labels == {"env": "prod", "service": "search"}
    assert (alert.service, alert.value, alert.threshold) == ("search", "6.2 s", "5 s")
    over = only("datadog", {**payloads.DATADOG, "alert_transition": "Recovered", "title": "[Recovered] Latency"})
    assert (over.status, over.fingerprint) == ("resolved", alert.fingerprint)
    assert only("datadog", payloads.DATADOG_PLAIN).status == "resolved"


def test_datadogs_own_template_tells_state_scope_and_priority_in_the_title() -> None:
    alert = only("datadog", payloads.DATADOG_GROUP)
    assert (alert.title, alert.status, alert.severity) == ("Memory is short", "firing", "critical")
    assert alert.service == "checkout"
    assert alert.labels == {"host": "web-1", "service": "checkout", "priority": "P2"}
    assert alert.summary.splitlines() == [
        "Restart the worker: https://wiki.example/restart",
        "system.mem.usable over host:web-1 was <= 0.5 on average during the last 30m.",
    ]


@pytest.mark.parametrize(
    ("title", "name", "status", "severity"),
    [
        ("[P2] [Triggered] Disk", "Disk", "firing", "critical"),
        ("[Re-Triggered on {host:a}] Disk", "Disk", "firing", "critical"),
        ("[P5] [Warn on {host:a}] [eu] Disk", "[eu] Disk", "firing", "warning"),
        ("[No Data on {host:a}] Disk", "Disk", "firing", "warning"),
        ("[P1] [Recovered on {" + "env:prod," * 40 + "url:/a/{id}}] Disk", "Disk", "resolved", ""),
        ("[eu] Disk", "[eu] Disk", "firing", ""),
    ],
)
def test_a_title_of_datadog(title: str, name: str, status: str, severity: str) -> None:
    alert = only("datadog", {**payloads.DATADOG_PLAIN, "title": title})
    assert (alert.title, alert.status, alert.severity) == (name, status, severity)


def test_what_recovers_in_datadog_is_what_fired_on_the_same_host() -> None:
    def of(title: str) -> str:
        return only("datadog", {**payloads.DATADOG_GROUP, "title": title}).fingerprint

    assert of("[P2] [Triggered on {host:a}] Disk") == of("[P2] [Recovered on {host:a}] Disk")
    assert of("[P2] [Triggered on {host:a}] Disk") != of("[P2] [Triggered on {host:b}] Disk")


def test_generic_takes_one_or_several() -> None:
    alert = only("generic", payloads.GENERIC)
    assert (alert.title, alert.service, alert.labels) == ("Backup failed", "database", {"host": "db-1"})
    labelled = {"title": "Backup failed", "labels": {"severity": "critical", "service": "database"}}
    assert (only("generic", labelled).severity, only("generic", labelled).service) == ("critical", "database")
    batch = read("generic", {"alerts": [payloads.GENERIC, {"title": "Disk is full", "status": "resolved"}]})
    assert [each.status for each in batch.alerts] == ["firing", "resolved"]


@pytest.mark.parametrize("name", list(SOURCES))
@pytest.mark.parametrize("sent", list(ONE_EACH))
def test_a_payload_of_another_source_is_refused_with_the_right_door(name: str, sent: str) -> None:
    if name == sent:
        assert read(name, ONE_EACH[sent]).alerts
        return
    with pytest.raises(Refused, match=f"/alerts/{sent}, not to /alerts/{name}"):
        read(name, ONE_EACH[sent])


@pytest.mark.parametrize("payload", [[], 7, "x", None, {}, {"event": 3}, {"alerts": 3}])
@pytest.mark.parametrize("name", list(SOURCES))
def test_what_is_no_payload_at_all_is_refused(name: str, payload: Any) -> None:
    with pytest.raises(Refused, match="This is no payload of"):
        read(name, payload)


def test_a_broken_alert_takes_no_other_with_it() -> None:
    nameless = {"status": "firing", "labels": {}}
    batch = read("alertmanager", payloads.alertmanager(payloads.firing(), nameless, 7, payloads.firing("web-2")))  # type: ignore[arg-type]
    assert [alert.labels["instance"] for alert in batch.alerts] == ["web-1", "web-2"]
    assert batch.broken == ("Alert 2: it has no label `alertname`.", "Alert 3: the alert is no JSON object.")


@pytest.mark.parametrize(
    "odd",
    [
        {"startsAt": 7e99},
        {"startsAt": "soon"},
        {"endsAt": "9999-12-31T23:59:59-23:59"},
        {"labels": 7},
        {"labels": {"alertname": "\u200b"}},
        {"annotations": []},
        {"generatorURL": "javascript:x"},
    ],
)
def test_odd_fields_are_left_out(odd: dict[str, Any]) -> None:
    batch = read("alertmanager", payloads.alertmanager({**payloads.firing(), **odd}))
    assert all(alert.began is None or alert.began < NOW for alert in batch.alerts)
    assert len(batch.alerts) + len(batch.broken) == 1


def test_what_an_alert_is_called_by_is_found_among_many_labels() -> None:
    many = {f"a{number:03}": "x" for number in range(200)}
    (alert,) = read("alertmanager", payloads.alertmanager({**payloads.firing(), "labels": {**many, **LAST}})).alerts
    assert (alert.title, alert.severity, alert.service) == ("CheckoutErrors", "critical", "checkout")


def test_no_title_is_one_that_nobody_can_see() -> None:
    assert read("generic", {"title": "\u200b"}).broken == ("Alert 1: it has no `title`.",)


@pytest.mark.parametrize("name", list(SOURCES))
def test_whatever_is_changed_in_a_payload_it_is_read_or_refused(name: str) -> None:
    chance = random.Random(name)
    for _ in range(1_500):
        changed = mutated(chance, ONE_EACH[name])
        try:
            batch = read(name, changed)
        except Refused:
            continue
        for alert in batch.alerts:
            assert alert.title
            assert alert.fingerprint
            believed(alert, NOW)


ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e17, 1e308, float("inf"), float("nan"), 10**400, [], {}, [[]], {"a": [None]}, ["x"] * 50),
    *("", " ", "\u200b", "\u202e", "<!channel>", "a" * 5_000, "9" * 400, "٣", "²", "resolved"),
    *(
        "<https://evil.example|x>",
        "-5",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "https://[",
        "javascript:x",
        "critical",
        "{0}%s",
    ),
)
"""What nobody sends, and somebody will."""

LAST = {"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical"}


def mutated(chance: random.Random, payload: Any) -> Any:
    """The payload with one to four odd values, or without what was there."""
    changed = copy.deepcopy(payload)
    for _ in range(chance.randint(1, 4)):
        inside, at = chance.choice(list(_places(changed)))
        if chance.random() < 0.2:
            del inside[at]
        else:
            inside[at] = copy.deepcopy(chance.choice(ODD))
        if not changed:
            break
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for at, each in within:
        yield value, at
        yield from _places(each)


@pytest.mark.parametrize(
    ("ahead", "began", "off"),
    [
        (timedelta(hours=1), None, True),
        (-timedelta(hours=1), NOW - timedelta(hours=1), False),
        (-timedelta(days=400), None, False),
    ],
)
def test_times_of_the_sender_are_believed_as_far_as_they_can_be_true(
    ahead: timedelta, began: datetime | None, off: bool
) -> None:
    alert = believed(Alert("generic", "f", "t", began=NOW + ahead), NOW)
    assert (alert.began, alert.off) == (began, off)


def test_an_unknown_source_is_told_the_doors() -> None:
    assert "/alerts/alertmanager, /alerts/grafana" in unknown("nagios")
    assert unknown("heartbeat").endswith("/alerts/report, /alerts/heartbeat/<name>.")
