"""What falls due, when, once: each kind on a Monday, on a Friday at 17:30, before a holiday, and by night."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules import lifecycle
from bot.rules.events import CommanderWanted, NotAcknowledged, NotMitigated, UpdateDue, UpdateSoon
from bot.rules.incident import Incident
from bot.rules.reminders import due, in_hand, keep_awake, remind, still_true
from bot.rules.roles import assign
from bot.rules.updates import snooze, update
from tests.rules.given import ADA, BOB, CLEO, MONDAY, POLICY, at, declared, moment

FRIDAY, EVE, NIGHT = "2026-03-06 17:30", "2026-03-18 17:30", "2026-03-07 03:00"


def falls(incident: Incident, when: str, kind: str) -> str:
    """When that kind falls due, on Madrid's clock, or a dash."""
    found = [each.when for each in due(incident, moment(when)) if each.kind == kind]
    return found[0].astimezone(POLICY.calendar.timezone).strftime("%a %d %H:%M") if found else "-"


@pytest.mark.parametrize(
    ("severity", "declared_at", "acknowledgement", "update_due", "mitigation"),
    [
        ("sev1", MONDAY, "Mon 02 10:05", "Mon 02 10:30", "Mon 02 10:15"),
        ("sev1", FRIDAY, "Fri 06 17:35", "Fri 06 18:00", "Fri 06 17:45"),
        ("sev1", EVE, "Wed 18 17:35", "Wed 18 18:00", "Wed 18 17:45"),
        ("sev1", NIGHT, "Sat 07 03:05", "Sat 07 03:30", "Sat 07 03:15"),
        ("sev2", FRIDAY, "Fri 06 17:45", "Fri 06 18:30", "Fri 06 19:30"),
        ("sev2", EVE, "Wed 18 17:45", "Wed 18 18:30", "Wed 18 19:30"),
        ("sev3", MONDAY, "Mon 02 11:00", "Mon 02 14:00", "Tue 03 10:00"),
        ("sev3", FRIDAY, "Mon 09 09:30", "Mon 09 12:30", "Mon 09 17:30"),
        ("sev3", EVE, "Fri 20 09:30", "Fri 20 12:30", "Fri 20 17:30"),
        ("sev3", NIGHT, "Mon 09 10:00", "Mon 09 13:00", "Tue 10 09:00"),
        ("sev4", FRIDAY, "Mon 09 17:30", "Mon 09 09:00", "Fri 13 17:30"),
        ("sev4", EVE, "Fri 20 17:30", "Fri 20 09:00", "Wed 25 17:30"),
    ],
)
def test_when_each_kind_falls_due(
    severity: str, declared_at: str, acknowledgement: str, update_due: str, mitigation: str
) -> None:
    incident = declared(severity, declared_at)
    assert falls(incident, declared_at, "acknowledgement") == acknowledgement
    assert falls(incident, declared_at, "update") == update_due
    assert falls(incident, declared_at, "mitigation") == mitigation


@pytest.mark.parametrize(
    ("severity", "acknowledged_at", "commander"),
    [
        ("sev1", "2026-03-02 10:03", "Mon 02 10:13"),
        ("sev2", "2026-03-06 17:55", "Fri 06 18:05"),
        ("sev2", "2026-03-18 17:55", "Wed 18 18:05"),
        ("sev3", "2026-03-02 10:03", "-"),
    ],
)
def test_a_commander_is_asked_for_ten_minutes_after_the_acknowledgement(
    severity: str, acknowledged_at: str, commander: str
) -> None:
    taken = lifecycle.acknowledge(declared(severity), moment(acknowledged_at), by=BOB).incident
    assert falls(taken, acknowledged_at, "commander") == commander
    led = assign(taken, moment(acknowledged_at), by=CLEO, role="commander", person=CLEO).incident
    assert falls(led, acknowledged_at, "commander") == "-"


@pytest.mark.parametrize(
    ("severity", "declared_at", "word"),
    [("sev1", MONDAY, "Mon 02 10:25"), ("sev1", FRIDAY, "Fri 06 17:55"), ("sev3", EVE, "Fri 20 12:25")],
)
def test_a_quiet_word_comes_before_the_promise(severity: str, declared_at: str, word: str) -> None:
    assert falls(declared(severity, declared_at), declared_at, "soon") == word


def test_a_word_outside_business_hours_is_not_said() -> None:
    assert falls(declared("sev4", FRIDAY), FRIDAY, "soon") == "-"


def test_a_word_whose_time_has_come_is_neither_said_nor_counted() -> None:
    change = remind(declared(), moment("2026-03-02 10:31"))
    assert not any(isinstance(event, UpdateSoon) for event in change.events)
    assert "soon" not in change.incident.said


def test_one_sweep_says_all_that_is_due_the_gravest_first_each_once() -> None:
    change = remind(declared(), moment("2026-03-02 10:40"))
    assert [type(event) for event in change.events] == [NotAcknowledged, NotMitigated, UpdateDue]
    assert remind(change.incident, moment("2026-03-02 10:40")).events == ()


