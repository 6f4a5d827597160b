"""What is tidied away once a day: request keys older than a day, rows long sent."""

import asyncio
import logging

from bot.outside.clock import Clock
from store.database import Store
from store.housekeeping import tidy

log = logging.getLogger(__name__)


class Housekeeping:
    """Waits for its event, and tidies."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """It is time to tidy."""
        self._wake.set()

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            removed = await self._store.write(lambda connection: tidy(connection, self._clock.now()))
            log.info("Housekeeping removed %s rows", removed)
