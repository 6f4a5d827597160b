"""What waits for whom, the gravest first, and nothing of what somebody may not see."""

from dataclasses import replace

import pytest

from bot.rules import handoff, lifecycle, private
from bot.rules.incident import Incident, Post
from bot.rules.needs import needs
from bot.rules.reminders import remind
from bot.rules.roles import assign
from tests.rules.given import ADA, BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:05")
DAN = "U0DAN"


def of(incident: Incident, person: str, when: str = "2026-03-02 10:05") -> tuple[str, ...]:
    return tuple(need.what for need in needs(incident, moment(when), person))


def commanded(**facts: bool) -> Incident:
    return assign(declared("sev2", **facts), NOW, by=BOB, role="commander", person=BOB).incident


@pytest.mark.parametrize(
    ("severity", "kind", "person", "waits"),
    [
        ("sev1", "incident", DAN, True),
        ("sev2", "incident", DAN, True),
        ("sev3", "incident", DAN, False),
        ("sev3", "incident", ADA, True),
        ("sev3", "incident", CLEO, True),
        ("sev1", "test", DAN, False),
        ("sev1", "test", ADA, True),
    ],
)
def test_what_nobody_has_waits_for_who_takes_part_and_what_is_major_for_all(
    severity: str, kind: str, person: str, waits: bool
) -> None:
    incident = replace(declared(severity), kind=kind)
    incident = assign(incident, NOW, by=ADA, role="lead", person=CLEO).incident
    assert of(incident, person) == (("acknowledge",) if waits else ())
    taken = lifecycle.acknowledge(incident, NOW, by=BOB).incident
    assert of(taken, person) == ()


def test_an_update_waits_for_who_is_asked_once_its_time_has_come() -> None:
    incident = assign(commanded(), NOW, by=BOB, role="comms", person=CLEO).incident
    assert of(incident, CLEO, "2026-03-02 10:59") == ()
    assert of(incident, CLEO, "2026-03-02 11:00") == ("update",)
    assert of(incident, BOB, "2026-03-02 11:00") == ()
    for when in ("2026-03-02 11:00", "2026-03-02 11:15"):
        incident = remind(incident, moment(when)).incident
    assert of(incident, CLEO, "2026-03-02 11:16") == ("update",)
    assert of(incident, BOB, "2026-03-02 11:16") == ("update",)
    assert of(incident, ADA, "2026-03-02 11:16") == ()


def test_command_waits_for_who_was_offered_it() -> None:
    incident = handoff.offer(commanded(), NOW, by=BOB, person=CLEO).incident
    assert of(incident, CLEO) == ("handoff",)
    assert of(incident, BOB) == ()
    assert of(handoff.decline(incident, NOW, by=CLEO).incident, CLEO) == ()


def test_who_wants_to_see_a_private_one_waits_for_the_commander() -> None:
    secret = replace(commanded(private=True), announced={"announce": Post("C1", "1.1")})
    incident = private.request_access(secret, NOW, by=DAN).incident
    assert of(incident, BOB) == ("access",)
    assert of(incident, ADA) == ()
    assert of(private.deny(incident, NOW, by=BOB, person=DAN).incident, BOB) == ()
    assert of(private.grant(incident, NOW, by=BOB, person=DAN).incident, BOB) == ()


def test_several_wait_the_gravest_first() -> None:
    incident = handoff.offer(
        assign(declared(), NOW, by=ADA, role="commander", person=BOB).incident, NOW, by=BOB, person=ADA
    ).incident
    assert of(incident, ADA, "2026-03-02 10:30") == ("acknowledge", "handoff")
    assert of(incident, BOB, "2026-03-02 10:30") == ("acknowledge", "update")


def test_nothing_waits_of_what_is_closed_or_not_to_be_seen() -> None:
    assert of(lifecycle.resolve(commanded(), NOW, by=BOB, fix="rolled back").incident, BOB, "2026-03-02 12:00") == ()
    assert of(declared(private=True), DAN) == ()
    assert of(declared(private=True), ADA) == ("acknowledge",)
