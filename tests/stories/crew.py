"""The bots of a story: they start, stop, and start again on the same database in the same workspace."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bot.app import Bot, running
from bot.cli.hand import Hand
from bot.rules.policy import Policy
from bot.sandbox import Sandbox
from bot.settings.environment import Environment
from tests.stories.together import Together


@dataclass
class Crew:
    """`bots` is empty while they are stopped."""

    sandbox: Sandbox
    environment: Environment
    policy: Policy
    hand: Hand
    size: int
    time_limit: float
    bots: Sequence[Bot] = ()
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> Together:
        """All of them run, and know the workspace; the clock that turns them together."""
        calls = [
            running(self.environment, self.policy, self.hand.clock, time_limit=self.time_limit)
            for _ in range(self.size)
        ]
        self.bots = [await self.stack.enter_async_context(each) for each in calls]
        turning = Together(self.hand.clock, self.bots)
        self.hand.turning = turning
        if self.environment.slack_signing_secret:
            self.sandbox.deliver_over_http(*(f"{bot.url}/slack/events" for bot in self.bots))
        for bot in self.bots:
            await bot.workspace.ready.wait()
        if self.environment.slack_app_token:
            await self.sandbox.connected(more_than=self.size - 1)
        return turning

    async def stop(self) -> None:
        """None of them runs."""
        await self.stack.aclose()
        self.bots = ()
