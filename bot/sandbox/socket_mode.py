"""Deliveries over Socket Mode: the app connects, envelopes go out, acknowledgements come back."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from aiohttp import WSCloseCode, WSMsgType, web

from bot.sandbox.delivery import Answer, Parcel
from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace

MOST = 10
# Close properly, cut without a word, stay open and deaf, ask the app to reconnect, or tell it that it is switched off.
Disturbance = Literal["drop", "cut", "deaf", "refresh", "disabled"]
REASONS = {"refresh": "refresh_requested", "disabled": "link_disabled"}


@dataclass(eq=False, slots=True)
class Connection:
    """One connection of the app. A deaf one still looks open, and neither says nor hears anything."""

    socket: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    deaf: bool = False

    async def send(self, body: Json) -> None:
        """Say something, unless deaf or gone."""
        if self.deaf or self.socket.closed:
            return
        try:
            await self.socket.send_json(body)
        except (ConnectionError, RuntimeError):
            self.fail()

    def fail(self) -> None:
        """The connection is gone: nothing it was asked will be answered."""
        for future in self.waiting.values():
            if not future.done():
                future.set_result(Answer("error"))


@dataclass(slots=True)
class SocketCarrier:
    """The app's connections; any one of them gets an envelope."""

    ws: Workspace
    known: bool = False
    made: int = 0
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    connections: list[Connection] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def ticket(self) -> str:
        """An address for one connection."""
        ticket = f"ticket-{next(self.numbers)}"
        self.tickets.add(ticket)
        return f"{self.ws.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self.ws.who.app_id}"

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        """Send one envelope and wait for its acknowledgement."""
        if not self.connections:
            return Answer("error")
        number = next(self.numbers)
        connection = self.connections[number % len(self.connections)]
        envelope_id = f"envelope-{number}"
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.send(envelope(envelope_id, parcel))
            async with asyncio.timeout(limit):
                return await future
        except TimeoutError:
            return Answer("timeout")
        finally:
            connection.waiting.pop(envelope_id, None)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets or len(self.connections) >= MOST:
            return web.Response(status=403)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=0.2)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self.connections.append(connection)
        await self._made()
        pinging = asyncio.create_task(self._ping(connection))
        try:
            await connection.send(self._hello())
            await self._listen(connection)
        finally:
            pinging.cancel()
            self.connections.remove(connection)
            connection.fail()
        return socket

    async def _made(self) -> None:
        self.known = True
        self.made += 1
        async with self.news:
            self.news.notify_all()

    async def connected(self, more_than: int = 0) -> int:
        """Wait until the app has connected more than so many times. Returns how many times it has."""
        async with self.news:
            await self.news.wait_for(lambda: self.made > more_than)
        return self.made

    def _hello(self) -> Json:
        app = {"app_id": self.ws.who.app_id}
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 3600}
        return {"type": "hello", "num_connections": len(self.connections), "connection_info": app} | {
            "debug_info": debug
        }

    async def _ping(self, connection: Connection) -> None:
        while not connection.socket.closed:
            await asyncio.sleep(self.ws.dials.ping_interval)
            if not connection.deaf:
                try:
                    await connection.socket.ping(b"sandbox")
                except (ConnectionError, RuntimeError):
                    return

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.socket:
            if connection.deaf:
                continue
            if frame.type == WSMsgType.PING:
                await connection.socket.pong(frame.data)
            elif frame.type == WSMsgType.TEXT:
                accept(connection, frame.data)

    async def disturb(self, how: Disturbance) -> int:
        """Disturb all connections. Returns how many there were."""
        there = list(self.connections)
        for connection in there:
            if how == "deaf":
                connection.deaf = True
            elif how in REASONS:
                await connection.send({"type": "disconnect", "reason": REASONS[how]})
            elif how == "cut" and connection.request.transport is not None:
                connection.request.transport.abort()
            else:
                await connection.socket.close(code=WSCloseCode.GOING_AWAY, message=b"dropped", drain=False)
        return len(there)


def envelope(envelope_id: str, parcel: Parcel) -> Json:
    """A parcel in its envelope."""
    body: Json = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != "events_api",
    }
    if parcel.kind == "events_api":
        body |= {"retry_attempt": parcel.retry, "retry_reason": parcel.reason}
    return body


def accept(connection: Connection, text: str) -> None:
    """Take the acknowledgement of an envelope; whatever else comes is ignored, as Slack does."""
    try:
        said = json.loads(text)
    except ValueError:
        return
    future = connection.waiting.get(said.get("envelope_id", "")) if isinstance(said, dict) else None
    if future is not None and not future.done():
        future.set_result(Answer("ok", said.get("payload") or None))
