"""What is set right afterwards: what may differ, what has to hold, and what the timeline keeps of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.rules import lifecycle, reminders
from bot.rules.change import Change
from bot.rules.declaring import Over
from bot.rules.editing import edit
from bot.rules.events import Edited, MilestoneEdited
from bot.rules.incident import Incident, Status
from bot.rules.refused import Refused
from tests.rules.given import ADA, BOB, after, at, declared, moment

NOW = moment("2026-03-02 12:00")
BEFORE = declared(services=("checkout", "search"), affected="buyers")


def time(clock: str) -> datetime:
    """A time of that Monday."""
    return at(f"2026-03-02 {clock}")


def resolved() -> Incident:
    """Declared at 10:00, acknowledged at 10:05, mitigated at 10:40, resolved at 11:00."""
    return after(
        declared(),
        lambda incident: lifecycle.acknowledge(incident, moment("2026-03-02 10:05"), by=BOB),
        lambda incident: lifecycle.change_status(incident, moment("2026-03-02 10:40"), by=BOB, status="monitoring"),
        lambda incident: lifecycle.resolve(incident, moment("2026-03-02 11:00"), by=BOB, fix="rolled back"),
    )


def retimed(incident: Incident, times: Mapping[str, str], why: str = "the graph says so") -> Change:
    """The change that sets those milestones to those times of the Monday."""
    milestones = {name: time(clock) for name, clock in times.items()}
    return edit(incident, NOW, by=BOB, milestones=milestones, why=why)


@pytest.mark.parametrize(
    ("facts", "events"),
    [
        ({"title": " Cart  is down "}, [("title", "Checkout is down", "Cart is down")]),
        ({"affected": " nobody "}, [("affected", "buyers", "nobody")]),
        ({"affected": ""}, [("affected", "buyers", "")]),
        ({"services": ("mail", "search")}, [("services", "checkout, search", "search, mail")]),
        ({"services": ()}, [("services", "checkout, search", "")]),
        ({"figures": {"users": "1,200"}}, [("users", "", "1200")]),
        ({"figures": {"revenue": " $4,000  an hour"}}, [("revenue", "", "$4,000 an hour")]),
        (
            {"title": "Cart is down", "figures": {"tickets": "3", "users": "0"}},
            [("title", "Checkout is down", "Cart is down"), ("users", "", "0"), ("tickets", "", "3")],
        ),
        ({"title": "Cart is down", "affected": "buyers"}, [("title", "Checkout is down", "Cart is down")]),
    ],
)
def test_only_what_differs_is_written_down_with_what_was(
    facts: dict[str, Any], events: list[tuple[str, str, str]]
) -> None:
    change = edit(BEFORE, NOW, by=BOB, **facts)
    assert [(e.field, e.before, e.after) for e in change.events if isinstance(e, Edited)] == events
    assert len(change.events) == len(events)


def test_what_is_set_right_holds() -> None:
    figures = {"users": "1 200", "revenue": "a lot", "tickets": "12"}
    change = edit(BEFORE, NOW, by=BOB, title="Cart is down", services=("cart",), affected="", figures=figures)
    incident = change.incident
    assert (incident.title, incident.services, incident.affected) == ("Cart is down", ("checkout",), "")
    assert incident.figures == {"users": "1200", "revenue": "a lot", "tickets": "12"}
    less = edit(incident, NOW, by=BOB, figures={"users": "", "tickets": "013"}).incident
    assert less.figures == {"revenue": "a lot", "tickets": "13"}


@pytest.mark.parametrize("number", ["1,200", "1200", "1 200", "1.200", "1\u00a0200", "1\u202f200", " 1’200 "])
def test_a_whole_number_is_read_however_it_is_written(number: str) -> None:
    assert edit(BEFORE, NOW, by=BOB, figures={"users": number}).incident.figures == {"users": "1200"}


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({}, None, "Nothing is different: INC-12 says this already."),
        ({"title": "Checkout is down", "services": ("search", "cart")}, None, "Nothing is different"),
        ({"title": " \u200b "}, "title", "Say in a few words what is wrong."),
        ({"title": "x" * 141}, "title", "at most 140 characters, and this has 141"),
        ({"affected": "x" * 3001}, "affected", "at most 3000 characters"),
        ({"services": ("chekout",)}, "services", "Known: checkout, search, mail."),
        ({"figures": {"users": "about 1200"}}, "users", "Give a whole number, such as 1,200, or leave it empty."),
        ({"figures": {"users": "1.5"}}, "users", "whole number"),
        ({"figures": {"users": "-3"}}, "users", "whole number"),
        ({"figures": {"users": "12,00"}}, "users", "whole number"),
        ({"figures": {"tickets": "٣"}}, "tickets", "whole number"),
        ({"figures": {"tickets": "9" * 5000}}, "tickets", "whole number"),
        ({"figures": {"revenue": "x" * 61}}, "revenue", "at most 60 characters"),
        ({"figures": {"mood": "3"}}, "figures", "Known: users, revenue, tickets."),
    ],
)
def test_an_edit_is_refused_beside_the_field(facts: dict[str, Any], field: str | None, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        edit(BEFORE, NOW, by=BOB, **facts)
    assert refusal.value.field == field
    assert words in refusal.value.sentence


def test_a_service_that_the_configuration_dropped_may_stay() -> None:
    incident = replace(BEFORE, services=("gone", "search"))
    assert edit(incident, NOW, by=BOB, services=("gone",)).incident.services == ("gone",)


def test_what_is_closed_is_set_right_as_well_but_not_what_was_merged() -> None:
    assert edit(resolved(), NOW, by=BOB, title="Cart was down").incident.title == "Cart was down"
    merged = replace(BEFORE, status=Status.CANCELLED, merged_into=9)
    with pytest.raises(Refused, match="INC-12 was merged into INC-9"):
        edit(merged, NOW, by=BOB, title="Cart was down")


@pytest.mark.parametrize(
    ("times", "moved"),
    [
        ({"began": "09:30"}, [("began", None, "09:30")]),
        ({"resolved": "10:50"}, [("resolved", "11:00", "10:50")]),
        ({"acknowledged": "10:50"}, [("acknowledged", "10:05", "10:50")]),
        ({"detected": "10:30"}, [("detected", "10:00", "10:30")]),
        ({"began": "09:10", "detected": "09:20"}, [("began", None, "09:10"), ("detected", "10:00", "09:20")]),
        ({"mitigated": "10:10", "resolved": "11:00"}, [("mitigated", "10:40", "10:10")]),
        ({"declared": "10:00", "began": "10:00"}, [("began", None, "10:00")]),
    ],
)
def test_a_milestone_is_set_right_with_a_reason(
    times: dict[str, str], moved: list[tuple[str, str | None, str]]
) -> None:
    before = resolved()
    change = retimed(before, times)
    expected = [
        MilestoneEdited(name, was and time(was), time(now), "the graph says so")  # type: ignore[arg-type]
        for name, was, now in moved
    ]
    assert list(change.events) == expected
    for name, _, now in moved:
        milestone = change.incident.milestones[name]
        source = before.milestones[name].source if name in before.milestones else BOB
        assert (milestone.at, milestone.source, milestone.implied) == (time(now), source, False)


@pytest.mark.parametrize(
    ("times", "why", "field", "words"),
    [
        ({"declared": "09:59"}, "so", "declared", "is what the record says"),
        ({"began": "12:01"}, "so", "began", "still to come"),
        ({"resolved": "12:01"}, "so", "resolved", "still to come"),
        ({"began": "10:01"}, "so", "began", "It cannot have begun after it was detected."),
        ({"began": "10:01", "detected": "10:02"}, "so", "began", "It cannot have begun after it was declared."),
        ({"resolved": "10:30"}, "so", "resolved", "It cannot have been resolved before it was mitigated."),
        ({"mitigated": "11:01"}, "so", "mitigated", "It cannot have been resolved before it was mitigated."),
        ({"detected": "11:30"}, "so", "detected", "It cannot have been resolved before it was detected."),
        ({"lunch": "11:30"}, "so", "milestones", "Known: began, detected"),
        ({"began": "09:30"}, " ", "why", "Say why the time is another"),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_it(times: dict[str, str], why: str, field: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        retimed(resolved(), times, why)
    assert refusal.value.field == field
    assert words in refusal.value.sentence


def test_what_was_not_reached_has_no_time_to_set_right() -> None:
    with pytest.raises(Refused, match="INC-12 has not been mitigated yet") as refusal:
        retimed(declared(), {"mitigated": "10:10"})
    assert refusal.value.field == "mitigated"


def test_detected_may_not_lie_before_it_began() -> None:
    begun = retimed(resolved(), {"began": "09:30"}).incident
    with pytest.raises(Refused, match="begun after it was detected") as refusal:
        retimed(begun, {"detected": "09:20"})
    assert refusal.value.field == "detected"


def test_what_was_only_implied_moves_along() -> None:
    late = lifecycle.resolve(declared(), moment("2026-03-02 11:30"), by=BOB, fix="it went by itself").incident
    change = retimed(late, {"resolved": "09:50", "detected": "09:40"})
    assert {name: change.incident.at(name) for name in ("acknowledged", "mitigated", "resolved")} == {
        "acknowledged": time("09:50"),
        "mitigated": time("09:50"),
        "resolved": time("09:50"),
    }
    assert change.incident.milestones["mitigated"].implied
    assert [event.milestone for event in change.events if isinstance(event, MilestoneEdited)] == [
        "detected",
        "acknowledged",
        "mitigated",
        "resolved",
    ]


def test_what_was_over_when_it_was_declared_keeps_its_order() -> None:
    over = declared(when="2026-03-02 11:00", over=Over(resolved=time("09:00")))
    assert retimed(over, {"resolved": "09:20"}).incident.at("resolved") == time("09:20")


def test_times_are_told_to_the_minute() -> None:
    """A picker gives whole minutes: what it shows untouched is no change, and in one minute nothing is out of order."""
    precise = resolved()
    seconds = {name: replace(each, at=each.at.replace(second=30)) for name, each in precise.milestones.items()}
    precise = replace(precise, milestones=seconds)
    with pytest.raises(Refused, match="Nothing is different"):
        retimed(precise, {"detected": "10:00", "resolved": "11:00"})
    assert retimed(precise, {"resolved": "10:40"}).incident.at("resolved") == precise.at("mitigated")
    assert retimed(precise, {"mitigated": "11:00", "acknowledged": "10:40"}).incident.at("mitigated") == time("11:00")
    assert retimed(precise, {"began": "10:00"}).incident.at("began") == time("10:00")


def test_two_who_edit_the_same_leave_both_texts_in_the_timeline() -> None:
    first = edit(BEFORE, NOW, by=ADA, affected="buyers in Spain")
    second = edit(first.incident, NOW, by=BOB, affected="buyers in France", title="Cart is down")
    assert second.events == (
        Edited("title", "Checkout is down", "Cart is down"),  # type: ignore[arg-type]
        Edited("affected", "buyers in Spain", "buyers in France"),  # type: ignore[arg-type]
    )


def test_a_mended_time_says_no_reminder_twice() -> None:
    taken = lifecycle.acknowledge(declared(), moment("2026-03-02 10:05"), by=BOB).incident
    asked = reminders.remind(taken, moment("2026-03-02 10:16")).incident
    at_seventeen = moment("2026-03-02 10:17")
    assert "commander" not in {each.kind for each in reminders.due(asked, at_seventeen)}
    mended = edit(asked, at_seventeen, by=BOB, milestones={"acknowledged": time("10:02")}, why="by phone").incident
    assert "commander" not in {each.kind for each in reminders.due(mended, at_seventeen)}
    waiting = edit(taken, at_seventeen, by=BOB, milestones={"acknowledged": time("10:02")}, why="by phone").incident
    assert "commander" in {each.kind for each in reminders.due(waiting, at_seventeen)}
