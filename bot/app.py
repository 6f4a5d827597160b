"""Builds the parts, starts and stops them in order: one stack, read from top to bottom."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.outside.slack import Slack
from bot.rules.policy import Policy
from bot.settings.environment import Environment
from handlers.bolt import build
from handlers.pages import pages
from handlers.parts import Parts
from scheduler.delivery import Delivery
from scheduler.desk import Desk
from scheduler.housekeeping import Housekeeping
from scheduler.jobs import AlarmClock
from scheduler.sweep import Sweep
from scheduler.turning import Turning
from scheduler.watch import Watch
from store.database import Store

FAREWELL = 3.0
"""Seconds that work in flight gets when the bot stops."""

RESTART_AFTER = 1.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, as the command line and stories need it."""

    store: Store
    incidents: Incidents
    turning: Turning
    watch: Watch
    url: str


@asynccontextmanager
async def running(environment: Environment, policy: Policy, clock: Clock) -> AsyncIterator[Bot]:
    """A bot at work until the block ends, over a migrated database. Raises Unreachable where that does not answer."""
    async with AsyncExitStack() as stack:
        store = await Store.open(environment.database_url)
        stack.push_async_callback(store.close)
        slack = Slack(_bot_token(environment), environment.slack_api_url)
        stack.push_async_callback(slack.close)
        watch = Watch(slack, store, policy)
        await watch.recall()

        changes = Changes(store, policy, clock)
        incidents = Incidents(changes)
        delivery = Delivery(store, Desk(slack, changes, watch))
        housekeeping = Housekeeping(store, clock)
        alarm = AlarmClock(lambda: changes.changed(), housekeeping.wake)
        sweep = Sweep(changes, alarm.arm)

        def look_again() -> None:
            sweep.wake()
            delivery.wake()

        changes.changed = look_again
        clock.on_turn(look_again)
        for work in (watch.run, delivery.run, sweep.run, housekeeping.run):
            stack.push_async_callback(_at_work(work))
        alarm.start()
        stack.callback(alarm.stop)

        parts = _parts(environment, incidents, slack, clock, watch)
        bolt = build(parts)
        stack.push_async_callback(_finish, parts)
        url = await _listen(stack, environment, bolt, watch)
        if environment.slack_app_token:
            stack.push_async_callback(_at_work(_socket(bolt, environment.slack_app_token.get_secret_value())))
        turning = Turning(clock, store, sweep, delivery, lambda: not parts.running.is_idle)
        yield Bot(store, incidents, turning, watch, url)


def _bot_token(environment: Environment) -> str:
    environment.require_tokens()
    return environment.slack_bot_token.get_secret_value() if environment.slack_bot_token else ""


def _parts(environment: Environment, incidents: Incidents, slack: Slack, clock: Clock, watch: Watch) -> Parts:
    secret = environment.slack_signing_secret
    return Parts(
        incidents=incidents,
        slack=slack,
        clock=clock,
        token=_bot_token(environment),
        identity=lambda: watch.identity,
        person=watch.person,
        signing_secret=secret.get_secret_value() if secret else "",
    )


async def _listen(stack: AsyncExitStack, environment: Environment, bolt: AsyncApp, watch: Watch) -> str:
    """Opens the bot's own HTTP; without a signing secret there is no door for Slack in it."""
    site = pages(bolt if environment.slack_signing_secret else None, lambda: _troubles(watch))
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=FAREWELL)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, environment.host, environment.port).start()
    return f"http://{environment.host}:{runner.addresses[0][1]}"


def _troubles(watch: Watch) -> Sequence[str]:
    return () if watch.identity else ("Slack has not told yet who we are (auth.test).",)


def _socket(bolt: AsyncApp, token: str) -> Callable[[], Awaitable[None]]:
    """Socket Mode: connected as soon as Slack lets us, and kept so by its client."""

    async def work() -> None:
        handler = AsyncSocketModeHandler(bolt, token)
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            await asyncio.Event().wait()
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]

    return work


def _at_work(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
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
        except Exception:
            log.exception("%s broke; it is started again", getattr(work, "__qualname__", work))
        await asyncio.sleep(RESTART_AFTER)


async def _finish(parts: Parts) -> None:
    """What people asked for before the end is carried out."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(parts.running.idle(), FAREWELL)
