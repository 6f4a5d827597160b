"""What is watched, asked once by `tocsin check`: a query that answers nothing is better known by day."""

import asyncio

from bot.cli.checks.line import Line
from bot.outside.clock import Clock
from bot.rules.policy import Policy
from bot.rules.watching.watch import Watch
from bot.settings.environment import Environment
from scheduler.measuring import Measuring

CURE = "try its query in Prometheus; while nothing is measured it cannot fire"
BAD = "it would fire now, once that lasts"
AT_ONCE = 8


async def watches(policy: Policy, environment: Environment) -> list[Line]:
    """A line for each watch: what it measures now, or why it measures nothing."""
    measuring = Measuring(policy.prometheus, Clock().now, environment.prometheus_token)
    gate = asyncio.Semaphore(AT_ONCE)

    async def asked(watch: Watch) -> Line:
        async with gate:
            return line(watch, *await measuring.measure(watch))

    return list(await asyncio.gather(*map(asked, policy.watches)))


def line(watch: Watch, value: float | None, how: str) -> Line:
    """What is to be said of an answer."""
    what = f"Watch {watch.name}"
    if value is None:
        return Line(f"{what}: {how}", CURE, warns=True)
    told = how or f"{watch.measure.title} {watch.shown(value)}"
    return Line(f"{what}: {told}", BAD if watch.is_bad(value) else "", warns=watch.is_bad(value))