def test_an_update_is_asked_for_in_three_steps_and_then_no_more() -> None:
    incident = lifecycle.acknowledge(declared("sev2"), moment(MONDAY), by=BOB).incident
    incident = assign(incident, moment(MONDAY), by=ADA, role="comms", person=CLEO).incident
    steps = []
    for when in ("11:00", "11:14", "11:15", "11:29", "11:30", "15:00"):
        change = remind(incident, moment(f"2026-03-02 {when}"))
        steps += [(when, event.step, event.asked) for event in change.events if isinstance(event, UpdateDue)]
        incident = change.incident
    assert steps == [("11:00", 1, CLEO), ("11:15", 2, BOB), ("11:30", 3, BOB)]


def test_a_quarter_of_a_daily_interval_is_working_time() -> None:
    incident = remind(declared("sev4", FRIDAY), moment("2026-03-09 09:00")).incident
    assert falls(incident, "2026-03-09 09:00", "update") == "Mon 09 11:15"


def test_after_a_gap_only_the_first_missing_step_speaks() -> None:
    change = remind(declared("sev2"), moment("2026-03-02 14:00"))
    assert [event.step for event in change.events if isinstance(event, UpdateDue)] == [1]
    assert falls(change.incident, "2026-03-02 14:00", "update") == "Mon 02 14:15"


def test_once_a_chain_has_ended_any_move_starts_it_anew_one_interval_later() -> None:
    incident = declared("sev2")
    for when in ("11:00", "11:15", "11:30"):
        incident = remind(incident, moment(f"2026-03-02 {when}")).incident
    assert falls(incident, "2026-03-02 12:00", "update") == "-"
    moved = assign(incident, moment("2026-03-02 12:00"), by=ADA, role="lead", person=BOB).incident
    assert falls(moved, "2026-03-02 12:00", "update") == "Mon 02 13:00"


def test_an_update_renews_the_promise() -> None:
    posted = update(declared(), moment("2026-03-02 10:20"), by=BOB, text="rolling back").incident
    assert falls(posted, "2026-03-02 10:20", "update") == "Mon 02 10:50"


def test_a_snooze_moves_what_is_due() -> None:
    late = remind(declared(), moment("2026-03-02 10:30")).incident
    snoozed = snooze(late, moment("2026-03-02 10:31"), by=BOB, wait=timedelta(minutes=30)).incident
    assert falls(snoozed, "2026-03-02 10:31", "update") == "Mon 02 11:01"


def test_who_has_left_is_passed_over() -> None:
    incident = assign(declared(), moment(MONDAY), by=ADA, role="comms", person=CLEO).incident
    found = [each for each in due(incident, moment(MONDAY, gone=(CLEO,))) if each.kind == "soon"]
    assert found[0].asked == ADA


@pytest.mark.parametrize("how", ["resolved", "cancelled"])
def test_nothing_closed_is_nagged(how: str) -> None:
    now = moment(MONDAY)
    if how == "resolved":
        closed = lifecycle.resolve(declared(), now, by=BOB, fix="rolled back").incident
    else:
        closed = lifecycle.cancel(declared(), now, by=BOB, reason="test").incident
    assert due(closed, moment("2026-03-09 10:00")) == ()


def test_keeping_it_awake_lets_its_clocks_run_by_night() -> None:
    incident = declared("sev3", FRIDAY)
    awake = keep_awake(incident, moment("2026-03-06 18:30"), by=BOB).incident
    assert falls(awake, "2026-03-06 18:30", "acknowledgement") == "Fri 06 19:30"
    assert falls(awake, "2026-03-06 18:30", "update") == "Fri 06 22:30"


def test_not_mitigated_is_said_once_until_it_is_raised() -> None:
    said = remind(declared(), moment("2026-03-02 10:15")).incident
    assert falls(said, "2026-03-02 10:15", "mitigation") == "-"
    assert in_hand(said, moment("2026-03-02 10:16"), by=BOB, why="rolling back").incident == said


@pytest.mark.parametrize(
    ("event", "holds"),
    [
        (NotAcknowledged(due_at=at("2026-03-02 10:05")), True),
        (CommanderWanted(due_at=at("2026-03-02 10:15")), True),
        (NotMitigated(due_at=at("2026-03-02 10:15")), True),
        (UpdateDue(due_at=at("2026-03-02 10:30"), promise=at("2026-03-02 10:30"), step=1), True),
        (UpdateDue(due_at=at("2026-03-02 10:00"), promise=at("2026-03-02 10:00"), step=1), False),
        (UpdateSoon(due_at=at("2026-03-02 10:30")), True),
    ],
)
def test_a_reminder_is_asked_again_before_it_is_sent(event: object, holds: bool) -> None:
    incident = declared()
    assert still_true(event, incident) is holds  # type: ignore[arg-type]
    assert still_true(event, replace(incident, status=lifecycle.Status.RESOLVED)) is False  # type: ignore[arg-type]
