"""Who hears of what, and where: one message a place, nothing public for what is private."""

from dataclasses import replace

import pytest

from bot.rules import lifecycle, reminders, rooms
from bot.rules.audience import tell
from bot.rules.change import Change, Outgoing
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.rules.roles import assign
from bot.rules.severity import change_severity
from bot.rules.updates import update
from tests.rules.given import ADA, BOB, POLICY, declared, moment

NOW = moment("2026-03-02 10:10")


def heard(before: Incident | None, change: Change, actor: str = f"slack:{BOB}") -> list[Outgoing]:
    entries = tuple(
        Entry("incident:12", seq, NOW.now, NOW.now, actor, "button", event)
        for seq, event in enumerate(change.events, start=7)
    )
    return list(tell(before, change.incident, entries, POLICY))


def said(before: Incident, change: Change) -> list[tuple[str, str]]:
    """The lanes and places of its messages."""
    return [(row.lane, row.facts["place"]) for row in heard(before, change) if row.kind == "message"]


def settled(incident: Incident) -> Incident:
    """With a channel, an announcement, and Ada in it."""
    if incident.room == "channel":
        incident = rooms.room_made(incident, NOW, channel="C12", name="inc-12").incident
    if incident.announce:
        incident = rooms.announced(incident, NOW, lane=incident.announce, channel="C1", ts="1.1").incident
    return incident


def test_declaring_announces_first_and_makes_the_channel_beside_it() -> None:
    rows = heard(None, Change(declared(), ()))
    assert [(row.lane, row.kind) for row in rows] == [
        ("announce", "announcement"),
        ("incident:12/setup", "room"),
        ("incident:12/channel", "card"),
        ("incident:12/channel", "invite"),
        ("incident:12/channel", "topic"),
    ]


def test_the_links_come_where_there_are_any() -> None:
    services = (replace(POLICY.services[0], bridge="https://meet.example"),)
    policy = replace(POLICY, services=services)
    assert tell(None, declared(services=("checkout",)), (), policy)[-1].kind == "links"


def test_a_thread_has_no_channel_and_says_all_in_the_thread() -> None:
    thread = settled(declared("sev4"))
    assert [(row.lane, row.kind) for row in heard(None, Change(thread, ()))] == [("announce", "announcement")]
    assert said(thread, lifecycle.acknowledge(thread, NOW, by=BOB)) == [("incident:12/thread@announce", "channel")]
    assert said(thread, update(thread, NOW, by=BOB, text="x")) == [("incident:12/thread@announce", "channel")]


@pytest.mark.parametrize(("severity", "broadcast"), [("sev1", True), ("sev2", True), ("sev3", False)])
def test_an_update_goes_to_channel_and_thread_and_is_shown_for_the_major(severity: str, broadcast: bool) -> None:
    incident = settled(declared(severity))
    rows = [row for row in heard(incident, update(incident, NOW, by=BOB, text="x")) if row.kind == "message"]
    assert [(row.facts["place"], row.facts["broadcast"]) for row in rows] == [("channel", False), ("thread", broadcast)]


def test_an_acknowledgement_is_said_in_the_channel_alone_and_everything_shown_follows() -> None:
    incident = settled(declared())
    rows = heard(incident, lifecycle.acknowledge(incident, NOW, by=BOB))
    assert [(row.lane, row.kind) for row in rows] == [
        ("incident:12/channel", "message"),
        ("incident:12/channel", "invite"),
        ("incident:12/card", "card"),
        ("incident:12/announcement@announce", "announcement"),
        ("incident:12/channel", "topic"),
    ]


def test_the_announcement_channel_hears_the_last_reminder_only() -> None:
    incident = settled(declared("sev3"))
    places = []
    for when in ("2026-03-02 14:00", "2026-03-02 15:00", "2026-03-02 16:00"):
        change = reminders.remind(incident, moment(when))
        due = [row for row in heard(incident, change, "clock") if row.kind == "message"]
        places.append([row.facts["place"] for row in due])
        incident = change.incident
    assert places == [["channel"], ["person"], ["thread"]]


def test_a_raise_to_a_channel_severity_moves_house_and_links_both() -> None:
    thread = settled(declared("sev4", services=("checkout",)))
    rows = heard(thread, change_severity(thread, NOW, by=BOB, severity="sev1"))
    kinds = [(row.lane, row.kind, row.facts.get("lane")) for row in rows if row.kind in {"room", "announcement"}]
    assert ("announce", "announcement", "announce") in kinds
    assert ("incident:12/setup", "room", None) in kinds
    assert ("incident:12/announcement@team:payments", "announcement", "team:payments") in kinds


def test_who_is_given_a_role_hears_of_it_who_took_it_does_not() -> None:
    incident = settled(declared())
    given = assign(incident, NOW, by=BOB, role="lead", person=ADA)
    assert (f"person:{ADA}", "person") in said(incident, given)
    assert (f"person:{BOB}", "person") not in said(incident, assign(incident, NOW, by=BOB, role="lead", person=BOB))


def test_a_private_incident_is_never_heard_of_in_public() -> None:
    incident = settled(declared("sev1", private=True))
    changes = [
        update(incident, NOW, by=BOB, text="x"),
        lifecycle.resolve(incident, NOW, by=BOB, fix="x"),
        change_severity(declared("sev3", private=True), NOW, by=BOB, severity="sev1"),
        reminders.remind(incident, moment("2026-03-02 15:00")),
    ]
    lanes = {row.lane for change in changes for row in heard(incident, change)}
    assert all(lane.startswith(("incident:12/channel", "incident:12/card", "person:")) for lane in lanes)


def test_the_bookmark_waits_for_both_channel_and_announcement() -> None:
    announced = rooms.announced(declared(), NOW, lane="announce", channel="C1", ts="1.1")
    assert "bookmark" not in [row.kind for row in heard(declared(), announced)]
    made = rooms.room_made(announced.incident, NOW, channel="C12", name="inc-12")
    assert "bookmark" in [row.kind for row in heard(announced.incident, made)]


def test_what_is_given_up_is_said_elsewhere() -> None:
    incident = settled(declared())
    lost = rooms.gave_up(incident, NOW, what="message", lane="incident:12/channel", reason="is_archived")
    assert said(incident, lost) == [("incident:12/thread@announce", "channel")], "from now on it lives there"
    unsaid = rooms.gave_up(incident, NOW, what="message", lane=f"person:{ADA}", reason="user_disabled")
    assert said(incident, unsaid) == [("incident:12/channel", "channel")]
