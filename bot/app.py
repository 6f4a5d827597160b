"""Builds the parts, starts and stops them in order: one stack, read from top to bottom."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.answering import Answering
from bot.outside.clock import Clock
from bot.outside.heard import Heard
from bot.outside.heartbeat import Heartbeat
from bot.outside.metrics import Metrics
from bot.outside.slack import TIME_LIMIT, Called, Slack
from bot.outside.ways import outward
from bot.readiness import Health, kinds_found
from bot.rules.policy import Policy
from bot.settings.environment import Environment, plain
from bot.site import both, site
from bot.watching import Watches
from handlers.bolt import build
from handlers.pages import Troubles, nothing
from handlers.parts import Parts
from handlers.peers import runner
from handlers.scraping import Scraping
from handlers.signed import door
from handlers.socket import Socket
from scheduler.attending import attend
from scheduler.audit import Auditor
from scheduler.backups import Backups
from scheduler.calendars import Calendars
from scheduler.delivery import Delivery
from scheduler.desk import Desk
from scheduler.housekeeping import Housekeeping
from scheduler.jobs import AlarmClock
from scheduler.presence import Presence
from scheduler.sweep import Sweep
from scheduler.turning import Turning
from scheduler.upkeep import at_work
from scheduler.watching import Watching
from scheduler.workspace import Workspace
from store import directory
from store.database import Store
from store.secrets import link_secret

FAREWELL = 1.0
"""Seconds that each step of stopping gets at most: answers, requests, work; all of it is over within five."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, as the command line and stories need it."""

    store: Store
    incidents: Incidents
    turning: Turning
    workspace: Workspace
    url: str
    auditor: Auditor


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
        metrics, heard, answering = Metrics(way=_way(environment)), Heard(), Answering()
        slack = _slack(stack, environment, time_limit, metrics.called, answering.called)
        workspace = Workspace(slack, store, policy)
        await workspace.recall()
        presence = await _appear(store, Presence(store, heard, _way(environment)), policy)

        changes = Changes(store, policy, clock)
        out = outward(environment, await store.write(link_secret))
        parts = replace(_parts(environment, Incidents(changes), slack, clock, workspace, metrics), outward=out)
        delivery = Delivery(store, Desk(slack, changes, workspace, out), parts.running.has_any, presence, metrics)
        sweep = _put_to_work(stack, changes, workspace, delivery, _watching(environment, changes), metrics)
        _attend(stack, presence, sweep)
        warnings = both(_put_to_backups(stack, changes, environment.database_url), _put_to_calendars(stack, changes))

        stack.push_async_callback(_finish, parts)
        bolt = build(parts)
        socket = _socket(environment, bolt, slack, heard)
        events = door(bolt, parts.signing_secret, heard) if parts.signing_secret else None
        auditor = Auditor(changes)
        troubles = Health(presence, workspace, socket, answering, auditor).troubles
        scraping = Scraping(store, parts, troubles, heard.age, lambda: presence.alive, kinds_found(auditor))
        url = await _listen(stack, environment, site(environment, events, scraping, warnings))
        _listen_by_socket(stack, socket, parts)
        _audit(stack, auditor, troubles, answering, workspace, Heartbeat(policy.heartbeat))
        turning = Turning(clock, store, sweep, delivery, parts.running.has_any)
        yield Bot(store, parts.incidents, turning, workspace, url, auditor)


async def _appear(store: Store, presence: Presence, policy: Policy) -> Presence:
    """Tells others over the same database that we run, and with which configuration."""
    await presence.beat()
    await store.write(lambda connection: directory.keep_workspace(connection, directory.POLICY, policy.fingerprint))
    return presence


def _put_to_work(
    stack: AsyncExitStack,
    changes: Changes,
    workspace: Workspace,
    delivery: Delivery,
    watching: Watching,
    metrics: Metrics,
) -> Sweep:
    """Starts what works by itself; each change and each turn of the clock wakes sweep and delivery."""

    def look_again() -> None:
        sweep.wake()
        delivery.wake()

    housekeeping = Housekeeping(changes)
    alarm = AlarmClock(look_again, housekeeping.wake)
    sweep = Sweep(changes, alarm.arm, metrics.reminded)
    changes.changed = look_again
    attend(workspace, changes, sweep.look_at_all)
    changes.clock.on_turn(look_again)
    changes.clock.on_turn(housekeeping.turned)
    for work in (workspace.run, delivery.run, sweep.run, housekeeping.run, watching.run):
        stack.push_async_callback(at_work(work))
    alarm.start()
    stack.callback(alarm.stop)
    return sweep


