"""Long-lived work is kept up: what breaks is started again, until it is ended."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from store.database import Problem

RESTART_AFTER = 1.0
"""Seconds until what broke is started again."""

log = logging.getLogger(__name__)


def at_work(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Starts a long-lived piece of work, again should it ever break; the answer ends it."""
    task = asyncio.create_task(_kept_up(work))

    async def end() -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    return end


async def _kept_up(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Problem as problem:
            log.warning("%s waits: %s", getattr(work, "__qualname__", work), problem)
        except Exception:
            log.exception("%s broke; it is started again", getattr(work, "__qualname__", work))
        await asyncio.sleep(RESTART_AFTER)
