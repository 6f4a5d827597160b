"""What acknowledges by the way, done by who was not asked: it stands, the paging goes on, and they are asked."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from bot.rules import lifecycle, merging, private, roles, undoing, updates
from bot.rules.change import Change
from bot.rules.due import due
from bot.rules.events import Acknowledged, StatusChanged, Updated
from bot.rules.incident import Incident, Status
from bot.rules.needs import needs
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging.by_hand import decline_page
from bot.rules.refused import Asked, Refused
from tests.rules.acting import kept
from tests.rules.given import ADA, BOB, CLEO
from tests.rules.paging.escalating import DAN, EVE, FAY, PAYMENTS, Night, configured, level
from tests.rules.paging.test_escalation import begun

GOES_ON = "Nobody has INC-12 yet: the paging of <@U0BOB> goes on. Are you taking it?"

BY_THE_WAY: dict[str, Any] = {
    "a status": partial(lifecycle.change_status, status="investigating"),
    "a status with a note": partial(lifecycle.change_status, status="investigating", note="Looking", impact="Carts"),
    "a status with its impact": partial(lifecycle.change_status, status="investigating", impact="Carts"),
    "an update with a status": partial(updates.update, text="Looking", impact="Carts", status="investigating"),
}
"""What acknowledges as well, where somebody may."""


def asked(change: Change) -> str:
    assert change.asks
    assert change.asks.asks == "acknowledge"
    return change.asks.sentence


class TestByTheWay:
    @pytest.mark.parametrize("name", BY_THE_WAY)
    def test_it_is_done_and_the_paging_goes_on(self, name: str) -> None:
        night = begun()
        change = night.does(BY_THE_WAY[name], by=FAY)
        assert asked(change) == GOES_ON
        assert not any(isinstance(event, Acknowledged) for event in change.events)
        assert (night.incident.status, night.incident.acknowledged_by) == (Status.INVESTIGATING, None)
        assert night.incident.impact == ("" if name == "a status" else "Carts")
        assert ("note" in name or "update" in name) is any(isinstance(event, Updated) for event in change.events)
        assert "acknowledged" not in night.incident.milestones
        assert FAY not in night.incident.responders
        assert night.until("2026-03-02 10:31").told == begun().until("2026-03-02 10:31").told

    @pytest.mark.parametrize("name", BY_THE_WAY)
    @pytest.mark.parametrize("person", [BOB, CLEO, DAN])
    def test_who_was_asked_has_it_by_that(self, name: str, person: str) -> None:
        night = begun()
        change = night.does(BY_THE_WAY[name], by=person)
        assert change.asks is None
        assert change.events[0] == Acknowledged(by=person, implied=True)
        assert night.incident.acknowledged_by == person

    def test_so_has_its_commander_and_whoever_comes_where_nobody_is_paged(self) -> None:
        night = begun()
        night.does(roles.assign, by=BOB, role="commander", person=FAY)
        night.incident = replace(night.incident, acknowledged_by=None)
        for night_, person in ((night, FAY), (begun(level_="sev3"), FAY), (begun(kind="test"), ADA)):
            assert night_.does(BY_THE_WAY["a status"], by=person).asks is None
            assert night_.incident.acknowledged_by == person

    def test_each_further_step_asks_again_and_mitigates(self) -> None:
        night = begun()
        for status in ("identified", "monitoring"):
            assert asked(night.does(lifecycle.change_status, by=FAY, status=status)) == GOES_ON
        assert night.incident.at("mitigated") == night.now
        assert night.until("2026-03-02 10:06").last == "Mon 02 10:05 payments 2 cleo: silence"

    def test_who_takes_it_then_leaves_the_status_as_it_is(self) -> None:
        night = begun()
        night.does(BY_THE_WAY["a status"], by=FAY)
        change = night.does(lifecycle.acknowledge, by=FAY, sure=True)
        assert change.events == (Acknowledged(by=FAY),)
        assert (night.incident.status, night.incident.acknowledged_by) == (Status.INVESTIGATING, FAY)
        night.does(lifecycle.unacknowledge, by=FAY)
        assert night.incident.status is Status.DETECTED
        assert night.last == "Mon 02 10:00 payments 2 cleo: unacknowledged"

    def test_it_still_waits_for_somebody(self) -> None:
        night = begun()
        night.does(lifecycle.change_status, by=FAY, status="monitoring")
        assert "acknowledgement" in {each.kind for each in due(night.incident, night.moment)}
        assert [each.what for each in needs(night.incident, night.moment, BOB)] == ["acknowledge"]

    def test_to_end_it_or_to_command_it_asks_nothing(self) -> None:
        ends = (
            partial(lifecycle.resolve, fix="Rolled back"),
            partial(lifecycle.change_status, status="resolved", note="Rolled back"),
            partial(lifecycle.cancel, reason="false alarm"),
            partial(roles.assign, role="commander", person=FAY),
        )
        for act in ends:
            night = begun()
            assert night.does(act, by=FAY).asks is None
            assert night.until("2026-03-02 10:14").told[1:] == []


class TestTheWordItself:
    def test_alone_it_is_the_question(self) -> None:
        with pytest.raises(Asked, match="This stops the paging of <@U0BOB>"):
            begun().does(lifecycle.change_status, by=FAY, status="acknowledged")

    @pytest.mark.parametrize("rule", ["status", "update"])
    def test_with_a_note_the_note_is_posted(self, rule: str) -> None:
        note = (
            partial(lifecycle.change_status, note="Looking")
            if rule == "status"
            else partial(updates.update, text="Looking")
        )
        night = begun()
        change = night.does(note, by=FAY, status="acknowledged")
        assert asked(change) == GOES_ON
        assert [type(event) for event in change.events] == [Updated]
        assert (night.incident.status, night.incident.acknowledged_by) == (Status.DETECTED, None)
        taken = begun()
        assert [type(event) for event in taken.does(note, by=BOB, status="acknowledged").events] == [
            Acknowledged,
            Updated,
        ]
        assert taken.events[-2][1] == Acknowledged(by=BOB)
        assert (taken.incident.status, taken.incident.acknowledged_by) == (Status.ACKNOWLEDGED, BOB)

    def test_an_update_that_says_it_is_resolved_says_what_fixed_it(self) -> None:
        night = begun()
        night.does(updates.update, by=FAY, text="Rolled back", status="resolved")
        assert (night.incident.status, night.incident.fix) == (Status.RESOLVED, "Rolled back")

    @pytest.mark.parametrize("person", [BOB, FAY])
    def test_with_an_impact_alone_it_wants_the_note(self, person: str) -> None:
        with pytest.raises(Refused, match="Add a note") as refused:
            begun().does(lifecycle.change_status, by=person, status="acknowledged", impact="Carts")
        assert refused.value.field == "text"


class TestBackAgain:
    def test_undone_it_is_as_though_nothing_had_been_and_nobody_is_paged_twice(self) -> None:
        night = begun()
        moved = night.does(BY_THE_WAY["a status"], by=FAY)
        acted = kept(begun().incident, moved, night.moment, by=FAY)
        undone = undoing.undo(acted, night.moment, by=FAY).incident
        assert (undone.status, undone.acknowledged_by) == (Status.DETECTED, None)
        night.incident = undone
        assert night.until("2026-03-02 10:31").told == begun().until("2026-03-02 10:31").told

    def test_an_acknowledgement_after_it_is_undone_alone(self) -> None:
        night = begun()
        night.does(BY_THE_WAY["a status"], by=FAY)
        acted = kept(night.incident, lifecycle.acknowledge(night.incident, night.moment, by=BOB), night.moment, by=BOB)
        undone = undoing.undo(acted, night.moment, by=BOB).incident
        assert (undone.status, undone.acknowledged_by) == (Status.INVESTIGATING, None)

    def test_reopened_or_brought_into_another_one_somebody_has_it_or_it_is_paged(self) -> None:
        night = begun()
        night.does(BY_THE_WAY["a status"], by=FAY)
        resolved = lifecycle.resolve(night.incident, night.moment, by=FAY, fix="x").incident
        assert lifecycle.reopen(resolved, night.moment, by=FAY, why="x").incident.acknowledged_by == FAY
        other = replace(begun(names=("search",)).incident, number=13)
        night.incident = merging.merge(other, night.incident, night.moment, by=FAY)[1].incident
        assert night.incident.acknowledged_by is None
        assert "Mon 02 10:00 search 1 eve: service" in night.until("2026-03-02 10:01").told


class TestPlaces:
    """Only places were paged: that is paging all the same."""

    def refusal(self, *who: str, when: str = "2026-03-02 10:00", **facts: Any) -> str:
        policy = EscalationPolicy("payments", (level(5, *who), level(5, "cleo"), level(5, "#late")))
        night = begun(configured(policy)).until(when)
        night.incident = replace(night.incident, **facts)
        with pytest.raises(Asked) as refused:
            night.does(lifecycle.acknowledge, by=FAY)
        assert asked(lifecycle.change_status(night.incident, night.moment, by=FAY, status="identified"))
        return refused.value.sentence

    def test_a_service_and_a_channel(self) -> None:
        stops = "This stops the paging of {}. Are you taking it?"
        assert self.refusal("pagerduty:payments") == stops.format("PagerDuty (payments)")
        assert self.refusal("#payments") == stops.format("#payments")
        assert self.refusal("bob", "pagerduty:db") == stops.format("<@U0BOB> and PagerDuty (db)")
        later = stops.format("<@U0CLEO> and PagerDuty (db)")
        assert self.refusal("pagerduty:db", when="2026-03-02 10:06") == later
        assert self.refusal("#payments", "pagerduty:db", private=True, members=(FAY,)) == stops.format("PagerDuty (db)")

    def test_who_is_on_a_level_or_commands_takes_it_without_a_question(self) -> None:
        night = begun(configured(EscalationPolicy("payments", (level(5, "pagerduty:db"), level(5, "cleo")))))
        night.does(lifecycle.acknowledge, by=CLEO)
        assert night.incident.acknowledged_by == CLEO

    def test_of_a_test_nobody_is(self) -> None:
        night = begun(
            configured(EscalationPolicy("payments", (level(5, "pagerduty:db"), level(5, "cleo")))), kind="test"
        )
        night.does(lifecycle.acknowledge, by=FAY)
        assert night.incident.acknowledged_by == FAY


class TestNotAnyMore:
    """What calls a level at once is for want of somebody: once somebody has it, it calls nobody."""

    def acted(self, rule: Any, **facts: Any) -> Night:
        """Somebody acknowledges before anything was swept."""
        night = begun()
        called = rule(night.incident, night.moment, **facts).incident
        night.does(lambda _incident, moment, **_: lifecycle.acknowledge(called, moment, by=CLEO))
        return night

    def test_a_page_that_was_declined(self) -> None:
        night = self.acted(decline_page, by=BOB)
        assert night.until("2026-03-02 10:14").told == ["Mon 02 10:00 payments 1 bob: begun"]

    def test_until_that_is_taken_back(self) -> None:
        night = begun()
        called = decline_page(night.incident, night.moment, by=BOB).incident
        acted = kept(called, lifecycle.acknowledge(called, night.moment, by=CLEO), night.moment, by=CLEO)
        night.does(lambda _incident, moment, **_: undoing.undo(acted, moment, by=CLEO))
        assert night.last == "Mon 02 10:00 payments 2 cleo: declined"

    def test_what_was_given_back(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        back = lifecycle.unacknowledge(night.incident, night.moment, by=BOB).incident
        night.does(lambda _incident, moment, **_: lifecycle.acknowledge(back, moment, by=CLEO))
        assert night.until("2026-03-02 10:14").told == ["Mon 02 10:00 payments 1 bob: begun"]
        assert night.until("2026-03-02 10:15").last == "Mon 02 10:15 payments 2 cleo: mitigation"

    def test_but_what_is_called_although_somebody_has_it_is_passed_on_to_the_end(self) -> None:
        night = begun(configured(EscalationPolicy("payments", (*PAYMENTS.levels, level(5, "fay")))))
        night.does(lifecycle.acknowledge, by=BOB)
        night.until("2026-03-02 10:15").does(decline_page, by=CLEO)
        night.does(decline_page, by=EVE)
        assert night.last == "Mon 02 10:15 payments 4 fay: declined"


class TestMadePrivate:
    def made(self, night: Night, by: str = ADA, people: tuple[str, ...] = ()) -> Incident:
        change = private.make_private(night.incident, night.moment, by=by, people=people)
        self.paged = change.events[0].paged  # type: ignore[attr-defined]
        return change.incident

    def test_who_is_being_paged_stays_in_it(self) -> None:
        night = begun().until("2026-03-02 10:06")
        assert set(self.made(night).members) == {ADA, BOB, CLEO}
        assert self.paged == (BOB, CLEO)
        assert self.made(night, by=BOB, people=(CLEO,)).members == (BOB, CLEO)
        assert self.paged == ()

    def test_not_who_cannot_come_or_only_watches_or_is_let_be(self) -> None:
        declined = begun()
        declined.does(decline_page, by=BOB)
        assert self.made(declined).members == (ADA, CLEO)
        gone = replace(begun(), gone=(BOB,))
        assert self.made(gone).members == (ADA,)
        watched = begun(configured(EscalationPolicy("payments", (level(5, "rota:payments"),))), when="2026-03-10 10:00")
        assert watched.told == ["Tue 10 10:00 payments 1 bob (beside fay): begun"]
        assert self.made(watched).members == (ADA, BOB)
        taken = begun()
        taken.does(lifecycle.acknowledge, by=CLEO)
        assert self.made(taken).members == (ADA, CLEO)


def test_the_event_of_a_step_is_the_same_as_ever() -> None:
    night = begun()
    change = night.does(BY_THE_WAY["a status with its impact"], by=FAY)
    assert change.events == (StatusChanged(before="detected", after="investigating", impact="Carts"),)  # type: ignore[arg-type]
