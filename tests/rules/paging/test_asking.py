"""Somebody is asked to command: they are paged, and it changes hands only once they take it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.rules import lifecycle, roles
from bot.rules.events import Paged, StillThere
from bot.rules.moment import Moment, Person
from bot.rules.paging.asking import ACT, ask, is_met, take
from bot.rules.paging.attendance import attended
from bot.rules.refused import Asked, Refused
from tests.rules.given import ADA, BOB, CLEO
from tests.rules.paging.escalating import DAN, Night, configured
from tests.rules.paging.test_attendance import MANY
from tests.rules.paging.test_escalation import begun


def leaderless(**facts: Any) -> Night:
    night = begun(configured(MANY), "sev2", **facts)
    night.does(lifecycle.acknowledge, by=BOB)
    return night


def commands(night: Night, person: str) -> None:
    before = night.incident
    night.does(roles.assign, by=person, role="commander", person=person)
    night.incident = attended(before, night.incident, (), night.now)


def asked(night: Night, person: str, by: str = BOB) -> Paged:
    (event,) = night.does(ask, by=by, person=person).events
    assert isinstance(event, Paged)
    return event


def test_where_nobody_commands_they_are_paged_and_nobody_commands_yet() -> None:
    night = leaderless()
    event = asked(night, DAN)
    assert (event.people, event.why, event.policy) == ((DAN,), "commander", "")
    assert (night.incident.commander, DAN in night.incident.paged, DAN in night.incident.members) == (None, True, True)
    assert not is_met(event, night.incident)
    night.does(roles.assign, by=CLEO, role="commander", person=CLEO)
    assert is_met(event, night.incident)
    night.does(lifecycle.unacknowledge, by=BOB)
    assert not is_met(event, night.incident)


def test_the_next_level_is_paged_all_the_same_if_they_do_not_come() -> None:
    night = leaderless().until("2026-03-02 10:15")
    asked(night, DAN)
    assert "payments 2 cleo: commander" in night.until("2026-03-02 10:20").last


def test_where_the_commander_is_silent_somebody_else_is() -> None:
    night = leaderless()
    commands(night, CLEO)
    night.until("2026-03-02 10:30")
    assert any(isinstance(event, StillThere) for _, event in night.events)
    event = asked(night, DAN)
    assert (event.why, is_met(event, night.incident)) == ("deputy", False)
    commands(night, DAN)
    assert is_met(event, night.incident)


def test_of_a_test_nobody_is_paged() -> None:
    night = leaderless()
    night.incident = replace(night.incident, kind="test")
    assert asked(night, DAN).would
    assert DAN not in night.incident.paged


def refusal(night: Night, person: str, by: str = BOB, **people: Any) -> str:
    known = {each: Person(each, **facts) for each, facts in people.items()}
    moment = Moment(night.now, night.policy, known, roster=night.roster)
    with pytest.raises(Refused) as refused:
        ask(night.incident, moment, by=by, person=person)
    return refused.value.sentence


def test_what_is_refused_says_what_to_do() -> None:
    night = leaderless()
    assert refusal(night, BOB) == "That is you: `/incident command INC-12` takes it."
    assert "is a guest" in refusal(night, DAN, **{DAN: {"guest": True}})
    assert "is deactivated" in refusal(night, DAN, **{DAN: {"active": False}})
    asked(night, DAN)
    assert refusal(night, DAN, by=ADA).startswith(f"<@{DAN}> was paged for INC-12 just now.")
    night.now += timedelta(minutes=5)
    night.does(ask, by=ADA, person=DAN)
    night.does(roles.assign, by=CLEO, role="commander", person=CLEO)
    assert refusal(night, DAN).startswith(f"<@{CLEO}> commands INC-12 by now.")
    night.does(lifecycle.resolve, by=CLEO, fix="Rolled back")
    assert "already resolved" in refusal(night, DAN)


def test_who_may_not_see_a_private_one_is_not_let_in_by_that() -> None:
    night = leaderless()
    night.incident = replace(night.incident, private=True, members=(ADA, BOB))
    assert refusal(night, DAN).startswith(f"<@{DAN}> may not see INC-12.")


def test_who_is_asked_takes_command_unless_somebody_did_meanwhile() -> None:
    night = leaderless()
    asked(night, DAN)
    assert take(night.incident, night.moment, by=DAN).incident.commander == DAN
    commands(night, CLEO)
    with pytest.raises(Asked, match=f"<@{CLEO}> commands INC-12 by now. Nothing to do for you; ask them") as told:
        take(night.incident, night.moment, by=DAN)
    assert told.value.asks == ACT


def test_from_who_is_silent_command_is_taken() -> None:
    night = leaderless()
    commands(night, CLEO)
    night.until("2026-03-02 10:30")
    asked(night, DAN)
    assert take(night.incident, night.moment, by=DAN).incident.commander == DAN
