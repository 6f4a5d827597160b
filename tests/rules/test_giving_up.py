"""What can never be sent: said once an hour, never where it was lost, and the work goes on in the other place."""

from dataclasses import replace

import pytest

from bot.rules import rooms
from bot.rules.announcing import elsewhere, place
from bot.rules.events import GaveUp
from bot.rules.incident import Incident
from bot.rules.roles import assign
from tests.rules.given import ADA, BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:10")
CHANNEL, THREAD = "incident:12/channel", "incident:12/thread@announce"
LANES = ("announce", "incident:12/announcement@announce", "incident:12/card", "incident:12/setup", CHANNEL, THREAD)


def commanded(incident: Incident) -> Incident:
    return assign(incident, NOW, by=BOB, role="commander", person=BOB).incident


@pytest.mark.parametrize(
    ("severity", "private", "lane", "said_in"),
    [
        ("sev1", False, CHANNEL, THREAD),
        ("sev1", False, "incident:12/setup", THREAD),
        ("sev1", False, "incident:12/card", THREAD),
        ("sev1", False, "announce", CHANNEL),
        ("sev1", False, THREAD, CHANNEL),
        ("sev1", False, f"person:{BOB}", CHANNEL),
        ("sev1", True, CHANNEL, f"person:{BOB}"),
        ("sev1", True, f"person:{BOB}", CHANNEL),
        ("sev4", False, "announce", f"person:{BOB}"),
        ("sev4", False, f"person:{BOB}", "incident:12/thread@announce"),
    ],
)
def test_it_is_said_elsewhere(severity: str, private: bool, lane: str, said_in: str) -> None:
    incident = commanded(declared(severity, private=private))
    assert elsewhere(incident, lane, NOW.now) == said_in
    assert place(said_in) != place(lane)


def lost(incident: Incident, *lanes: str, when: str = "2026-03-02 10:10") -> Incident:
    """The incident after nothing could be sent in those places."""
    for lane in lanes:
        incident = rooms.gave_up(incident, moment(when), what="message", lane=lane, reason="channel_not_found").incident
    return incident


@pytest.mark.parametrize(
    ("private", "before", "lane", "said_in"),
    [
        (False, ("announce",), CHANNEL, f"person:{BOB}"),
        (False, ("announce",), "incident:12/setup", f"person:{BOB}"),
        (False, (CHANNEL,), f"person:{BOB}", THREAD),
        (False, (CHANNEL, THREAD), f"person:{BOB}", f"person:{ADA}"),
        (True, (CHANNEL,), f"person:{BOB}", f"person:{ADA}"),
        (True, (f"person:{BOB}",), CHANNEL, f"person:{ADA}"),
        (True, (f"person:{BOB}", CHANNEL), f"person:{ADA}", None),
        (False, (CHANNEL, THREAD, f"person:{BOB}"), f"person:{ADA}", None),
    ],
)
def test_it_is_said_where_something_can_be_said(
    private: bool, before: tuple[str, ...], lane: str, said_in: str | None
) -> None:
    incident = lost(commanded(declared(private=private)), *before)
    assert elsewhere(incident, lane, NOW.now) == said_in


def test_with_nobody_left_to_be_told_that_is_written_down() -> None:
    incident = lost(commanded(declared()), CHANNEL, THREAD, f"person:{BOB}")
    change = rooms.gave_up(incident, NOW, what="message", lane=f"person:{ADA}", reason="user_disabled")
    assert [(event.told, event.nobody) for event in change.events if isinstance(event, GaveUp)] == [(False, True)]


def test_that_a_place_is_lost_is_said_also_where_something_small_failed_there_before() -> None:
    failed = rooms.gave_up(declared(), NOW, what="bookmark", lane=CHANNEL, reason="missing_scope").incident
    change = rooms.gave_up(failed, NOW, what="message", lane=CHANNEL, reason="is_archived")
    assert [event.told for event in change.events if isinstance(event, GaveUp)] == [True]


def test_after_an_hour_a_lost_place_is_tried_again() -> None:
    incident = lost(declared(private=True), CHANNEL)
    assert elsewhere(incident, f"person:{ADA}", moment("2026-03-02 11:09").now) is None
    assert elsewhere(incident, f"person:{ADA}", moment("2026-03-02 11:10").now) == CHANNEL


@pytest.mark.parametrize("lane", LANES)
def test_it_is_written_down_each_time_and_said_once_an_hour(lane: str) -> None:
    incident, told = declared(), []
    for at in ("10:10", "10:11", "11:09", "11:10"):
        change = rooms.gave_up(incident, moment(f"2026-03-02 {at}"), what="message", lane=lane, reason="no_text")
        incident = change.incident
        told.append([getattr(event, "told", None) for event in change.events])
    assert told == [[True], [False], [False], [True]]


@pytest.mark.parametrize(
    ("severity", "private", "lane", "reason", "room"),
    [
        ("sev1", False, CHANNEL, "is_archived", "thread"),
        ("sev1", False, CHANNEL, "msg_too_long", "channel"),
        ("sev1", False, "announce", "is_archived", "channel"),
        ("sev1", True, CHANNEL, "is_archived", "channel"),
        ("sev4", False, "announce", "not_in_channel", "channel"),
        ("sev4", False, f"person:{ADA}", "user_disabled", "thread"),
    ],
)
def test_where_the_work_goes_on(severity: str, private: bool, lane: str, reason: str, room: str) -> None:
    change = rooms.gave_up(declared(severity, private=private), NOW, what="message", lane=lane, reason=reason)
    assert change.incident.room == room


def test_with_both_places_lost_it_stays_where_it_is() -> None:
    lost = rooms.gave_up(declared(), NOW, what="announcement", lane="announce", reason="is_archived").incident
    assert rooms.gave_up(lost, NOW, what="message", lane=CHANNEL, reason="is_archived").incident.room == "channel"


def test_back_in_its_channel_it_lives_there_again() -> None:
    lost = rooms.gave_up(declared(), NOW, what="message", lane=CHANNEL, reason="is_archived").incident
    back = rooms.returned(lost, NOW, person="UBOT").incident
    assert back.room == "channel"
    assert rooms.returned(back, NOW, person="UBOT").events == ()
    assert rooms.returned(declared("sev4"), NOW, person="UBOT").incident.room == "thread", "it never had one"


def test_who_only_follows_and_can_be_sent_nothing_follows_no_more() -> None:
    followed = replace(declared(), followers=(BOB, CLEO))
    change = rooms.gave_up(followed, NOW, what="message", lane=f"person:{BOB}", reason="user_disabled")
    assert change.incident.followers == (CLEO,)
    assert [event.told for event in change.events if isinstance(event, GaveUp)] == [False]
