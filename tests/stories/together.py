"""The clock of several bots over one database: it is turned on when each of them has settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import Bot
from bot.outside.clock import Clock


class Together:
    """As `Turning` is for one bot."""

    def __init__(self, clock: Clock, bots: Sequence[Bot]) -> None:
        self._clock = clock
        self._turnings = [bot.turning for bot in bots]

    def now(self) -> datetime:
        return self._clock.now()

    def next_due(self) -> tuple[datetime, str] | None:
        return self._turnings[0].next_due()

    async def settled(self) -> None:
        """Waits until none of them has anything left to do: one looks into the database, which is the same for all."""
        await self._turnings[0].settled()
        while any(turning.is_at_work for turning in self._turnings):
            for turning in self._turnings:
                await turning.settled()

    async def forward(self, *, minutes: float) -> None:
        """Turns it on, stopping at each due moment on the way."""
        target = self._clock.now() + timedelta(minutes=minutes)
        await self.settled()
        while (following := await self._turnings[0].following()) and following <= target:
            self._clock.turn(max(following, self._clock.now()))
            await self.settled()
        self._clock.turn(max(target, self._clock.now()))
        await self.settled()

    async def to_next_due(self) -> None:
        """Turns it to the next due moment, if there is one."""
        await self.settled()
        if following := await self._turnings[0].following():
            self._clock.turn(max(following, self._clock.now()))
            await self.settled()
