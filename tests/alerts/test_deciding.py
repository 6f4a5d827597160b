"""What is done with an alert, and with which others it is one; what is silent; when a heartbeat is missed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.alerts import heartbeat, silencing
from bot.rules.alerts.alert import Alert
from bot.rules.alerts.configured import Alerting, AlertRule, Heartbeat, Maintenance
from bot.rules.alerts.deciding import decide, gravest, subject_of
from bot.rules.alerts.heartbeat import Beating
from bot.rules.alerts.silencing import Silence, Workspace, covers, silent_until
from bot.rules.events.alerts import HeartbeatBack, HeartbeatMissed
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from tests.rules.given import ADA, MONDAY, POLICY, at, moment

ALERT = Alert("grafana", "f1", "CheckoutErrors", severity="critical", service="cart", labels={"env": "prod-eu"})


def with_rules(*rules: AlertRule) -> Policy:
    return replace(POLICY, alerting=Alerting(rules))


@pytest.mark.parametrize(
    ("word", "do", "severity"),
    [
        ("critical", "declare", "SEV2"),
        ("PAGE", "declare", "SEV2"),
        ("warning", "triage", "SEV3"),
        ("info", "keep", "SEV2"),
        ("", "keep", "SEV2"),
    ],
)
def test_without_a_rule_its_own_severity_decides(word: str, do: str, severity: str) -> None:
    found = decide(replace(ALERT, severity=word), POLICY)
    assert (found.do, found.severity, found.services) == (do, severity, ("checkout",))


@pytest.mark.parametrize(
    ("rule", "matches"),
    [
        (AlertRule("ignore", sources=("grafana",)), True),
        (AlertRule("ignore", sources=("alertmanager",)), False),
        (AlertRule("ignore", title=("checkout*",)), True),
        (AlertRule("ignore", title=("Search*", "Mail*")), False),
        (AlertRule("ignore", labels={"env": ("dev", "PROD-*"), "service": ("cart",)}), True),
        (AlertRule("ignore", labels={"env": ("prod-*",), "zone": ("*",)}), True),
        (AlertRule("ignore", labels={"zone": ("a*",)}), False),
        (AlertRule("ignore"), True),
    ],
)
def test_a_rule_matches_where_all_that_it_names_fits(rule: AlertRule, matches: bool) -> None:
    assert (decide(ALERT, with_rules(rule)).do == "ignore") is matches


def test_the_first_rule_that_matches_decides() -> None:
    first = AlertRule("declare", labels={"env": ("prod-*",)}, severity="SEV1", services=("search",), policy="p")
    found = decide(ALERT, with_rules(first, AlertRule("ignore")))
    assert (found.do, found.severity, found.services, found.policy) == ("declare", "SEV1", ("search",), "p")


def test_alerts_that_are_alike_in_name_and_service_are_one() -> None:
    def subject(alert: Alert, *rules: AlertRule) -> str:
        return subject_of(alert, decide(alert, with_rules(*rules)))

    assert subject(ALERT) == subject(replace(ALERT, fingerprint="f2", labels={"env": "dev"}))
    assert subject(ALERT) != subject(replace(ALERT, title="SearchErrors"))
    assert subject(ALERT) != subject(replace(ALERT, source="alertmanager"))
    by_env = AlertRule("declare", group_by=("env",))
    assert subject(ALERT, by_env) == subject(replace(ALERT, title="SearchErrors"), by_env)


def test_of_several_decisions_the_gravest_holds() -> None:
    loud, quiet = decide(ALERT, POLICY), decide(replace(ALERT, severity="warning"), POLICY)
    assert gravest([quiet, loud], POLICY) == loud


@pytest.mark.parametrize(
    ("what", "covered"),
    [
        ("all", True),
        ("cart", True),
        ("CheckoutErrors", True),
        ("Check*", True),
        ("service:cart", True),
        ("env=prod-*", True),
        ("env=staging", False),
        ("search", False),
        ("zone=", False),
    ],
)
def test_what_a_silence_covers(what: str, covered: bool) -> None:
    assert covers(what, ALERT) is covered


@pytest.mark.parametrize(
    ("what", "covered"),
    [
        ("checkout", True),
        ("basket", True),
        ("Service:Check*", True),
        ("service=basket", True),
        ("search", False),
        ("env:checkout", False),
    ],
)
def test_a_silence_covers_the_service_of_the_incident_whatever_the_alert_calls_it(what: str, covered: bool) -> None:
    rule = AlertRule(services=("checkout",), labels={"env": ("prod-*",)})
    service = replace(POLICY.services[0], name="checkout", aliases=("basket",))
    policy = replace(POLICY, services=(service,), alerting=Alerting((rule,), maintenance=(always(what),)))
    unnamed = replace(ALERT, service="")
    assert (silent_until(unnamed, Workspace(), policy, at("2026-03-02 10:00")) is not None) is covered


def always(what: str) -> Maintenance:
    return Maintenance(what, at("2026-03-01 09:00"), at("2026-03-03 09:00"))


def test_a_silence_holds_until_its_end_and_can_be_lifted() -> None:
    now = moment(MONDAY)
    until = now.now + timedelta(hours=2)
    made = silencing.silence(Workspace(), now, by=ADA, what="cart", until=until, why="deploy").state
    assert made.silences == (Silence(1, "cart", until, ADA, "deploy"),)
    assert silent_until(ALERT, made, POLICY, now.now) == until
    assert silent_until(ALERT, made, POLICY, until) is None
    assert silencing.lift(made, now, number=1).state.silences == ()
    with pytest.raises(Refused, match="There is no silence 2"):
        silencing.lift(made, now, number=2)
    for lasting in (timedelta(0), timedelta(days=31)):
        with pytest.raises(Refused, match="for how long"):
            silencing.silence(made, now, by=ADA, what="cart", until=now.now + lasting, why="")


def test_maintenance_is_a_silence_that_the_configuration_knows() -> None:
    window = Maintenance("cart", at("2026-03-02 09:00"), at("2026-03-02 11:00"))
    policy = replace(POLICY, alerting=Alerting(maintenance=(window,)))
    assert silent_until(ALERT, Workspace(), policy, at("2026-03-02 10:59")) == window.until
    assert silent_until(ALERT, Workspace(), policy, at("2026-03-02 08:59")) is None
    assert silent_until(ALERT, Workspace(), policy, window.until) is None


@pytest.mark.parametrize("heard", ["2026-03-06 17:30", "2026-03-18 23:00"], ids=["Friday", "before a holiday"])
def test_a_heartbeat_is_missed_once_whatever_the_hour(heard: str) -> None:
    policy = replace(POLICY, alerting=Alerting(heartbeats=(Heartbeat("backup", timedelta(hours=1)),)))
    beating = heartbeat.beat(Beating("heartbeat:backup"), Moment(at(heard), policy)).state
    due_at = at(heard) + timedelta(hours=1)
    assert heartbeat.next_look(beating, Moment(at(heard), policy)) == due_at
    assert heartbeat.remind(beating, Moment(due_at - timedelta(seconds=1), policy)).events == ()
    missed = heartbeat.remind(beating, Moment(due_at, policy))
    assert missed.events == (HeartbeatMissed("backup", due_at),)
    assert heartbeat.remind(missed.state, Moment(due_at + timedelta(days=1), policy)).events == ()
    assert heartbeat.beat(missed.state, Moment(due_at, policy)).events == (HeartbeatBack("backup"),)
    assert heartbeat.next_look(Beating("heartbeat:backup"), Moment(due_at, policy)) is None, "it never called in"
