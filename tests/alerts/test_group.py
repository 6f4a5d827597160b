"""A group of alerts: how they are counted, and what they do to an incident."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules import lifecycle, merging
from bot.rules.alerts import group, incidents
from bot.rules.alerts.alert import Alert
from bot.rules.alerts.deciding import Decision
from bot.rules.alerts.group import Group
from bot.rules.events import Reopened, Resolved, Words
from bot.rules.events.alerts import AlertFired, AlertsOver
from bot.rules.incident import Incident, Status
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from tests.rules.given import BOB, MONDAY, POLICY, after, at, declared, moment

DECISION = Decision("declare", "SEV2")
FIRED = AlertFired("grafana", Words("CheckoutErrors"), "alert:1")
OVER = AlertsOver("grafana", Words("CheckoutErrors"), "alert:1", offered=True)


def alert(fingerprint: str, status: str = "firing") -> Alert:
    return Alert("grafana", fingerprint, "CheckoutErrors", status)  # type: ignore[arg-type]


def told(of: Group, known: dict[str, tuple[str, int]], *batch: Alert) -> tuple[Group, list[str]]:
    result = group.take(of, moment(MONDAY), batch=batch, known=known, decision=DECISION)
    for each in batch:
        known[each.fingerprint] = (each.status, 1)
    return result.state, [type(event).__name__ for event in result.events]


def test_each_alert_counts_once_until_it_is_over() -> None:
    known: dict[str, tuple[str, int]] = {}
    of, happened = told(Group("alert:1"), known, alert("a"), alert("b"))
    assert (of.count, of.firing, happened) == (2, 2, ["AlertFired"])
    of, happened = told(of, known, alert("a"), alert("a", "acknowledged"))
    assert (of.count, of.firing, happened) == (2, 2, [])
    of, happened = told(of, known, alert("a", "resolved"), alert("c", "resolved"))
    assert (of.count, of.firing, happened) == (2, 1, [])
    of, happened = told(of, known, alert("b", "resolved"))
    assert (of.count, of.firing, happened) == (2, 0, ["AlertsOver"])
    of, happened = told(of, known, alert("a"))
    assert (of.count, of.firing, happened) == (1, 1, ["AlertFired"]), "nothing of it was an incident: counted anew"


def test_that_it_is_over_says_nothing_new_of_what_it_is() -> None:
    known = {"a": ("firing", 1)}
    of, _ = told(Group("alert:1", firing=1, services=("checkout",), latest=alert("a")), known, alert("a", "resolved"))
    assert (of.services, of.firing) == (("checkout",), 0)


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [(0, 1, True), (1, 2, False), (9, 10, True), (10, 99, False), (1, 1_000, True), (999, 1_000, True), (5, 5, False)],
)
def test_a_count_is_told_at_each_power_of_ten(before: int, now: int, is_told: bool) -> None:
    assert incidents.is_told(before, now) is is_told


def test_what_waits_to_be_judged_is_judged_once() -> None:
    waiting = group.note(Group("alert:1", title="x"), moment(MONDAY), do="triage").state
    assert waiting.triage == "waiting"
    judged = group.judge(waiting, moment(MONDAY), by=BOB, decision="declined").state
    assert (judged.triage, judged.decided_by) == ("declined", BOB)
    with pytest.raises(Refused, match=f"<@{BOB}> declined it already"):
        group.judge(judged, moment(MONDAY), by=BOB, decision="accepted")


def test_an_alert_declares_in_its_own_name() -> None:
    change = incidents.open_for(moment(MONDAY), number=7, fired=FIRED, severity="SEV2", by="alert:grafana", policy="p")
    opened = change.incident
    assert (opened.declared_by, opened.declarer, opened.members) == ("alert:grafana", None, ())
    assert (opened.alerts, opened.escalation, opened.noticed_by) == (("alert:1",), "p", "alert")
    assert opened.milestones["detected"].source == "alert"
    assert [type(event).__name__ for event in change.events] == ["Declared", "AlertFired"]


def resolved(severity: str = "sev1") -> Incident:
    return after(declared(severity), lambda i: lifecycle.resolve(i, moment(MONDAY), by=BOB, fix="x"))


@pytest.mark.parametrize(
    ("incident", "minutes", "fate"),
    [
        (declared(), 900, "join"),
        (resolved(), 30, "reopen"),
        (resolved(), 31, "anew"),
        (after(declared(), lambda i: lifecycle.cancel(i, moment(MONDAY), by=BOB, reason="test")), 30, "rest"),
        (after(declared(), lambda i: lifecycle.cancel(i, moment(MONDAY), by=BOB, reason="test")), 31, "anew"),
    ],
)
def test_what_becomes_of_a_known_incident(incident: Incident, minutes: int, fate: str) -> None:
    assert incidents.fate(incident, Moment(at(MONDAY) + timedelta(minutes=minutes), POLICY)) == fate


def test_reopened_by_an_alert_nobody_has_it() -> None:
    later = moment("2026-03-02 10:20")
    change = incidents.reopen(resolved(), later, fired=replace(FIRED, again=True))
    again = change.incident
    assert (again.status, again.acknowledged_by, again.closed_at) == (Status.DETECTED, None, None)
    assert set(again.milestones) == {"detected", "declared"}
    assert (again.anchor, again.respond_from, again.paging_from) == (later.now, later.now, later.now)
    assert isinstance(change.events[0], Reopened)


@pytest.mark.parametrize(
    ("severity", "resolve", "is_open"),
    [
        ("sev1", "auto", True),
        ("sev2", "auto", True),
        ("sev3", "auto", False),
        ("sev4", "auto", False),
        ("sev3", "offer", True),
    ],
)
def test_what_is_over_is_never_closed_silently(severity: str, resolve: str, is_open: bool) -> None:
    change = incidents.over(declared(severity), moment(MONDAY), ended=OVER, resolve=resolve)  # type: ignore[arg-type]
    assert change.incident.is_open is is_open
    assert any(isinstance(event, Resolved) for event in change.events) is not is_open
    assert change.incident.acknowledged_by is None
    assert change.incident.responders == ()
    assert any(isinstance(event, AlertsOver) and event.offered is is_open for event in change.events)


def test_while_another_group_fires_nothing_resolves_itself() -> None:
    still = replace(OVER, offered=False)
    assert incidents.over(declared("sev4"), moment(MONDAY), ended=still, resolve="auto").incident.is_open


def test_merged_its_alerts_go_along_and_come_back() -> None:
    one = replace(declared(), alerts=("alert:1",))
    other = replace(declared(), number=9, alerts=("alert:2",))
    gone, whole = merging.merge(one, other, moment(MONDAY), by=BOB)
    assert whole.incident.alerts == ("alert:2", "alert:1")
    _, left = merging.separate(gone.incident, whole.incident, moment(MONDAY), by=BOB, why="it is another one")
    assert left.incident.alerts == ("alert:2",)
