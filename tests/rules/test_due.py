"""A hand-over that waits, a commander with two roles, a channel to archive: when each is due, and until when."""

from dataclasses import replace

import pytest

from bot.rules import handoff, lifecycle, rooms
from bot.rules.calendar import Duration
from bot.rules.due import AFTERWARDS, DERIVED, LABELS, due
from bot.rules.events import ArchiveOffered, CommanderWanted, HandoffWaiting, TwoHats
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.reminders import remind, still_true
from bot.rules.roles import assign
from bot.rules.severity import change_severity
from tests.rules.given import ADA, BOB, CLEO, MONDAY, POLICY, at, declared, moment
from tests.rules.test_reminders import EVE, FRIDAY, NIGHT, falls


def commanded(severity: str = "sev1", when: str = MONDAY, **roles: str) -> Incident:
    incident = replace(declared(severity, when), channel="C12")
    for role, person in {"commander": BOB, **roles}.items():
        incident = assign(incident, moment(when), by=person, role=role, person=person).incident
    return incident


def offered(severity: str = "sev1", when: str = MONDAY) -> Incident:
    return handoff.offer(commanded(severity, when), moment(when), by=BOB, person=CLEO).incident


def closed(when: str = MONDAY, severity: str = "sev1") -> Incident:
    return lifecycle.resolve(commanded(severity, when), moment(when), by=BOB, fix="rolled back").incident


def test_every_kind_has_its_label() -> None:
    assert tuple(DERIVED) == tuple(LABELS)
    assert set(AFTERWARDS) <= set(DERIVED)


@pytest.mark.parametrize(
    ("severity", "offered_at", "waiting"),
    [
        ("sev1", MONDAY, "Mon 02 10:10"),
        ("sev1", FRIDAY, "Fri 06 17:40"),
        ("sev1", EVE, "Wed 18 17:40"),
        ("sev2", NIGHT, "Sat 07 03:10"),
        ("sev3", FRIDAY, "Fri 06 17:40"),
        ("sev3", "2026-03-06 17:55", "Mon 09 09:05"),
        ("sev3", "2026-03-18 17:55", "Fri 20 09:05"),
        ("sev4", NIGHT, "Mon 09 09:10"),
    ],
)
def test_a_hand_over_waits_ten_minutes(severity: str, offered_at: str, waiting: str) -> None:
    assert falls(offered(severity, offered_at), offered_at, "handoff") == waiting


def test_a_hand_over_that_waits_is_told_once_and_a_new_offer_waits_anew() -> None:
    change = remind(offered(), moment("2026-03-02 10:12"))
    waiting = HandoffWaiting(by=BOB, to=CLEO, due_at=at("2026-03-02 10:10"))
    assert waiting in change.events
    assert falls(change.incident, "2026-03-02 10:12", "handoff") == "-"
    anew = handoff.offer(change.incident, moment("2026-03-02 10:13"), by=BOB, person=ADA).incident
    assert falls(anew, "2026-03-02 10:13", "handoff") == "Mon 02 10:23"
    assert falls(handoff.accept(anew, moment("2026-03-02 10:14"), by=ADA).incident, MONDAY, "handoff") == "-"


def test_a_hand_over_is_asked_again_before_it_is_said_to_wait() -> None:
    waiting = HandoffWaiting(by=BOB, to=CLEO, due_at=at("2026-03-02 10:10"))
    later = moment("2026-03-02 10:11")
    assert still_true(waiting, offered())
    assert not still_true(waiting, handoff.accept(offered(), later, by=CLEO).incident)
    assert not still_true(waiting, handoff.decline(offered(), later, by=CLEO).incident)
    assert not still_true(waiting, handoff.offer(offered(), later, by=BOB, person=ADA).incident)
    assert not still_true(waiting, handoff.offer(offered(), later, by=BOB, person=CLEO, note="it is calm").incident)


@pytest.mark.parametrize("when", [MONDAY, FRIDAY, EVE, NIGHT])
@pytest.mark.parametrize(
    ("severity", "others", "worn"),
    [
        ("sev1", {"lead": BOB}, ("lead",)),
        ("sev1", {"comms": BOB, "lead": BOB}, ("comms", "lead")),
        ("sev1", {"lead": CLEO, "scribe": BOB}, ()),
        ("sev2", {"lead": BOB}, ()),
    ],
)
def test_two_roles_of_a_sev1_commander_are_told_at_once(
    when: str, severity: str, others: dict[str, str], worn: tuple[str, ...]
) -> None:
    change = remind(commanded(severity, when, **others), moment(when))
    expected = (TwoHats(person=BOB, roles=worn, due_at=at(when)),) if worn else ()
    assert change.events == expected
    assert remind(change.incident, moment(when)).events == ()


