"""Executives and other audiences: who is told by severity, of what, and what never leaves."""

import json
from dataclasses import replace

import pytest

from bot.rules import events
from bot.rules.audiences import address_of, as_it_was, telling
from bot.rules.entries import Entry
from bot.rules.events import Event, Words
from bot.rules.incident import Incident, Status
from bot.rules.policy import Audience
from tests.rules.given import ADA, POLICY, at, declared

EXECUTIVES = Audience("executives", ("SEV1",), ("ceo@example.com", "cto@example.com"), "#exec")
SUPPORT = Audience("support", ("SEV1", "SEV2"), ("cto@example.com",))
TOLD = replace(POLICY, audiences=(EXECUTIVES, SUPPORT))
UPDATE = events.Updated(2, "SEV1", "investigating", Words("We look at it"))


def rows(event: Event, incident: Incident | None = None) -> list[tuple[str, str]]:
    now = at("2026-03-02 10:05")
    entry = Entry("incident:12", 7, now, now, f"slack:{ADA}", "slash", event)
    return [(each.kind, each.lane) for each in telling(incident or declared(), [entry], TOLD)]


EVERYBODY = [
    ("audience_mail", "incident:12/mail-0"),
    ("audience_mail", "incident:12/mail-1"),
    ("audience_post", "channel:#exec"),
]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (events.Declared(Words("x"), "SEV1"), True),
        (UPDATE, True),
        (events.Resolved(Words("x"), at("2026-03-02 10:00")), True),
        (events.StatusChanged("investigating", "mitigating"), True),
        (events.StatusChanged("mitigating", "monitoring"), True),
        (events.StatusChanged("acknowledged", "investigating"), False),
        (events.SeverityChanged("SEV2", "SEV1", raised=True), True),
        (events.SeverityChanged("SEV1", "SEV1", raised=False), False),
        (events.Merged(9, Words("x")), True),
        (events.Undone("Resolved", "resolved", "monitoring"), True),
        (events.Undone("Cancelled", "cancelled", "detected"), True),
        (events.Undone("Merged", "INC-9", "detected"), True),
        (events.Undone("StatusChanged", "mitigating", "identified"), True),
        (events.Undone("StatusChanged", "identified", "detected"), False),
        (events.Undone("SeverityChanged", "SEV2", "SEV1"), True),
        (events.Undone("Acknowledged", "U1", ""), False),
        (events.Noted(Words("x")), False),
        (events.Acknowledged(ADA), False),
    ],
)
def test_what_is_told(event: Event, told: bool) -> None:
    assert rows(event) == (EVERYBODY if told else [])


def test_only_whom_the_severity_concerns() -> None:
    assert rows(UPDATE, declared("sev2")) == [("audience_mail", "incident:12/mail-0")]
    assert rows(UPDATE, declared("sev3")) == []


@pytest.mark.parametrize(
    "event", [events.SeverityChanged("SEV1", "SEV2", raised=False), events.Undone("SeverityChanged", "SEV1", "SEV2")]
)
def test_who_hears_of_it_no_more_is_told_that(event: Event) -> None:
    now = at("2026-03-02 10:05")
    told = telling(declared("sev2"), [Entry("incident:12", 7, now, now, f"slack:{ADA}", "slash", event)], TOLD)
    assert [(each.lane, each.facts["last"]) for each in told] == [
        ("incident:12/mail-0", True),
        ("incident:12/mail-1", False),
        ("channel:#exec", True),
    ]
    assert rows(events.SeverityChanged("SEV3", "SEV4", raised=False), declared("sev4")) == []


def test_a_private_one_never_leaves() -> None:
    assert rows(UPDATE, replace(declared(), private=True)) == []


def test_the_outbox_knows_addresses_by_a_mark_alone() -> None:
    now = at("2026-03-02 10:05")
    entry = Entry("incident:12", 7, now, now, f"slack:{ADA}", "slash", UPDATE)
    first, second, _ = telling(declared(), [entry], TOLD)
    assert "example.com" not in str([first, second])
    assert address_of(first.facts["to"], TOLD) == "ceo@example.com"
    assert address_of(first.facts["to"], POLICY) is None


def test_a_test_tells_its_declarer_whom_it_would_tell() -> None:
    assert rows(UPDATE, replace(declared(), kind="test")) == [("audience_would", f"person:{ADA}")]


def test_a_row_keeps_how_it_stood() -> None:
    now = at("2026-03-02 10:05")
    entry = Entry("incident:12", 7, now, now, f"slack:{ADA}", "slash", UPDATE)
    then = replace(declared(), status=Status.INVESTIGATING, services=("checkout",))
    (row, *_) = telling(then, [entry], TOLD)
    later = replace(
        then, severity="SEV3", status=Status.RESOLVED, services=(), closed_at=now, promise=now, impact="All"
    )
    assert as_it_was(later, row.facts) == replace(then, impact="All")
    assert json.dumps(dict(row.facts))
