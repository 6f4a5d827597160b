"""APScheduler as an alarm clock: its jobs only wake others, at the next due moment, on a safety tick, for housekeeping.

Work is never done inside a job, so that nothing is lost when one is skipped, doubled or late.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

SAFETY_TICK = 30
"""Seconds between two wakings that nothing asked for."""


class AlarmClock:
    """Rings at the next due moment, on a tick, and once a night: `wake` and `housekeeping` are what its jobs call."""

    def __init__(self, wake: Callable[[], None], housekeeping: Callable[[], None]) -> None:
        self._wake = wake
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._scheduler.add_job(_in_loop(wake), "interval", seconds=SAFETY_TICK, id="tick")
        self._scheduler.add_job(_in_loop(housekeeping), "cron", hour=3, minute=17, id="housekeeping")

    def start(self) -> None:
        """From now on it rings."""
        self._scheduler.start()

    def arm(self, seconds: float) -> None:
        """Rings once, so many seconds from now; an earlier arming is forgotten."""
        at = datetime.now(UTC) + timedelta(seconds=max(0.0, seconds))  # noqa: TID251 - APScheduler reads machine time
        self._scheduler.add_job(_in_loop(self._wake), "date", run_date=at, id="due", replace_existing=True)

    def stop(self) -> None:
        """Rings no more."""
        self._scheduler.shutdown(wait=False)


def _in_loop(call: Callable[[], None]) -> Callable[[], object]:
    """As a coroutine function, which APScheduler runs in the loop and not in a thread."""

    async def job() -> None:
        call()

    return job
