"""`tocsin run`: the bot at work, until it is told to stop."""

import asyncio
import logging
import signal
import sys

from bot.app import running
from bot.cli import logs
from bot.cli.ending import plainly
from bot.outside.clock import Clock
from bot.rules.policy import Policy
from bot.settings.environment import Environment, load_environment
from bot.settings.policy import load_policy
from store.migrations import migrate

TURN = 0.0005
"""Seconds after which a thread lets another go on: at Python's own 5 ms, answers wait for the thread that writes."""

log = logging.getLogger("tocsin")


def run() -> None:
    """Serve Slack, over Socket Mode where SLACK_APP_TOKEN is set, and over HTTP where SLACK_SIGNING_SECRET is."""
    with plainly():
        environment = load_environment()
        environment.require_tokens()
        policy = load_policy(environment.config_file)
        hidden = (*environment.secrets, policy.heartbeat or "")
        logs.set_up(environment.log_level, environment.log_format, hidden)
        sys.setswitchinterval(TURN)
        asyncio.run(_serve(environment, policy))


async def _serve(environment: Environment, policy: Policy) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await migrate(environment.database_url)
    async with running(environment, policy, Clock()) as bot:
        ways = [
            way
            for way, used in (
                ("Socket Mode", environment.socket_mode),
                (f"{bot.url}/slack/events", environment.slack_signing_secret),
            )
            if used
        ]
        log.info("Tocsin listens to Slack over %s", " and ".join(ways))
        await stop.wait()
        log.info("Tocsin stops; what is under way is ended first")
