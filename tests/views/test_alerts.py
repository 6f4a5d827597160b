"""What people read of alerts: the card that waits to be judged, the second message, the messages in the channel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.alerts import heartbeat
from bot.rules.alerts.alert import Alert
from bot.rules.alerts.configured import Heartbeat
from bot.rules.alerts.group import Group
from bot.rules.alerts.silencing import Silence
from bot.rules.entries import Entry
from bot.rules.events import AlertFired, AlertGathered, AlertsOver, Event, WatchBlind, WatchFired, Words
from bot.rules.watching import alerting
from bot.rules.watching.watch import Watch
from bot.views.alerts import facts, listed_in, told
from bot.views.links import links
from bot.views.messages import render
from bot.views.replies import alerts as replies
from bot.views.timeline import timeline_line
from tests.rules.given import POLICY, declared
from tests.views.limits import message_problems

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WHOLE = Alert(
    "grafana",
    "f1",
    "CheckoutErrors",
    summary="12 % of checkouts fail <!channel>",
    value="12 %",
    threshold="5 %",
    severity="critical",
    service="checkout",
    runbook="https://runbooks.example/checkout",
    dashboard="https://grafana.example/d/checkout",
    link="https://grafana.example/alerting/1",
)
GROUP = Group(
    "alert:5d41402abc4b2a76",
    title="CheckoutErrors",
    source="grafana",
    severity="SEV3",
    services=("checkout",),
    count=1,
    firing=1,
    latest=WHOLE,
    since=NOW - timedelta(minutes=12),
)
BARE = replace(WHOLE, summary="", value="", runbook="", dashboard="", link="", off=True)
REPORT = replace(
    GROUP,
    source="report",
    reporter="Support <@U0BOB>",
    latest=Alert("report", "r", "Odd", summary="Prices are zero\nfor *all*"),
)
GROUPS = {
    "waiting": replace(GROUP, triage="waiting"),
    "waiting, many": replace(GROUP, triage="waiting", count=1_000, firing=1_000),
    "waiting, over": replace(GROUP, triage="waiting", firing=0, over_at=NOW),
    "reported": replace(REPORT, triage="waiting"),
    "accepted": replace(GROUP, triage="accepted", decided_by="U0ADA", incident=7),
    "declined": replace(GROUP, triage="declined", decided_by="U0ADA"),
    "noted": GROUP,
    "over": replace(GROUP, firing=0, over_at=NOW),
    "in an incident": replace(GROUP, incident=7),
    "nothing but a title": replace(GROUP, latest=BARE, services=()),
}


def shown(message: Any) -> dict[str, Any]:
    assert message_problems(message) == []
    return {"text": message.text, "blocks": list(message.blocks)}


WATCH = Watch("checkout errors", "error_rate", 0.05, 0.01, timedelta(minutes=5), service="checkout")


def of_watch(event: Event) -> Group:
    found = alerting.alert(WATCH, event)
    assert found
    return replace(GROUP, title=found.title, source=found.source, latest=found)


def test_what_a_watch_sees_is_said_once_and_as_over_once_it_is() -> None:
    fires = of_watch(WatchFired("20 %", "5 %", NOW))
    assert list(listed_in([fires]))[:2] == [
        "🔔 *checkout errors* (a watch): fires",
        "Error rate is 20 %, less than 5 % wanted.",
    ]
    assert "*Value*" not in str(list(listed_in([fires])))
    over = list(listed_in([replace(fires, firing=0)]))
    assert over[:2] == [
        "🔕 *checkout errors* (a watch): fires no longer",
        "When it fired: Error rate is 20 %, less than 5 % wanted.",
    ]


def test_what_a_heartbeat_or_a_title_says_already_is_not_said_again() -> None:
    silent = heartbeat.alert_of(Heartbeat("backup", timedelta(hours=26)), missed=True)
    assert list(facts(silent)) == ["It calls in every 26 h while all is well."]
    assert list(facts(replace(BARE, summary=BARE.title))) == []


@pytest.mark.parametrize(
    ("count", "firing", "told"),
    [
        (1, 1, "fires"),
        (1, 0, "fires no longer"),
        (1_000, 1_000, "1,000 alerts, all firing"),
        (2, 1, "fired 2 times, 1 still firing"),
        (1_200, 0, "fired 1,200 times, none fires now"),
    ],
)
def test_how_many_fire(count: int, firing: int, told: str) -> None:
    line = next(iter(listed_in([replace(GROUP, count=count, firing=firing)])))
    assert line.partition("(grafana): ")[2] == told


def test_what_fired_again_is_no_other_alert() -> None:
    again = told(replace(GROUP, triage="waiting", count=2), POLICY)
    assert "*CheckoutErrors* · grafana · fired 2 times\n" in str(again.blocks[0]["text"]["text"])


def test_a_private_incident_is_not_named() -> None:
    for triage, said in (("merged", "<@U0ADA> merged it: work goes on."), ("", "Work goes on.")):
        secret = told(replace(GROUPS["accepted"], triage=triage), POLICY, secret=True)
        assert (secret.text.endswith(said), "INC-7" in str(secret)) == (True, False)


def test_what_is_acknowledged_where_it_comes_from_says_so() -> None:
    there = replace(GROUP, source="pagerduty", latest=replace(WHOLE, status="acknowledged"))
    assert next(iter(listed_in([there]))) == "🔔 *CheckoutErrors* (pagerduty): fires, acknowledged there"
    assert next(iter(listed_in([replace(there, firing=0)]))).endswith("fires no longer")


def test_what_somebody_reported_neither_fires_nor_ends() -> None:
    nameless = replace(REPORT, title="Odd", firing=0, reporter="")
    assert next(iter(listed_in([nameless]))) == "🔔 *Odd*: somebody reported it"
    assert list(listed_in([replace(REPORT, title="Odd", firing=0)])) == [
        "🔔 *Odd*: Support &lt;@U0BOB&gt; reported it",
        "> Prices are zero\n> for *all*",
    ]


def test_where_nothing_is_measured_no_value_is_missed() -> None:
    blind = of_watch(WatchBlind(NOW, Words("Prometheus does not answer (no connection)")))
    text = str(told(replace(blind, triage="waiting"), POLICY).blocks)
    assert "nobody knows how it is: Prometheus does not answer (no connection)." in text
    assert "comes without" not in text


@pytest.mark.parametrize("name", GROUPS)
def test_outside_of_an_incident(name: str, snapshot: SnapshotAssertion) -> None:
    assert shown(told(GROUPS[name], POLICY)) == snapshot


def test_in_the_second_message(snapshot: SnapshotAssertion) -> None:
    storm = replace(GROUP, count=1_000, firing=998, latest=BARE)
    many = tuple(replace(GROUP, title=f"Alert {number}") for number in range(12))
    found = {
        name: links(declared(), POLICY, alerts=groups) for name, groups in {"two": (GROUP, storm), "many": many}.items()
    }
    assert {name: shown(message) for name, message in found.items()} == snapshot


EVENTS: dict[str, Event] = {
    "as well": AlertFired("grafana", Words("Search <b>"), "alert:1"),
    "many": AlertFired("grafana", Words("CheckoutErrors"), "alert:1", 1_000),
    "again": AlertFired("grafana", Words("CheckoutErrors"), "alert:1", 3, again=True),
    "over": AlertsOver("grafana", Words("CheckoutErrors"), "alert:1", offered=True),
    "one of several over": AlertsOver("grafana", Words("CheckoutErrors"), "alert:1"),
}


@pytest.mark.parametrize("name", EVENTS)
def test_in_the_channel(name: str, snapshot: SnapshotAssertion) -> None:
    entry = Entry("incident:12", 7, NOW, NOW, "alert:grafana", "alert", EVENTS[name])
    message = render([entry], declared(), POLICY, place="channel", now=NOW)
    assert {**shown(message), "timeline": timeline_line(entry)} == snapshot


def test_a_storm_is_one_line(snapshot: SnapshotAssertion) -> None:
    storm = [AlertGathered("grafana", Words(f"Fault {each} <!here>"), f"alert:{each}", each) for each in range(6, 500)]
    told = [Entry("incident:12", each.many, NOW, NOW, "alert:grafana", "alert", each) for each in storm]
    found = {str(many): render(told[:many], declared(), POLICY, place="channel", now=NOW) for many in (1, 3, len(told))}
    assert {name: shown(message) for name, message in found.items()} == snapshot


def test_what_comes_and_goes_is_told_as_it_stands(snapshot: SnapshotAssertion) -> None:
    again = [AlertFired("grafana", Words(name), f"alert:{name}", 2, again=True) for name in ("Disk", "Fan <!here>")]
    over = [AlertsOver("grafana", Words("Disk"), "alert:Disk", offered=is_last) for is_last in (False, True)]
    lines = {"two": again, "one over": [*again, over[0]], "often": [again[0], over[1], again[0], over[1]]}
    found = {
        name: [Entry("incident:12", 7, NOW, NOW, "alert:grafana", "alert", each) for each in told]
        for name, told in lines.items()
    }
    said = {name: render(told, declared(), POLICY, place="channel", now=NOW) for name, told in found.items()}
    assert {name: shown(message) for name, message in said.items()} == snapshot


def test_of_silences(snapshot: SnapshotAssertion) -> None:
    held = [Silence(3, "env=<prod>", NOW + timedelta(hours=2), "U0ADA", "New *disks*")]
    found = {
        "none": replies.silences([], POLICY, NOW),
        "some": replies.silences(held, POLICY, NOW),
        "silenced": replies.silenced(3, "checkout", NOW + timedelta(hours=2), POLICY, NOW),
        "lifted": replies.lifted(3),
        "accepted": replies.accepted(7),
        "declined": replies.declined(),
        "merged": replies.merged(7),
    }
    assert {name: shown(message) for name, message in found.items()} == snapshot
