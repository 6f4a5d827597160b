"""Builds the parts, starts and stops them in order: one stack, read from top to bottom."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.outside.heard import Heard
from bot.outside.slack import TIME_LIMIT, Slack
from bot.rules.policy import Policy
from bot.settings.environment import Environment
from handlers.bolt import build
from handlers.pages import Troubles, pages
from handlers.parts import Parts
from handlers.signed import Door, door
from handlers.socket import Socket
from scheduler.delivery import Delivery
from scheduler.desk import Desk
from scheduler.housekeeping import Housekeeping
from scheduler.jobs import AlarmClock
from scheduler.sweep import Sweep
from scheduler.turning import Turning
from scheduler.watch import Watch
from store.database import Problem, Store

FAREWELL = 1.0
"""Seconds that each step of stopping gets at most: answers, requests, work; all of it is over within five."""

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
async def running(
    environment: Environment, policy: Policy, clock: Clock, *, time_limit: float = TIME_LIMIT
) -> AsyncIterator[Bot]:
    """A bot at work until the block ends, over a migrated database. Raises Unreachable where that does not answer.

    `time_limit` is how many seconds a call of Slack's may last.
    """
    async with AsyncExitStack() as stack:
        store = await Store.open(environment.database_url)
        stack.push_async_callback(store.close)
        slack = Slack(_bot_token(environment), environment.slack_api_url, time_limit=time_limit)
        stack.push_async_callback(slack.close)
        watch = Watch(slack, store, policy)
        await watch.recall()
        heard = Heard()

        changes = Changes(store, policy, clock)
        parts = _parts(environment, Incidents(changes), slack, clock, watch)
        delivery = Delivery(store, Desk(slack, changes, watch), parts.running.has_any)
        sweep = _put_to_work(stack, changes, watch, delivery)

        stack.push_async_callback(_finish, parts)
        bolt = build(parts)
        socket = _socket(environment, bolt, slack, heard)
        events = door(bolt, parts.signing_secret, heard) if parts.signing_secret else None
        url = await _listen(stack, environment, events, _Health(store, watch, socket).troubles)
        if socket:
            stack.push_async_callback(_at_work(socket.run))
            stack.push_async_callback(_finish, parts)  # what came through the socket is answered through it
        turning = Turning(clock, store, sweep, delivery, parts.running.has_any)
        yield Bot(store, parts.incidents, turning, watch, url)


def _put_to_work(stack: AsyncExitStack, changes: Changes, watch: Watch, delivery: Delivery) -> Sweep:
    """Starts what works by itself; each change and each turn of the clock wakes sweep and delivery."""

    def look_again() -> None:
        sweep.wake()
        delivery.wake()

    housekeeping = Housekeeping(changes.store, changes.clock)
    alarm = AlarmClock(look_again, housekeeping.wake)
    sweep = Sweep(changes, alarm.arm)
    changes.changed = look_again
    changes.clock.on_turn(look_again)
    for work in (watch.run, delivery.run, sweep.run, housekeeping.run):
        stack.push_async_callback(_at_work(work))
    alarm.start()
    stack.callback(alarm.stop)
    return sweep


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


def _socket(environment: Environment, bolt: AsyncApp, slack: Slack, heard: Heard) -> Socket | None:
    token = environment.slack_app_token
    return Socket(bolt, token.get_secret_value(), slack, heard) if token else None


async def _listen(stack: AsyncExitStack, environment: Environment, events: Door | None, troubles: Troubles) -> str:
    """Opens the bot's own HTTP; without a signing secret there is no door for Slack in it."""
    runner = web.AppRunner(
        pages(events, troubles),
        access_log=None,
        shutdown_timeout=FAREWELL,
    )
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, environment.host, environment.port).start()
    return f"http://{environment.host}:{runner.addresses[0][1]}"


@dataclass(frozen=True, slots=True)
class _Health:
    """What `/readyz` looks at."""

    store: Store
    watch: Watch
    socket: Socket | None

    async def troubles(self) -> Sequence[str]:
        """Why the bot cannot do its work, a sentence each; empty when it can."""
        found = []
        if not self.watch.identity:
            found.append("Slack has not told yet who we are (auth.test).")
        found += [f"There is no channel {name} that Tocsin can see." for name in self.watch.missing]
        if self.socket and (trouble := self.socket.trouble()):
            found.append(trouble)
        try:
            await self.store.write(lambda _connection: None)
        except Problem as problem:
            found.append(str(problem))
        return found


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
        async with asyncio.timeout(FAREWELL):
            await parts.running.idle()
