"""Events survive being stored, names of channels are good, the state machine holds whatever people do."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import (
    editing,
    entries,
    events,
    following,
    handoff,
    lifecycle,
    reminders,
    roles,
    rooms,
    severity,
    undoing,
    updates,
)
from bot.rules.incident import MILESTONES, OPEN, Incident, Status
from bot.rules.moment import Moment
from bot.rules.naming import channel_names, slug
from bot.rules.refused import Refused
from tests.rules.acting import kept
from tests.rules.given import ADA, BOB, CLEO, POLICY, at, declared

EVENTS = (
    events.Declared(title=events.Words("<b>"), severity="SEV1", services=("a", "b"), began=at("2026-03-02 09:00")),
    events.Updated(number=1, severity="SEV1", status="x", text=events.Words("t"), next_at=at("2026-03-02 09:00")),
    events.UpdateDue(due_at=at("2026-03-02 09:00"), promise=at("2026-03-02 09:00"), step=2, asked="U1"),
    events.Cancelled(reason="other"),
    events.KeptAwake(),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_comes_back_as_it_was(event: events.Event) -> None:
    assert entries.from_record(*entries.to_record(event)) == event


def test_words_are_kept_apart_and_may_be_gone() -> None:
    kind, facts, words = entries.to_record(EVENTS[0])
    assert words == {"title": "<b>", "affected": "", "quote": ""}
    assert entries.from_record(kind, facts, {}).title == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Checkout is down", "checkout-is-down"),
        ("Año: l'été — 100%!", "ano-lete-100"),
        ("🔥🔥", ""),
        ("<!channel> pay", "channel-pay"),
        ("доставка", ""),
    ],
)
def test_a_title_becomes_a_slug(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text(min_size=1, max_size=300))
def test_channel_names_keep_slacks_rules(title: str) -> None:
    from dataclasses import replace

    for name in channel_names(replace(declared(), title=title), "inc"):
        assert len(name) <= 80
        assert name.startswith("inc-12")
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


ACTS: dict[str, Any] = {
    "ack": lambda i, m: lifecycle.acknowledge(i, m, by=BOB),
    "unack": lambda i, m: lifecycle.unacknowledge(i, m, by=BOB),
    "resolve": lambda i, m: lifecycle.resolve(i, m, by=BOB, fix="x"),
    "reopen": lambda i, m: lifecycle.reopen(i, m, by=CLEO, why="x"),
    "cancel": lambda i, m: lifecycle.cancel(i, m, by=BOB, reason="test"),
    "command": lambda i, m: roles.assign(i, m, by=CLEO, role="commander", person=CLEO),
    "update": lambda i, m: updates.update(i, m, by=BOB, text="x"),
    "snooze": lambda i, m: updates.snooze(i, m, by=BOB, wait=timedelta(minutes=15)),
    "awake": lambda i, m: reminders.keep_awake(i, m, by=BOB),
    "remind": reminders.remind,
    "lead": lambda i, m: roles.assign(i, m, by=BOB, role="lead", person=CLEO),
    "offer": lambda i, m: handoff.offer(i, m, by=CLEO, person=BOB),
    "accept": lambda i, m: handoff.accept(i, m, by=BOB),
    "decline": lambda i, m: handoff.decline(i, m, by=BOB),
    "join": lambda i, m: following.join(i, m, by=CLEO),
    "deactivated": lambda i, m: rooms.deactivated(i, m, person=CLEO),
    "made": lambda i, m: rooms.room_made(i, m, channel=f"C{i.channels}", name="inc-12", ordinal=i.channels),
    "archived": lambda i, m: rooms.archived(i, m, channel=i.channel or ""),
    "unarchived": lambda i, m: rooms.unarchived(i, m, channel=i.channel or ""),
    "gone": lambda i, m: rooms.gone(i, m, channel=i.channel or "", why="removed"),
    "edit": lambda i, m: editing.edit(
        i, m, by=CLEO, title=f"At {m.now}", milestones={"began": i.at("declared") - timedelta(minutes=9)}, why="x"
    ),
    "undo": lambda i, m: undoing.undo(i, m, by=BOB),
    "returned": lambda i, m: rooms.returned(i, m, person="UBOT"),
    **{f"sev{n}": lambda i, m, n=n: severity.change_severity(i, m, by=BOB, severity=f"sev{n}") for n in range(1, 5)},
    **{s: lambda i, m, s=s: lifecycle.change_status(i, m, by=BOB, status=s) for s in (*OPEN, "resolved")},
}
MINUTES = st.integers(0, 3) | st.integers(0, 600)
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), MINUTES), max_size=25)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["sev1", "sev2", "sev3", "sev4"]), STEPS)
def test_whatever_people_do_the_incident_makes_sense(level: str, steps: list[tuple[str, int]]) -> None:
    incident, now = declared(level), at("2026-03-02 10:00")
    for name, minutes in steps:
        now += timedelta(minutes=minutes)
        moment = Moment(now, POLICY)
        try:
            change = ACTS[name](incident, moment)
        except Refused:
            continue
        before, incident = incident, kept(incident, change, moment, by=BOB)
        makes_sense(incident, moment)
        if incident.undo and incident.undo is not before.undo and incident.undo.at == now:
            goes_back(before, incident, moment)


def goes_back(before: Incident, after: Incident, moment: Moment) -> None:
    """Taken back at once it is as it was; what an update promised stays promised."""
    restored = undoing.undo(after, moment, by=BOB).incident
    makes_sense(restored, moment)
    facts = [name for name in undoing.RESTORED if name not in undoing.PROMISED]
    assert [getattr(restored, name) for name in facts] == [getattr(before, name) for name in facts]
    assert restored.responders == before.responders


def makes_sense(incident: Incident, moment: Moment) -> None:
    assert (incident.acknowledged_by is None) == ("acknowledged" not in incident.milestones)
    assert incident.status is not Status.DETECTED or incident.acknowledged_by is None
    assert ("resolved" in incident.milestones) == (incident.status is Status.RESOLVED)
    assert incident.status is not Status.MONITORING or "mitigated" in incident.milestones
    assert set(incident.milestones) <= set(MILESTONES)
    assert incident.declared_by == ADA
    assert incident.snoozes <= 2
    assert reminders.remind(reminders.remind(incident, moment).incident, moment).events == ()
    assert (incident.closed_at is None) == incident.is_open
    assert incident.handoff is None or (incident.is_open and incident.handoff.to != incident.commander)
    assert not incident.archived or incident.channel
    assert incident.channel not in incident.former_channels
    if not incident.is_open:
        assert {each.kind for each in reminders.due(incident, moment)} <= {"archive"}
