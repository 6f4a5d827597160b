"""From declared to resolved and back: statuses, milestones, and every refusal in its words."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.events import Acknowledged, Cancelled, Reopened, Resolved, RoomReplaced, StatusChanged, Updated
from bot.rules.incident import Incident, Status
from bot.rules.lifecycle import acknowledge, cancel, change_status, reopen, resolve, unacknowledge
from bot.rules.refused import Refused
from tests.rules.given import BOB, CLEO, at, declared, moment

NOON = moment("2026-03-02 12:00")


def status(incident: Incident, word: str, note: str = "") -> Incident:
    return change_status(incident, NOON, by=BOB, status=word, note=note).incident


def test_who_acknowledges_has_it_and_responds() -> None:
    change = acknowledge(declared(), moment("2026-03-02 10:03"), by=BOB)
    assert change.events == (Acknowledged(by=BOB),)
    assert change.incident.status is Status.ACKNOWLEDGED
    assert change.incident.responders == (BOB,)
    assert change.incident.at("acknowledged") == at("2026-03-02 10:03")


def test_one_has_it_and_the_other_is_told_who() -> None:
    taken = acknowledge(declared(), NOON, by=BOB).incident
    with pytest.raises(Refused, match="<@U0BOB> already has INC-12"):
        acknowledge(taken, NOON, by=CLEO)
    with pytest.raises(Refused, match="You already have INC-12"):
        acknowledge(taken, NOON, by=BOB)


def test_taking_it_back_lets_the_clock_run_on() -> None:
    taken = acknowledge(declared(), NOON, by=BOB).incident
    back = unacknowledge(taken, NOON, by=BOB).incident
    assert back.status is Status.DETECTED
    assert back.acknowledged_by is None
    assert back.respond_from == taken.respond_from
    with pytest.raises(Refused, match="Nobody has acknowledged INC-12 yet"):
        unacknowledge(back, NOON, by=BOB)


def test_a_status_past_detected_acknowledges_as_well() -> None:
    change = change_status(declared(), NOON, by=BOB, status="investigating")
    assert change.events == (
        Acknowledged(by=BOB, implied=True),
        StatusChanged(before="detected", after="investigating"),
    )
    assert change.incident.milestones["acknowledged"].implied


def test_a_status_with_a_note_is_an_update_and_renews_the_promise() -> None:
    change = change_status(declared(), NOON, by=BOB, status="identified", note="bad deploy")
    update = change.events[-1]
    assert isinstance(update, Updated)
    assert (update.number, update.text, update.next_at) == (1, "bad deploy", at("2026-03-02 12:30"))
    assert change.incident.promise == at("2026-03-02 12:30")


def test_mitigated_is_reached_on_monitoring_and_taken_back_only_from_there() -> None:
    monitoring = status(declared(), "monitoring")
    assert monitoring.at("mitigated") == NOON.now
    assert "mitigated" not in status(monitoring, "mitigating").milestones
    noted = status(monitoring, "monitoring", "still green")
    assert noted.at("mitigated") == NOON.now


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("detected", "unack` takes the acknowledgement back"),
        ("cancelled", "cancel why` says that it was no incident"),
        ("burning", "Known: acknowledged, investigating, identified, mitigating, monitoring, resolved."),
        ("investigating", "already investigating. Add a note"),
        ("resolved", "Say what fixed it"),
    ],
)
def test_a_status_is_refused_with_the_way_on(word: str, sentence: str) -> None:
    investigating = status(declared(), "investigating")
    with pytest.raises(Refused) as refusal:
        status(investigating, word)
    assert sentence in refusal.value.sentence


def test_resolving_implies_what_was_skipped() -> None:
    change = resolve(declared(), NOON, by=BOB, fix="rolled back", impact="no purchases", cause="bad flag")
    incident = change.incident
    assert incident.status is Status.RESOLVED
    assert {name for name, milestone in incident.milestones.items() if milestone.implied} == {
        "acknowledged",
        "mitigated",
    }
    assert isinstance(change.events[0], Resolved)
    assert (incident.fix, incident.impact, incident.cause) == ("rolled back", "no purchases", "bad flag")


def test_what_is_closed_says_how_it_opens_again() -> None:
    resolved = resolve(declared(), NOON, by=BOB, fix="rolled back").incident
    with pytest.raises(Refused) as refusal:
        acknowledge(resolved, NOON, by=BOB)
    assert refusal.value.sentence == "INC-12 is already resolved. `/incident reopen INC-12 why` opens it again."


def test_reopening_keeps_roles_and_starts_every_clock() -> None:
    late = moment("2026-03-02 18:00")
    resolved = resolve(declared(), NOON, by=BOB, fix="rolled back").incident
    change = reopen(resolved, late, by=CLEO, why="errors are back")
    incident = change.incident
    assert change.events == (Reopened(why="errors are back"),)  # type: ignore[arg-type]
    assert (incident.status, incident.acknowledged_by) == (Status.INVESTIGATING, CLEO)
    assert {"resolved", "mitigated"}.isdisjoint(incident.milestones)
    assert incident.anchor == late.now
    assert incident.promise == at("2026-03-02 18:30")
    with pytest.raises(Refused, match="INC-12 is open"):
        reopen(incident, late, by=CLEO, why="again")
    with pytest.raises(Refused, match="Say why"):
        reopen(resolved, late, by=CLEO, why="")


def test_cancelling_says_why_it_was_no_incident() -> None:
    change = cancel(declared(), NOON, by=BOB, reason="False alarm", why="a test probe")
    assert change.events == (Cancelled(reason="false alarm", why="a test probe"),)  # type: ignore[arg-type]
    assert change.incident.status is Status.CANCELLED
    with pytest.raises(Refused, match="Known: false alarm, duplicate, planned, test, other"):
        cancel(declared(), NOON, by=BOB, reason="bored")


def closed(how: str, **facts: Any) -> Incident:
    incident = replace(declared(**facts), channel="C12", channel_name="inc-12-checkout-is-down")
    if how == "resolved":
        return resolve(incident, NOON, by=BOB, fix="rolled back").incident
    return cancel(incident, NOON, by=BOB, reason="duplicate").incident


@pytest.mark.parametrize("how", ["resolved", "cancelled"])
def test_when_it_was_closed_is_known_until_it_is_reopened(how: str) -> None:
    incident = closed(how)
    assert incident.closed_at == NOON.now
    assert reopen(incident, NOON, by=BOB, why="errors are back").incident.closed_at is None


@pytest.mark.parametrize("how", ["resolved", "cancelled"])
@pytest.mark.parametrize("private", [False, True])
def test_reopened_it_gets_a_fresh_channel_where_its_own_is_archived(how: str, private: bool) -> None:
    archived = replace(closed(how, private=private), archived=True)
    change = reopen(archived, NOON, by=CLEO, why="errors are back")
    fresh = change.incident
    assert change.events[1:] == (RoomReplaced(former="C12"),)
    assert (fresh.channel, fresh.channel_name, fresh.channels, fresh.archived) == (None, None, 2, False)
    assert (fresh.former_channels, fresh.room) == (("C12",), "channel")


def test_reopened_after_its_channel_was_lost_it_comes_back_from_the_thread_into_a_fresh_one() -> None:
    lost = replace(closed("resolved"), archived=True, room="thread")
    fresh = reopen(lost, NOON, by=CLEO, why="errors are back").incident
    assert (fresh.channel, fresh.channels, fresh.room) == (None, 2, "channel")


def test_reopened_it_stays_where_it_lived() -> None:
    change = reopen(closed("resolved"), NOON, by=CLEO, why="errors are back")
    assert len(change.events) == 1
    assert (change.incident.channel, change.incident.channels) == ("C12", 1)


def test_what_is_part_of_another_one_is_not_reopened_by_itself() -> None:
    with pytest.raises(Refused, match="INC-12 was merged into INC-9"):
        reopen(replace(closed("cancelled"), merged_into=9), NOON, by=BOB, why="errors are back")
