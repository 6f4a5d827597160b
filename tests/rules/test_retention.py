"""What people wrote goes when its time is up; what figures are made of stays."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from bot.rules import editing, lifecycle, notes, retention
from bot.rules.audience import tell
from bot.rules.declaring import WAS_OVER
from bot.rules.entries import REMOVED, Entry
from bot.rules.events import TextsRemoved
from bot.rules.incident import Incident, Undoable
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from tests.rules.given import BOB, POLICY, after, at, declared, moment

CLOSED = "2026-03-02 11:00"
YEARS = timedelta(days=730)
KEPT = replace(POLICY, keep=YEARS)


def closed(**facts: str) -> Incident:
    told = after(
        declared(services=("checkout",), affected="buyers"),
        lambda incident: lifecycle.acknowledge(incident, moment("2026-03-02 10:05"), by=BOB),
        lambda incident: lifecycle.resolve(incident, moment(CLOSED), by=BOB, fix="rolled back", impact="No sale"),
    )
    return replace(told, figures={"users": "1200"}, **facts)


def when(text: str) -> Moment:
    return Moment(at(text), KEPT)


LATER = when("2028-03-01 11:00")


def test_texts_go_and_facts_stay() -> None:
    before = replace(closed(), undo=Undoable("Resolved", 3, BOB, at(CLOSED), {"fix": "restarted"}))
    after_it = retention.forget(before, LATER).incident
    differ = {each.name for each in fields(Incident) if getattr(before, each.name) != getattr(after_it, each.name)}
    assert differ == {"title", "affected", "impact", "fix", "forgotten", "undo"}
    assert {after_it.title, after_it.affected, after_it.impact, after_it.fix} == {REMOVED}
    assert after_it.cause == ""  # what was empty is not said to have been removed
    assert after_it.forgotten


def test_it_is_written_down_and_told_nowhere() -> None:
    before = closed()
    change = retention.forget(before, LATER)
    assert change.events == (TextsRemoved(closed_at=at(CLOSED)),)
    entries = (Entry(before.subject, 9, LATER.now, LATER.now, "clock", "clock", change.events[0]),)
    assert tell(before, change.incident, entries, KEPT) == ()


def test_what_the_machine_wrote_stays() -> None:
    assert retention.forget(closed(fix=WAS_OVER), LATER).incident.fix == WAS_OVER


@pytest.mark.parametrize(
    ("incident", "moment_of_it"),
    [
        (closed(), when("2028-03-01 10:59")),
        (closed(), Moment(at("2036-03-01 11:00"), POLICY)),  # kept for ever
        (declared(), when("2036-03-01 11:00")),
        (replace(closed(), forgotten=True), LATER),
    ],
    ids=["a minute early", "no retention", "open", "forgotten already"],
)
def test_not_before_its_time(incident: Incident, moment_of_it: Moment) -> None:
    with pytest.raises(Refused):
        retention.forget(incident, moment_of_it)


@pytest.mark.parametrize(
    "act",
    [
        lambda gone: lifecycle.reopen(gone, LATER, by=BOB, why="it is back"),
        lambda gone: editing.edit(gone, LATER, by=BOB, title="Cart is down"),
        lambda gone: notes.note(gone, LATER, by=BOB, text="one more thing"),
        lambda gone: notes.record_event(gone, LATER, by=BOB, text="this", at=LATER.now),
        lambda gone: notes.record_event(gone, LATER, by=BOB, text="this", at=LATER.now, author=BOB),
    ],
    ids=["reopen", "edit", "note", "event", "message"],
)
def test_nothing_is_written_into_it_any_more(act: object) -> None:
    gone = retention.forget(closed(), LATER).incident
    with pytest.raises(Refused, match="ended so long ago that what was written in it has been removed"):
        act(gone)  # type: ignore[operator]
