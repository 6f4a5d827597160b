"""Socket Mode: a connection to Slack is always there; one that ends or falls silent is replaced.

Before Slack ends a connection it says so: the next one is made while the old one still serves. Two at once do no harm,
for a request that comes twice has one effect.
"""

import asyncio
import logging
import secrets
from functools import partial

import aiohttp
from slack_bolt.async_app import AsyncApp

from bot.outside.heard import Heard
from bot.outside.slack import Problem, Slack
from bot.settings.tokens import WHERE
from handlers.bolt import dispatched
from handlers.connection import DEAF_AFTER, FAREWELL, Connection

HELLO_WITHIN = 10.0
"""Seconds that Slack gets from the first call to its hello."""

LINGER = 30.0
"""Seconds that a connection serves on after Slack announced its end; Slack itself ends it before."""

SETTLED = 10.0
"""Seconds after which a connection has held: when it ends, the next is made at once."""

FIRST = 0.1
FLAPPING, SHUT, REFUSED = 1.0, 10.0, 60.0
"""Seconds of the longest pause: where Slack lets us in but not for long, where it does not, where it never will."""

CURES = {
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "token_expired", "missing_scope"),
        f"set SLACK_APP_TOKEN anew, then restart Tocsin. It is {WHERE['SLACK_APP_TOKEN']}.",
    ),
    "account_inactive": "the app was removed from the workspace. Install it again.",
    "link_disabled": "Socket Mode is off for this app. Turn it on: api.slack.com/apps → your app → Socket Mode.",
    "too_many_websockets": "ten connections of this app are open. Stop the bots that nobody needs.",
}
"""What somebody has to do, by Slack's word; whatever else keeps us out passes by itself."""

USUAL = frozenset({"", "warning", "refresh_requested"})
"""Why Slack ends connections every day."""

log = logging.getLogger("tocsin.socket")


class Socket:
    """The connections. `trouble` is what `/readyz` asks; `deaf_after` is how many seconds one may be silent."""

    def __init__(
        self, bolt: AsyncApp, app_token: str, slack: Slack, heard: Heard, *, deaf_after: float = DEAF_AFTER
    ) -> None:
        self._deaf_after = deaf_after
        self._dispatch = partial(dispatched, bolt)
        self._token = app_token
        self._slack = slack
        self._heard = heard
        self._serving: dict[Connection, asyncio.Task[None]] = {}
        self._why = ""
        self._tries = 0

    def trouble(self) -> str | None:
        """Why Slack's requests do not reach us now, with the age of the last frame in seconds; None where they do."""
        age = self._heard.age()
        since = "nothing has come from Slack yet" if age is None else f"Slack was last heard {age:.0f} s ago"
        if not any(each.is_open for each in self._serving):
            why = f" ({self._why})" if self._why else ""
            return f"Socket Mode is not connected{why}; {since}."
        return f"Socket Mode is deaf; {since}." if age is not None and age > self._deaf_after else None

    async def run(self) -> None:
        """Keeps a connection up until it is cancelled."""
        async with aiohttp.ClientSession(trust_env=True) as session:
            try:
                while True:
                    connection = await self._next(session)
                    await connection.leaving.wait()
                    await self._left(connection)
            finally:
                for task in self._serving.values():
                    task.cancel()
                await asyncio.gather(*self._serving.values(), return_exceptions=True)

    async def _next(self, session: aiohttp.ClientSession) -> Connection:
        """The next connection on which Slack greets us."""
        while True:
            try:
                async with asyncio.timeout(HELLO_WITHIN):
                    connection = await self._connected(session)
            except Problem as problem:
                await self._pause(problem.code, REFUSED if problem.code in CURES else SHUT, problem.retry_after)
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
                await self._pause(type(error).__name__, SHUT)
            else:
                if await connection.greeting:
                    self._explain("")
                    return connection
                self._end(connection)
                await self._pause(connection.reason or "no hello", REFUSED if connection.reason in CURES else SHUT)

    async def _connected(self, session: aiohttp.ClientSession) -> Connection:
        """A connection on which Slack has said something or that has ended. Raises whatever prevents one."""
        opened = await self._slack.ask("apps.connections.open", token=self._token)
        timeout = aiohttp.ClientWSTimeout(ws_close=FAREWELL)
        socket = await session.ws_connect(str(opened.get("url")), autoping=False, timeout=timeout)
        connection = Connection(socket, self._dispatch, self._heard, self._deaf_after)
        task = asyncio.create_task(connection.serve())
        self._serving[connection] = task
        task.add_done_callback(lambda _task: self._serving.pop(connection))
        try:
            await asyncio.shield(connection.greeting)
        except asyncio.CancelledError:
            task.cancel()
            raise
        return connection

    async def _left(self, connection: Connection) -> None:
        """One that Slack has announced the end of serves on beside the next, for a while."""
        asyncio.get_running_loop().call_later(LINGER, self._end, connection)
        if connection.lasted >= SETTLED:
            self._tries = 0
            return
        reason = "" if connection.reason in USUAL else connection.reason
        await self._pause(reason, REFUSED if reason in CURES else FLAPPING)

    def _end(self, connection: Connection) -> None:
        if task := self._serving.get(connection):
            task.cancel()

    async def _pause(self, why: str, longest: float, told: float | None = None) -> None:
        """Waits before the next try: each time twice as long, up to `longest`; or as long as Slack told."""
        self._explain(why)
        pause = min(FIRST * 2**self._tries, longest) * secrets.SystemRandom().uniform(0.5, 1.0)
        self._tries = min(self._tries + 1, 10)
        await asyncio.sleep(max(pause, told or 0.0))

    def _explain(self, why: str) -> None:
        """Says once why it does not connect, and what somebody has to do about it."""
        if why == self._why:
            return
        self._why = why
        if why in CURES:
            log.error("Socket Mode: Slack says no (%s): %s", why, CURES[why])
        elif why:
            log.warning("Socket Mode cannot connect (%s); it is tried again and again", why)
        else:
            log.info("Socket Mode is connected")
