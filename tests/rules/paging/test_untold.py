"""Before Slack has told who the configured people are: their level waits, and nobody is passed for that."""

from dataclasses import replace

import pytest

from bot.rules.events import NobodyAnswered, Paged
from bot.rules.moment import Moment
from bot.rules.oncall.roster import Roster
from bot.rules.paging.by_hand import escalate
from bot.rules.refused import Refused
from bot.rules.reminders import next_look
from tests.rules.given import ADA, BOB, CLEO, MONDAY, at
from tests.rules.paging.escalating import PAYMENTS, ROSTER, Night, configured, level
from tests.rules.paging.test_escalation import begun

UNTOLD = Roster(is_told=False)


def paged(night: Night) -> list[Paged | NobodyAnswered]:
    return [event for _, event in night.events if isinstance(event, Paged | NobodyAnswered)]


def test_the_page_waits_and_goes_at_once_when_it_is_told() -> None:
    night = begun(roster=UNTOLD)
    assert paged(night) == []
    assert next_look(night.incident, night.moment) == at("2026-03-02 10:02")
    night.until("2026-03-02 10:01").roster = ROSTER
    assert next_look(night.incident, night.moment) == at(MONDAY)
    night.until("2026-03-02 10:01")
    (found,) = paged(night)
    assert isinstance(found, Paged)
    assert (found.people, found.passed, found.untold, found.due_at) == ((BOB,), (), False, at(MONDAY))


def test_after_two_minutes_whoever_is_known_is_paged_and_who_is_not_is_said() -> None:
    night = begun(roster=replace(ROSTER, ids={"cleo": CLEO}, is_told=False)).until("2026-03-02 10:03")
    (found,) = paged(night)
    assert isinstance(found, Paged)
    assert (found.level, found.people, found.passed, found.untold) == (2, (CLEO,), ("bob",), True)
    assert found.due_at == at("2026-03-02 10:02")


def test_where_nobody_is_known_everybody_is_told_why() -> None:
    night = begun(roster=UNTOLD).until("2026-03-02 10:03")
    (found,) = paged(night)
    assert isinstance(found, NobodyAnswered)
    assert found.untold
    assert found.passed
    night.until("2026-03-02 10:10").roster = ROSTER
    night.until("2026-03-02 10:10")
    assert len(paged(night)) == 2
    later = paged(night)[-1]
    assert isinstance(later, Paged)
    assert (later.level, later.people, later.due_at) == (1, (BOB,), at(MONDAY))


def test_a_level_whose_people_are_known_by_their_id_does_not_wait() -> None:
    night = begun(roster=replace(ROSTER, groups={}, is_told=False))
    (found,) = paged(night)
    assert isinstance(found, Paged)
    assert (found.people, found.untold) == ((BOB,), False)


def test_a_channel_waits_with_the_person_beside_it() -> None:
    night = begun(configured(replace(PAYMENTS, levels=(level(5, "bob", "#payments"),))), roster=UNTOLD)
    assert paged(night) == []
    (found,) = paged(night.until("2026-03-02 10:02"))
    assert isinstance(found, Paged)
    assert (found.channels, found.passed, found.untold) == (("#payments",), ("bob",), True)


def test_by_hand_nobody_is_passed_either() -> None:
    night = begun(roster=UNTOLD)
    with pytest.raises(Refused, match="Slack has not told yet who bob is"):
        escalate(night.incident, night.moment, by=ADA)


def test_what_a_due_moment_was_derived_from_tells_whether_it_was_told() -> None:
    policy = replace(configured(PAYMENTS), fingerprint="p1")
    assert Moment(at(MONDAY), policy, roster=ROSTER).fingerprint == "p1"
    assert Moment(at(MONDAY), policy, roster=UNTOLD).fingerprint == "p1 untold"
