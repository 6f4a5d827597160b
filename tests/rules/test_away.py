"""A gap is admitted beside what fell due in it, once; who missed nothing hears nothing."""

from dataclasses import replace

import pytest

from bot.rules import events, lifecycle, rooms
from bot.rules.audience import tell
from bot.rules.due import DERIVED
from bot.rules.events import WasAway
from bot.rules.incident import Incident
from bot.rules.moment import Away
from bot.rules.reminders import remind
from bot.rules.roles import assign
from bot.views.messages.reminders import DUE_MEANWHILE
from tests.rules.acting import entries
from tests.rules.given import ADA, BOB, CLEO, MONDAY, POLICY, at, declared, moment

FRIDAY, EVE = "2026-03-06 17:30", "2026-03-18 17:30"


def gap(incident: Incident, since: str, until: str, now: str | None = None) -> WasAway | None:
    """What the sweep after the gap says of it."""
    change = remind(incident, replace(moment(now or until), away=Away(at(since), at(until))))
    return next((event for event in change.events if isinstance(event, WasAway)), None)


@pytest.mark.parametrize(
    ("severity", "declared_at", "since", "until", "missed"),
    [
        ("sev1", MONDAY, "2026-03-02 10:02", "2026-03-02 10:19", ("acknowledgement", "mitigation")),
        ("sev1", MONDAY, "2026-03-02 10:02", "2026-03-02 10:31", ("acknowledgement", "mitigation", "update")),
        ("sev1", MONDAY, "2026-03-02 10:20", "2026-03-02 10:26", ("soon",)),
        ("sev1", MONDAY, "2026-03-02 10:02", "2026-03-02 10:04", ()),
        ("sev1", MONDAY, "2026-03-02 10:05", "2026-03-02 10:14", ()),  # said at the moment when the gap began
        ("sev1", MONDAY, "2026-03-02 10:04", "2026-03-02 10:05", ("acknowledgement",)),
        ("sev1", FRIDAY, "2026-03-06 17:31", "2026-03-09 09:00", ("acknowledgement", "mitigation", "update")),
        ("sev3", FRIDAY, "2026-03-06 17:31", "2026-03-09 09:00", ()),
        ("sev3", FRIDAY, "2026-03-06 17:31", "2026-03-09 09:31", ("acknowledgement",)),
        ("sev3", EVE, "2026-03-18 17:31", "2026-03-20 09:00", ()),
        ("sev3", EVE, "2026-03-18 17:31", "2026-03-20 12:31", ("acknowledgement", "update")),
    ],
)
def test_what_fell_due_while_nobody_looked(
    severity: str, declared_at: str, since: str, until: str, missed: tuple[str, ...]
) -> None:
    incident = declared(severity, declared_at)
    if since > "2026-03-02 10:04" and declared_at == MONDAY:
        incident = remind(incident, moment(since)).incident
    found = gap(incident, since, until)
    assert (found.due if found else ()) == missed
    if found:
        assert (found.since, found.until) == (at(since), at(until))


def test_what_falls_due_after_the_gap_is_no_gap() -> None:
    assert gap(declared(), "2026-03-02 10:01", "2026-03-02 10:03", now="2026-03-02 10:05") is None


def test_one_gap_is_told_once_and_the_next_one_again() -> None:
    first = replace(moment("2026-03-02 10:20"), away=Away(at("2026-03-02 10:02"), at("2026-03-02 10:20")))
    told = remind(declared(), first)
    assert [type(event) for event in told.events][-1] is WasAway, "it comes after what is due"
    again = replace(told.incident, acknowledged_by=None, respond_from=at("2026-03-02 10:03"))
    assert not any(isinstance(event, WasAway) for event in remind(again, first).events)
    assert gap(told.incident, "2026-03-02 10:21", "2026-03-02 10:40") is not None


def test_after_the_gap_what_was_said_in_it_by_nobody_is_said_on_time_again() -> None:
    away = replace(moment("2026-03-02 10:20"), away=Away(at("2026-03-02 10:02"), at("2026-03-02 10:20")))
    told = remind(declared(), away).incident
    later = remind(told, replace(moment("2026-03-02 10:30"), away=away.away))
    assert [type(event) for event in later.events] == [events.UpdateDue]


@pytest.mark.parametrize("how", ["resolved", "cancelled"])
def test_nothing_closed_hears_of_a_gap(how: str) -> None:
    if how == "resolved":
        closed = lifecycle.resolve(declared(), moment(MONDAY), by=BOB, fix="rolled back").incident
    else:
        closed = lifecycle.cancel(declared(), moment(MONDAY), by=BOB, reason="test").incident
    closed = replace(closed, channel="C12")
    assert gap(closed, "2026-03-02 10:02", "2026-03-20 10:02") is None


def told(incident: Incident, now: str = "2026-03-02 10:31") -> list[tuple[str, list[str]]]:
    """Where the sweep after a gap speaks, and of what."""
    change = remind(incident, replace(moment(now), away=Away(at("2026-03-02 10:02"), at(now))))
    written = entries(change, moment(now), by=ADA)
    names = {entry.seq: type(entry.event).__name__ for entry in written}
    found = tell(incident, change.incident, written, POLICY)
    return [(row.lane, [names[seq] for seq in row.facts["seqs"]]) for row in found if row.kind == "message"]


def test_it_is_said_in_each_message_that_comes_late() -> None:
    there = rooms.room_made(declared(), moment(MONDAY), channel="C12", name="inc-12").incident
    assert told(there) == [
        ("incident:12/channel", ["NotAcknowledged", "NotMitigated", "UpdateDue", "WasAway"]),
        ("incident:12/thread@announce", ["NotAcknowledged", "WasAway"]),
    ]


def test_who_is_asked_alone_is_told_alone() -> None:
    led = assign(declared(), moment(MONDAY), by=CLEO, role="commander", person=CLEO).incident
    assert told(led, "2026-03-02 10:26")[-1] == (f"person:{CLEO}", ["UpdateSoon", "WasAway"])


def test_a_private_one_hears_of_it_in_its_channel_alone() -> None:
    assert {lane for lane, _ in told(declared(private=True))} == {"incident:12/channel"}


def test_each_kind_has_its_word() -> None:
    assert set(DUE_MEANWHILE) == set(DERIVED) - {"archive"}
