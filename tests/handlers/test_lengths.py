"""Lengths of time as people write them in one word."""

from datetime import timedelta

import pytest

from handlers.lengths import length


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("30m", timedelta(minutes=30)),
        ("2H", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("99w", timedelta(weeks=99)),
    ],
)
def test_a_length(word: str, expected: timedelta) -> None:
    assert length(word) == expected


@pytest.mark.parametrize("word", ["", "2", "h", "0h", "-1h", "2y", "checkout", "²h", "99999h"])
def test_no_length(word: str) -> None:
    assert length(word) is None
