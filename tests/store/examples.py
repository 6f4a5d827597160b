"""Incidents, entries and rows to keep, with literal times."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.rules.change import Answer, Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Acknowledged, Event, Noted, Words
from bot.rules.incident import Call, Handoff, Incident, Milestone, Post, Said, Status, Undoable
from store import changes

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SECOND = 1_000_000
"""Microseconds of machine time."""


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def incident(number: int = 1, **facts: Any) -> Incident:
    """An incident of Ada's, declared at noon."""
    made = Incident(
        number=number,
        title="Checkout is down",
        severity="SEV1",
        status=Status.DETECTED,
        declared_by="UADA",
        anchor=NOON,
        respond_from=NOON,
        promise=NOON + minutes(30),
        promised_at=NOON,
        team="T1",
        announce="announce",
        milestones={"declared": Milestone(NOON, "slack")},
        members=("UADA",),
    )
    return replace(made, **facts)


def full(number: int = 1) -> Incident:
    """One with something in every field."""
    return incident(
        number,
        status=Status.MITIGATING,
        private=True,
        channel="C12",
        channel_name="inc-12-checkout",
        announced={"announce": Post("CANN", "1700000000.000100"), "team:payments": Post("CPAY", "1700000000.000200")},
        services=("checkout", "карты"),
        affected="Everybody; “all” of them \N{FIRE}",
        impact="No sale",
        noticed_by="customer",
        milestones={
            "declared": Milestone(NOON, "slack"),
            "acknowledged": Milestone(NOON + timedelta(microseconds=1), "slack", implied=True),
        },
        roles={"commander": "UBOB", "comms": "UADA"},
        responders=("UBOB", "UADA"),
        acknowledged_by="UBOB",
        members=("UADA", "UBOB"),
        updates=2,
        snoozes=1,
        keep_awake=True,
        fix="Rolled back",
        cause="A flag",
        cancelled_because="test",
        said={"update": Said(NOON, 2, NOON + minutes(31))},
        kind="near miss",
        channels=2,
        former_channels=("C9",),
        archived=True,
        figures={"users": "1200", "revenue": "40 000 €"},
        followers=("UCLEO",),
        access={"UDAN": NOON + minutes(2)},
        handoff=Handoff("UBOB", "UADA", NOON + minutes(3), "I go home"),
        closed_at=NOON + minutes(40),
        merged_into=9,
        absorbed=(2, 3),
        alerts=("alert:5d41402abc4b2a76",),
        escalation="payments",
        undo=Undoable("SeverityChanged", 7, "UBOB", NOON + minutes(4), {"severity": "SEV2", "promise": NOON}),
        forgotten=True,
        paging_from=NOON + minutes(1),
        calls={"payments": Call(2, NOON + minutes(2), "mitigation", "UBOB")},
        paged={"UBOB": NOON + minutes(1)},
    )


def entry(seq: int, event: Event | None = None, subject: str = "incident:1") -> Entry:
    """An entry of Bob's, `seq` minutes after noon."""
    at = NOON + minutes(seq)
    told = event or Noted(Words(f"Note {seq}"))
    return Entry(subject, seq, at, at, "slack:UBOB", "slash", told)


def declare(connection: Connection, made: Incident, due: datetime | None = None, fingerprint: str = "p1") -> Incident:
    """Keeps a new incident with one entry in its timeline."""
    last = changes.append(connection, made.subject, 0, "", [entry(1, subject=made.subject)])
    changes.insert_incident(connection, made, due, fingerprint, *last)
    return made


def message(lane: str = "announce", slot: str | None = None, **facts: Any) -> Outgoing:
    """Something that goes out."""
    return Outgoing(lane, "card" if slot else "message", slot, facts)


def answer() -> Answer:
    """What Bob was told."""
    return Answer(1, "Checkout is down", "SEV1", commander="UBOB", entries=(entry(2, Acknowledged("UBOB")),))