def test_two_roles_are_told_once_to_each_commander() -> None:
    told = remind(commanded(lead=BOB), moment(MONDAY)).incident
    later = moment("2026-03-02 10:02")
    again = change_severity(told, later, by=CLEO, severity="sev2").incident
    again = change_severity(again, later, by=CLEO, severity="sev1").incident
    assert falls(again, "2026-03-02 10:02", "hats") == "-"
    other = assign(again, later, by=CLEO, role="commander", person=CLEO).incident
    other = assign(other, later, by=CLEO, role="comms", person=CLEO).incident
    assert falls(other, "2026-03-02 10:02", "hats") == "Mon 02 10:02"
    told = remind(other, later).incident
    assert falls(told, "2026-03-02 10:02", "hats") == "-"
    back = assign(told, later, by=BOB, role="commander", person=BOB).incident
    assert falls(back, "2026-03-02 10:02", "hats") == "-"


def test_two_roles_are_asked_again_before_they_are_told() -> None:
    event = TwoHats(person=BOB, roles=("lead",), due_at=at(MONDAY))
    assert still_true(event, commanded(lead=BOB))
    assert not still_true(event, commanded(lead=CLEO))
    passed_on = assign(commanded(lead=BOB), moment(MONDAY), by=CLEO, role="commander", person=CLEO).incident
    assert not still_true(event, passed_on)


@pytest.mark.parametrize(
    ("closed_at", "offer"),
    [
        (MONDAY, "Mon 09 10:00"),
        (FRIDAY, "Fri 13 17:30"),
        (EVE, "Wed 25 17:30"),
        (NIGHT, "Mon 16 09:00"),
        ("2026-03-12 17:30", "Fri 20 09:00"),
    ],
    ids=["monday", "friday evening", "before a holiday", "by night", "a week before a holiday"],
)
@pytest.mark.parametrize("severity", ["sev1", "sev4"])
def test_a_channel_may_be_archived_a_week_after(closed_at: str, offer: str, severity: str) -> None:
    assert falls(closed(closed_at, severity), closed_at, "archive") == offer


def test_how_long_after_is_configured_and_may_be_never() -> None:
    for after, expected in ((Duration(days=1), [at("2026-03-03 10:00")]), (None, [])):
        policy = replace(POLICY, channels=replace(POLICY.channels, archive_after=after))
        assert [each.when for each in due(closed(), Moment(at(MONDAY), policy))] == expected


def test_it_is_asked_once_until_it_is_closed_again() -> None:
    late = moment("2026-03-09 10:05")
    change = remind(closed(), late)
    assert change.events == (ArchiveOffered(closed_at=at(MONDAY), due_at=at("2026-03-09 10:00")),)
    assert due(change.incident, late) == ()
    reopened = lifecycle.reopen(change.incident, late, by=BOB, why="errors are back").incident
    assert falls(reopened, "2026-03-09 10:05", "archive") == "-"
    again = lifecycle.resolve(reopened, late, by=BOB, fix="rolled back").incident
    assert falls(again, "2026-03-09 10:05", "archive") == "Mon 16 10:05"


NO_MORE = {
    "no channel": replace(closed(), channel=None),
    "archived": rooms.archived(closed(), moment(MONDAY), channel="C12").incident,
    "deleted": rooms.gone(closed(), moment(MONDAY), channel="C12").incident,
    "removed": rooms.gone(closed(), moment(MONDAY), channel="C12", why="removed").incident,
    "kept": rooms.keep_channel(closed(), moment(MONDAY), by=BOB).incident,
    "open": lifecycle.reopen(closed(), moment(MONDAY), by=BOB, why="errors are back").incident,
}


@pytest.mark.parametrize("how", NO_MORE)
def test_what_cannot_or_must_not_be_archived_is_not_asked_about(how: str) -> None:
    assert falls(NO_MORE[how], MONDAY, "archive") == "-"
    asked = ArchiveOffered(closed_at=at(MONDAY), due_at=at("2026-03-09 10:00"))
    assert still_true(asked, closed())
    assert not still_true(asked, NO_MORE[how])


@pytest.mark.parametrize(
    ("when", "wanted"), [(MONDAY, "Mon 02 10:10"), (FRIDAY, "Fri 06 17:40"), (EVE, "Wed 18 17:40")]
)
def test_command_that_fell_free_is_asked_for_ten_minutes_later(when: str, wanted: str) -> None:
    taken = commanded("sev1", "2026-03-02 09:00")
    freed = rooms.deactivated(taken, moment(when), person=BOB).incident
    assert falls(freed, when, "commander") == wanted
    event = CommanderWanted(due_at=at(when))
    assert still_true(event, freed)
