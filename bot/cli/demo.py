"""`tocsin demo`: a Slack workspace on this machine with the bot in it, to try everything without a workspace."""

import asyncio
import contextlib
import signal
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr

from bot.app import running
from bot.cli import logs
from bot.cli.ending import plainly
from bot.cli.hand import Hand
from bot.outside.clock import Clock
from bot.settings.demo import demo as configuration
from bot.settings.environment import Environment
from bot.settings.policy import read_policy
from bot.settings.scopes import BOT_SCOPES
from handlers.offered import EVENTS, SHORTCUTS, completions
from store.migrations import migrate

if TYPE_CHECKING:
    from bot.sandbox import Sandbox

DEFAULT_PORT = 8025


def demo(
    port: Annotated[int, typer.Option(help="Where the page is served; 0 takes a free one.")] = DEFAULT_PORT,
) -> None:
    """Open a Slack to touch: declare an incident, act as others, turn the clock. Nothing leaves this machine."""
    with plainly(), contextlib.suppress(KeyboardInterrupt):
        logs.set_up("WARNING", "text")
        asyncio.run(_demo(port))


async def _demo(port: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with workspace(port) as sandbox:
        typer.echo(
            f"\n  Tocsin's demo is at  {sandbox.url}\n\n  Open it in a browser. Ctrl-C ends it; nothing is kept.\n"
        )
        await stop.wait()


@asynccontextmanager
async def workspace(port: int) -> AsyncIterator["Sandbox"]:
    """A sandbox with the bot in it, over Socket Mode and a database that is thrown away."""
    from bot.sandbox import Sandbox, demo_workspace  # the other commands do without it

    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-demo-"))
        hand = Hand(Clock())
        policy = read_policy(configuration(hand.now().date()))
        sandbox = Sandbox(
            hand, hints=True, scopes=set(BOT_SCOPES), events=EVENTS, completions=completions(), shortcuts=SHORTCUTS
        )
        demo_workspace(sandbox)
        await sandbox.start(port=port)
        stack.push_async_callback(sandbox.stop)
        environment = _environment(sandbox, f"sqlite+aiosqlite:///{folder}/demo.db", _free_port())
        await migrate(environment.database_url)
        bot = await stack.enter_async_context(running(environment, policy, hand.clock))
        hand.turning = bot.turning
        await bot.workspace.ready.wait()  # a clock in somebody's hand does not wait for Slack to tell whom to page
        sandbox.alerts_go_to(f"{bot.url}/alerts/alertmanager")
        yield sandbox


def _environment(sandbox: "Sandbox", database: str, port: int) -> Environment:
    """Everything leads back to the sandbox: what would go out of Slack is shown on its page."""
    return Environment(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_api_url=sandbox.api_url,
        database_url=database,
        smtp_url=SecretStr(sandbox.smtp_url),
        mail_from="tocsin@tocsin-demo.example",
        ntfy_url=f"{sandbox.url}/outside/ntfy",
        twilio_account_sid="demo",
        twilio_auth_token=SecretStr("demo"),
        twilio_from="+15550100",
        twilio_url=f"{sandbox.url}/outside/twilio",
        public_url=f"http://127.0.0.1:{port}",
        port=port,
    )


def _free_port() -> int:
    """A port that nobody listens on: links to the bot have to name it before it starts."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
