"""Turns of which others take over a part: who goes is asked once, who comes gets the list, the team its hand-off."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.rules.events import NotesLeft, ShiftBegan, ShiftEnded, ShiftSoon, Words
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.feedback import leave_notes
from bot.rules.oncall.keeping import remind
from bot.rules.oncall.rotation import Hours, Layer
from bot.rules.oncall.shifts import Override
from bot.rules.refused import Refused
from tests.rules.given import ADA, BOB, CLEO, at
from tests.rules.oncall.duties import DAY, begun, moment, passes, policy_of, rotation, told

POLICY = policy_of()
OFFICE = policy_of(rotation("bob", "cleo", hours=(Hours(frozenset(range(5)), time(9), time(18)),)))
"""Bob has the week of 2 March, and Cleo the one after it."""


def taken(since: str, until: str) -> Override:
    """Ada takes it over."""
    return Override(1, "primary", ADA, at(since), at(until))


def week(override: Override, until: str = "2026-03-14 09:00") -> list[str]:
    duty = replace(begun("2026-03-02 10:00", POLICY), overrides=(override,))
    return told(passes(duty, "2026-03-02 10:00", until, POLICY)[1])


def test_who_gave_the_end_of_their_turn_away_goes_when_it_begins() -> None:
    assert week(taken("2026-03-08 09:00", "2026-03-09 09:00")) == [
        "Sat 07 09:00 ShiftSoon ada",
        "Sun 08 09:00 ShiftSoon cleo",
        "Sun 08 09:00 ShiftEnded bob",
        "Sun 08 09:00 ShiftBegan ada",
        "Mon 09 09:00 ShiftEnded ada",
        "Mon 09 09:00 ShiftBegan cleo",
        "Mon 09 09:00 HandedOff",
    ]


def test_who_gets_the_rest_of_their_first_day_begins_then() -> None:
    assert week(taken("2026-03-09 09:00", "2026-03-10 09:00"), "2026-03-12 07:00") == [
        "Sun 08 09:00 ShiftSoon ada",
        "Mon 09 09:00 ShiftSoon cleo",
        "Mon 09 09:00 ShiftEnded bob",
        "Mon 09 09:00 ShiftBegan ada",
        "Mon 09 09:00 HandedOff",
        "Tue 10 09:00 ShiftEnded ada",
        "Tue 10 09:00 ShiftBegan cleo",
        "Tue 10 09:00 HandedOff",
    ]


def test_a_whole_turn_that_somebody_took_over_is_handed_off() -> None:
    assert week(taken("2026-03-09 09:00", "2026-03-16 09:00"))[1:] == [
        "Mon 09 09:00 ShiftEnded bob",
        "Mon 09 09:00 ShiftBegan ada",
        "Mon 09 09:00 HandedOff",
    ]


def test_a_day_in_the_middle_is_no_hand_off() -> None:
    assert week(taken("2026-03-04 09:00", "2026-03-05 09:00"), "2026-03-06 08:00") == [
        "Tue 03 09:00 ShiftSoon ada",
        "Wed 04 09:00 ShiftBegan ada",
        "Thu 05 09:00 ShiftEnded ada",
        "Thu 05 09:00 ShiftBegan bob",
    ]


def test_a_day_of_a_week_in_office_hours_is_no_hand_off() -> None:
    duty = replace(begun("2026-03-02 10:00", OFFICE), overrides=(taken("2026-03-04 09:00", "2026-03-05 09:00"),))
    _, said = passes(duty, "2026-03-02 10:00", "2026-03-06 08:00", OFFICE)
    assert not [line for line in told(said) if "HandedOff" in line]


def test_who_comes_is_told_of_the_week_and_not_of_its_first_day() -> None:
    after, said = passes(begun("2026-03-02 10:00", OFFICE), "2026-03-02 10:00", "2026-03-09 10:00", OFFICE)
    shifts = [event for _, event in said if isinstance(event, ShiftSoon | ShiftBegan)]
    assert [(each.start, each.end, each.hours) for each in shifts] == [
        (at("2026-03-09 09:00"), at("2026-03-13 18:00"), True)
    ] * 2
    assert after.handover
    assert after.handover.lines[0].until == at("2026-03-13 18:00")


def test_two_weeks_of_one_person_are_one_turn_without_hours() -> None:
    duty, said = passes(begun("2026-03-02 10:00", POLICY), "2026-03-02 10:00", "2026-03-16 10:00", POLICY)
    (ada,) = [event for _, event in said if isinstance(event, ShiftBegan) and event.person == ADA]
    assert (ada.start, ada.end, ada.hours) == (at("2026-03-16 09:00"), at("2026-03-30 09:00"), False)
    assert duty.now == {"primary": (ADA,)}


def test_a_shift_that_ends_is_all_of_the_turn_and_no_more() -> None:
    _, said = passes(begun("2026-03-02 10:00", OFFICE), "2026-03-02 10:00", "2026-03-15 10:00", OFFICE)
    starts = [event.start for _, event in said if isinstance(event, ShiftEnded)]
    assert starts == [at("2026-03-02 09:00"), at("2026-03-09 09:00")]


def test_notes_before_anybody_comes_stand_in_the_next_hand_off() -> None:
    duty, _ = passes(begun("2026-03-02 10:00", OFFICE), "2026-03-02 10:00", "2026-03-06 19:00", OFFICE)
    found = leave_notes(duty, moment("2026-03-06 19:00", OFFICE), by=BOB, notes="The disk is full")
    assert found.events == (NotesLeft((), Words("The disk is full")),)
    after, _ = passes(found.state, "2026-03-06 19:00", "2026-03-09 10:00", OFFICE)
    assert after.handover
    assert after.handover.notes == {BOB: "The disk is full"}
    assert after.left == {}


def test_notes_of_who_gave_the_end_away_come_to_who_comes() -> None:
    duty = replace(begun("2026-03-02 10:00", POLICY), overrides=(taken("2026-03-08 09:00", "2026-03-09 09:00"),))
    after, _ = passes(duty, "2026-03-02 10:00", "2026-03-09 10:00", POLICY)
    found = leave_notes(after, moment("2026-03-09 10:00", POLICY), by=BOB, notes="The disk is full")
    assert found.events == (NotesLeft((CLEO,), Words("The disk is full")),)


def test_who_did_not_go_leaves_no_notes() -> None:
    with pytest.raises(Refused, match="another hand-off since"):
        leave_notes(begun("2026-03-02 10:00", POLICY), moment("2026-03-02 10:00", POLICY), by=CLEO, notes="x")


def test_a_week_of_nights_under_a_layer_of_days_is_one_turn() -> None:
    days = Layer(
        ("dan", "eve"), DAY, datetime.fromisoformat("2026-01-05 09:00"), hours=OFFICE.rotations[0].layers[0].hours
    )
    nights = rotation("bob", "cleo")
    policy = policy_of(replace(nights, layers=(days, *nights.layers)))
    duty = remind(Duty("payments"), moment("2026-03-02 10:00", policy)).state
    _, said = passes(duty, "2026-03-02 10:00", "2026-03-09 19:00", policy)
    bobs = [line for line in told(said) if line.endswith("bob")]
    assert bobs == [
        "Mon 02 18:00 ShiftBegan bob",
        *(f"{day} 18:00 ShiftBegan bob" for day in ("Tue 03", "Wed 04", "Thu 05", "Fri 06")),
        "Mon 09 09:00 ShiftEnded bob",
    ]
    handed = [line for line in told(said) if "HandedOff" in line]
    assert [line.split()[2] for line in handed] == ["18:00", *["09:00"] * 5, "18:00"]  # Bob, days, Cleo
    (ended,) = [event for _, event in said if isinstance(event, ShiftEnded) and event.person == BOB]
    assert ended.start == at("2026-03-02 18:00")
