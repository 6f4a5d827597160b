"""Hours on call, by what kind of hour it was; a night of a clock change has an hour less or more."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.rules.oncall.hours import Hours, hours
from bot.rules.oncall.shifts import Shift
from tests.rules.given import POLICY, at

ALWAYS = (at("2026-01-01 00:00"), at("2027-01-01 00:00"))


def shift(start: str, end: str, person: str = "ada", **more: object) -> Shift:
    return Shift("pay", person, at(start), at(end), **more)  # type: ignore[arg-type]


def added(*shifts: Shift, between: tuple[datetime, datetime] = ALWAYS) -> dict[str, float]:
    """Ada's hours by kind, in hours."""
    (found,) = [each for each in hours(shifts, *between, POLICY.calendar) if each.person == "ada"]
    return {kind: lasting / timedelta(hours=1) for kind, lasting in found.lasting.items()}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-02 09:00", "2026-03-02 17:00", {"weekday": 8}),
        ("2026-03-02 20:00", "2026-03-03 09:00", {"weekday": 5, "night": 8}),
        ("2026-03-06 18:00", "2026-03-09 09:00", {"weekday": 7, "night": 8, "weekend": 48}),
        ("2026-03-18 18:00", "2026-03-20 00:00", {"weekday": 4, "night": 2, "holiday": 24}),
        ("2026-03-28 18:00", "2026-03-29 18:00", {"weekend": 23}),
        ("2026-10-24 18:00", "2026-10-25 18:00", {"weekend": 25}),
        ("2026-03-02 05:59", "2026-03-02 06:01", {"night": 1 / 60, "weekday": 1 / 60}),
    ],
)
def test_each_hour_counts_once(start: str, end: str, expected: dict[str, float]) -> None:
    assert added(shift(start, end)) == pytest.approx(expected)


def test_a_week_has_all_its_hours_on_either_side_of_the_change() -> None:
    for start, end, total in (
        ("2026-03-02 09:00", "2026-03-09 09:00", 168),
        ("2026-03-23 09:00", "2026-03-30 09:00", 167),
        ("2026-10-19 09:00", "2026-10-26 09:00", 169),
    ):
        assert sum(added(shift(start, end)).values()) == pytest.approx(total)


def test_only_what_lies_within_counts_and_no_shadow() -> None:
    within = (at("2026-03-02 12:00"), at("2026-03-02 14:00"))
    shadow = shift("2026-03-02 09:00", "2026-03-02 17:00", "bob", shadow=True)
    assert hours([shadow, shift("2026-03-02 09:00", "2026-03-02 17:00")], *within, POLICY.calendar) == (
        Hours("ada", "pay", {"weekday": timedelta(hours=2)}, timedelta(), 1),
    )


def test_an_override_counts_for_who_took_it_and_is_told_apart() -> None:
    own, taken = (
        shift("2026-03-02 09:00", "2026-03-02 12:00"),
        shift("2026-03-03 09:00", "2026-03-03 10:00", override=4),
    )
    (found,) = hours([own, taken], *ALWAYS, POLICY.calendar)
    assert (found.total, found.covered, found.shifts) == (timedelta(hours=4), timedelta(hours=1), 2)


def test_a_holiday_at_a_weekend_is_a_holiday() -> None:
    calendar = replace(POLICY.calendar, holidays=frozenset({date(2026, 3, 7)}))
    (found,) = hours([shift("2026-03-07 00:00", "2026-03-08 00:00")], *ALWAYS, calendar)
    assert found.lasting == {"holiday": timedelta(hours=24)}
