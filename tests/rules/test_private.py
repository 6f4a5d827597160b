"""Making an incident private, and letting people in: who knows of it from then on, and what everybody else learns."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules import announcing, lifecycle, roles, rooms
from bot.rules.events import AccessDenied, AccessGranted, AccessRequested, ArchiveRequested, MadePrivate
from bot.rules.incident import Handoff, Incident, Said, Status
from bot.rules.moment import Moment, Person
from bot.rules.private import deny, grant, make_private, request_access
from bot.rules.refused import Refused
from tests.rules.given import ADA, BOB, CLEO, POLICY, after, at, declared, moment

NOW = moment("2026-03-02 10:20")
DAN, EVE = "U0DAN", "U0EVE"


def public(**facts: Any) -> Incident:
    """Declared by Ada, commanded by Bob, announced, with a channel."""
    settled = after(
        declared(),
        lambda incident: roles.assign(incident, NOW, by=BOB, role="commander", person=BOB),
        lambda incident: rooms.room_made(incident, NOW, channel="C12", name="inc-12"),
        lambda incident: rooms.announced(incident, NOW, lane="announce", channel="C1", ts="1.1"),
    )
    return replace(settled, **facts)


def private(**facts: Any) -> Incident:
    """The same, made private by Cleo, who chose nobody beside."""
    return replace(make_private(public(), NOW, by=CLEO, people=()).incident, **facts)


def asking(person: str = EVE, when: str = "2026-03-02 10:30") -> Incident:
    """The private one, after somebody asked to be let in."""
    return request_access(private(), moment(when), by=person).incident


def test_only_those_who_are_chosen_know_of_it_in_a_fresh_channel() -> None:
    incident = public(responders=(BOB, DAN, EVE), followers=(ADA, DAN), access={EVE: NOW.now})
    change = make_private(incident, NOW, by=CLEO, people=(DAN, CLEO))
    made = change.incident
    assert change.events == (MadePrivate(people=(CLEO, BOB, DAN), former="C12"),)
    assert (made.private, made.announce, made.room) == (True, None, "channel")
    assert (made.members, made.responders, made.followers, made.access) == ((CLEO, BOB, DAN), (BOB, DAN), (DAN,), {})
    assert (made.channel, made.channel_name, made.channels, made.former_channels) == (None, None, 2, ("C12",))
    assert announcing.channel(made) == "incident:12/channel.2"
    assert made.announced == incident.announced


@pytest.mark.parametrize(
    ("incident", "former", "channels"),
    [
        (public(room="thread", channel=None), None, 1),
        (public(channel=None), None, 2),
        (public(room="thread", said={"lost channel": Said(NOW.now, 1, NOW.now)}), "C12", 2),
        (public(archived=True), "C12", 2),
    ],
)
def test_it_gets_a_channel_of_its_own_wherever_it_lived(incident: Incident, former: str | None, channels: int) -> None:
    change = make_private(incident, NOW, by=BOB, people=())
    made = change.incident
    assert change.events == (MadePrivate(people=(BOB,), former=former),)
    assert (made.room, made.channel, made.channels, made.archived) == ("channel", None, channels, False)
    assert "lost channel" not in made.said


def test_a_public_channel_that_was_just_being_made_is_archived() -> None:
    made = make_private(public(channel=None), NOW, by=CLEO, people=()).incident
    late = rooms.room_made(made, NOW, channel="C12", name="inc-12", ordinal=1)
    assert (late.incident.channel, late.events) == (None, (ArchiveRequested(channel="C12"),))


def test_a_hand_over_to_who_is_not_in_it_is_withdrawn() -> None:
    incident = public(handoff=Handoff(BOB, EVE, NOW.now))
    assert make_private(incident, NOW, by=BOB, people=()).incident.handoff is None
    assert make_private(incident, NOW, by=BOB, people=(EVE,)).incident.handoff == incident.handoff


def test_a_role_holder_who_has_left_slack_is_not_in_it() -> None:
    later = moment("2026-03-02 10:20", gone=(BOB,))
    assert make_private(public(), later, by=CLEO, people=()).incident.members == (CLEO,)


def test_who_has_it_goes_on_seeing_it() -> None:
    change = make_private(public(roles={}, acknowledged_by=DAN), NOW, by=CLEO, people=(BOB,))
    assert change.incident.members == (CLEO, DAN, BOB)


@pytest.mark.parametrize(
    ("incident", "words", "field"),
    [
        (private(), "INC-12 is private already", None),
        (public(status=Status.RESOLVED), "INC-12 is already resolved", None),
        (public(status=Status.CANCELLED, merged_into=9), "INC-12 was merged into INC-9", None),
        (public(), "<@U0DAN> is deactivated", "people"),
    ],
)
def test_making_it_private_is_refused_with_what_is_so(incident: Incident, words: str, field: str | None) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        make_private(incident, moment("2026-03-02 10:20", gone=(DAN,)), by=CLEO, people=(DAN,))
    assert refusal.value.field == field


def test_a_bot_is_not_let_in() -> None:
    with pytest.raises(Refused, match="<@U0DAN> is a bot"):
        make_private(public(), moment("2026-03-02 10:20", bots=(DAN,)), by=CLEO, people=(DAN,))


def test_who_asks_is_put_before_the_commander() -> None:
    change = request_access(private(), NOW, by=EVE)
    assert change.events == (AccessRequested(person=EVE, asked=BOB),)
    assert change.incident.access == {EVE: NOW.now}
    assert EVE not in change.incident.members


@pytest.mark.parametrize(
    ("incident", "decides"),
    [
        (private(roles={}, acknowledged_by=None), CLEO),
        (private(roles={}, acknowledged_by=EVE, members=(BOB, CLEO)), BOB),
        (private(roles={"commander": BOB}, members=(DAN, BOB)), BOB),
    ],
)
def test_only_who_is_in_it_is_asked(incident: Incident, decides: str) -> None:
    """Ada, who declared it, is not in it any more."""
    assert request_access(incident, NOW, by=EVE).events == (AccessRequested(person=EVE, asked=decides),)


@pytest.mark.parametrize(
    ("incident", "by", "sentence"),
    [
        (public(), EVE, "INC-12 is open to everybody: `/incident show INC-12` tells how it stands."),
        (private(), CLEO, "You are in it already."),
        (private(announced={}), EVE, "There is no INC-12. `/incident list` shows what is open."),
        (declared(private=True), EVE, "There is no INC-12. `/incident list` shows what is open."),
        (asking(), EVE, "You asked for it already. The answer comes as a direct message."),
        (private(members=()), EVE, "Nobody is left who could let you in."),
    ],
)
def test_asking_is_refused_with_what_is_so(incident: Incident, by: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        request_access(incident, moment("2026-03-02 11:29"), by=by)
    assert refusal.value.sentence.startswith(sentence)


@pytest.mark.parametrize("who", [Person(EVE, guest=True), Person(EVE, bot=True), Person(EVE, active=False)])
def test_guests_bots_and_who_has_left_cannot_ask(who: Person) -> None:
    with pytest.raises(Refused, match="Only members of this workspace can ask"):
        request_access(private(), Moment(at("2026-03-02 10:30"), POLICY, {EVE: who}), by=EVE)
    with pytest.raises(Refused, match="There is no INC-12"):
        request_access(private(announced={}), Moment(at("2026-03-02 10:30"), POLICY, {EVE: who}), by=EVE)


def test_twenty_presses_ask_once_an_hour() -> None:
    incident = asking(when="2026-03-02 10:30")
    for minute in range(31, 50):
        with pytest.raises(Refused, match=r"You asked for it already\. The answer comes as a direct message\."):
            request_access(incident, moment(f"2026-03-02 10:{minute}"), by=EVE)
    assert request_access(incident, moment("2026-03-02 11:30"), by=EVE).events


def test_who_is_let_in_knows_of_it() -> None:
    change = grant(asking(), NOW, by=BOB, person=EVE)
    assert change.events == (AccessGranted(person=EVE),)
    assert change.incident.members == (CLEO, BOB, EVE)
    assert change.incident.access == {}


def test_who_is_told_no_has_an_hour_to_think_and_may_be_let_in_after_all() -> None:
    later = moment("2026-03-02 11:20")
    change = deny(asking(), later, by=BOB, person=EVE)
    assert change.events == (AccessDenied(person=EVE),)
    assert EVE not in change.incident.members
    with pytest.raises(Refused, match="You were not let in a short while ago"):
        request_access(change.incident, moment("2026-03-02 12:19"), by=EVE)
    again = request_access(change.incident, moment("2026-03-02 12:20"), by=EVE).incident
    assert deny(again, moment("2026-03-02 12:30"), by=BOB, person=EVE).events
    let_in = grant(change.incident, later, by=BOB, person=EVE).incident
    assert EVE in let_in.members
    assert set(let_in.said) == set(asking().said)


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (public(), "INC-12 is open to everybody"),
        (private(), "<@U0EVE> did not ask to see INC-12"),
        (grant(asking(), NOW, by=BOB, person=EVE).incident, "<@U0EVE> is in INC-12 already"),
    ],
)
def test_there_is_nothing_to_decide(incident: Incident, words: str) -> None:
    for rule in (grant, deny):
        with pytest.raises(Refused, match=words):
            rule(incident, NOW, by=BOB, person=EVE)


def test_two_who_decide_at_once_are_told_what_is_so() -> None:
    denied = deny(asking(), NOW, by=BOB, person=EVE).incident
    with pytest.raises(Refused, match="<@U0EVE> was told no already"):
        deny(denied, NOW, by=CLEO, person=EVE)
    with pytest.raises(Refused, match="<@U0EVE> is deactivated"):
        grant(denied, moment("2026-03-02 10:40", gone=(EVE,)), by=CLEO, person=EVE)


def test_a_closed_one_lets_people_in_as_well() -> None:
    closed = lifecycle.resolve(private(), NOW, by=BOB, fix="rolled back").incident
    assert request_access(closed, NOW, by=EVE).events


def test_what_cannot_be_sent_is_never_told_to_who_is_not_in_it() -> None:
    alone = private(roles={}, acknowledged_by=EVE)
    assert announcing.elsewhere(alone, "incident:12/channel.2", NOW.now) == "person:U0CLEO"
    assert announcing.elsewhere(alone, "person:U0CLEO/mail", NOW.now) == "incident:12/channel.2"
