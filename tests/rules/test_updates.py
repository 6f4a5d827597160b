"""Updates, snoozes, notes, events, services: what is written down, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.calendar import Duration
from bot.rules.change import Change
from bot.rules.events import EventRecorded, Noted, ServiceAdded, ServiceRemoved, Snoozed, StatusChanged, Updated
from bot.rules.incident import Incident, Status
from bot.rules.moment import Moment
from bot.rules.notes import note, record_event
from bot.rules.refused import Refused
from bot.rules.services import add_service, remove_service
from bot.rules.updates import snooze, update
from tests.rules.given import BOB, at, declared, moment

NOW = moment("2026-03-02 10:20")


def test_updates_are_numbered_and_promise_the_next() -> None:
    first = update(declared(), NOW, by=BOB, text=" rolling back ", impact="no purchases")
    second = update(first.incident, NOW, by=BOB, text="done", next_in=Duration.parse("10m"), status="monitoring")
    assert [type(event) for event in second.events][-2:] == [StatusChanged, Updated]
    event = second.events[-1]
    assert isinstance(event, Updated)
    assert (event.number, event.status, event.impact) == (2, "monitoring", "no purchases")
    assert event.next_at == second.incident.promise == at("2026-03-02 10:30")


def test_a_snooze_moves_the_promise_at_most_twice_in_a_row() -> None:
    once = snooze(declared(), NOW, by=BOB, wait=timedelta(minutes=30))
    assert once.events == (Snoozed(until=at("2026-03-02 11:00"), count=1),)
    twice = snooze(once.incident, NOW, by=BOB, wait=timedelta(minutes=15)).incident
    with pytest.raises(Refused, match="was snoozed twice already"):
        snooze(twice, NOW, by=BOB, wait=timedelta(minutes=15))
    fresh = update(twice, NOW, by=BOB, text="still at it").incident
    assert snooze(fresh, NOW, by=BOB, wait=timedelta(minutes=15)).incident.snoozes == 1


def test_notes_and_events_leave_the_incident_as_it_is() -> None:
    assert note(declared(), NOW, by=BOB, text="disk at 97 %") == Change(declared(), (Noted(text="disk at 97 %"),))  # type: ignore[arg-type]
    change = record_event(declared(), NOW, by=BOB, text="deploy", at=at("2026-03-02 09:50"))
    assert change.events == (EventRecorded(text="deploy", at=at("2026-03-02 09:50")),)  # type: ignore[arg-type]


def test_into_what_was_merged_only_messages_of_its_channel_go() -> None:
    merged = replace(declared(), status=Status.CANCELLED, merged_into=9)
    with pytest.raises(Refused, match="INC-12 was merged into INC-9"):
        note(merged, NOW, by=BOB, text="disk at 97 %")
    with pytest.raises(Refused, match="INC-12 was merged into INC-9"):
        record_event(merged, NOW, by=BOB, text="deploy", at=at("2026-03-02 09:50"))
    change = record_event(merged, NOW, by=BOB, text="deploy", at=at("2026-03-02 09:50"), author=BOB)
    assert len(change.events) == 1


def test_services_are_added_and_taken_off() -> None:
    added = add_service(declared(), NOW, by=BOB, service="cart")
    assert added.events == (ServiceAdded(service="checkout"),)
    removed = remove_service(added.incident, NOW, by=BOB, service="checkout")
    assert removed.events == (ServiceRemoved(service="checkout"),)
    assert removed.incident.services == ()


def _twice(incident: Incident, moment: Moment, **facts: str) -> Change:
    return add_service(
        add_service(incident, moment, by=BOB, service="search").incident, moment, by=BOB, service="search"
    )


@pytest.mark.parametrize(
    ("rule", "facts", "sentence"),
    [
        (update, {"text": " "}, "Say what is being done right now"),
        (snooze, {"wait": timedelta(days=3)}, "Snooze for a minute up to a day"),
        (snooze, {"wait": timedelta()}, "Snooze for a minute up to a day"),
        (note, {"text": ""}, "Write the note behind the word"),
        (record_event, {"text": "", "at": NOW.now}, "Say when and what"),
        (record_event, {"text": "x", "at": at("2026-03-02 10:21")}, "still to come"),
        (add_service, {"service": "nope"}, "Known: checkout, search, mail."),
        (remove_service, {"service": "mail"}, "mail is not on INC-12. Its services: none."),
        (_twice, {}, "`/incident service remove search` takes it off."),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_on(rule: object, facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        rule(declared(), NOW, by=BOB, **facts)  # type: ignore[operator]
    assert sentence in refusal.value.sentence
