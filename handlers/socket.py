"""Socket Mode: one connection to Slack, made as soon as Slack lets us and kept up by its client."""

import asyncio
import logging

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackClientError

PATIENCE = 5.0
"""Seconds between two tries while Slack does not let us in."""

log = logging.getLogger(__name__)


class Socket:
    """The connection. `is_connected` is what `/readyz` asks."""

    def __init__(self, bolt: AsyncApp, app_token: str) -> None:
        self._bolt = bolt
        self._token = app_token
        self._handler: AsyncSocketModeHandler | None = None

    async def is_connected(self) -> bool:
        """Whether Slack's requests reach us right now."""
        return self._handler is not None and await self._handler.client.is_connected()

    async def run(self) -> None:
        """Connects and stays connected until it is cancelled."""
        self._handler = AsyncSocketModeHandler(self._bolt, self._token)
        try:
            await self._connect(self._handler)
            await asyncio.Event().wait()
        finally:
            await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        while True:
            try:
                await handler.connect_async()  # type: ignore[no-untyped-call]
                return
            except (SlackClientError, aiohttp.ClientError, OSError) as error:
                why = type(error).__name__
                log.warning("Socket Mode cannot connect (%s); tried again in %.0f s", why, PATIENCE)
            await asyncio.sleep(PATIENCE)
