"""Socket Mode over a workspace that drops, cuts, deafens and refreshes its connections."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.outside.clock import Clock
from bot.outside.heard import Heard
from bot.outside.slack import Slack
from bot.sandbox import Sandbox, demo_workspace
from bot.sandbox.socket_mode import Disturbance
from handlers.socket import Socket
from tests.handlers.conftest import NOW
from tests.processes.running import until

NEVER = 600.0
SOON = 0.2
A_WHILE = 1.5
"""Seconds: so long that a busy machine is not taken for a deaf connection."""


@dataclass
class Line:
    """A workspace, and what keeps up the connection to it; the one command it serves may be held up."""

    sandbox: Sandbox
    slack: Slack
    heard: Heard = field(default_factory=Heard)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    commands: int = 0

    def app(self) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1")

        async def on_command() -> BoltResponse:
            self.commands += 1
            await self.held.wait()
            return BoltResponse(status=200, body={"text": "here"})

        app = AsyncApp(client=self.slack.client, authorize=authorize, process_before_response=True)
        app.command(re.compile(""))(on_command)
        return app

    @asynccontextmanager
    async def up(self, *, token: str = "", deaf_after: float = NEVER) -> AsyncIterator[Socket]:
        socket = Socket(self.app(), token or self.sandbox.app_token, self.slack, self.heard, deaf_after=deaf_after)
        running = asyncio.create_task(socket.run())
        try:
            yield socket
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def answers(self) -> None:
        """A command typed now is answered."""
        self.held.set()
        assert (await self.sandbox.command("ada", "incidents", "list")).text == "here"


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    sandbox = Sandbox(Clock(NOW, runs=False))
    demo_workspace(sandbox)
    await sandbox.start()
    slack = Slack(sandbox.bot_token, sandbox.api_url)
    yield Line(sandbox, slack)
    await slack.close()
    await sandbox.stop()


async def whole(socket: Socket) -> None:
    async def well() -> bool:
        return socket.trouble() is None

    await until(well, "connected")


@pytest.mark.parametrize("how", ["drop", "cut", "refresh"])
async def test_what_ends_is_followed_by_the_next(line: Line, how: Disturbance) -> None:
    async with line.up() as socket:
        made = await line.sandbox.connected()
        for _ in range(5):
            await line.sandbox.disturb_sockets(how)
            made = await line.sandbox.connected(made)
            await whole(socket)
            await line.answers()


async def test_it_says_that_there_is_no_connection(line: Line) -> None:
    line.sandbox.dials.offline = True
    async with line.up() as socket:

        async def tried() -> bool:
            return "no_answer" in (socket.trouble() or "")

        await until(tried, "a try")
        assert socket.trouble() == "Socket Mode is not connected (no_answer); nothing has come from Slack yet."
        line.sandbox.dials.offline = False
        await whole(socket)
        await line.answers()
        line.sandbox.dials.offline = True
        await line.sandbox.disturb_sockets("cut")
        await until(tried, "another try")
        assert re.search(r"\(no_answer\); Slack was last heard \d+ s ago\.", socket.trouble() or "")


async def test_a_deaf_connection_is_replaced(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    line.sandbox.dials.ping_interval = NEVER
    async with line.up(deaf_after=SOON) as socket:
        made = await line.sandbox.connected()
        await line.sandbox.disturb_sockets("deaf")
        made = await line.sandbox.connected(made)
        await whole(socket)
        await line.answers()
    assert "nothing came for" in caplog.text


async def test_an_idle_connection_is_kept(line: Line) -> None:
    """Nobody types, and Slack does not ping by itself: our own pings are answered."""
    line.sandbox.dials.ping_interval = NEVER
    async with line.up(deaf_after=A_WHILE) as socket:
        await line.sandbox.connected()
        await asyncio.sleep(2 * A_WHILE)  # this is the idling itself, and waits for nothing
        assert line.sandbox.sockets.made == 1
        assert socket.trouble() is None


async def test_what_was_asked_before_a_refresh_is_answered_where_it_was_asked(line: Line) -> None:
    async with line.up():
        made = await line.sandbox.connected()
        asked = asyncio.create_task(line.sandbox.command("ada", "incidents", "list"))

        async def taken() -> bool:
            return line.commands == 1

        await until(taken, "the command")
        await line.sandbox.disturb_sockets("refresh")
        await line.sandbox.connected(made)
        line.held.set()
        assert (await asked).text == "here"
        assert len(line.sandbox.sockets.connections) == 2
        await line.answers()


async def test_at_the_end_what_was_asked_is_answered(line: Line) -> None:
    async with line.up():
        await line.sandbox.connected()
        asked = asyncio.create_task(line.sandbox.command("ada", "incidents", "list"))

        async def taken() -> bool:
            return line.commands == 1

        await until(taken, "the command")
        asyncio.get_running_loop().call_later(SOON, line.held.set)
    assert (await asked).text == "here"


@pytest.mark.parametrize(
    ("token", "code", "cure"),
    [("xapp-another", "invalid_auth", "App-Level Tokens"), ("bot", "not_allowed_token_type", "connections:write")],
)
async def test_a_refused_token_is_told_once_with_its_cure(
    line: Line, caplog: pytest.LogCaptureFixture, token: str, code: str, cure: str
) -> None:
    async with line.up(token=line.sandbox.bot_token if token == "bot" else token) as socket:

        async def refused() -> bool:
            return len(line.sandbox.calls) > 2

        await until(refused, "three tries")
        assert code in (socket.trouble() or "")
    told = [record for record in caplog.records if record.name == "tocsin.socket"]
    assert len(told) == 1
    assert told[0].levelno == logging.ERROR
    assert f"({code})" in told[0].getMessage()
    assert cure in told[0].getMessage()
    assert line.sandbox.bot_token not in caplog.text


async def test_switched_off_in_the_apps_settings(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    async with line.up():
        await line.sandbox.connected()
        await line.sandbox.disturb_sockets("disabled")

        async def told() -> bool:
            return "Socket Mode is off for this app" in caplog.text

        await until(told, "the cure")


async def test_a_frame_that_is_no_envelope_changes_nothing(line: Line) -> None:
    async with line.up() as socket:
        await line.sandbox.connected()
        await whole(socket)
        [connection] = line.sandbox.sockets.connections
        for nothing in ("", "no JSON", "[]", "7", '{"type": 7}', '{"envelope_id": {}}', "[" * 100_000):
            await connection.socket.send_str(nothing)
        for payload in (None, [], "text", {"type": 3}):
            await connection.socket.send_json({"envelope_id": "e", "type": "interactive", "payload": payload})
        await connection.socket.send_bytes(b"\xff\x00")
        await line.answers()
        assert line.sandbox.sockets.made == 1