def _watching(environment: Environment, changes: Changes) -> Watching:
    return Watching(Watches(changes), environment.prometheus_token)


def _attend(stack: AsyncExitStack, presence: Presence, sweep: Sweep) -> None:
    """Starts what tells others that we run; who comes or goes may leave work behind."""
    presence.changed = sweep.look_at_all
    stack.push_async_callback(at_work(presence.run))


def _audit(
    stack: AsyncExitStack,
    auditor: Auditor,
    troubles: Troubles,
    answering: Answering,
    workspace: Workspace,
    heartbeat: Heartbeat,
) -> None:
    """Starts the self-audit; after each, while all is well, the heartbeat's address is called."""

    async def audited() -> None:
        if answering.trouble():
            workspace.look_again()  # where nothing waits to be said, nothing else would find out that it answers again
        if heartbeat.is_wanted and not await troubles():
            await heartbeat.beat()

    auditor.audited = audited
    stack.push_async_callback(at_work(auditor.run))


def _put_to_backups(stack: AsyncExitStack, changes: Changes, url: str) -> Troubles:
    """Starts what makes backups, where they are configured; what tells that there is none of late."""
    if changes.policy.backup is None:
        return nothing
    backups = Backups(changes.store, changes.clock, changes.policy.backup, url)
    changes.clock.on_turn(backups.wake)
    stack.push_async_callback(at_work(backups.run))
    return backups.warnings


def _put_to_calendars(stack: AsyncExitStack, changes: Changes) -> Troubles:
    """Starts what asks calendars for shifts, where a rotation is kept in one; what tells which are not well."""
    asking = Calendars(changes)
    if not asking.is_wanted:
        return nothing
    stack.push_async_callback(at_work(asking.run))
    return asking.warnings


def _way(environment: Environment) -> str:
    """How Slack is listened to."""
    return "socket" if environment.socket_mode else "http"


def _slack(stack: AsyncExitStack, environment: Environment, time_limit: float, *listeners: Called) -> Slack:
    """The Web API; each of the listeners is told of each call."""

    def called(method: str, error: str | None, seconds: float) -> None:
        for each in listeners:
            each(method, error, seconds)

    slack = Slack(_bot_token(environment), environment.slack_api_url, time_limit=time_limit, called=called)
    stack.push_async_callback(slack.close)
    return slack


def _bot_token(environment: Environment) -> str:
    environment.require_tokens()
    return plain(environment.slack_bot_token)


def _parts(
    environment: Environment, incidents: Incidents, slack: Slack, clock: Clock, workspace: Workspace, metrics: Metrics
) -> Parts:
    return Parts(
        incidents=incidents,
        slack=slack,
        clock=clock,
        token=_bot_token(environment),
        identity=lambda: workspace.identity,
        person=workspace.person,
        signing_secret=plain(environment.slack_signing_secret),
        metrics=metrics,
    )


def _socket(environment: Environment, bolt: AsyncApp, slack: Slack, heard: Heard) -> Socket | None:
    token = environment.slack_app_token
    return Socket(bolt, token.get_secret_value(), slack, heard) if token else None


def _listen_by_socket(stack: AsyncExitStack, socket: Socket | None, parts: Parts) -> None:
    if socket:
        stack.push_async_callback(at_work(socket.run))
        stack.push_async_callback(_finish, parts)  # what came through the socket is answered through it


async def _listen(stack: AsyncExitStack, environment: Environment, site: web.Application) -> str:
    """Opens the bot's own HTTP; without a signing secret there is no door for Slack in it."""
    serving = runner(site, FAREWELL)
    await serving.setup()
    stack.push_async_callback(serving.cleanup)
    await web.TCPSite(serving, environment.host, environment.port).start()
    return f"http://{environment.host}:{serving.addresses[0][1]}"


async def _finish(parts: Parts) -> None:
    """What people asked for before the end is carried out."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(FAREWELL):
            await parts.running.idle()
