"""What falls due in a team's duty: each thing once, right across DST, and no more than somebody needs."""

from dataclasses import replace
from datetime import time, timedelta

from bot.rules.entries import Entry
from bot.rules.events import Event, ShiftEnded
from bot.rules.moment import Person
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.grouping import kept, refused
from bot.rules.oncall.keeping import next_look, remind, tell
from bot.rules.oncall.rotation import Hours, Layer
from tests.rules.given import BOB, CLEO, at
from tests.rules.oncall.duties import DAY, PEOPLE, begun, moment, passes, policy_of, rotation, told

POLICY = policy_of()


def test_a_week_changes_hands_on_monday() -> None:
    duty = begun("2026-03-02 10:00", POLICY)
    after, said = passes(duty, "2026-03-02 10:00", "2026-03-10 12:00", POLICY)
    assert told(said) == [
        "Sun 08 09:00 ShiftSoon cleo",
        "Mon 09 09:00 ShiftEnded bob",
        "Mon 09 09:00 ShiftBegan cleo",
        "Mon 09 09:00 HandedOff",
    ]
    assert after.now == {"primary": (CLEO,)}
    assert after.handover
    assert [(each.goes, each.comes) for each in after.handover.lines] == [(BOB, CLEO)]


def test_nothing_is_said_twice_after_a_restart() -> None:
    duty = begun("2026-03-02 10:00", POLICY)
    duty, _ = passes(duty, "2026-03-02 10:00", "2026-03-09 09:00", POLICY)
    assert remind(duty, moment("2026-03-09 09:00", POLICY)).events == ()
    assert remind(duty, moment("2026-03-09 09:05", POLICY)).events == ()


def test_the_first_look_says_nothing() -> None:
    assert begun("2026-03-02 10:00", POLICY).now == {"primary": (BOB,)}


def test_after_a_while_away_only_what_is_so_now_is_said() -> None:
    duty = begun("2026-03-02 10:00", POLICY)
    found = remind(duty, moment("2026-03-17 10:00", POLICY))
    assert [type(each).__name__ for each in found.events] == ["ShiftEnded", "ShiftBegan", "HandedOff"]


def test_the_clocks_change_on_the_night_before_a_hand_off() -> None:
    duty = begun("2026-03-23 10:00", POLICY)
    _, said = passes(duty, "2026-03-23 10:00", "2026-03-30 12:00", POLICY)
    assert told(said)[0] == "Sun 29 09:00 ShiftSoon bob"
    assert told(said)[1:] == ["Mon 30 09:00 ShiftEnded ada", "Mon 30 09:00 ShiftBegan bob", "Mon 30 09:00 HandedOff"]


def test_nobody_is_told_in_their_night_that_a_shift_is_near() -> None:
    duty = begun("2026-03-02 10:00", POLICY)
    far = {**PEOPLE, CLEO: Person(CLEO, timezone="America/Los_Angeles")}
    asked = replace(moment("2026-03-07 23:00", POLICY), people=far)
    due = next_look(duty, asked)
    assert due == at("2026-03-08 17:00")  # 09:00 in Los Angeles, and sixteen hours before it begins


def test_twelve_hours_tell_only_who_begins() -> None:
    policy = policy_of(rotation("bob", "cleo", shift=timedelta(hours=12)))
    duty = begun("2026-03-02 10:00", policy)
    _, said = passes(duty, "2026-03-02 10:00", "2026-03-03 10:00", policy)
    assert [event for _, event in said if isinstance(event, ShiftEnded) and not event.short] == []
    assert [line for line in told(said) if "Ended" not in line] == [
        "Mon 02 21:00 ShiftBegan cleo",
        "Tue 03 09:00 ShiftBegan bob",
    ]


def test_hours_that_cut_a_week_into_days_are_one_turn() -> None:
    office = (Hours(frozenset(range(5)), time(9), time(18)),)
    policy = policy_of(rotation("bob", "cleo", hours=office))
    duty = begun("2026-03-02 10:00", policy)
    _, said = passes(duty, "2026-03-02 10:00", "2026-03-09 10:00", policy)
    assert told(said) == [
        "Fri 06 18:00 ShiftEnded bob",
        "Sun 08 09:00 ShiftSoon cleo",
        "Mon 09 09:00 ShiftBegan cleo",
        "Mon 09 09:00 HandedOff",
    ]


