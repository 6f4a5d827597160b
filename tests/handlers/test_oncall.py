"""How words about a shift are read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rules.refused import Refused
from handlers.oncall import asked

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Monday 10:00 in Madrid."""


def local(at: datetime | None) -> str:
    return f"{at.astimezone(MADRID):%a %d %H:%M}" if at else ""


@pytest.mark.parametrize(
    ("text", "rotation", "start", "end"),
    [
        ("", "", "", ""),
        ("primary", "primary", "", ""),
        ("payments nights", "payments nights", "", ""),
        ("for 4h", "", "", "Mon 02 14:00"),
        ("primary for 30m", "primary", "", "Mon 02 10:30"),
        ("until 18:00", "", "", "Mon 02 18:00"),
        ("till tomorrow 09:00", "", "", "Tue 03 09:00"),
        ("primary from Sat 09:00 until Sun 09:00", "primary", "Sat 07 09:00", "Sun 08 09:00"),
        ("from Sat 22:00 until 06:00", "", "Sat 07 22:00", "Sun 08 06:00"),
        ("from tomorrow 09:00 until tomorrow 18:00", "", "Tue 03 09:00", "Tue 03 18:00"),
        ("from 22:00 until tomorrow 06:00", "", "Mon 02 22:00", "Tue 03 06:00"),
        ("from Sat 09:00 until Sat 18:00", "", "Sat 07 09:00", "Sat 07 18:00"),
        ("primary FROM 2026-03-29 00:30 for 4h", "primary", "Sun 29 00:30", "Sun 29 05:30"),
        ("from Sat 09:00", "", "Sat 07 09:00", ""),
    ],
)
def test_rotation_and_times(text: str, rotation: str, start: str, end: str) -> None:
    found = asked(text, NOW, MADRID)
    assert (found.rotation, local(found.start), local(found.end)) == (rotation, start, end)


@pytest.mark.parametrize("text", ["until lunch", "from noon until 18:00", "for 4 fortnights", "from 25:00"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(Refused):
        asked(text, NOW, MADRID)
