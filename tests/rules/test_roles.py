"""Roles: who takes one, who is given one, who cannot hold one."""

import pytest

from bot.rules.events import Acknowledged, RoleAssigned
from bot.rules.incident import ROLES
from bot.rules.refused import Refused
from bot.rules.roles import DUTIES, assign
from tests.rules.given import ADA, BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:05")


def test_every_role_has_its_duties() -> None:
    assert tuple(DUTIES) == ROLES
    assert all(duties.does and duties.does_not for duties in DUTIES.values())


def test_taking_command_acknowledges_as_well() -> None:
    change = assign(declared(), NOW, by=BOB, role="ic", person=BOB)
    assert change.events == (
        Acknowledged(by=BOB, implied=True),
        RoleAssigned(role="commander", person=BOB),
    )
    assert change.incident.commander == BOB


def test_naming_somebody_else_acknowledges_nothing() -> None:
    change = assign(declared(), NOW, by=ADA, role="commander", person=BOB)
    assert change.incident.acknowledged_by is None
    assert change.incident.responders == (BOB,)


def test_one_person_may_hold_several_and_a_role_passes_on() -> None:
    first = assign(declared(), NOW, by=BOB, role="lead", person=BOB).incident
    both = assign(first, NOW, by=BOB, role="comms", person=BOB).incident
    change = assign(both, NOW, by=BOB, role="sme", person=CLEO)
    assert change.incident.roles == {"lead": CLEO, "comms": BOB}
    assert change.events == (RoleAssigned(role="lead", person=CLEO, previous=BOB),)


@pytest.mark.parametrize(
    ("role", "person", "sentence"),
    [
        ("king", BOB, "Known: commander, comms, lead, scribe."),
        ("lead", "U0GONE", "is deactivated in Slack"),
        ("lead", "U0BOT", "is a bot"),
        ("scribe", CLEO, "<@U0CLEO> is scribe of INC-12 already."),
    ],
)
def test_a_role_is_refused(role: str, person: str, sentence: str) -> None:
    now = moment("2026-03-02 10:05", gone=("U0GONE",), bots=("U0BOT",))
    incident = assign(declared(), now, by=ADA, role="scribe", person=CLEO).incident
    with pytest.raises(Refused) as refusal:
        assign(incident, now, by=ADA, role=role, person=person)
    assert sentence in refusal.value.sentence


def test_what_a_role_asks_is_told_once_for_each_person() -> None:
    incident, briefs = declared(), []
    for role, person in (("lead", BOB), ("lead", CLEO), ("lead", BOB), ("comms", BOB)):
        change = assign(incident, NOW, by=ADA, role=role, person=person)
        incident = change.incident
        briefs += [event.brief for event in change.events if isinstance(event, RoleAssigned)]
    assert briefs == [True, True, False, True]
