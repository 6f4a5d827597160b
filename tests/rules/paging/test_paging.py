"""What people have a hand in: stopping it without being asked, answering that one cannot, paging by hand."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from bot.rules import lifecycle, roles, severity, undoing
from bot.rules.events import Acknowledged, PageDeclined
from bot.rules.follow_ups import follow_ups
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging.by_hand import decline_page, escalate
from bot.rules.paging.reaching import answered, page
from bot.rules.refused import Asked, Refused
from tests.rules.acting import entries, kept
from tests.rules.given import ADA, BOB, CLEO, POLICY
from tests.rules.paging.escalating import DAN, EVE, FAY, PAYMENTS, SEARCH, Night, configured, level
from tests.rules.paging.test_escalation import begun


def refusal(night: Night, rule: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        night.does(rule, **facts)
    return refused.value.sentence


class TestStoppingIt:
    @pytest.mark.parametrize("person", [ADA, EVE])
    def test_who_was_not_asked_is_asked_first(self, person: str) -> None:
        night = begun(configured(EscalationPolicy("payments", (level(5, "bob"), level(5, "cleo")))))
        with pytest.raises(Asked) as asked:
            night.does(lifecycle.acknowledge, by=person)
        assert asked.value.sentence == "This stops the paging of <@U0BOB>. Are you taking it?"
        assert asked.value.asks == "acknowledge"
        change = night.does(lifecycle.acknowledge, by=person, sure=True)
        assert change.events == (Acknowledged(by=person),)

    def test_by_whatever_word(self) -> None:
        night = begun()
        assert "Are you taking it?" in refusal(night, lifecycle.change_status, by=ADA, status="acknowledged")

    @pytest.mark.parametrize("person", [BOB, CLEO, DAN])
    def test_who_was_paged_or_is_on_call_for_it_is_not(self, person: str) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=person)
        assert night.incident.acknowledged_by == person

    def test_who_commands_is_not_and_taking_command_asks_nothing(self) -> None:
        night = begun()
        night.does(roles.assign, by=FAY, role="commander", person=FAY)
        assert night.incident.acknowledged_by == FAY
        night.does(lifecycle.unacknowledge, by=FAY)
        night.does(lifecycle.acknowledge, by=FAY)
        assert night.incident.acknowledged_by == FAY

    def test_nobody_is_asked_where_nobody_is_paged(self) -> None:
        for night in (begun(POLICY), begun(level_="sev3"), begun(kind="test"), begun(gone=(BOB, CLEO, DAN, EVE))):
            night.does(lifecycle.acknowledge, by=ADA)
            assert night.incident.acknowledged_by == ADA

    def test_nor_once_nobody_answered(self) -> None:
        night = begun().until("2026-03-02 10:31")
        night.does(lifecycle.acknowledge, by=FAY)
        assert night.incident.acknowledged_by == FAY

    def test_many_are_named_in_short(self) -> None:
        night = begun().until("2026-03-02 10:16")
        assert refusal(night, lifecycle.acknowledge, by=FAY) == (
            "This stops the paging of <@U0BOB>, <@U0CLEO>, <@U0DAN> and 1 more. Are you taking it?"
        )


class TestDeclining:
    def test_the_next_level_is_paged_at_once(self) -> None:
        night = begun().until("2026-03-02 10:01")
        night.does(decline_page, by=BOB)
        assert PageDeclined(person=BOB, policies=("payments",)) in [event for _, event in night.events]
        assert night.last == "Mon 02 10:01 payments 2 cleo: declined"
        assert BOB not in night.incident.responders
        assert set(night.incident.paged) == {CLEO}

    def test_at_the_last_level_it_is_said_that_nobody_is_left(self) -> None:
        night = begun(configured(SEARCH), "sev2", names=("search",))
        night.does(decline_page, by=EVE)
        assert night.last == "Mon 02 10:00 search nobody: declined"

    def test_of_two_on_a_level_one_is_enough_to_go_on(self) -> None:
        night = begun(configured(EscalationPolicy("payments", (level(5, "bob", "dan"), level(5, "cleo")))))
        night.until("2026-03-02 10:01").does(decline_page, by=DAN)
        assert night.last == "Mon 02 10:01 payments 2 cleo: declined"
        night.does(decline_page, by=BOB)
        assert night.events[-1][1] == PageDeclined(person=BOB, policies=())

    def test_an_earlier_level_calls_nobody(self) -> None:
        night = begun().until("2026-03-02 10:06")
        night.does(decline_page, by=BOB)
        assert night.last == "Mon 02 10:05 payments 2 cleo: silence"

    def test_paged_by_hand_once_more_they_are_still_on_their_level(self) -> None:
        night = begun()
        night.until("2026-03-02 10:02").does(escalate, by=ADA, people=(BOB, FAY))
        night.until("2026-03-02 10:03").does(decline_page, by=FAY)
        assert night.events[-1][1] == PageDeclined(person=FAY, policies=())
        night.does(decline_page, by=BOB)
        assert night.last == "Mon 02 10:03 payments 2 cleo: declined"

    def test_who_was_not_paged_or_has_it_is_refused(self) -> None:
        night = begun()
        assert "you were not paged for INC-12" in refusal(night, decline_page, by=ADA)
        night.does(lifecycle.acknowledge, by=BOB)
        assert "`/incident unack INC-12` gives it back" in refusal(night, decline_page, by=BOB)

    def test_nobody_else_is_paged_once_somebody_has_it(self) -> None:
        night = begun(configured(EscalationPolicy("payments", (level(5, "bob", "dan"), level(5, "cleo")))))
        night.does(lifecycle.acknowledge, by=DAN)
        night.does(decline_page, by=BOB)
        assert night.events[-1][1] == PageDeclined(person=BOB, policies=())
        assert night.last == "Mon 02 10:00 payments 1 bob dan: begun"

    def test_who_was_paged_although_somebody_had_it_passes_it_on(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        night.until("2026-03-02 10:15").does(decline_page, by=CLEO)
        assert night.last == "Mon 02 10:15 payments 3 dan eve: declined"

    def test_lowered_to_what_pages_nobody_it_pages_nobody_instead(self) -> None:
        night = begun()
        night.until("2026-03-02 10:01").does(severity.change_severity, by=ADA, severity="sev3")
        night.does(decline_page, by=BOB)
        assert night.events[-1][1] == PageDeclined(person=BOB, policies=())
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.until("2026-03-02 10:02").told[1:] == ["Mon 02 10:01 payments 1 bob: begun"]

    def test_twice_is_once(self) -> None:
        night = begun()
        night.does(decline_page, by=BOB)
        assert "or have said so already" in refusal(night, decline_page, by=BOB)


class TestByHand:
    def test_somebody_by_name(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        night.does(escalate, by=BOB, people=(FAY,), why=" The database ")
        assert night.last == "Mon 02 10:00 by hand 0 fay: asked"
        assert night.events[-1][1].note == "The database"  # type: ignore[attr-defined]
        assert FAY in night.incident.members
        assert FAY in night.incident.paged

    def test_the_next_level_and_then_the_one_above(self) -> None:
        night = begun()
        night.does(escalate, by=ADA)
        assert night.last == "Mon 02 10:00 payments 2 cleo: asked"
        night.does(escalate, by=ADA)
        assert night.last == "Mon 02 10:00 payments 3 dan eve: asked"
        assert "Everybody who can be paged for INC-12 has been" in refusal(night, escalate, by=ADA)

    def test_the_levels_go_on_from_there(self) -> None:
        night = begun(level_="sev2")
        night.until("2026-03-02 10:02").does(escalate, by=ADA)
        assert night.until("2026-03-02 10:12").last == "Mon 02 10:12 payments 3 dan eve: silence"

    def test_who_has_left_is_passed(self) -> None:
        night = begun(gone=(CLEO,))
        night.does(escalate, by=ADA)
        assert night.last == "Mon 02 10:00 payments 3 dan eve (not cleo): asked"

    def test_a_team_from_its_first_level_on(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        night.does(escalate, by=BOB, team="Search")
        assert night.last == "Mon 02 10:00 search 1 eve: asked"
        assert "search is paged for INC-12 already" in refusal(night, escalate, by=BOB, team="search")

    def test_of_a_team_that_is_not_concerned_nobody_else_is_promised(self) -> None:
        eve, fay = level(5, "eve"), level(5, "fay")
        night = begun(configured(PAYMENTS, EscalationPolicy("search", (eve, fay))))
        theirs = night.does(escalate, by=ADA, team="search").events[0]
        assert (theirs.people, theirs.until, theirs.following) == ((EVE,), None, ())  # type: ignore[attr-defined]
        own = night.does(escalate, by=ADA).events[0]
        assert (own.people, own.following) == ((CLEO,), (DAN, EVE))  # type: ignore[attr-defined]
        assert FAY not in night.until("2026-03-02 11:00").incident.paged

    def test_what_pages_nobody_by_itself_may_be_paged_by_hand(self) -> None:
        night = begun(level_="sev3")
        night.does(escalate, by=ADA)
        assert night.until("2026-03-02 10:59").told == ["Mon 02 10:00 payments 1 bob: asked"]
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.last == "Mon 02 10:59 payments 1 bob: begun"

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            (
                {"team": "nobody"},
                "I know no team “nobody”. Known: payments, search, quiet. "
                "`/incident escalate INC-12 further` pages the next level.",
            ),
            ({"team": "quiet"}, "quiet has no escalation policy: name somebody instead."),
            ({"people": ("UGONE",)}, "<@UGONE> is deactivated in Slack. Name somebody else."),
        ],
    )
    def test_what_cannot_be_paged(self, facts: dict[str, Any], sentence: str) -> None:
        assert refusal(begun(gone=("UGONE",)), escalate, by=ADA, **facts) == sentence

    def test_without_a_policy_somebody_has_to_be_named(self) -> None:
        assert "No escalation policy is configured" in refusal(begun(POLICY), escalate, by=ADA)

    def test_of_a_test_nobody_is_paged(self) -> None:
        night = begun(kind="test")
        change = night.does(escalate, by=ADA, people=(FAY,))
        assert change.events[0].would  # type: ignore[attr-defined]
        assert FAY not in night.incident.members


class TestLettingBe:
    """Nobody rings on for what was answered."""

    def subjects(self, night: Night, rule: Any, by: str, **facts: Any) -> list[str]:
        before = night.incident
        change = rule(before, night.moment, by=by, **facts)
        told = entries(change, night.moment, by=by)
        return [each.subject for each in follow_ups(before, change.incident, told) if each.rule is answered]

    def test_all_once_somebody_has_it(self) -> None:
        night = begun().until("2026-03-02 10:06")
        assert self.subjects(night, lifecycle.acknowledge, CLEO) == [f"person:{BOB}", f"person:{CLEO}"]

    def test_all_once_it_is_closed_whoever_was_paged_after_it_was_acknowledged(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        night.does(escalate, by=BOB, people=(FAY,))
        assert self.subjects(night, lifecycle.resolve, BOB, fix="x") == [f"person:{BOB}", f"person:{FAY}"]

    def test_who_declines_or_does_anything_in_it(self) -> None:
        night = begun().until("2026-03-02 10:06")
        assert self.subjects(night, decline_page, BOB) == [f"person:{BOB}"]
        assert self.subjects(night, roles.assign, CLEO, role="lead", person=FAY) == [f"person:{CLEO}"]

    def test_nobody_a_second_time_by_what_they_do_after_somebody_has_it(self) -> None:
        night = begun().until("2026-03-02 10:06")
        night.does(lifecycle.acknowledge, by=CLEO)
        assert self.subjects(night, roles.assign, BOB, role="lead", person=FAY) == []
        night.does(escalate, by=CLEO, people=(BOB,))
        assert self.subjects(night, roles.assign, BOB, role="lead", person=FAY) == [f"person:{BOB}"]

    def test_all_once_it_is_lowered_to_what_pages_nobody(self) -> None:
        night = begun()
        assert self.subjects(night, severity.change_severity, ADA, severity="sev3") == [f"person:{BOB}"]

    def test_also_those_for_whom_it_was_raised_while_somebody_has_it(self) -> None:
        night = begun(level_="sev3")
        night.does(lifecycle.acknowledge, by=ADA)
        night.does(severity.change_severity, by=ADA, severity="sev1")
        night.until("2026-03-02 10:01")
        assert list(night.incident.paged) == [BOB]
        assert self.subjects(night, severity.change_severity, ADA, severity="sev3") == [f"person:{BOB}"]


def test_who_was_let_be_is_paged_again_once_that_is_taken_back() -> None:
    night = begun(configured(EscalationPolicy("payments", (level(5, "bob", "dan"), level(5, "cleo")))))
    for act in (partial(lifecycle.acknowledge, by=DAN), partial(lifecycle.resolve, by=DAN, fix="x")):
        acted = kept(night.incident, act(night.incident, night.moment), night.moment, by=DAN)
        undone = undoing.undo(acted, night.moment, by=DAN)
        told = entries(undone, night.moment, by=DAN)
        found = {each.subject: each.rule for each in follow_ups(acted, undone.incident, told)}
        assert found == {f"person:{BOB}": page, f"person:{DAN}": answered}


@pytest.mark.parametrize(
    ("paged", "when", "again"),
    [
        (None, "2026-03-02 10:06", {CLEO}),
        (FAY, "2026-03-02 10:06", {CLEO, FAY}),
        (None, "2026-03-02 10:31", {DAN, EVE}),
    ],
)
@pytest.mark.parametrize(
    "act", [partial(lifecycle.acknowledge, sure=True), partial(severity.change_severity, severity="sev3")]
)
def test_that_is_who_was_paged_last(act: Any, paged: str | None, when: str, again: set[str]) -> None:
    night = begun().until(when)
    if paged:
        night.until("2026-03-02 10:07").does(escalate, by=ADA, people=(paged,))
    acted = kept(night.incident, act(night.incident, night.moment, by=ADA), night.moment, by=ADA)
    undone = undoing.undo(acted, night.moment, by=ADA)
    told = entries(undone, night.moment, by=ADA)
    found = follow_ups(acted, undone.incident, told)
    assert {each.subject for each in found if each.rule is page} == {f"person:{each}" for each in again}


def test_the_lowest_of_the_policies_has_places_too() -> None:
    places = EscalationPolicy("payments", (level(5, "#payments", "pagerduty:db"), level(5, "bob")))
    night = begun(configured(places))
    assert night.told == ["Mon 02 10:00 payments 1 #payments db: begun"]
    assert night.until("2026-03-02 10:05").last == "Mon 02 10:05 payments 2 bob: silence"


def test_what_is_paged_for_another_team_is_theirs_to_stop() -> None:
    night = begun(configured(replace(PAYMENTS, repeat=0), SEARCH), names=("checkout", "search"))
    night.does(lifecycle.acknowledge, by=EVE)
    assert night.incident.acknowledged_by == EVE