def test_who_follows_themselves_is_told_nothing() -> None:
    policy = policy_of(rotation("bob"))
    duty = begun("2026-03-02 10:00", policy)
    assert passes(duty, "2026-03-02 10:00", "2026-03-30 10:00", policy)[1] == []


def test_a_team_without_rotations_needs_no_look() -> None:
    assert next_look(Duty("search"), moment("2026-03-02 10:00", POLICY)) is None


def test_two_rotations_of_a_person_are_one_message() -> None:
    secondary = rotation("cleo", "bob", name="secondary")
    policy = policy_of(rotation("bob", "cleo"), secondary)
    duty = begun("2026-03-02 10:00", policy)
    at_monday = moment("2026-03-09 09:00", policy)
    found = remind(duty, at_monday)
    entries = tuple(_entry(number, event) for number, event in enumerate(found.events, 1))
    rows = list(tell(duty, found.state, entries, policy))
    assert sorted(row.lane for row in rows) == [f"person:{BOB}", f"person:{CLEO}", "team:payments"]


def test_a_group_follows_who_is_on_call() -> None:
    policy = policy_of(replace(rotation("bob", "cleo"), group="@payments-oncall"))
    duty = begun("2026-03-02 10:00", policy)
    first = list(tell(Duty("payments"), duty, (), policy))
    assert [(row.kind, row.facts) for row in first] == [("usergroup", {"group": "@payments-oncall"})]
    assert list(tell(duty, duty, (), policy)) == []


def test_a_group_that_a_rotation_is_given_later_is_kept_at_once() -> None:
    duty = begun("2026-03-02 10:00", policy_of(rotation("bob", "cleo")))
    policy = policy_of(replace(rotation("bob", "cleo"), group="@payments-oncall"))
    found = remind(duty, moment("2026-03-02 11:00", policy))
    assert [row.facts for row in tell(duty, found.state, (), policy)] == [{"group": "@payments-oncall"}]


def test_a_group_that_slack_refuses_is_tried_again_and_told_once() -> None:
    policy = policy_of(replace(rotation("bob", "cleo"), group="@payments-oncall"))
    facts = {"group": "@payments-oncall", "code": "missing_scope"}
    first = refused(begun("2026-03-02 10:00", policy), moment("2026-03-02 10:00", policy), **facts)
    assert [type(each).__name__ for each in first.events] == ["GroupRefused"]
    assert next_look(first.state, moment("2026-03-02 10:00", policy)) == at("2026-03-02 11:00")
    later = remind(first.state, moment("2026-03-02 11:00", policy)).state
    assert [row.kind for row in tell(first.state, later, (), policy)] == ["usergroup"]
    second = refused(later, moment("2026-03-02 11:00", policy), **facts)
    assert second.events == ()
    well = kept(second.state, moment("2026-03-02 11:01", policy), group="@payments-oncall").state
    assert (well.refused, well.again) == ({}, {})
    assert list(tell(second.state, well, (), policy)) == []


def test_a_shadow_begins_no_shift() -> None:
    weekly = rotation("bob", "cleo")
    shadow = Layer(("ada",), DAY, weekly.layers[0].start, shadow=True)
    policy = policy_of(replace(weekly, layers=(*weekly.layers, shadow)))
    duty = begun("2026-03-02 10:00", policy)
    assert passes(duty, "2026-03-02 10:00", "2026-03-05 10:00", policy)[1] == []


def _entry(seq: int, event: Event) -> Entry:
    now = at("2026-03-09 09:00")
    return Entry("team:payments", seq, now, now, "clock", "clock", event)


def test_who_is_deactivated_is_in_no_group() -> None:
    gone = {**PEOPLE, BOB: Person(BOB, active=False)}
    found = remind(Duty("payments"), replace(moment("2026-03-02 10:00", POLICY), people=gone))
    assert found.state.now == {"primary": ()}
