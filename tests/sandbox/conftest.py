"""A sandbox with Ada, Bob and three channels, a clock that only a test moves, and apps to connect to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, demo_workspace

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class TurnedClock:
    """Stands still until a test turns it."""

    moment: datetime = MIDNIGHT

    def now(self) -> datetime:
        return self.moment

    async def forward(self, *, minutes: float) -> None:
        self.moment += timedelta(minutes=minutes)

    async def to_next_due(self) -> None:
        await self.forward(minutes=30)

    def next_due(self) -> tuple[datetime, str] | None:
        return self.moment + timedelta(minutes=30), "INC-1: update due"


@dataclass
class App:
    """A real Bolt app over the sandbox, and all that reached it."""

    bolt: AsyncApp
    events: list[dict[str, Any]] = field(default_factory=list)
    retries: list[Any] = field(default_factory=list)

    def types(self) -> list[str]:
        return [e["event"]["type"] for e in self.events]


def bolt_app(sandbox: Sandbox, session: aiohttp.ClientSession) -> App:
    """An app that keeps every event; a test adds its own listeners."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=sandbox.team_id,
            bot_token=sandbox.bot_token,
            bot_user_id=sandbox.bot_user,
            bot_id=sandbox.bot_id,
        )

    bolt = AsyncApp(
        client=web_client(sandbox, session),
        authorize=authorize,
        signing_secret=sandbox.signing_secret,
        process_before_response=True,
        ignoring_self_events_enabled=False,
    )
    app = App(bolt)

    @bolt.middleware
    async def keep(body: dict[str, Any], request: AsyncBoltRequest, next: Any) -> None:
        if body.get("type") == "event_callback":
            app.events.append(body)
            app.retries.append(request.headers.get("x-slack-retry-num", [""])[0])
        await next()

    @bolt.event({"type": "message"})
    @bolt.event({"type": "member_joined_channel"})
    async def taken() -> None: ...

    return app


def web_client(sandbox: Sandbox, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    token = sandbox.bot_token if token is None else token
    return AsyncWebClient(token=token, base_url=sandbox.api_url, session=session)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
async def sandbox(clock: TurnedClock) -> AsyncIterator[Sandbox]:
    made = Sandbox(clock)
    demo_workspace(made)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def client(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncWebClient:
    return web_client(sandbox, session)


@pytest.fixture
async def http_app(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[App]:
    """An app behind a request URL."""
    app = bolt_app(sandbox, session)
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(app.bolt.web_app("/slack/events"), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        sandbox.deliver_over_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        yield app


@pytest.fixture
async def socket_app(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[App]:
    """An app on Socket Mode."""
    app = bolt_app(sandbox, session)
    handler = AsyncSocketModeHandler(app.bolt, sandbox.app_token, ping_interval=1)
    await handler.connect_async()
    yield app
    await handler.close_async()


@pytest.fixture(params=["http_app", "socket_app"])
def app(request: pytest.FixtureRequest) -> App:
    """An app, over HTTP and over Socket Mode."""
    made: App = request.getfixturevalue(request.param)
    return made
