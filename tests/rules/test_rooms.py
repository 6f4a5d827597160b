"""What happens to channels outside: renamed, archived, brought back, gone; and what people decide of them."""

from dataclasses import replace

import pytest

from bot.rules import lifecycle, rooms
from bot.rules.events import (
    ArchiveRequested,
    ChannelKept,
    RoomArchived,
    RoomGone,
    RoomRenamed,
    RoomUnarchived,
)
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from bot.rules.severity import change_severity
from tests.rules.given import BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:10")
LATER = moment("2026-03-02 12:10")
NAME = "inc-12-checkout-is-down"


def housed(severity: str = "sev1", **facts: object) -> Incident:
    incident = declared(severity, private=bool(facts.pop("private", False)))
    return replace(incident, channel="C12", channel_name=NAME, former_channels=("C11",), **facts)  # type: ignore[arg-type]


def closed(incident: Incident | None = None) -> Incident:
    return lifecycle.resolve(incident or housed(), NOW, by=BOB, fix="rolled back").incident


def archived(incident: Incident, now: Moment = NOW) -> Incident:
    return rooms.archived(incident, now, channel="C12").incident


def test_a_new_name_is_followed_once() -> None:
    change = rooms.renamed(housed(), NOW, name="checkout-war-room")
    assert change.events == (RoomRenamed(before=NAME, after="checkout-war-room"),)
    assert change.incident.channel_name == "checkout-war-room"
    assert rooms.renamed(change.incident, NOW, name="checkout-war-room").events == ()


@pytest.mark.parametrize(
    ("incident", "room"),
    [
        (housed(), "thread"),
        (housed(private=True), "channel"),
        (closed(), "channel"),
    ],
    ids=["open", "private", "closed"],
)
def test_archived_the_work_of_an_open_one_goes_on_in_the_thread(incident: Incident, room: str) -> None:
    change = rooms.archived(incident, NOW, channel="C12")
    assert change.events == (RoomArchived(channel="C12"),)
    assert (change.incident.archived, change.incident.room) == (True, room)
    assert rooms.archived(change.incident, NOW, channel="C12").events == ()


def test_brought_back_the_work_goes_on_in_the_channel() -> None:
    change = rooms.unarchived(archived(housed()), LATER, channel="C12")
    assert change.events == (RoomUnarchived(channel="C12"),)
    assert (change.incident.archived, change.incident.room) == (False, "channel")
    assert rooms.unarchived(change.incident, LATER, channel="C12").events == ()


@pytest.mark.parametrize("why", ["deleted", "removed"])
def test_gone_it_is_said_once_and_the_work_goes_on_in_the_thread(why: str) -> None:
    change = rooms.gone(housed(), NOW, channel="C12", why=why)
    assert change.events == (RoomGone(channel="C12", why=why),)
    assert (change.incident.room, change.incident.archived) == ("thread", why == "deleted")
    assert rooms.gone(change.incident, NOW, channel="C12", why=why).events == ()
    assert rooms.gone(closed(), NOW, channel="C12", why=why).incident.room == "channel"


@pytest.mark.parametrize("incident", [housed(), housed(private=True), closed()], ids=["open", "private", "closed"])
def test_in_its_channel_again_after_it_was_removed(incident: Incident) -> None:
    removed = rooms.gone(incident, NOW, channel="C12", why="removed").incident
    back = rooms.returned(removed, LATER, person="UBOT")
    assert len(back.events) == 1
    assert back.incident == incident


@pytest.mark.parametrize("incident", [housed(), housed(private=True), closed()], ids=["open", "private", "closed"])
def test_in_its_channel_again_it_is_archived_no_longer(incident: Incident) -> None:
    back = rooms.returned(archived(incident), LATER, person="UBOT")
    assert len(back.events) == 1
    assert back.incident == incident


def test_a_channel_it_has_left_is_followed_and_moves_nothing() -> None:
    change = rooms.archived(housed(), NOW, channel="C11")
    assert change.events == (RoomArchived(channel="C11"),)
    assert (change.incident.archived, change.incident.room) == (False, "channel")
    assert rooms.archived(change.incident, NOW, channel="C11").events == ()
    assert rooms.unarchived(change.incident, NOW, channel="C11").events == (RoomUnarchived(channel="C11"),)
    assert rooms.gone(housed(), NOW, channel="C11").incident.room == "channel"


