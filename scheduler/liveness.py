"""Being there: written down every few seconds, so that whoever comes after a gap knows how long nobody was."""

import logging
import time
from collections.abc import Callable

from bot.outside.clock import Clock
from store import liveness
from store.database import Problem, Store

EVERY = 15.0
"""Seconds of machine time between two words in the liveness row."""

log = logging.getLogger(__name__)


def uptime() -> float:
    """Seconds of the machine's running, those asleep among them where it counts them; no clock set changes it."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if asleep_too is None else time.clock_gettime(asleep_too)


class Liveness:
    """Keeps the liveness row; `machine` is machine time in seconds."""

    def __init__(self, store: Store, clock: Clock, machine: Callable[[], float] = uptime) -> None:
        self._store = store
        self._clock = clock
        self._machine = machine
        self._written: float | None = None
        self._is_turned = False
        self._fails = False

    def turned(self) -> None:
        """The moment was turned: it is written down anew at once."""
        self._is_turned = True

    @property
    def is_current(self) -> bool:
        """Whether the row tells of the moment as it was last turned."""
        return self._written is not None and not self._is_turned

    async def keep(self) -> bool:
        """Writes that we are here, if it is time; whether it is written, so that what is due may be said."""
        machine, turned = self._machine(), self._is_turned
        if self._written is not None and machine - self._written < EVERY and not turned:
            return True
        was_silent = self._written is None or machine - self._written > liveness.GAP.total_seconds()
        self._is_turned = False
        try:
            away = await self._store.write(lambda c: liveness.here(c, self._clock.now(), was_silent=was_silent))
        except Problem as problem:
            self._is_turned = self._is_turned or turned
            self._tell_failure(problem)
            return False
        self._written = machine  # from before: it may have been stopped while it wrote
        self._fails = False
        if away:
            log.warning("Nobody looked at what is due from %s to %s", away.since.isoformat(), away.until.isoformat())
        return True

    def _tell_failure(self, problem: Problem) -> None:
        if not self._fails:
            log.warning("What is due waits until the database takes it: %s", problem)
        self._fails = True
