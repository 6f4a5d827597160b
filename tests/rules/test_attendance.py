"""A most severe incident without anybody who leads or answers pages on, once."""

from bot.rules import lifecycle, reminders, roles, updates
from bot.rules.oncall.rotation import EscalationPolicy
from tests.rules.escalating import Night, configured, level
from tests.rules.given import BOB, CLEO, POLICY
from tests.rules.test_escalation import begun

MANY = EscalationPolicy("payments", tuple(level(5, name) for name in ("bob", "cleo", "dan", "eve", "fay")))


def acknowledged(level_: str = "sev2", *, when: str = "2026-03-02 10:00") -> Night:
    night = begun(configured(MANY), level_, when)
    night.does(lifecycle.acknowledge, by=BOB)
    return night


def test_asked_for_a_commander_in_vain_the_next_level_is_paged_once() -> None:
    for when, at in (
        ("2026-03-02 10:00", "Mon 02 10:20"),
        ("2026-03-06 17:30", "Fri 06 17:50"),
        ("2026-03-18 17:45", "Wed 18 18:05"),
    ):
        night = acknowledged(when=when)
        night.until(f"{when[:10]} 18:15" if when[11:] != "10:00" else "2026-03-02 11:00")
        assert night.told[1:] == [f"{at} payments 2 cleo: commander"]


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
