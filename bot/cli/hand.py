"""The demo's clock: in the hand of whoever looks at the page."""

from datetime import datetime, timedelta

from bot.outside.clock import Clock
from scheduler.turning import Turning


class Hand:
    """What the sandbox's clock buttons press: the bot's own clock, and once it runs its way of turning it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.turning: Turning | None = None

    def now(self) -> datetime:
        """The moment."""
        return self.clock.now()

    def next_due(self) -> tuple[datetime, str] | None:
        """When something falls due next, and what it is in words."""
        return self.turning.next_due() if self.turning else None

    async def forward(self, *, minutes: float) -> None:
        """Turns it on, stopping at each due moment on the way."""
        if self.turning:
            await self.turning.forward(minutes=minutes)
        else:
            self.clock.turn(self.clock.now() + timedelta(minutes=minutes))

    async def to_next_due(self) -> None:
        """Turns it to the next due moment."""
        if self.turning:
            await self.turning.to_next_due()
