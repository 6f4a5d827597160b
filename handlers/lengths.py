"""Lengths of time as people write them in one word: `30m`, `2h`, `3d`, `1w`."""

from datetime import timedelta

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def length(word: str) -> timedelta | None:
    """How long that is; None for a word that is no length."""
    count, unit = word[:-1], word[-1:].casefold()
    if count.isascii() and count.isdecimal() and len(count) < 5 and unit in UNITS and int(count):
        return int(count) * UNITS[unit]
    return None
