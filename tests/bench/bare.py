"""What Tocsin is compared with: a Bolt app whose one command does nothing, served the same way (`bare.py PORT`)."""

import asyncio
import re
import signal
import sys

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.outside.heard import Heard
from handlers.pages import pages
from handlers.signed import door

SECRET = "0123456789abcdef0123456789abcdef"


def app() -> AsyncApp:
    """Signature checked, authorized without a call, nothing done."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1", bot_user_id="U0000BOT")

    async def on_command() -> BoltResponse:
        return BoltResponse(status=200, body="")

    bare = AsyncApp(authorize=authorize, signing_secret=SECRET, process_before_response=True)
    bare.command(re.compile(""))(on_command)
    return bare


async def serve(port: int) -> None:
    """Until SIGTERM."""

    async def no_troubles() -> list[str]:
        return []

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    runner = web.AppRunner(pages(door(app(), SECRET, Heard()), no_troubles), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)  # noqa: T201 - the one who started it waits for this
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
