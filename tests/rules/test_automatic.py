"""The configuration's own rules: for what they hold, whom they page, what goes out; of a private one nothing."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules import events, lifecycle, severity
from bot.rules.answering import placed
from bot.rules.automation.automatic import automated, with_pages
from bot.rules.automation.rule import Automation
from bot.rules.change import Change, Origin, Outgoing
from bot.rules.declaring import declare
from bot.rules.due import due
from bot.rules.foreseen.simulation import simulate
from bot.rules.incident import Incident
from bot.rules.marks import mark_of
from bot.rules.moment import Moment
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import Target
from bot.rules.reminders import remind
from tests.rules.given import ADA, BOB, CLEO, MONDAY, POLICY, at

URL = "https://hooks.example/very-secret"


def moment(*rules: Automation) -> Moment:
    return Moment(at(MONDAY), replace(POLICY, rules=rules), roster=Roster({"bob": BOB}))


def declaring(now: Moment, name: str = "sev1", **facts: Any) -> Change:
    return declare(now, number=12, by=ADA, title="Checkout is down", severity=name, **facts)


def out(now: Moment, change: Change) -> list[Outgoing]:
    entries = placed("incident:12", change.events, now, Origin(f"slack:{ADA}", "slash"), 0)
    return list(automated(change.incident, entries, now.policy))


def done(rule: Automation, incident: Incident, change: Change) -> bool:
    return bool(out(moment(rule), Change(replace(change.incident, number=incident.number), change.events)))


def post(on: Any, **when: Any) -> Automation:
    return Automation(on, "post", channel="#status", **when)


def test_each_is_known_by_its_event() -> None:
    now = moment()
    opened = declaring(now)
    raised = severity.change_severity(declaring(now, "sev2").incident, now, by=ADA, severity="sev1", why="")
    moved = lifecycle.change_status(opened.incident, now, by=ADA, status="monitoring")
    taken = lifecycle.acknowledge(opened.incident, now, by=ADA)
    over = lifecycle.resolve(opened.incident, now, by=ADA, fix="rolled back")
    found = {
        on: [done(post(on), opened.incident, change) for change in (opened, raised, moved, taken, over)]
        for on in ("declared", "severity", "status", "resolved")
    }
    assert found == {
        "declared": [True, False, False, False, False],
        "severity": [False, True, False, False, False],
        "status": [False, False, True, True, False],
        "resolved": [False, False, False, False, True],
    }


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({}, True),
        ({"severities": ("SEV1", "SEV2")}, True),
        ({"severities": ("SEV2",)}, False),
        ({"services": ("checkout",)}, True),
        ({"services": ("search",)}, False),
        ({"teams": ("payments",)}, True),
        ({"teams": ("silent",)}, False),
        ({"statuses": ("detected",)}, True),
        ({"severities": ("SEV1",), "teams": ("silent",)}, False),
    ],
)
def test_it_holds_where_all_that_it_asks_holds(when: dict[str, Any], holds: bool) -> None:
    opened = declaring(moment(), services=("checkout",))
    assert done(post("declared", **when), opened.incident, opened) is holds


def test_what_goes_out() -> None:
    invite = Automation("declared", "invite", who=("@security",))
    tells = Automation("resolved", "webhook", url=URL)
    now = moment(invite, post("declared"), post("resolved"), tells)
    first, second = out(now, declaring(now))
    assert (first.lane, first.kind, first.facts["names"]) == ("incident:12/channel", "invite", ["@security"])
    assert (second.lane, second.kind) == ("channel:#status", "announcement")
    over = lifecycle.resolve(declaring(now).incident, now, by=ADA, fix="x")
    said, told = out(now, over)
    assert (said.lane, said.kind, said.facts) == ("channel:#status", "message", {"seqs": [1], "place": "thread"})
    assert (told.lane, told.kind) == (f"webhook:{mark_of(URL)}", "webhook")
    assert "secret" not in str(told)


def test_whom_it_pages_for_a_private_one_is_let_in_and_no_channel_is_told() -> None:
    rule = Automation("declared", "page", page=(Target("person", "bob"), Target("channel", "#payments")))
    change = with_pages(declaring(moment(rule), private=True), moment(rule))
    assert set(change.incident.members) == {ADA, BOB}
    paged = change.events[-1]
    assert isinstance(paged, events.Paged)
    assert (paged.people, paged.channels) == ((BOB,), ())


def test_nothing_of_a_private_one_goes_out_and_of_a_test_only_what_would() -> None:
    invite = Automation("declared", "invite", who=("@security", "U1"))
    now = moment(invite, post("declared"), post("resolved"), Automation("declared", "webhook", url=URL))
    assert out(now, declaring(now, private=True)) == []
    (told,) = out(now, declaring(now, kind="test"))
    assert (told.lane, told.kind, told.facts["seqs"]) == (f"person:{ADA}", "rules_would", [1])
    deeds = [("invite", "@security"), ("invite", "U1"), ("post", "#status"), ("webhook", mark_of(URL))]
    assert told.facts["would"] == deeds
    assert out(now, declaring(now, kind="test", private=True)) == []


def test_a_test_for_which_no_rule_does_anything_says_nothing() -> None:
    now = moment(post("resolved"), Automation("declared", "page", page=(Target("person", "bob"),)))
    assert out(now, declaring(now, kind="test")) == []


def test_whom_a_rule_pages() -> None:
    now = moment(Automation("declared", "page", severities=("SEV1",), page=(Target("person", "bob"),)))
    change = with_pages(declaring(now), now)
    paged = change.events[-1]
    assert isinstance(paged, events.Paged)
    assert (paged.people, paged.policy, paged.would) == ((BOB,), "", False)
    assert BOB in change.incident.paged
    assert with_pages(declaring(now, "sev2"), now) == declaring(now, "sev2")
    tried = with_pages(declaring(now, kind="test"), now)
    assert tried.events[-1].would  # type: ignore[attr-defined]
    assert not tried.incident.paged


def test_who_cannot_be_reached_is_no_page() -> None:
    now = moment(Automation("declared", "page", page=(Target("person", "nobody"),)))
    assert with_pages(declaring(now), now) == declaring(now)


def test_before_slack_has_told_who_is_who_a_rule_waits_and_pages_each_once() -> None:
    both = (Target("person", "bob"), Target("person", "cleo"), Target("channel", "#payments"))
    now = moment(Automation("declared", "page", page=both))
    untold = replace(now, roster=Roster({"bob": BOB}, is_told=False))
    first = with_pages(declaring(untold), untold)
    paged = first.events[-1]
    assert isinstance(paged, events.Paged)
    assert (paged.people, paged.channels, paged.passed, paged.untold) == ((BOB,), ("#payments",), ("cleo",), True)
    later = replace(untold, now=at(f"{MONDAY[:10]} 23:00"))
    assert not [each for each in due(first.incident, later) if each.kind == "rule"]
    assert with_pages(Change(first.incident, ()), later) == Change(first.incident, ())
    told = replace(later, roster=Roster({"bob": BOB, "cleo": CLEO}))
    assert [each.when for each in due(first.incident, told) if each.kind == "rule"] == [now.now]
    second = with_pages(remind(first.incident, told), told)
    (again,) = [each for each in second.events if isinstance(each, events.Paged)]
    assert (again.people, again.channels, again.untold) == ((CLEO,), (), False)
    assert not [each for each in due(second.incident, told) if each.kind == "rule"]
    taken = replace(first.incident, acknowledged_by=BOB)
    assert with_pages(Change(taken, ()), told).events == ()


def test_a_simulation_shows_them() -> None:
    now = moment(
        Automation("declared", "invite", who=("@security",)),
        post("declared"),
        Automation("declared", "webhook", url=URL),
        Automation("declared", "page", page=(Target("person", "bob"),)),
    )
    rows = {(row.place, row.who, row.way) for row in simulate(now, {}, severity="sev1").rows if row.at == now.now}
    assert rows >= {
        ("person", "@security", "invite"),
        ("channel", "#status", "post"),
        ("webhook", "hooks.example", "webhook"),
        ("person", BOB, "slack"),
    }
