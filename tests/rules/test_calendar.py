"""Business clocks stand still when nobody works; plain clocks never do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import Calendar, Duration, zone

MADRID = ZoneInfo("Europe/Madrid")
EPIPHANY = date(2026, 1, 6)  # a Tuesday
OFFICE = Calendar(MADRID, holidays=frozenset({EPIPHANY}))
NIGHTS = Calendar(MADRID, days=frozenset(range(7)), opens=time(0), closes=time(0))


def madrid(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


def test_a_zone_that_nobody_knows_is_the_other_one() -> None:
    assert zone("Atlantis/Capital", MADRID) == MADRID
    assert zone(None, MADRID) == MADRID
    assert zone("../etc/passwd", MADRID) == MADRID
    assert zone("America/New_York", MADRID) == ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "expected", "shown"),
    [
        ("20s", Duration(20), "20 s"),
        ("5m", Duration(300), "5 min"),
        ("30 min", Duration(1800), "30 min"),
        ("4h", Duration(14_400), "4 h"),
        ("4 hours", Duration(14_400), "4 h"),
        ("1h30m", Duration(5400), "1 h 30 min"),
        ("90m", Duration(5400), "1 h 30 min"),
        ("1d", Duration(days=1), "1 day"),
        ("7 days", Duration(days=7), "7 days"),
        ("1 business day", Duration(business_days=1), "1 business day"),
        (" 2  Business Days ", Duration(business_days=2), "2 business days"),
    ],
)
def test_a_duration_is_read_and_said_back(text: str, expected: Duration, shown: str) -> None:
    assert Duration.parse(text) == expected
    assert str(expected) == shown
    assert Duration.parse(shown) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "30", "5x", "m5", "-5m", "5m soon", "0m", "1 business", "367d", "9999999h", "٣m", "5 months"]
)
def test_a_wrong_duration_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected a duration such as 20s, 5m, 4h, 1d or 1 business day"):
        Duration.parse(text)


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        Duration(days=-1)


FRIDAY = "2026-03-06T17:30"
BEFORE_HOLIDAY = "2026-01-05T17:30"  # Monday, Tuesday is off
SATURDAY = "2026-03-07T11:00"


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        # within one day, and to its very end
        ("2026-03-06T10:00", "4h", "2026-03-06T14:00"),
        (FRIDAY, "20s", "2026-03-06T17:30:20"),
        (FRIDAY, "30m", "2026-03-06T18:00"),
        # over the weekend
        (FRIDAY, "31m", "2026-03-09T09:01"),
        (FRIDAY, "4h", "2026-03-09T12:30"),
        (FRIDAY, "10h", "2026-03-10T09:30"),
        (FRIDAY, "1d", "2026-03-09T09:00"),
        (FRIDAY, "3d", "2026-03-09T17:30"),
        (FRIDAY, "7d", "2026-03-13T17:30"),
        (FRIDAY, "1 business day", "2026-03-09T17:30"),
        (FRIDAY, "5 business days", "2026-03-13T17:30"),
        # over a holiday
        (BEFORE_HOLIDAY, "1h", "2026-01-07T09:30"),
        (BEFORE_HOLIDAY, "1d", "2026-01-07T09:00"),
        (BEFORE_HOLIDAY, "7d", "2026-01-12T17:30"),
        (BEFORE_HOLIDAY, "1 business day", "2026-01-07T17:30"),
        # from outside business hours: from the next opening
        (SATURDAY, "1h", "2026-03-09T10:00"),
        (SATURDAY, "1d", "2026-03-10T09:00"),
        (SATURDAY, "1 business day", "2026-03-10T09:00"),
        ("2026-03-06T18:00", "5m", "2026-03-09T09:05"),
        ("2026-03-06T08:59:59", "1h", "2026-03-06T10:00"),
        ("2026-01-06T12:00", "1 business day", "2026-01-08T09:00"),
        # over the nights on which the clocks change: 29 March and 25 October
        ("2026-03-27T17:30", "1h", "2026-03-30T09:30"),
        ("2026-03-27T17:30", "1 business day", "2026-03-30T17:30"),
        ("2026-10-23T17:30", "4h", "2026-10-26T12:30"),
        ("2026-10-23T17:30", "7d", "2026-10-30T17:30"),
    ],
)
def test_a_business_clock_counts_business_hours(start: str, duration: str, expected: str) -> None:
    due = OFFICE.add(madrid(start), Duration.parse(duration), business=True)
    assert OFFICE.local(due) == madrid(expected)
    assert due.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        (FRIDAY, "31m", "2026-03-06T18:01"),
        (FRIDAY, "1d", "2026-03-07T17:30"),
        (BEFORE_HOLIDAY, "1d", "2026-01-06T17:30"),
        # a day is 24 hours, also when the local one is not
        ("2026-03-28T12:00", "1d", "2026-03-29T13:00"),
        ("2026-10-24T12:00", "1d", "2026-10-25T11:00"),
        ("2026-03-29T01:30", "1h", "2026-03-29T03:30"),
        # a business day names business days on any clock
        (FRIDAY, "1 business day", "2026-03-09T17:30"),
        (BEFORE_HOLIDAY, "1 business day", "2026-01-07T17:30"),
        (SATURDAY, "1 business day", "2026-03-10T09:00"),
    ],
)
def test_a_plain_clock_never_stands_still(start: str, duration: str, expected: str) -> None:
    assert OFFICE.local(OFFICE.add(madrid(start), Duration.parse(duration), business=False)) == madrid(expected)


@pytest.mark.parametrize(
    ("start", "duration", "business", "expected"),
    [
        ("2026-03-06T10:00", "4h", True, "2026-03-06T11:00"),
        (FRIDAY, "4h", True, "2026-03-09T09:30"),
        (FRIDAY, "4h", False, "2026-03-06T18:30"),
        (FRIDAY, "30m", False, "2026-03-06T17:37:30"),
        # a quarter of a nine-hour day is 2 h 15 min of work
        ("2026-03-06T09:00", "1d", True, "2026-03-06T11:15"),
        (FRIDAY, "1d", True, "2026-03-09T10:45"),
        (FRIDAY, "1d", False, "2026-03-06T23:30"),
        (FRIDAY, "1 business day", True, "2026-03-09T10:45"),
        (FRIDAY, "1 business day", False, "2026-03-09T10:45"),
        (BEFORE_HOLIDAY, "1 business day", True, "2026-01-07T10:45"),
        (SATURDAY, "1 business day", True, "2026-03-09T11:15"),
    ],
)
def test_a_quarter_of_a_duration(start: str, duration: str, business: bool, expected: str) -> None:
    quarter = OFFICE.quarter(madrid(start), Duration.parse(duration), business=business)
    assert OFFICE.local(quarter) == madrid(expected)


@pytest.mark.parametrize(
    ("at", "is_open", "opening"),
    [
        ("2026-03-06T08:59", False, "2026-03-06T09:00"),
        ("2026-03-06T09:00", True, "2026-03-06T09:00"),
        ("2026-03-06T17:59:59", True, "2026-03-09T09:00"),
        ("2026-03-06T18:00", False, "2026-03-09T09:00"),
        (SATURDAY, False, "2026-03-09T09:00"),
        ("2026-01-06T12:00", False, "2026-01-07T09:00"),
    ],
)
def test_opening_hours(at: str, is_open: bool, opening: str) -> None:
    assert OFFICE.is_open(madrid(at)) is is_open
    assert OFFICE.local(OFFICE.next_opening(madrid(at))) == madrid(opening)


def test_a_calendar_that_never_closes_counts_every_second_of_a_changed_night() -> None:
    spring, autumn = madrid("2026-03-29T00:00"), madrid("2026-10-25T00:00")
    assert NIGHTS.add(spring, Duration.parse("23h"), business=True) == madrid("2026-03-30T00:00")
    assert NIGHTS.add(autumn, Duration.parse("25h"), business=True) == madrid("2026-10-26T00:00")
    assert NIGHTS.is_open(madrid("2026-10-25T02:30"))


def test_a_time_that_the_spring_night_leaves_out_becomes_the_one_after() -> None:
    due = NIGHTS.add(madrid("2026-03-28T02:30"), Duration.parse("1d"), business=True)
    assert NIGHTS.local(due) == madrid("2026-03-29T03:30")


def test_naive_times_are_refused() -> None:
    naive = datetime(2026, 3, 6, 12)  # noqa: DTZ001 - what is refused
    for ask in (OFFICE.is_open, OFFICE.local, OFFICE.next_opening):
        with pytest.raises(ValueError, match="without a time zone"):
            ask(naive)
    for count in (OFFICE.add, OFFICE.quarter):
        for business in (True, False):
            with pytest.raises(ValueError, match="without a time zone"):
                count(naive, Duration(60), business=business)


def test_a_calendar_that_would_never_open_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Calendar(MADRID, days=frozenset())
    with pytest.raises(ValueError, match="after they open"):
        Calendar(MADRID, opens=time(18), closes=time(9))


class _Always:
    def __contains__(self, day: object) -> bool:
        return True


def test_a_calendar_of_holidays_alone_says_so() -> None:
    with pytest.raises(ValueError, match="no business day"):
        Calendar(MADRID, holidays=_Always()).add(madrid(FRIDAY), Duration(60), business=True)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
durations = st.one_of(
    st.builds(Duration, st.integers(1, 40 * 3600)),
    st.builds(Duration, st.just(0), st.integers(1, 30)),
    st.builds(Duration, st.just(0), st.just(0), st.integers(1, 10)),
)
calendars = st.builds(
    Calendar,
    st.sampled_from([MADRID, ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from([time(0), time(2, 30), time(9)]),
    st.sampled_from([time(0), time(12), time(18)]),
    st.frozensets(st.dates(date(2025, 1, 1), date(2030, 1, 1)), max_size=5),
)


@given(calendars, moments, durations, st.booleans())
def test_adding_never_goes_back(calendar: Calendar, start: datetime, duration: Duration, business: bool) -> None:
    due = calendar.add(start, duration, business=business)
    quarter = calendar.quarter(start, duration, business=business)
    assert start < quarter
    assert start < due


@given(calendars, moments, durations)
def test_a_business_clock_ends_in_business_hours_or_as_they_close(
    calendar: Calendar, start: datetime, duration: Duration
) -> None:
    due = calendar.add(start, duration, business=True)
    assert calendar.is_open(due) or (duration.seconds and calendar.is_open(due - timedelta(microseconds=1)))


@given(calendars, moments, st.integers(1, 100_000), st.integers(1, 100_000))
def test_working_time_adds_up(calendar: Calendar, start: datetime, first: int, second: int) -> None:
    halfway = calendar.add(start, Duration(first), business=True)
    assert calendar.add(halfway, Duration(second), business=True) == calendar.add(
        start, Duration(first + second), business=True
    )
