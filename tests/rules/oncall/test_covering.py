"""Who takes whose shift: overrides, cover, swaps, and what cannot be."""

from typing import Any

import pytest

from bot.rules.answering import placed
from bot.rules.change import Origin
from bot.rules.events import CoverClosed, ShiftBegan, ShiftGivenBack, ShiftTaken
from bot.rules.oncall import covering
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.feedback import leave_notes
from bot.rules.oncall.keeping import tell
from bot.rules.refused import Refused
from bot.rules.subjects import Result
from tests.rules.given import ADA, BOB, CLEO, at
from tests.rules.oncall.duties import begun, moment, passes, policy_of, rotation, told

POLICY = policy_of(rotation("bob", "cleo"))
TUESDAY = "2026-03-03 10:00"


def start() -> Duty:
    return begun("2026-03-02 10:00", POLICY)


def override(duty: Duty, since: str, until: str, person: str = ADA, by: str = ADA, now: str = TUESDAY) -> Result[Duty]:
    facts: dict[str, Any] = {"by": by, "rotation": "primary", "person": person}
    return covering.override(duty, moment(now, POLICY), **facts, start=at(since), end=at(until))


def test_an_override_in_the_middle_of_a_shift_and_back() -> None:
    taken = override(start(), TUESDAY, "2026-03-03 18:00")
    assert [type(each) for each in taken.events] == [ShiftTaken, ShiftBegan]
    assert taken.state.now == {"primary": (ADA,)}
    _, said = passes(taken.state, TUESDAY, "2026-03-04 10:00", POLICY)
    assert told(said) == ["Tue 03 18:00 ShiftEnded ada", "Tue 03 18:00 ShiftBegan bob"]


def test_taken_back_the_turn_goes_on() -> None:
    taken = override(start(), TUESDAY, "2026-03-03 18:00").state
    back = covering.remove(taken, moment("2026-03-03 12:00", POLICY), by=ADA, number=1)
    assert isinstance(back.events[0], ShiftGivenBack)
    assert back.state.now == {"primary": (BOB,)}
    with pytest.raises(Refused, match="over"):
        covering.remove(back.state, moment("2026-03-03 13:00", POLICY), by=ADA, number=1)


@pytest.mark.parametrize(
    ("since", "until", "person", "why"),
    [
        ("2026-03-02 10:00", "2026-03-02 12:00", ADA, "past"),
        ("2026-03-04 12:00", "2026-03-04 12:00", ADA, "before it begins"),
        ("2026-03-04 12:00", "2028-03-04 12:00", ADA, "longer than a year"),
        ("2026-03-04 12:00", "2026-03-05 12:00", BOB, "anyhow"),
    ],
)
def test_what_cannot_be_overridden(since: str, until: str, person: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        override(start(), since, until, person)


def test_a_rotation_that_there_is_not() -> None:
    facts: dict[str, Any] = {"by": ADA, "rotation": "nights", "person": ADA}
    with pytest.raises(Refused, match="primary"):
        covering.override(start(), moment(TUESDAY, POLICY), **facts, start=at(TUESDAY), end=at("2026-03-04 10:00"))


def test_the_first_volunteer_takes_it_and_the_other_is_told_who() -> None:
    asked = covering.cover(start(), moment(TUESDAY, POLICY), by=BOB, rotation="primary")
    taken = covering.take(asked.state, moment(TUESDAY, POLICY), by=CLEO, number=1)
    assert taken.state.now == {"primary": (CLEO,)}
    with pytest.raises(Refused, match=f"<@{CLEO}> was faster"):
        covering.take(taken.state, moment(TUESDAY, POLICY), by=ADA, number=1)


def test_nobody_asks_for_cover_of_what_is_not_theirs_or_twice() -> None:
    with pytest.raises(Refused, match="not on call"):
        covering.cover(start(), moment(TUESDAY, POLICY), by=ADA, rotation="primary")
    asked = covering.cover(start(), moment(TUESDAY, POLICY), by=BOB, rotation="primary").state
    with pytest.raises(Refused, match="already"):
        covering.cover(asked, moment(TUESDAY, POLICY), by=BOB, rotation="primary")


def test_who_asks_is_told_when_nobody_took_it() -> None:
    facts: dict[str, Any] = {"by": CLEO, "rotation": "primary"}
    asked = covering.cover(start(), moment(TUESDAY, POLICY), **facts).state
    _, said = passes(asked, TUESDAY, "2026-03-09 08:30", POLICY)
    assert told(said)[-1] == "Mon 09 08:00 CoverClosed cleo"


def test_two_shifts_change_places() -> None:
    asked = covering.swap(start(), moment(TUESDAY, POLICY), by=CLEO, rotation="primary", person=BOB)
    with pytest.raises(Refused, match="alone was asked"):
        covering.take(asked.state, moment(TUESDAY, POLICY), by=ADA, number=1)
    taken = covering.take(asked.state, moment(TUESDAY, POLICY), by=BOB, number=1).state
    assert {(each.person, each.start) for each in taken.overrides} == {
        (BOB, at("2026-03-09 09:00")),
        (CLEO, at("2026-03-16 09:00")),
    }
    back = covering.remove(taken, moment(TUESDAY, POLICY), by=CLEO, number=1)
    assert back.state.overrides == ()


def test_a_swap_is_declined() -> None:
    asked = covering.swap(start(), moment(TUESDAY, POLICY), by=CLEO, rotation="primary", person=BOB).state
    with pytest.raises(Refused, match="alone can"):
        covering.drop(asked, moment(TUESDAY, POLICY), by=ADA, number=1)
    dropped = covering.drop(asked, moment(TUESDAY, POLICY), by=BOB, number=1)
    assert [type(each) for each in dropped.events] == [CoverClosed]
    assert _hear_of(asked, dropped, BOB) == [CLEO]
    with pytest.raises(Refused, match="no shift"):
        covering.swap(start(), moment(TUESDAY, POLICY), by=ADA, rotation="primary", person=BOB)


def _hear_of(before: Duty, after: Result[Duty], doer: str) -> list[object]:
    """Who is told by direct message of what somebody did."""
    origin = Origin(f"slack:{doer}", "button")
    entries = placed("team:payments", after.events, moment(TUESDAY, POLICY), origin, 0)
    found = (each for each in tell(before, after.state, entries, POLICY) if each.kind == "duty")
    return [each.facts["person"] for each in found]


def test_who_was_asked_to_swap_is_told_when_it_is_taken_back() -> None:
    asked = covering.swap(start(), moment(TUESDAY, POLICY), by=CLEO, rotation="primary", person=BOB).state
    assert _hear_of(asked, covering.drop(asked, moment(TUESDAY, POLICY), by=CLEO, number=1), CLEO) == [BOB]
    taken = covering.take(asked, moment(TUESDAY, POLICY), by=BOB, number=1).state
    assert _hear_of(taken, covering.remove(taken, moment(TUESDAY, POLICY), by=CLEO, number=1), CLEO) == [BOB]


def test_notes_are_for_who_comes_until_the_next_hand_off() -> None:
    with pytest.raises(Refused, match="another hand-off"):
        leave_notes(start(), moment(TUESDAY, POLICY), by=BOB, notes="The disk is nearly full.")
    after, _ = passes(start(), "2026-03-02 10:00", "2026-03-09 09:00", POLICY)
    left = leave_notes(after, moment("2026-03-09 09:10", POLICY), by=BOB, notes="The disk is nearly full.")
    assert left.state.handover
    assert left.state.handover.notes == {BOB: "The disk is nearly full."}