@pytest.mark.parametrize("rule", [rooms.archived, rooms.unarchived, rooms.gone])
def test_a_stranger_s_channel_changes_nothing(rule: object) -> None:
    assert rule(housed(), NOW, channel="C99").events == ()  # type: ignore[operator]


def test_a_raise_does_not_lead_back_into_an_archived_channel() -> None:
    raised = change_severity(archived(housed("sev3")), NOW, by=BOB, severity="sev1").incident
    assert raised.room == "thread"


@pytest.mark.parametrize("rule", [rooms.archived, rooms.gone])
def test_reopened_it_gets_a_fresh_channel(rule: object) -> None:
    lost = rule(closed(), NOW, channel="C12").incident  # type: ignore[operator]
    fresh = lifecycle.reopen(lost, LATER, by=BOB, why="errors are back").incident
    assert (fresh.channel, fresh.channels, fresh.former_channels) == (None, 2, ("C11", "C12"))


def test_delivery_may_be_the_first_to_see_that_a_channel_is_archived() -> None:
    told = {"what": "message", "reason": "is_archived"}
    for incident, room in ((housed(), "thread"), (closed(), "channel")):
        after = rooms.gave_up(incident, NOW, lane="incident:12/channel", **told).incident
        assert (after.archived, after.room) == (True, room)
        assert rooms.archived(after, NOW, channel="C12").events == ()
    left = rooms.gave_up(replace(housed(), channels=2), NOW, lane="incident:12/channel", **told).incident
    assert (left.archived, left.room) == (False, "channel"), "it lives in its second channel"


def test_a_channel_asked_for_before_another_was_wanted_is_archived() -> None:
    moved_on = replace(declared(private=True), channels=2)
    change = rooms.room_made(moved_on, NOW, channel="C12", name=NAME, ordinal=1)
    assert (change.incident, change.events) == (moved_on, (ArchiveRequested(channel="C12"),))
    assert rooms.room_made(moved_on, NOW, channel="C13", name=NAME, ordinal=2).incident.channel == "C13"


def test_what_may_be_archived_is_asked_for() -> None:
    assert rooms.request_archive(closed(), NOW, by=BOB).events == (ArchiveRequested(channel="C12"),)
    left = rooms.request_archive(housed(), NOW, by=BOB, channel="C11")
    assert left.events == (ArchiveRequested(channel="C11"),)


@pytest.mark.parametrize(
    ("incident", "channel", "sentence"),
    [
        (housed(), "", "INC-12 is open, and <#C12> is where its people work. `/incident resolve INC-12 …`"),
        (housed(), "C12", "INC-12 is open"),
        (archived(closed()), "", "<#C12> is archived already."),
        (rooms.archived(housed(), NOW, channel="C11").incident, "C11", "<#C11> is archived already."),
        (rooms.gone(closed(), NOW, channel="C12", why="removed").incident, "", "I am not in <#C12> any more"),
        (closed(), "C99", "INC-12 has no such channel."),
        (closed(replace(housed(), channel=None)), "", "INC-12 has no channel of its own."),
    ],
)
def test_what_may_not_be_archived_is_refused(incident: Incident, channel: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        rooms.request_archive(incident, LATER, by=CLEO, channel=channel)
    assert sentence in refusal.value.sentence


def test_a_channel_is_kept_once() -> None:
    change = rooms.keep_channel(closed(), NOW, by=BOB)
    assert change.events == (ChannelKept(channel="C12"),)
    assert rooms.is_kept(change.incident, "C12")
    assert not rooms.is_kept(change.incident, "C11")
    with pytest.raises(Refused, match="<#C12> is kept already"):
        rooms.keep_channel(change.incident, NOW, by=CLEO)
    assert rooms.keep_channel(housed(), NOW, by=BOB, channel="C11").events == (ChannelKept(channel="C11"),)
