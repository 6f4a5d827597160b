"""Times to come, as people write them."""

import pytest

from bot.rules.refused import Refused
from handlers import ahead
from tests.rules.given import MADRID, at

NOW = "2026-03-04 14:00"
"""A Wednesday."""

READ = {
    "": "2026-03-04 14:00",
    "now": "2026-03-04 14:00",
    "15:30": "2026-03-04 15:30",
    "02:30": "2026-03-05 02:30",
    '"Sun 02:30"': "2026-03-08 02:30",
    "“sunday 2:30”": "2026-03-08 02:30",
    "wed 15:00": "2026-03-04 15:00",
    "Wed 13:00": "2026-03-11 13:00",
    "tomorrow 09:00": "2026-03-05 09:00",
    "today 09:00": "2026-03-04 09:00",
    "2026-03-29 04:00": "2026-03-29 04:00",
    "2025-01-01T10:00": "2025-01-01 10:00",
}


@pytest.mark.parametrize("written", READ)
def test_what_is_meant(written: str) -> None:
    assert ahead.read(written, at(NOW), MADRID) == at(READ[written])


@pytest.mark.parametrize(
    "written",
    ["soon", "25:00", "09:61", "2026-02-30 10:00", "foo 10:00", "Sun", "9999-12-31 23:59", "1800-01-01 10:00"],
)
def test_what_is_no_time(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        ahead.read(written, at(NOW), MADRID)
    assert refusal.value.field == "at"


def test_an_hour_that_the_clocks_skip_is_as_long_after_midnight() -> None:
    assert ahead.read("2026-03-29 02:30", at(NOW), MADRID) == at("2026-03-29 03:30")
