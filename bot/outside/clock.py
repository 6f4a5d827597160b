"""The moment: the one place in which it is read, and turned."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The machine's time plus what it was turned by; with `start` given and `runs` false it stands still (stories)."""

    def __init__(self, start: datetime | None = None, *, runs: bool = True) -> None:
        self._runs = runs
        self._stands_at = start or _machine()
        self._turned = (start - _machine()) if start else timedelta()
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return _machine() + self._turned if self._runs else self._stands_at

    def turn(self, to: datetime) -> None:
        """Moves the moment and wakes whoever waits for one. Raises ValueError for going back."""
        step = to - self.now()
        if step < timedelta():
            raise ValueError("The clock cannot be turned back.")
        self._turned += step
        self._stands_at = to
        for wake in self._listeners:
            wake()

    def on_turn(self, wake: Callable[[], None]) -> None:
        """Calls `wake` after each turning."""
        self._listeners.append(wake)


def _machine() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this is the one place
