"""Who leaves: roles are kept until another takes them, taken from who is deactivated, and each is noticed."""

import pytest

from bot.rules import following, handoff, lifecycle, rooms
from bot.rules.events import HandoffDeclined, HolderGone, MemberLeft
from bot.rules.incident import Incident
from bot.rules.people import asked
from bot.rules.roles import assign
from tests.rules.given import ADA, BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:10")


def staffed(**facts: bool) -> Incident:
    incident = declared(**facts)
    for role, person in (("commander", BOB), ("scribe", BOB), ("lead", CLEO)):
        incident = assign(incident, NOW, by=person, role=role, person=person).incident
    return incident


def test_a_holder_who_leaves_the_channel_keeps_the_roles_and_is_noticed() -> None:
    change = rooms.left(staffed(), NOW, person=BOB)
    assert change.events == (
        MemberLeft(person=BOB),
        HolderGone(person=BOB, roles=("commander", "scribe"), why="left"),
    )
    assert change.incident.commander == BOB
    assert rooms.left(change.incident, NOW, person=BOB).events == ()


def test_others_leave_without_a_word() -> None:
    assert rooms.left(staffed(), NOW, person=ADA).events == (MemberLeft(person=ADA),)
    closed = lifecycle.resolve(staffed(), NOW, by=BOB, fix="rolled back").incident
    assert rooms.left(closed, NOW, person=BOB).events == (MemberLeft(person=BOB),)


def test_who_has_left_a_private_one_is_passed_over() -> None:
    assert asked(rooms.left(staffed(), NOW, person=BOB).incident, NOW, "commander") == BOB
    assert asked(rooms.left(staffed(private=True), NOW, person=BOB).incident, NOW, "commander") == CLEO


def test_the_roles_of_who_is_deactivated_are_free_again() -> None:
    change = rooms.deactivated(staffed(), NOW, person=BOB)
    assert change.events == (HolderGone(person=BOB, roles=("commander", "scribe"), why="deactivated"),)
    assert change.incident.roles == {"lead": CLEO}
    assert rooms.deactivated(change.incident, NOW, person=BOB).events == ()


def test_command_no_longer_waits_for_who_is_deactivated() -> None:
    offered = handoff.offer(staffed(), NOW, by=BOB, person=ADA).incident
    change = rooms.deactivated(offered, NOW, person=ADA)
    assert change.events == (HandoffDeclined(by=BOB, to=ADA),)
    assert (change.incident.handoff, change.incident.commander) == (None, BOB)
    assert rooms.deactivated(offered, NOW, person=BOB).incident.handoff is not None, "Ada may still take it"


def test_who_is_deactivated_follows_no_more() -> None:
    followed = following.follow(staffed(), NOW, by="U0DAN").incident
    change = rooms.deactivated(followed, NOW, person="U0DAN")
    assert (change.events, change.incident.followers) == ((), ())


@pytest.mark.parametrize("person", [BOB, ADA])
def test_nothing_changes_in_what_is_closed(person: str) -> None:
    closed = lifecycle.resolve(staffed(), NOW, by=BOB, fix="rolled back").incident
    change = rooms.deactivated(closed, NOW, person=person)
    assert (change.incident, change.events) == (closed, ())
