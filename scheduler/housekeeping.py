"""What is tidied away once a day: request keys older than a day, rows long sent, texts past their time,
alerts that ended long ago."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from bot.changes import Changes
from bot.rules.retention import forget
from scheduler.sweep import CLOCK
from store import retention
from store.alerts import forget_groups
from store.housekeeping import ALERTS_FOR, tidy

DAY = timedelta(days=1)
BATCH = 100
"""Incidents whose texts are removed, or groups of alerts, in one transaction: so few that nobody is kept waiting."""

log = logging.getLogger(__name__)


class Housekeeping:
    """Waits for its event, and tidies."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._last = changes.clock.now()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """It is time to tidy."""
        self._wake.set()

    def turned(self) -> None:
        """The clock was turned, perhaps past a night."""
        if self._changes.clock.now() - self._last >= DAY:
            self.wake()

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self.once()

    async def once(self) -> None:
        """Tidies, and forgets what has had its time."""
        self._last = self._changes.clock.now()
        removed = await self._changes.store.write(lambda connection: tidy(connection, self._last))
        log.info("Housekeeping removed %s rows", removed)
        if groups := await self._forget_groups():
            log.info("%s groups of alerts were removed: they ended long ago", groups)
        forgotten = 0
        while batch := await self._changes.store.write(self._forget):
            forgotten += batch
        if forgotten:
            log.info("What people wrote in %s incidents was removed: its time was up", forgotten)

    async def _forget_groups(self) -> int:
        """Removes groups of alerts, and reports, that ended long enough ago; how many."""
        before, after, gone = self._last - ALERTS_FOR, "", 0
        while True:
            work = partial(forget_groups, before=before, after=after, most=BATCH)
            after, some = await self._changes.store.write(work)
            if not after:
                return gone
            gone += some

    def _forget(self, connection: Connection) -> int:
        """Removes the texts of some incidents that were closed long enough ago; of how many."""
        keep = self._changes.policy.keep
        if keep is None:
            return 0
        done = 0
        for number in retention.outlived(connection, self._changes.clock.now() - keep, BATCH):
            if self._changes.apply(connection, number, forget, CLOCK).refused is None:
                retention.remove_words(connection, f"incident:{number}")
                done += 1
        return done
