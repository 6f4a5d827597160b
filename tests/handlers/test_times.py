"""Times as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.refused import Refused
from handlers import times

MADRID, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York")
NOON = "2026-03-02 12:00"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "now", "zone", "expected", "rest"),
    [
        ("12:30 deploy", NOON, MADRID, "2026-03-02 11:30", "deploy"),
        ("13:30 deploy", NOON, MADRID, "2026-03-01 12:30", "deploy"),
        ("13:00", NOON, MADRID, "2026-03-02 12:00", ""),
        ("12:30 deploy", NOON, NEW_YORK, "2026-03-01 17:30", "deploy"),
        ("12:30, deploy", NOON, MADRID, "2026-03-02 11:30", "deploy"),
        ("12:30:15 deploy", NOON, MADRID, "2026-03-02 11:30:15", "deploy"),
        ("1:30 pm deploy", NOON, MADRID, "2026-03-01 12:30", "deploy"),
        ("12:30am deploy", NOON, MADRID, "2026-03-01 23:30", "deploy"),
        ("11:30 UTC deploy", NOON, MADRID, "2026-03-02 11:30", "deploy"),
        ("yesterday 14:05 deploy", NOON, MADRID, "2026-03-01 13:05", "deploy"),
        ("today 23:00 deploy", NOON, MADRID, "2026-03-02 22:00", "deploy"),
        ("2026-11-20 14:05 deploy", NOON, MADRID, "2026-11-20 13:05", "deploy"),
        ("2026-02-20T14:05 deploy", NOON, MADRID, "2026-02-20 13:05", "deploy"),
        ("2026-02-20T14:05Z deploy", NOON, MADRID, "2026-02-20 14:05", "deploy"),
        # The clocks went forward at 02:00 on 2026-03-29: 02:30 was last seen the day before.
        ("02:30 deploy", "2026-03-29 10:00", MADRID, "2026-03-28 01:30", "deploy"),
        # They went back at 03:00 on 2026-10-25: 02:30 was twice, at 00:30 and at 01:30 UTC.
        ("02:30 deploy", "2026-10-25 10:00", MADRID, "2026-10-25 01:30", "deploy"),
        ("02:30 deploy", "2026-10-25 00:45", MADRID, "2026-10-25 00:30", "deploy"),
        ("2026-10-25 02:30 deploy", "2026-10-26 00:00", MADRID, "2026-10-25 01:30", "deploy"),
    ],
)
def test_read(text: str, now: str, zone: ZoneInfo, expected: str, rest: str) -> None:
    assert times.read(text, utc(now), zone) == (utc(expected), rest)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("25:00 x", "Write the time as"),
        ("12:61 x", "Write the time as"),
        ("13:00pm x", "Write the time as"),
        ("deploy at 14:05", "Write the time as"),
        ("", "Write the time as"),
        ("2026-02-30 14:05 x", "There is no day 2026-02-30"),
        ("2026-03-29 02:30 x", "the clocks in Europe/Madrid skipped 02:30"),
    ],
)
def test_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refusal:
        times.read(text, utc(NOON), MADRID)
    assert refusal.value.field == "at"


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), days=st.integers(0, 4000), seconds=st.integers(0, 86_399))
def test_a_bare_time_is_the_latest_such_time(hour: int, minute: int, days: int, seconds: int) -> None:
    moment = utc("2020-01-01") + timedelta(days=days, seconds=seconds)
    at, _ = times.read(f"{hour:02}:{minute:02}", moment, MADRID)
    assert at <= moment
    assert (at.astimezone(MADRID).hour, at.astimezone(MADRID).minute) == (hour, minute)
    assert (moment - at).total_seconds() < 49 * 3600
