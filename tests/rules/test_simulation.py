"""Who would be told of an incident that nobody answers: the rules of a real one, run to the end of the chain."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.rules.automation.rule import Automation
from bot.rules.calendar import Duration
from bot.rules.foreseen.simulated import SetUp, Simulation
from bot.rules.foreseen.simulation import EVERYTHING, meant, simulate
from bot.rules.moment import Moment, Person
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Layer, Level, Rotation, Target
from bot.rules.oncall.shifts import Override
from bot.rules.paging.reaching import Reach, Way
from bot.rules.policy import Audience, Service, Team
from bot.rules.refused import Refused
from tests.rules.given import ADA, BOB, CLEO, MADRID, POLICY, at

DAN = "U0DAN"
IDS = {"ada": ADA, "bob": BOB, "cleo": CLEO, "dan": DAN}
SMS = (Way("slack"), Way("sms", "+1"))
ROTATION = Rotation(
    "payments",
    MADRID,
    "payments",
    (Layer(("bob", "ada"), timedelta(days=7), datetime.fromisoformat("2026-01-05 09:00")),),
)


def policy(*levels: str, repeat: int = 0) -> EscalationPolicy:
    def target(name: str) -> Target:
        if name.startswith("pagerduty:"):
            return Target("pagerduty", name.removeprefix("pagerduty:"))
        return Target("channel" if name[0] == "#" else "rotation" if name == "payments" else "person", name)

    return EscalationPolicy("pay", tuple(Level((target(name),), Duration(seconds=300)) for name in levels), repeat)


def moment(when: str, *levels: str, gone: tuple[str, ...] = (), repeat: int = 0, **roster: object) -> Moment:
    configured = replace(
        POLICY,
        teams=(Team("payments", channel="#payments", policy="pay"),),
        services=(Service("checkout", team="payments"),),
        rotations=(ROTATION,),
        policies=(policy(*levels, repeat=repeat),),
        default_policy="pay",
    )
    people = {each: Person(each, active=each not in gone) for each in IDS.values()}
    return Moment(at(when), configured, people, roster=Roster(IDS, **roster))  # type: ignore[arg-type]


def paged(found: Simulation) -> list[str]:
    """`02:30 U0ADA slack`."""
    return [
        f"{row.at.astimezone(MADRID):%H:%M} {row.who} {row.way}"
        for row in found.rows
        if row.paged and row.way != "invite"
    ]


def run(
    now: Moment,
    ways: Mapping[str, tuple[Way, ...]] | None = None,
    severity: str = "sev1",
    set_up: SetUp = EVERYTHING,
) -> Simulation:
    reaches = {person: Reach(person, each) for person, each in (ways or {}).items()}
    return simulate(now, reaches, severity=severity, services=("checkout",), set_up=set_up)


def test_level_by_level_by_each_way_until_nobody_answered() -> None:
    found = run(moment("2026-03-08 02:30", "payments", "cleo"), {BOB: SMS})
    assert paged(found) == [f"02:30 {BOB} slack", f"02:31 {BOB} sms", f"02:35 {CLEO} slack"]
    assert [each.loud for each in found.rows if each.paged] == [False, True, False]
    assert found.nobody == ((at("2026-03-08 02:40"), "pay"),)
    assert max(row.at for row in found.rows) <= at("2026-03-08 02:40")


def test_a_level_that_wakes_nobody_is_marked() -> None:
    now = moment("2026-03-08 02:30", "payments", "cleo", "#payments")
    found = run(now, {BOB: SMS})
    assert [(each.level, each.kind, each.who) for each in found.weak] == [
        (2, "quiet", (CLEO,)),
        (3, "quiet", ("#payments",)),
    ]
    assert not run(moment("2026-03-08 02:30", "payments", "cleo"), {BOB: SMS, CLEO: SMS}).weak


def test_a_lower_severity_may_page_quietly() -> None:
    now = moment("2026-03-02 10:00", "payments")
    severities = tuple(replace(each, page=True) for each in now.policy.severities)
    now = replace(now, policy=replace(now.policy, severities=severities))
    assert not run(now, severity="sev3").weak
    assert run(now, severity="sev2").weak


def test_who_is_deactivated_is_passed_and_the_level_named() -> None:
    found = run(moment("2026-03-08 02:30", "payments", "cleo", gone=(BOB,)), {CLEO: SMS})
    assert paged(found) == [f"02:30 {CLEO} slack", f"02:31 {CLEO} sms"]
    assert [(each.level, each.kind, each.who) for each in found.weak] == [(1, "nobody", (BOB,))]
    assert found.passed == (BOB,)


def test_where_nobody_can_be_reached_it_says_so_at_once() -> None:
    found = run(moment("2026-03-08 02:30", "payments", "cleo", gone=(BOB, CLEO)))
    assert paged(found) == []
    assert [each.level for each in found.weak] == [1, 2]
    assert found.nobody == ((at("2026-03-08 02:30"), "pay"),)


def test_an_override_counts() -> None:
    override = Override(1, "payments", "dan", at("2026-03-08 02:00"), at("2026-03-08 06:00"))
    now = moment("2026-03-08 02:30", "payments", overrides=(override,))
    assert paged(run(now, {DAN: SMS})) == [f"02:30 {DAN} slack", f"02:31 {DAN} sms"]


def test_in_the_night_of_the_clock_change_the_waits_are_real_minutes() -> None:
    """At 02:00 the clocks go to 03:00; the hand-off is on Monday at nine all the same."""
    found = run(moment("2026-03-29 01:58", "payments", "cleo"))
    assert paged(found) == [f"01:58 {ADA} slack", f"03:03 {CLEO} slack"]
    assert found.nobody == ((at("2026-03-29 01:58") + timedelta(minutes=10), "pay"),)


def test_it_begins_anew_as_often_as_the_policy_says() -> None:
    found = run(moment("2026-03-08 02:30", "payments", "cleo", repeat=1))
    assert paged(found) == [
        f"02:{minute} {who} slack" for minute, who in ((30, BOB), (35, CLEO), (40, BOB), (45, CLEO))
    ]


def test_the_announcement_and_its_reminders_are_in_it() -> None:
    found = run(moment("2026-03-08 02:30", "payments", "cleo"))
    assert (found.rows[0].place, found.rows[0].who) == ("channel", "#incidents")
    assert ("person", BOB) in {(row.place, row.who) for row in found.rows if row.at == at("2026-03-08 02:30")}
    assert ("room", "NotAcknowledged") in {(row.place, type(e).__name__) for row in found.rows for e in row.events}


def test_a_severity_that_does_not_page_pages_nobody() -> None:
    found = run(moment("2026-03-02 10:00", "payments"), severity="sev3")
    assert (found.paging, paged(found), found.nobody) == (False, [], ())
    assert found.rows[0].who == "#payments"


def test_the_roster_is_asked_at_each_step() -> None:
    """The shift ends between two levels."""
    found = run(moment("2026-03-09 08:58", "payments", "payments"))
    assert paged(found) == [f"08:58 {BOB} slack", f"09:03 {ADA} slack"]


def test_a_team_is_meant_by_its_name_even_without_a_service() -> None:
    policy_ = replace(POLICY, teams=(Team("payments"), Team("lonely")))
    assert meant(policy_, ["Payments"])[1] == ("checkout",)
    changed, names = meant(policy_, ["lonely"])
    assert names == ("lonely",)
    assert changed.services_of(names)[0].team == "lonely"
    with pytest.raises(Refused, match="I know no service or team"):
        meant(policy_, ["payrol"])


EXECUTIVES = Audience("executives", ("SEV1",), ("ceo@example.com",), "#exec")


def test_audiences_are_told_as_such() -> None:
    now = moment("2026-03-08 02:30", "payments")
    now = replace(now, policy=replace(now.policy, audiences=(EXECUTIVES,)))
    rows = [(row.place, row.who, row.way, row.unsent) for row in run(now).rows if row.audience == "executives"]
    assert rows == [("person", "ceo@example.com", "mail", False), ("channel", "#exec", "post", False)]
    assert not [row for row in run(now, severity="sev2").rows if row.audience]
    without = run(now, set_up=SetUp(frozenset({"slack"}), frozenset()))
    assert [row.unsent for row in without.rows if row.audience] == [True, False]


def test_a_way_that_is_not_set_up_is_passed_at_once_and_wakes_nobody() -> None:
    now, ways = moment("2026-03-08 02:30", "payments"), {BOB: (Way("slack"), Way("sms", "+1"), Way("ntfy", "topic"))}
    found = run(now, ways, set_up=SetUp(frozenset({"slack", "ntfy"}), frozenset()))
    assert paged(found) == [f"02:30 {BOB} slack", f"02:31 {BOB} sms", f"02:31 {BOB} ntfy"]
    assert [(row.loud, row.unsent) for row in found.rows if row.paged][:3] == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert not found.weak
    assert [each.kind for each in run(now, ways, set_up=SetUp(frozenset({"slack"}), frozenset())).weak] == ["quiet"]


def test_whom_no_way_that_is_set_up_reaches_is_passed_at_once() -> None:
    now, ways = moment("2026-03-08 02:30", "payments", "cleo"), {BOB: (Way("sms", "+1"),)}
    found = run(now, ways, set_up=SetUp(frozenset({"slack"}), frozenset()))
    assert paged(found) == [f"02:30 {BOB} sms", f"02:30 {CLEO} slack"]
    assert found.passed == (BOB,)


def test_a_service_of_pagerduty_without_a_key_is_left_at_once() -> None:
    now, keys = moment("2026-03-08 02:30", "pagerduty:pay", "cleo"), SetUp(None, frozenset({"pay"}))
    assert paged(run(now, {CLEO: SMS}, set_up=keys))[:2] == ["02:30 pay pagerduty", f"02:35 {CLEO} slack"]
    found = run(now, {CLEO: SMS}, set_up=SetUp(None, frozenset()))
    assert paged(found)[:2] == ["02:30 pay pagerduty", f"02:30 {CLEO} slack"]
    assert [(row.loud, row.unsent) for row in found.rows if row.place == "pagerduty"] == [(False, True)]
    assert [(each.level, each.kind, each.who) for each in found.weak] == [(1, "nobody", ("pay",))]


def test_what_a_rule_pages_says_so_and_rules_of_later_are_named() -> None:
    cleo = (Target("person", "cleo"),)
    now = moment("2026-03-08 02:30", "payments")
    rules = (
        Automation("declared", "page", page=cleo),
        Automation("severity", "page", severities=("SEV1",), page=cleo),
        Automation("severity", "page", severities=("SEV2",), page=cleo),
        Automation("status", "post", severities=("SEV1",), statuses=("monitoring",), channel="#payments"),
        Automation("resolved", "post", severities=("SEV2",), channel="#payments"),
        Automation("resolved", "post", services=("search",), channel="#payments"),
    )
    found = run(replace(now, policy=replace(now.policy, rules=rules)))
    assert [row.paged.note for row in found.rows if row.paged and row.who == CLEO] == ["a rule of the configuration"]
    assert found.later == rules[2:4]


def test_who_is_paged_by_a_rule_and_on_level_1_is_paged_once() -> None:
    now = moment("2026-03-08 02:30", "payments")
    rules = (Automation("declared", "page", page=(Target("person", "bob"),)),)
    found = run(replace(now, policy=replace(now.policy, rules=rules)), {BOB: SMS})
    assert paged(found) == [f"02:30 {BOB} slack", f"02:31 {BOB} sms"]


def test_why_nobody_is_paged() -> None:
    now = moment("2026-03-02 10:00", "payments")
    assert not run(now, severity="sev3").pages
    without = run(replace(now, policy=replace(now.policy, policies=(), teams=(), default_policy=None)))
    assert (without.paging, without.pages) == (False, True)
