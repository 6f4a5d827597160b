"""Parties outside, as real servers of their protocol on this machine: they answer, refuse, fail and fall silent."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Heard:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Party:
    """An HTTP server; `status` is what it answers, None breaks the connection off."""

    url: str = ""
    status: int | None = 200
    headers: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.heard.append(Heard(request.path_qs, dict(request.headers), await request.read()))
        if self.status is None:
            assert request.transport
            request.transport.abort()
            return web.Response()
        return web.Response(status=self.status, headers=self.headers)


@asynccontextmanager
async def party(made: Party | None = None) -> AsyncIterator[Party]:
    """An HTTP server for as long as the block lasts."""
    made, site = made or Party(), web.Application()
    site.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


@dataclass
class Letterbox:
    """An SMTP server; `says` is what it answers to a mail, `to` what it answers to a recipient."""

    url: str = ""
    says: str = "250 Taken"
    to: str = "250 OK"
    mails: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.mails.append(envelope)
        return self.says


@asynccontextmanager
async def letterbox() -> AsyncIterator[Letterbox]:
    """An SMTP server for as long as the block lasts."""
    made = Letterbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(made, loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0)
    made.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def silence() -> AsyncIterator[int]:
    """A port at which somebody listens and never answers."""
    ended = asyncio.Event()

    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    yield int(server.sockets[0].getsockname()[1])
    ended.set()
    server.close()
    await server.wait_closed()
