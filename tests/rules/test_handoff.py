"""Command is handed over: offered, held until it is taken, and nobody else's to take by that offer."""

from dataclasses import replace

import pytest

from bot.rules import handoff, lifecycle
from bot.rules.events import Acknowledged, HandoffDeclined, HandoffOffered, RoleAssigned
from bot.rules.incident import Handoff, Incident
from bot.rules.moment import Moment, Person
from bot.rules.refused import Refused
from bot.rules.roles import assign
from tests.rules.given import ADA, BOB, CLEO, POLICY, at, declared, moment

NOW = moment("2026-03-02 10:05")
LATER = moment("2026-03-02 10:20")


def commanded(incident: Incident | None = None) -> Incident:
    return assign(incident or declared(), NOW, by=BOB, role="commander", person=BOB).incident


def offered() -> Incident:
    return handoff.offer(commanded(), NOW, by=BOB, person=CLEO, note="the rollback runs").incident


def test_command_is_offered_and_stays_until_it_is_taken() -> None:
    change = handoff.offer(commanded(), NOW, by=BOB, person=CLEO, note=" the rollback runs ")
    assert change.events == (HandoffOffered(by=BOB, to=CLEO, note="the rollback runs"),)  # type: ignore[arg-type]
    assert change.incident.handoff == Handoff(by=BOB, to=CLEO, at=NOW.now, note="the rollback runs")
    assert change.incident.commander == BOB


def test_who_takes_it_commands_from_then_on() -> None:
    change = handoff.accept(offered(), LATER, by=CLEO)
    assert change.events == (RoleAssigned(role="commander", person=CLEO, previous=BOB),)
    assert (change.incident.commander, change.incident.handoff) == (CLEO, None)
    assert CLEO in change.incident.responders


def test_taking_it_acknowledges_what_nobody_had() -> None:
    given = assign(declared(), NOW, by=ADA, role="commander", person=BOB).incident
    change = handoff.accept(handoff.offer(given, NOW, by=BOB, person=CLEO).incident, LATER, by=CLEO)
    assert [type(event) for event in change.events] == [Acknowledged, RoleAssigned]


def test_who_declines_leaves_it_where_it_is() -> None:
    change = handoff.decline(offered(), LATER, by=CLEO)
    assert change.events == (HandoffDeclined(by=BOB, to=CLEO),)
    assert (change.incident.commander, change.incident.handoff) == (BOB, None)


def test_a_new_offer_replaces_the_last_and_a_new_note_is_a_new_offer() -> None:
    second = handoff.offer(offered(), LATER, by=BOB, person=ADA).incident
    assert second.handoff == Handoff(by=BOB, to=ADA, at=LATER.now)
    noted = handoff.offer(offered(), LATER, by=BOB, person=CLEO, note="it failed").incident
    assert noted.handoff == Handoff(by=BOB, to=CLEO, at=LATER.now, note="it failed")


def test_who_is_offered_command_of_a_private_one_sees_it() -> None:
    private = handoff.offer(commanded(declared(private=True)), NOW, by=BOB, person=CLEO).incident
    assert CLEO in private.members
    assert CLEO not in offered().members


def test_an_offer_ends_with_a_change_of_command_and_with_the_incident() -> None:
    assert assign(offered(), LATER, by=ADA, role="commander", person=ADA).incident.handoff is None
    assert assign(offered(), LATER, by=ADA, role="lead", person=ADA).incident.handoff is not None
    assert lifecycle.resolve(offered(), LATER, by=BOB, fix="rolled back").incident.handoff is None
    assert lifecycle.cancel(offered(), LATER, by=BOB, reason="test").incident.handoff is None


@pytest.mark.parametrize(
    ("by", "person", "sentence", "field"),
    [
        (BOB, BOB, "You command INC-12 already. Name who takes over", "person"),
        (BOB, "U0GUEST", "<@U0GUEST> is a guest", "person"),
        (BOB, "U0BOT", "is a bot", "person"),
        (BOB, "U0GONE", "is deactivated in Slack", "person"),
        (CLEO, ADA, "<@U0BOB> commands INC-12, and alone can hand it over. `/incident command INC-12` takes it.", None),
        (CLEO, BOB, "<@U0BOB> commands INC-12", None),
    ],
)
def test_an_offer_is_refused_with_the_way_on(by: str, person: str, sentence: str, field: str | None) -> None:
    people = {
        "U0GUEST": Person("U0GUEST", guest=True),
        "U0BOT": Person("U0BOT", bot=True),
        "U0GONE": Person("U0GONE", active=False),
    }
    with pytest.raises(Refused) as refusal:
        handoff.offer(commanded(), Moment(NOW.now, POLICY, people), by=by, person=person)
    assert sentence in refusal.value.sentence
    assert refusal.value.field == field


def test_an_offer_is_refused_where_nobody_commands_it_is_closed_or_it_stands() -> None:
    with pytest.raises(Refused, match=r"Nobody commands INC-12. `/incident command INC-12 @b` gives it"):
        handoff.offer(declared(), NOW, by=BOB, person=CLEO)
    with pytest.raises(Refused, match="You offered <@U0CLEO> command of INC-12 already"):
        handoff.offer(offered(), LATER, by=BOB, person=CLEO)
    resolved = lifecycle.resolve(offered(), LATER, by=BOB, fix="rolled back").incident
    with pytest.raises(Refused, match="already resolved"):
        handoff.offer(resolved, LATER, by=BOB, person=CLEO)


@pytest.mark.parametrize("answer", [handoff.accept, handoff.decline])
@pytest.mark.parametrize(
    ("incident", "by", "sentence"),
    [
        (offered(), ADA, "Command of INC-12 is offered to <@U0CLEO> now. <@U0BOB> has it until then."),
        (offered(), BOB, "Command of INC-12 is offered to <@U0CLEO> now."),
        (replace(offered(), roles={}), ADA, "Nobody has it until then."),
        (commanded(), CLEO, "waits for you any more. <@U0BOB> commands it; `/incident command INC-12` takes it."),
        (commanded(), BOB, "You command INC-12 already."),
        (declared(), CLEO, "Nobody commands it;"),
        (lifecycle.resolve(offered(), LATER, by=BOB, fix="it").incident, CLEO, "already resolved"),
    ],
)
def test_an_answer_is_refused_with_what_is_so(answer: object, incident: Incident, by: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        answer(incident, LATER, by=by)  # type: ignore[operator]
    assert sentence in refusal.value.sentence


def test_who_takes_over_after_the_commander_left_takes_it_from_nobody() -> None:
    change = handoff.accept(replace(offered(), roles={}), moment("2026-03-02 10:30"), by=CLEO)
    assert change.events == (RoleAssigned(role="commander", person=CLEO),)
    assert change.incident.at("acknowledged") == at("2026-03-02 10:05")
