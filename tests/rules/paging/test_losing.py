"""Who is waited for and cannot be reached any more is passed at once; once for all who were paged with that level."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from bot.rules import lifecycle, reminders, rooms
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging import by_hand
from bot.rules.paging.losing import lose
from bot.rules.paging.stopping import being_paged
from bot.rules.policy import Policy
from tests.rules.given import ADA, BOB, CLEO
from tests.rules.paging.escalating import DAN, EVE, PAYMENTS, SEARCH, Night, configured, level
from tests.rules.paging.test_escalation import ALL, begun

BOTH = configured(EscalationPolicy("payments", (level(5, "bob", "cleo"), level(10, "dan"))))
PLACES = configured(EscalationPolicy("payments", (level(5, "bob", "#payments"), level(10, "cleo"))))
FIRST, SECOND = "Mon 02 10:00 payments 1 bob: begun", "Mon 02 10:02 payments 2 cleo (not bob): lost"


IsGone: TypeAlias = Callable[..., Night]


def deactivated(night: Night, *people: str) -> Night:
    """The directory has learned it, and the incident is told."""
    for person in people:
        night.gone = (*night.gone, person)
        night.does(rooms.deactivated, person=person)
    return night


def unreached(night: Night, *people: str) -> Night:
    """The last of their ways has failed, as each before."""
    for person in people:
        night.does(lose, person=person)
    return night


def waiting(policy: Policy = ALL, level_: str = "sev1", **more: Any) -> Night:
    """INC-12, whose first level was paged two minutes ago."""
    return begun(policy, level_, **more).until("2026-03-02 10:02")


@pytest.mark.parametrize("gone", [deactivated, unreached])
class TestHowever:
    def test_the_next_level_is_paged_at_once_and_has_its_own_wait(self, gone: IsGone) -> None:
        night = gone(waiting(), BOB)
        assert night.told == [FIRST, SECOND]
        night.until("2026-03-02 10:12")
        assert night.last == "Mon 02 10:12 payments 3 dan eve: silence"

    def test_as_long_as_one_is_left_their_level_has_its_wait(self, gone: IsGone) -> None:
        night = gone(waiting(BOTH), BOB)
        assert night.told == ["Mon 02 10:00 payments 1 bob cleo: begun"]
        assert gone(night, CLEO).last == "Mon 02 10:02 payments 2 dan (not bob cleo): lost"

    def test_after_the_last_that_nobody_answered_is_said_at_once(self, gone: IsGone) -> None:
        night = gone(waiting(configured(SEARCH), names=("search",)), EVE)
        assert night.last == "Mon 02 10:02 search nobody (not eve): lost"

    def test_nobody_is_paged_once_somebody_has_it_or_it_is_over(self, gone: IsGone) -> None:
        night = waiting()
        night.does(lifecycle.acknowledge, by=CLEO)
        assert gone(night, BOB).told == [FIRST]
        night = waiting()
        night.does(lifecycle.resolve, by=ADA, fix="Restarted")
        assert gone(night, BOB).told == [FIRST]

    def test_a_channel_or_a_service_can_be_reached(self, gone: IsGone) -> None:
        assert len(gone(waiting(PLACES), BOB).told) == 1
        pager = configured(EscalationPolicy("payments", (level(5, "bob", "pagerduty:db"), level(10, "cleo"))))
        assert len(gone(waiting(pager), BOB).told) == 1

    def test_of_a_private_one_the_channel_was_not_told(self, gone: IsGone) -> None:
        assert gone(waiting(PLACES, private=True), BOB).last == SECOND

    def test_another_team_goes_on_waiting_for_its_own(self, gone: IsGone) -> None:
        night = gone(waiting(level_="sev2", names=("checkout", "search")), BOB)
        assert night.told == [FIRST, "Mon 02 10:00 search 1 eve: begun", SECOND]

    def test_who_was_not_paged_changes_nothing(self, gone: IsGone) -> None:
        assert gone(waiting(), DAN).told == [FIRST]


def test_in_the_night_the_next_level_does_not_wait_for_the_morning() -> None:
    policy = configured(PAYMENTS)
    policy = replace(policy, severities=tuple(replace(each, page=True) for each in policy.severities))
    night = begun(policy, "sev3", "2026-03-06 18:30")
    assert deactivated(night, BOB).last == "Fri 06 18:30 payments 2 cleo (not bob): lost"


def test_whom_no_way_reached_a_moment_ago_is_not_waited_for_again() -> None:
    twice = configured(EscalationPolicy("payments", (level(5, "bob"), level(5, "bob"), level(5, "cleo"))))
    night = unreached(begun(twice), BOB)
    assert night.told[1:] == [
        "Mon 02 10:00 payments 2 bob (not bob): lost",
        "Mon 02 10:00 payments 3 cleo (not bob): lost",
    ]


def test_paged_again_later_they_have_their_time_again() -> None:
    twice = configured(EscalationPolicy("payments", (level(5, "bob"), level(5, "cleo")), repeat=1))
    night = unreached(begun(twice), BOB).until("2026-03-02 10:09")
    assert [line[7:] for line in night.told if "payments" in line] == [
        "10:00 payments 1 bob: begun",
        "10:00 payments 2 cleo (not bob): lost",
        "10:05 payments 1 bob: silence",
    ]


def test_who_says_that_they_cannot_is_passed_for_that() -> None:
    night = begun(BOTH).until("2026-03-02 10:02")
    night.does(by_hand.decline_page, by=CLEO)
    assert unreached(night, BOB).told[1:] == ["Mon 02 10:02 payments 2 dan: declined"]


def test_a_level_that_was_paged_by_hand_is_passed_as_well() -> None:
    night = waiting()
    night.does(by_hand.escalate, by=ADA)
    assert deactivated(night, CLEO).last == "Mon 02 10:02 payments 3 dan eve (not cleo): lost"


def test_a_test_waits_for_nobody() -> None:
    night = deactivated(begun(kind="test"), BOB)
    assert len(night.told) == 1
    assert being_paged(night.incident, night.moment) == ()


def test_it_is_due_at_once_whoever_looks() -> None:
    night = waiting()
    found = lose(night.incident, night.moment, person=BOB)
    assert found.events == ()
    assert reminders.next_look(found.incident, night.moment) == night.now
