"""Turning the clock, for the demo and for stories: never past a due moment, and on only when the bot has settled."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.outside.clock import Clock
from scheduler.delivery import Delivery
from scheduler.sweep import Sweep
from store import falling, outbox
from store.database import Store

GLANCE = 0.002
"""Seconds between two looks at whether all is settled."""


class Turning:
    """The clock in somebody's hand. `busy` says whether a handler or a delivery to us is still running."""

    def __init__(self, clock: Clock, store: Store, sweep: Sweep, delivery: Delivery, busy: Callable[[], bool]) -> None:
        self._clock = clock
        self._store = store
        self._sweep = sweep
        self._delivery = delivery
        self._busy = busy

    def now(self) -> datetime:
        """The moment."""
        return self._clock.now()

    def next_due(self) -> tuple[datetime, str] | None:
        """When something falls due next, and what it is in words."""
        return self._sweep.upcoming

    async def forward(self, *, minutes: float) -> None:
        """Turns it on, stopping at each due moment on the way."""
        target = self._clock.now() + timedelta(minutes=minutes)
        await self.settled()
        while (following := await self.following()) and following <= target:
            await self._turn(following)
        await self._turn(target)

    async def to_next_due(self) -> None:
        """Turns it to the next due moment, if there is one."""
        await self.settled()
        if following := await self.following():
            await self._turn(following)

    async def settled(self) -> None:
        """Waits until no handler runs, nothing is due and no lane can be sent."""
        self._sweep.wake()
        self._delivery.wake()
        calm = 0
        while calm < 2:
            await asyncio.sleep(GLANCE)
            calm = calm + 1 if await self._is_calm() else 0

    async def _turn(self, to: datetime) -> None:
        with contextlib.suppress(ValueError):  # a clock that runs has passed it meanwhile
            self._clock.turn(to)
        await self.settled()

    async def following(self) -> datetime | None:
        """When something falls due next, whichever bot says it."""
        async with self._store.read() as connection:
            following = await falling.next_due(connection)
        return following[0] if following else None

    async def _is_calm(self) -> bool:
        if self.is_at_work or not self._sweep.liveness.is_current:
            return False
        async with self._store.read() as connection:
            if await falling.due(connection, self._clock.now(), 1):
                return False
        if await self._store.write(lambda c: outbox.is_under_way(c, self._store.machine_now(c))):
            return False
        return not self.is_at_work  # what was claimed while we looked is on its way

    @property
    def is_at_work(self) -> bool:
        """Whether this bot answers somebody, or has a call on its way."""
        return self._busy() or self._delivery.is_sending
