"""Who is paged, level by level and minute by minute: until somebody has it, and never for longer."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules import editing, lifecycle, merging, reminders, roles, rooms, services, severity, undoing
from bot.rules.calendar import Calendar, Duration
from bot.rules.declaring import declare
from bot.rules.events import ArchiveOffered, InHand, MitigationSoon, NotAcknowledged, NotMitigated, Paged
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy, Level
from bot.rules.oncall.shifts import Override
from bot.rules.paging.by_hand import ahead
from bot.rules.paging.escalation import policies_of
from bot.rules.policy import Policy
from tests.rules.acting import kept
from tests.rules.given import ADA, BOB, CLEO, HOLIDAY, MADRID, MONDAY, at
from tests.rules.paging.escalating import DAN, EVE, PAYMENTS, ROSTER, SEARCH, Night, configured, level

FRIDAY, EVE_OF_HOLIDAY, NIGHT = "2026-03-06 17:30", "2026-03-18 17:30", "2026-03-07 02:31"
ALL = configured(PAYMENTS, SEARCH)


def begun(
    policy: Policy = ALL, level_: str = "sev1", when: str = MONDAY, names: tuple[str, ...] = ("checkout",), **more: Any
) -> Night:
    """INC-12, declared by Ada: what is due at once is said."""
    facts = {"number": 12, "by": ADA, "title": "Down", "severity": level_, "services": names}
    gone, roster = more.pop("gone", ()), more.pop("roster", ROSTER)
    incident = declare(Moment(at(when), policy, roster=roster), **facts, **more).incident
    night = Night(incident, at(when), policy, gone, roster)
    return night.until(when)


def paging_sev3(*policies: EscalationPolicy) -> Policy:
    """The configuration with SEV3 paging as well, in business hours."""
    found = configured(*policies)
    levels = tuple(replace(each, page=True) for each in found.severities)
    return replace(found, severities=levels)


def test_levels_are_paged_one_after_the_other_until_nobody_is_left() -> None:
    assert begun().until("2026-03-02 11:00").told == [
        "Mon 02 10:00 payments 1 bob: begun",
        "Mon 02 10:05 not acknowledged",
        "Mon 02 10:05 payments 2 cleo: silence",
        "Mon 02 10:15 payments 3 dan eve: silence",
        "Mon 02 10:30 payments nobody: silence",
    ]


@pytest.mark.parametrize(
    ("level_", "when", "second", "third"),
    [
        ("sev1", MONDAY, "Mon 02 10:05", "Mon 02 10:15"),
        ("sev1", FRIDAY, "Fri 06 17:35", "Fri 06 17:45"),
        ("sev1", NIGHT, "Sat 07 02:36", "Sat 07 02:46"),
        ("sev2", EVE_OF_HOLIDAY, "Wed 18 17:35", "Wed 18 17:45"),
        ("sev3", "2026-03-06 17:57", "Mon 09 09:02", "Mon 09 09:12"),
        ("sev3", "2026-03-18 17:57", "Fri 20 09:02", "Fri 20 09:12"),
    ],
)
def test_each_level_has_its_wait_on_the_incidents_clock(level_: str, when: str, second: str, third: str) -> None:
    night = begun(paging_sev3(PAYMENTS), level_, when).until("2026-03-20 12:00")
    paged = [line for line in night.told if "payments 2" in line or "payments 3" in line]
    assert [line[:12] for line in paged[:2]] == [second, third]


@pytest.mark.parametrize("when", ["2026-03-06 18:30", f"{HOLIDAY} 11:00"])
def test_what_sleeps_outside_business_hours_is_paged_at_once_and_waits_for_the_morning(when: str) -> None:
    night = begun(paging_sev3(PAYMENTS), "sev3", when)
    assert night.last.endswith("payments 1 bob: begun")
    assert night.until("2026-03-23 08:00").told[1][:12] in {"Mon 09 09:05", "Fri 20 09:05"}


def test_an_acknowledgement_ends_it() -> None:
    night = begun()
    night.does(lifecycle.acknowledge, by=BOB)
    assert night.until("2026-03-02 10:14").told == ["Mon 02 10:00 payments 1 bob: begun"]


def test_it_repeats_as_often_as_it_says() -> None:
    twice = EscalationPolicy("payments", (level(5, "bob"), level(10, "cleo")), repeat=1)
    night = begun(configured(twice), "sev2").until("2026-03-02 11:00")
    assert [line for line in night.told if "payments" in line] == [
        "Mon 02 10:00 payments 1 bob: begun",
        "Mon 02 10:05 payments 2 cleo: silence",
        "Mon 02 10:15 payments 1 bob: silence",
        "Mon 02 10:20 payments 2 cleo: silence",
        "Mon 02 10:30 payments nobody: silence",
    ]


def test_who_is_deactivated_or_unknown_is_passed_at_once() -> None:
    night = begun(gone=(BOB,)).until("2026-03-02 10:10")
    assert night.told[0] == "Mon 02 10:00 payments 2 cleo (not bob): begun"
    unknown = EscalationPolicy("payments", (level(5, "zoe", "@nobody"), level(5, "bob")))
    assert begun(configured(unknown)).told == ["Mon 02 10:00 payments 2 bob (not zoe @nobody): begun"]


def test_where_nobody_can_be_reached_that_is_said_at_once() -> None:
    night = begun(gone=(BOB, CLEO, DAN, EVE))
    assert night.told == ["Mon 02 10:00 payments nobody (not bob cleo dan eve): begun"]
    assert night.until("2026-03-02 10:04").told == night.told[:1]


def test_who_is_on_call_is_asked_when_it_is_paged() -> None:
    rota = EscalationPolicy("payments", (level(5, "rota:payments"), level(5, "rota:payments")))
    night = begun(configured(rota), when="2026-03-09 08:57")
    assert night.until("2026-03-09 09:03").told == [
        "Mon 09 08:57 payments 1 dan (beside fay): begun",
        "Mon 09 09:02 not acknowledged",
        "Mon 09 09:02 payments 2 bob (beside fay): silence",
    ]


def test_an_override_takes_the_page() -> None:
    rota = EscalationPolicy("payments", (level(5, "rota:payments"),))
    taken = Override(1, "payments", "eve", at("2026-03-03 02:00"), at("2026-03-03 04:00"))
    night = begun(configured(rota), when="2026-03-03 02:31", roster=replace(ROSTER, overrides=(taken,)))
    assert night.told[0].startswith("Tue 03 02:31 payments 1 eve")


@pytest.mark.parametrize(
    ("names", "default", "paging"),
    [
        (("checkout", "cart"), None, ["payments"]),
        (("checkout", "search"), None, ["payments", "search"]),
        ((), "search", ["search"]),
        ((), None, []),
        (("blog",), "search", ["search"]),
        (("blog", "checkout"), "payments", ["payments"]),
    ],
)
def test_each_team_is_paged_once_else_the_default(
    names: tuple[str, ...], default: str | None, paging: list[str]
) -> None:
    policy = configured(PAYMENTS, SEARCH, default=default)
    assert [each.name for each in policies_of(begun(policy, names=names).incident, policy)] == paging


def test_nothing_of_the_less_severe_pages() -> None:
    assert begun(level_="sev3").until("2026-03-02 18:00").incident.paged == {}


def test_who_is_paged_responds_and_is_in_it() -> None:
    night = begun(private=True)
    assert night.incident.paged == {BOB: at(MONDAY)}
    assert BOB in night.incident.responders
    assert BOB in night.incident.members


def test_a_test_pages_nobody_and_says_whom_it_would() -> None:
    night = begun(kind="test").until("2026-03-02 10:06")
    found = [event for _, event in night.events if isinstance(event, Paged)]
    assert [each.would for each in found] == [True, True]
    assert night.incident.paged == {}
    assert BOB not in night.incident.members


def test_that_nobody_has_it_is_said_with_the_page_of_that_minute() -> None:
    night = begun()
    sent = {mark: replace(said, at=at("2026-03-02 10:00:40")) for mark, said in night.incident.said.items()}
    night.incident = replace(night.incident, said=sent)
    night.until("2026-03-02 10:06")
    first = next(now for now, event in night.events if isinstance(event, NotAcknowledged))
    assert first == at("2026-03-02 10:05:40")
    assert night.told[-2:] == ["Mon 02 10:05 not acknowledged", "Mon 02 10:05 payments 2 cleo: silence"]


class TestTakenBack:
    def test_the_next_level_is_paged_at_once(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        night.until("2026-03-02 10:03").does(lifecycle.unacknowledge, by=BOB)
        assert night.last == "Mon 02 10:03 payments 2 cleo: unacknowledged"
        assert night.until("2026-03-02 10:13").last == "Mon 02 10:13 payments 3 dan eve: silence"

    def test_after_the_last_it_begins_anew_and_comes_to_its_end_again(self) -> None:
        night = begun(configured(SEARCH), "sev2", names=("search",)).until("2026-03-02 10:06")
        assert night.last == "Mon 02 10:05 search nobody: silence"
        night.does(lifecycle.acknowledge, by=BOB)
        night.does(lifecycle.unacknowledge, by=BOB)
        assert night.last == "Mon 02 10:06 search 1 eve: unacknowledged"
        assert night.until("2026-03-02 10:12").last == "Mon 02 10:11 search nobody: silence"


class TestSeverity:
    def test_a_raise_pages_what_did_not_page_before(self) -> None:
        night = begun(level_="sev3").until("2026-03-02 10:10")
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.told == ["Mon 02 10:10 payments 1 bob: begun"]
        assert night.until("2026-03-02 10:15").last == "Mon 02 10:15 payments 2 cleo: silence"

    def test_a_raise_of_what_pages_already_pages_nobody_anew(self) -> None:
        night = begun(level_="sev2").until("2026-03-02 10:02")
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.told == ["Mon 02 10:00 payments 1 bob: begun"]
        assert night.until("2026-03-02 10:05").last == "Mon 02 10:05 payments 2 cleo: silence"

    def test_a_raise_after_nobody_answered_begins_anew(self) -> None:
        night = begun(level_="sev2").until("2026-03-02 11:00")
        assert "payments nobody: " in night.last
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.last == "Mon 02 11:00 payments 1 bob: begun"
        assert night.until("2026-03-02 11:05").last == "Mon 02 11:05 payments 2 cleo: silence"

    def test_a_raise_brings_in_who_is_on_call_although_somebody_has_it(self) -> None:
        night = begun(level_="sev3")
        night.does(lifecycle.acknowledge, by=ADA)
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.until("2026-03-02 10:14").told == ["Mon 02 10:00 payments 1 bob: begun"]

    def test_a_raise_does_not_page_who_has_it(self) -> None:
        night = begun(level_="sev3")
        night.does(lifecycle.acknowledge, by=BOB)
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.until("2026-03-02 10:14").told == []

    def test_a_lowering_stops_it_and_a_raise_begins_anew(self) -> None:
        night = begun()
        night.does(severity.change_severity, by=ADA, severity="sev3")
        assert night.until("2026-03-02 10:50").told == ["Mon 02 10:00 payments 1 bob: begun"]
        night.does(severity.change_severity, by=ADA, severity="sev1")
        assert night.last == "Mon 02 10:50 payments 1 bob: begun"

    def test_a_lowering_to_what_pages_goes_on(self) -> None:
        night = begun().until("2026-03-02 10:02")
        night.does(severity.change_severity, by=ADA, severity="sev2")
        assert night.until("2026-03-02 10:05").last == "Mon 02 10:05 payments 2 cleo: silence"

    @pytest.mark.parametrize(("first", "second"), [("sev3", "sev1"), ("sev1", "sev3")])
    def test_taken_back_it_is_paged_for_as_before(self, first: str, second: str) -> None:
        night = begun(level_=first)
        raised = severity.change_severity(night.incident, night.moment, by=ADA, severity=second)
        night.incident = kept(night.incident, raised, night.moment, by=ADA)
        night.does(undoing.undo, by=ADA)
        assert (night.incident.paging_from is None) == (first == "sev3")
        pages = [line for line in night.until("2026-03-02 10:06").told if "payments" in line]
        assert ("Mon 02 10:05 payments 2 cleo: silence" in pages) == (first == "sev1")
        assert bool(pages) == (first == "sev1")

    def test_a_lowering_taken_back_pages_nobody_anew(self) -> None:
        night = begun().until("2026-03-02 10:06")
        lowered = severity.change_severity(night.incident, night.moment, by=ADA, severity="sev3")
        night.incident = kept(night.incident, lowered, night.moment, by=ADA)
        night.until("2026-03-02 10:08").does(undoing.undo, by=ADA)
        assert night.until("2026-03-02 10:16").told[2:] == [
            "Mon 02 10:05 payments 2 cleo: silence",
            "Mon 02 10:15 payments 3 dan eve: silence",
        ]


class TestServices:
    def test_another_team_is_paged_from_its_first_level_on(self) -> None:
        night = begun(level_="sev2").until("2026-03-02 10:03")
        night.does(services.add_service, by=ADA, service="search")
        assert night.last == "Mon 02 10:03 search 1 eve: service"
        assert night.until("2026-03-02 10:08").told[-2:] == [
            "Mon 02 10:05 payments 2 cleo: silence",
            "Mon 02 10:08 search nobody: silence",
        ]

    def test_the_same_team_is_not_paged_twice_nor_once_more(self) -> None:
        night = begun(level_="sev2").until("2026-03-02 10:02")
        night.does(services.add_service, by=ADA, service="cart")
        night.does(editing.edit, by=ADA, services=("checkout", "search"))
        night.does(services.remove_service, by=ADA, service="search")
        night.does(services.add_service, by=ADA, service="search")
        assert night.told == ["Mon 02 10:00 payments 1 bob: begun", "Mon 02 10:02 search 1 eve: service"]

    def test_nobody_is_paged_for_a_service_once_somebody_has_it(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        night.does(services.add_service, by=ADA, service="search")
        assert night.told == ["Mon 02 10:00 payments 1 bob: begun"]


def test_closed_it_pages_nobody_and_reopened_who_reopened_it_has_it() -> None:
    night = begun(level_="sev2")
    night.does(lifecycle.resolve, by=ADA, fix="Restarted")
    night.until("2026-03-02 10:40")
    assert len(night.told) == 1
    night.does(lifecycle.reopen, by=ADA, why="It is back")
    assert len(night.until("2026-03-02 10:50").told) == 1
    night.does(lifecycle.unacknowledge, by=ADA)
    assert night.last == "Mon 02 10:50 payments 1 bob: unacknowledged"


@pytest.mark.parametrize(
    ("levels", "paged"),
    [
        ((level(5, "bob"), level(10, "cleo")), "payments 2 cleo"),
        ((level(5, "bob"), level(5, "bob"), level(10, "cleo", "bob")), "payments 3 cleo bob"),
        ((level(5, "bob"), level(10, "pagerduty:db")), "payments 2 db"),
        ((level(5, "bob", "cleo"), level(10, "dan")), "payments 1 bob cleo"),
        ((level(5, "bob"), level(10, "@nobody")), "payments 1 bob"),
        ((level(5, "bob"),), "payments 1 bob"),
    ],
    ids=["the next", "the one after", "a service", "not alone", "nobody else", "one level"],
)
def test_who_gives_it_back_after_the_last_level_is_paged_only_where_nobody_else_is_left(
    levels: tuple[Level, ...], paged: str
) -> None:
    night = begun(configured(EscalationPolicy("payments", levels))).until("2026-03-02 11:00")
    night.does(lifecycle.acknowledge, by=BOB)
    night.does(lifecycle.unacknowledge, by=BOB)
    assert night.last == f"Mon 02 11:00 {paged}: unacknowledged"


def test_cancelled_before_anybody_had_it_nobody_is_paged_when_its_channel_is_asked_about() -> None:
    night = begun()
    night.does(rooms.room_made, channel="C12", name="inc-12")
    night.does(lifecycle.cancel, by=ADA, reason="planned")
    night.until("2026-03-12 12:00")
    assert any(isinstance(event, ArchiveOffered) for _, event in night.events)
    assert night.told == ["Mon 02 10:00 payments 1 bob: begun"]


def test_merged_the_one_stops_and_the_other_pages_for_both() -> None:
    one, other = begun(level_="sev2"), begun(level_="sev2", names=("search",))
    other.incident = replace(other.incident, number=9)
    gone, whole = merging.merge(one.incident, other.incident, one.moment, by=ADA)
    one.incident, other.incident = gone.incident, whole.incident
    assert one.until("2026-03-02 11:00").told == ["Mon 02 10:00 payments 1 bob: begun"]
    assert other.until("2026-03-02 10:04").told[-1] == "Mon 02 10:00 payments 1 bob: service"


class TestMitigation:
    """`escalate_after` pages the level above the highest paged so far, once, acknowledged or not."""

    def test_the_next_level_is_paged_although_somebody_has_it(self) -> None:
        night = begun()
        night.does(lifecycle.acknowledge, by=BOB)
        assert night.until("2026-03-02 10:19").told == [
            "Mon 02 10:00 payments 1 bob: begun",
            "Mon 02 10:15 payments 2 cleo: mitigation",
        ]

    def test_above_the_highest_there_is_nobody(self) -> None:
        night = begun(configured(SEARCH), names=("search",))
        night.does(lifecycle.acknowledge, by=EVE)
        assert night.until("2026-03-02 10:19").told == ["Mon 02 10:00 search 1 eve: begun"]
        assert any(isinstance(event, NotMitigated) for _, event in night.events)

    def test_the_commander_is_told_three_minutes_before(self) -> None:
        night = self._commanded()
        night.until("2026-03-02 10:12")
        soon = MitigationSoon(asked=BOB, due_at=at("2026-03-02 10:15"))
        assert night.events[-1] == (at("2026-03-02 10:12"), soon)

    def test_in_hand_it_is_not_paged_for_that(self) -> None:
        night = self._commanded()
        night.until("2026-03-02 10:13").does(reminders.in_hand, by=BOB, why="The rollback runs")
        assert isinstance(night.events[-1][1], InHand)
        assert night.until("2026-03-02 10:29").told == ["Mon 02 10:00 payments 1 bob: begun"]

    def test_a_raise_starts_that_anew(self) -> None:
        night = self._commanded("sev2")
        night.does(reminders.in_hand, by=BOB, why="The rollback runs")
        night.until("2026-03-02 10:05").does(severity.change_severity, by=BOB, severity="sev1")
        assert night.until("2026-03-02 10:20").last == "Mon 02 10:20 payments 2 cleo: mitigation"

    def test_mitigated_in_time_nobody_is_paged(self) -> None:
        night = self._commanded()
        night.does(lifecycle.change_status, by=BOB, status="monitoring")
        assert night.until("2026-03-02 10:29").told == ["Mon 02 10:00 payments 1 bob: begun"]

    @pytest.mark.parametrize(
        ("when", "escalate_after", "soon"),
        [
            (FRIDAY, Duration(business_days=1), "Mon 09 17:27"),
            (EVE_OF_HOLIDAY, Duration(business_days=1), "Fri 20 17:27"),
            (FRIDAY, Duration(seconds=3600), "Mon 09 09:27"),
        ],
    )
    def test_the_word_before_keeps_to_business_hours(self, when: str, escalate_after: Duration, soon: str) -> None:
        policy = paging_sev3(PAYMENTS)
        levels = tuple(replace(each, escalate_after=escalate_after) for each in policy.severities)
        night = begun(replace(policy, severities=levels), "sev3", when)
        night.does(roles.assign, by=BOB, role="commander", person=BOB)
        night.until("2026-03-23 12:00")
        found = [now for now, event in night.events if isinstance(event, MitigationSoon)]
        assert [f"{each.astimezone(MADRID):%a %d %H:%M}" for each in found] == [soon]

    def _commanded(self, level_: str = "sev1") -> Night:
        night = begun(level_=level_)
        night.does(roles.assign, by=BOB, role="commander", person=BOB)
        return night


def test_what_comes_next_is_known() -> None:
    night = begun()
    found = ahead(night.incident, night.moment)
    assert found is not None
    assert (found.called, found.at, found.following) == ((BOB,), at("2026-03-02 10:05"), (CLEO,))
    last = ahead(night.until("2026-03-02 10:16").incident, night.moment)
    assert last is not None
    assert (set(last.called), last.following) == ({DAN, EVE}, ())
    night.does(lifecycle.acknowledge, by=BOB)
    assert ahead(night.incident, night.moment) is None


def test_places_that_are_paged_are_named() -> None:
    places = EscalationPolicy("payments", (level(5, "#payments", "pagerduty:db"), level(5, "bob", "#payments")))
    night = begun(configured(places))
    found = ahead(night.incident, night.moment)
    assert found is not None
    assert (found.called, found.following) == (("#payments", "PagerDuty (db)"), (BOB, "#payments"))
    last = ahead(night.until("2026-03-02 10:06").incident, night.moment)
    assert last is not None
    assert (last.called, last.following) == ((BOB, "#payments"), ())
    assert ahead(replace(night.incident, kind="test"), night.moment) is None


def test_of_a_private_one_no_channel_is_told_and_a_level_of_channels_is_passed() -> None:
    places = EscalationPolicy("payments", (level(5, "#payments"), level(5, "bob", "#payments")))
    night = begun(configured(places), private=True)
    assert night.told == ["Mon 02 10:00 payments 2 bob (not #payments): begun"]
    found = ahead(night.incident, night.moment)
    assert found is not None
    assert found.called == (BOB,)


def test_after_a_gap_only_the_next_level_speaks() -> None:
    night = begun(level_="sev2")
    night.now = at("2026-03-02 10:40")
    night.until("2026-03-02 10:41")
    assert night.told[1:] == ["Mon 02 10:40 not acknowledged", "Mon 02 10:40 payments 2 cleo: silence"]
    late = next(event for _, event in night.events if isinstance(event, Paged) and event.level == 2)
    assert late.due_at == at("2026-03-02 10:05")


def test_a_business_calendar_without_days_off_is_no_matter_to_the_most_severe() -> None:
    policy = replace(ALL, calendar=Calendar(MADRID))
    assert begun(policy, when=NIGHT).until("2026-03-07 02:36").last == "Sat 07 02:36 payments 2 cleo: silence"
