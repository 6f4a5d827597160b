"""A sandbox as a process of its own: `python -m bot.sandbox --port N --clock real`.

Prints one line of JSON with its addresses and tokens when it is ready, and runs until it is told to stop.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from datetime import UTC, datetime

from bot.sandbox import Sandbox, SandboxRefused, demo_workspace


class RealClock:
    """The machine's clock: it cannot be turned, and knows of nothing due."""

    def now(self) -> datetime:
        """The wall clock's moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  (a workspace of its own has no other clock)

    async def forward(self, *, minutes: float) -> None:
        """Refused: real time passes by itself."""
        raise SandboxRefused(f"This clock is real: wait {minutes:g} minutes instead.")

    async def to_next_due(self) -> None:
        """Refused: real time passes by itself."""
        raise SandboxRefused("This clock is real and cannot be turned.")

    def next_due(self) -> tuple[datetime, str] | None:
        """Nothing is known to be due."""
        return None


def arguments(given: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A Slack workspace on this machine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--clock", choices=["real"], default="real")
    address = "deliver by signed HTTP requests to this URL, not by Socket Mode; several are served in turn"
    parser.add_argument("--events-url", action="append", default=[], help=address)
    parser.add_argument("--scopes", help="comma separated; without it everything is granted")
    parser.add_argument("--command", default="/incident")
    parser.add_argument("--bot-token", help="this token, not a fresh one; so too the next two")
    parser.add_argument("--app-token")
    parser.add_argument("--signing-secret")
    parser.add_argument("--empty", action="store_true", help="without the demo's people and channels")
    return parser.parse_args(given)


def build(asked: argparse.Namespace) -> Sandbox:
    """The sandbox that was asked for."""
    scopes = asked.scopes.split(",") if asked.scopes else None
    sandbox = Sandbox(
        RealClock(),
        command=asked.command,
        scopes=scopes,
        bot_token=asked.bot_token,
        app_token=asked.app_token,
        signing_secret=asked.signing_secret,
    )
    if asked.events_url:
        sandbox.deliver_over_http(*asked.events_url)
    if not asked.empty:
        demo_workspace(sandbox)
    return sandbox


async def run(asked: argparse.Namespace) -> None:
    """Run until SIGTERM or SIGINT."""
    sandbox = build(asked)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await sandbox.start(asked.host, asked.port)
    names = ("url", "api_url", "bot_token", "app_token", "signing_secret", "team_id", "bot_user")
    sys.stdout.write(json.dumps({name: getattr(sandbox, name) for name in names}) + "\n")
    sys.stdout.flush()
    await stop.wait()
    await sandbox.stop()


if __name__ == "__main__":
    asyncio.run(run(arguments(sys.argv[1:])))
