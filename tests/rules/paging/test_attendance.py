"""A most severe incident without anybody who leads or answers pages on, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules import following, lifecycle, reminders, roles, updates
from bot.rules.events import DeputyWanted, NobodyAnswered, StillThere
from bot.rules.moment import Away
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.paging.attendance import attended, hear, here, wants_sign
from bot.rules.refused import Refused
from tests.rules.given import BOB, CLEO, HOLIDAY, MADRID, POLICY, at
from tests.rules.paging.escalating import SEARCH, Night, configured, level, minutes
from tests.rules.paging.test_escalation import begun

MANY = EscalationPolicy("payments", tuple(level(5, name) for name in ("bob", "cleo", "dan", "eve", "fay")))


def acknowledged(level_: str = "sev2", *, when: str = "2026-03-02 10:00") -> Night:
    night = begun(configured(MANY), level_, when)
    night.does(lifecycle.acknowledge, by=BOB)
    return night


def test_asked_for_a_commander_in_vain_the_next_level_is_paged_once() -> None:
    for when, paged in (
        ("2026-03-02 10:00", "Mon 02 10:20"),
        ("2026-03-06 17:30", "Fri 06 17:50"),
        ("2026-03-18 17:45", "Wed 18 18:05"),
    ):
        night = acknowledged(when=when)
        night.until(f"{when[:10]} 18:15" if when[11:] != "10:00" else "2026-03-02 11:00")
        assert night.told[1:] == [f"{paged} payments 2 cleo: commander"]


def test_where_no_level_is_left_that_is_said_once() -> None:
    two = configured(EscalationPolicy("payments", (level(5, "bob"),)), SEARCH)
    night = begun(two, "sev2", names=("checkout", "search"))
    night.does(lifecycle.acknowledge, by=BOB)
    assert night.until("2026-03-02 10:59").told[2:] == ["Mon 02 10:20 payments, search nobody: commander"]
    left = next(event for _, event in night.events if isinstance(event, NobodyAnswered))
    assert reminders.still_true(left, night.incident)
    night.does(roles.assign, by=BOB, role="commander", person=BOB)
    assert not reminders.still_true(left, night.incident)
    night.until("2026-03-02 14:30")  # promised for 11:00, said at 11:00, 11:15 and 11:30
    assert night.told[3:] == ["Mon 02 12:30 payments, search nobody: update"]
    left = next(event for _, event in night.events if isinstance(event, NobodyAnswered) and event.why == "update")
    assert reminders.still_true(left, night.incident)
    night.does(updates.update, by=BOB, text="Looking")
    assert not reminders.still_true(left, night.incident)


def test_where_one_policy_has_a_level_left_that_one_is_paged_alone() -> None:
    night = begun(configured(MANY, SEARCH), "sev2", names=("checkout", "search"))
    night.does(lifecycle.acknowledge, by=BOB)
    assert night.until("2026-03-02 10:59").told[2:] == ["Mon 02 10:20 payments 2 cleo: commander"]


def test_of_a_test_it_would_be_said() -> None:
    night = begun(configured(SEARCH), "sev2", names=("search",), kind="test")
    night.does(lifecycle.acknowledge, by=BOB)
    night.until("2026-03-02 10:21")
    assert [event.would for _, event in night.events if isinstance(event, NobodyAnswered)] == [True]


def test_a_commander_in_time_pages_nobody() -> None:
    night = acknowledged().until("2026-03-02 10:19")
    night.does(roles.assign, by=CLEO, role="commander", person=CLEO)
    assert night.until("2026-03-02 10:40").told == ["Mon 02 10:00 payments 1 bob: begun"]


def test_who_gives_no_update_after_the_last_word_is_helped_by_the_next_level() -> None:
    night = acknowledged()
    night.does(roles.assign, by=BOB, role="commander", person=BOB)
    assert night.until("2026-03-02 11:59").told == ["Mon 02 10:00 payments 1 bob: begun"]
    lines = night.until("2026-03-02 14:00").told[1:]  # promised for 11:00, said at 11:00, 11:15 and 11:30
    assert lines == [
        "Mon 02 12:00 payments 2 cleo: mitigation",
        "Mon 02 12:30 payments 3 dan: update",
    ]


def test_an_update_ends_that() -> None:
    night = acknowledged().until("2026-03-02 11:40")
    night.does(updates.update, by=BOB, text="Looking")
    assert "update" not in " ".join(night.until("2026-03-02 12:35").told)


def test_the_less_severe_and_what_pages_nobody_are_left_alone() -> None:
    quiet = acknowledged("sev3").until("2026-03-03 17:00")
    assert quiet.told == []
    unpaged = begun(POLICY, "sev2")
    unpaged.does(lifecycle.acknowledge, by=BOB)
    assert unpaged.until("2026-03-02 14:00").told == []
    assert reminders.remind(unpaged.incident, unpaged.moment).events == ()


class TestSilence:
    """A commander of whom nothing is heard is asked, then somebody else."""

    def commanded(self, when: str = "2026-03-02 10:00", level_: str = "sev2") -> Night:
        """Bob commands since it was declared, Cleo responds."""
        night = begun(configured(MANY), level_, when)
        before = night.incident
        night.does(roles.assign, by=BOB, role="commander", person=BOB)
        night.does(following.join, by=CLEO)
        night.incident = attended(before, night.incident, (), night.now)
        return night

    def asked(self, night: Night) -> list[str]:
        found = [(now, event) for now, event in night.events if isinstance(event, StillThere | DeputyWanted)]
        return [f"{now.astimezone(MADRID):%a %d %H:%M} {event.asked}" for now, event in found]

    def test_asked_after_half_an_hour_and_a_deputy_ten_minutes_later(self) -> None:
        for when, asked, deputy in (
            ("2026-03-02 10:00", "Mon 02 10:30", "Mon 02 10:40"),
            ("2026-03-06 17:30", "Fri 06 18:00", "Fri 06 18:10"),
            (f"{HOLIDAY} 11:00", "Thu 19 11:30", "Thu 19 11:40"),
        ):
            night = self.commanded(when)
            night.until(night.now + timedelta(minutes=55))
            assert self.asked(night) == [f"{asked} {BOB}", f"{deputy} {CLEO}"]

    def test_what_they_do_or_write_is_a_sign(self) -> None:
        night = self.commanded().until("2026-03-02 10:20")
        night.does(hear, person=BOB)
        night.does(hear, person=CLEO)
        assert self.asked(night.until("2026-03-02 10:49")) == []
        assert self.asked(night.until("2026-03-02 10:50")) == [f"Mon 02 10:50 {BOB}"]

    def test_an_answer_is_quiet_for_an_hour(self) -> None:
        night = self.commanded().until("2026-03-02 10:31")
        night.does(updates.update, by=BOB, text="Looking", next_in=minutes(180))
        night.does(here, by=BOB)
        night.does(hear, person=BOB)
        assert self.asked(night.until("2026-03-02 11:30"))[1:] == []
        assert self.asked(night.until("2026-03-02 11:31"))[1:] == [f"Mon 02 11:31 {BOB}"]

    def test_nobody_is_asked_while_an_update_is_missing(self) -> None:
        night = self.commanded(level_="sev1")  # promised for 10:30
        assert self.asked(night.until("2026-03-02 11:30")) == []

    def test_nor_of_the_less_severe(self) -> None:
        assert self.asked(self.commanded(level_="sev3").until("2026-03-02 12:30")) == []

    def test_only_the_commander_answers_for_it(self) -> None:
        night = self.commanded()
        with pytest.raises(Refused, match="do not command INC-12 any more"):
            night.does(here, by=CLEO)

    def test_it_is_written_down_once_a_minute_at_most(self) -> None:
        night = self.commanded()
        assert not wants_sign(night.incident, BOB, night.now)
        assert wants_sign(night.incident, BOB, night.now + timedelta(minutes=1))
        assert not wants_sign(night.incident, CLEO, night.now + timedelta(minutes=1))

    def test_a_sign_since_withdraws_the_question(self) -> None:
        night = self.commanded().until("2026-03-02 10:30")
        question = night.events[-1][1]
        assert reminders.still_true(question, night.incident)
        night.does(hear, person=BOB)
        assert not reminders.still_true(question, night.incident)

    def test_reopened_it_counts_anew(self) -> None:
        night = self.commanded()
        night.does(lifecycle.resolve, by=CLEO, fix="Restarted")
        night.until("2026-03-02 11:00").does(lifecycle.reopen, by=CLEO, why="It is back")
        assert self.asked(night.until("2026-03-02 11:30")) == [f"Mon 02 11:30 {BOB}"]

    def test_what_nobody_listened_to_is_no_silence(self) -> None:
        night = self.commanded()
        away = Away(at("2026-03-02 10:05"), at("2026-03-02 10:45"))
        back = replace(night.moment, now=at("2026-03-02 10:45"), away=away)
        assert "absence" not in {each.kind for each in reminders.due(night.incident, back) if each.when <= back.now}
