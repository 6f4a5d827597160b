"""One connection of Socket Mode: what comes in on it is answered on it, and its silence is heard.

The SDK's own client is not used: when a connection is cut it notices up to ten seconds later, it tries an address again
that serves only once, and after a refresh it answers on the new connection what came in on the old one.
"""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import aiohttp
from slack_bolt import BoltResponse

from bot.outside.heard import Heard
from handlers.request import from_json

Frame: TypeAlias = dict[str, Any]
Dispatch: TypeAlias = Callable[[dict[str, Any]], Awaitable[BoltResponse]]

DEAF_AFTER = 15.0
"""Seconds without any frame after which a connection is given up."""

PINGS = 3
"""Pings of ours in that time. Slack answers each, and pings by itself every few seconds."""

FAREWELL = 1.0
"""Seconds that the last answers, and then the end of a connection, get at most."""

ENDED = {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.ERROR}
log = logging.getLogger("tocsin.socket")


class Connection:
    """A connection at work. `greeting` becomes true at Slack's hello, false where there will be none.

    `leaving` is set once it ends, or Slack has said that it soon will; `reason` is Slack's word for why, or empty.
    """

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, dispatch: Dispatch, heard: Heard, deaf_after: float = DEAF_AFTER
    ) -> None:
        self._socket = socket
        self._deaf_after = deaf_after
        self._dispatch = dispatch
        self._heard = heard
        self._answers: set[asyncio.Task[None]] = set()
        self._greeted_at: float | None = None
        self.greeting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.leaving = asyncio.Event()
        self.reason = ""

    @property
    def lasted(self) -> float:
        """Seconds since the hello; 0 before it."""
        return 0.0 if self._greeted_at is None else time.monotonic() - self._greeted_at

    @property
    def is_open(self) -> bool:
        """Whether Slack has greeted us on it, and it has not ended."""
        return self._greeted_at is not None and not self._socket.closed

    async def serve(self) -> None:
        """Takes what comes in until the connection ends or falls silent; the last answers leave before it closes."""
        pinging = asyncio.create_task(self._ping())
        try:
            await self._listen()
        finally:
            self._leave()
            pinging.cancel()
            await self._end()

    async def _listen(self) -> None:
        while True:
            try:
                frame = await self._socket.receive(timeout=self._deaf_after)
            except TimeoutError:
                log.warning("Socket Mode: nothing came for %.0f s; the connection is replaced", self._deaf_after)
                return
            if frame.type in ENDED:
                return
            self._heard.now()
            if frame.type == aiohttp.WSMsgType.PING:
                await self._say(self._socket.pong(frame.data))
            elif frame.type == aiohttp.WSMsgType.TEXT:
                self._take(_read(frame.data))

    def _take(self, said: Frame) -> None:
        kind, envelope = said.get("type"), said.get("envelope_id")
        if kind == "hello":
            self._greeted_at = time.monotonic()
            self._greet(True)
        elif kind == "disconnect":
            self.reason = str(said.get("reason") or "")
            self._leave()
        elif isinstance(envelope, str) and isinstance(payload := said.get("payload"), dict):
            answer = asyncio.create_task(self._answer(envelope, payload))
            self._answers.add(answer)
            answer.add_done_callback(self._answers.discard)

    def _leave(self) -> None:
        self.leaving.set()
        self._greet(False)

    def _greet(self, is_greeted: bool) -> None:
        if not self.greeting.done():
            self.greeting.set_result(is_greeted)

    async def _answer(self, envelope: str, payload: Frame) -> None:
        response = await self._dispatch(payload)
        if response.status == 200:  # anything else is not acknowledged: Slack tells the person, or tells it again
            said = {"envelope_id": envelope, **({"payload": json.loads(response.body)} if response.body else {})}
            await self._say(self._socket.send_str(json.dumps(said)))

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(self._deaf_after / PINGS)
            await self._say(self._socket.ping())

    async def _say(self, saying: Awaitable[None]) -> None:
        with contextlib.suppress(aiohttp.ClientError, OSError, RuntimeError):  # gone: the reading side sees it too
            await saying

    async def _end(self) -> None:
        if self._answers and not self._socket.closed:
            await asyncio.wait(self._answers, timeout=FAREWELL)
        await self._socket.close()


def _read(text: str) -> Frame:
    """A frame's content; empty where it is no JSON object."""
    try:
        found = from_json(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
