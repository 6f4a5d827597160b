"""The bot's own HTTP over real sockets: whatever a peer sends, or does not send, it is told so and holds nothing."""

import asyncio
import gzip
import io
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.outside.heard import Heard
from bot.outside.metrics import Glance, Metrics
from handlers import peers
from handlers.bolt import build
from handlers.pages import pages
from handlers.parts import Parts
from handlers.signed import door

SOON = 30.0
"""Seconds within which everything here has happened, also on a busy machine."""


class Served:
    """A server on this machine, and what it counted."""

    def __init__(self) -> None:
        self.port = 0
        self.counted: Counter[tuple[str, int]] = Counter()

    def count(self, path: str, status: int) -> None:
        self.counted[path, status] += 1

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def told(self, sent: bytes) -> bytes:
        """Everything that comes back until the server closes the connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        try:
            async with asyncio.timeout(SOON):
                return await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def serving(made: web.Application, served: Served, head_within: float = 60.0) -> AsyncIterator[Served]:
    running = peers.runner(made, 0.5, head_within)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    served.port = running.addresses[0][1]
    yield served
    await running.cleanup()


@pytest.fixture
async def served(parts: Parts) -> AsyncIterator[Served]:
    """The bot's own pages, with Slack's door in them."""

    async def no_troubles() -> list[str]:
        return []

    async def scrape(accept: str) -> tuple[bytes, str]:
        return Metrics().page(accept, Glance(ready=True))

    it = Served()
    events = door(build(parts), "a secret", Heard())
    async with serving(pages(events, no_troubles, scrape, token="t0k3n-ñ", counted=it.count), it):
        yield it


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def echo(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def test_a_body_that_trickles_in_is_cut_off_and_holds_up_nobody(session: aiohttp.ClientSession) -> None:
    it = Served()
    made = peers.site(it.count, body_within=1.0)
    made.router.add_post("/", echo)
    async with serving(made, it):
        reader, writer = await asyncio.open_connection("127.0.0.1", it.port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")

        async def trickle() -> None:
            while not writer.is_closing():
                writer.write(b"a")
                await asyncio.sleep(0.05)

        trickling = asyncio.create_task(trickle())
        async with session.post(it.url, data=b"12345") as answer:
            assert await answer.text() == "5"
        async with asyncio.timeout(SOON):
            with_end = await reader.readuntil(b"\r\n\r\n")
            await reader.read()
        trickling.cancel()
        writer.close()
    assert with_end.startswith(b"HTTP/1.1 408 ")
    assert b"Connection: close" in with_end
    assert it.counted == {("/", 200): 1, ("/", 408): 1}


@pytest.mark.parametrize("sent", [b"", b"POST / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
async def test_a_connection_without_a_whole_request_is_closed(sent: bytes) -> None:
    made, it = peers.site(Served().count), Served()
    async with serving(made, it, head_within=0.2):
        assert await it.told(sent) == b""


async def test_a_body_that_is_too_large_is_refused_however_it_comes(
    served: Served, session: aiohttp.ClientSession
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(peers.LARGEST // 16_384 + 1):
            yield b"x" * 16_384

    packed = gzip.compress(b"x" * (8 * peers.LARGEST))
    for body, headers in (
        (io.BytesIO(b"x" * (peers.LARGEST + 1)), {}),
        (chunks(), {}),
        (packed, {"Content-Encoding": "gzip"}),
    ):
        async with session.post(f"{served.url}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 413, headers


async def test_who_is_refused_is_told_in_one_sentence_of_json(served: Served, session: aiohttp.ClientSession) -> None:
    large, cut = io.BytesIO(b"x" * (peers.LARGEST + 1)), {"Content-Encoding": "gzip"}
    for method, path, more, status, said in (
        ("POST", "/slack/events", {"data": large}, 413, "larger than 4 MB"),
        ("POST", "/slack/events", {"data": b"no gzip", "headers": cut}, 400, "not encoded as it says"),
        ("PUT", "/slack/events", {"data": b"{}"}, 405, "This address takes POST, not PUT."),
        ("GET", "/slack/events", {}, 405, "This address takes POST, not GET."),
        ("POST", "/healthz", {}, 405, "This address takes GET, not POST."),
        ("POST", "/nowhere", {}, 404, "nothing at this address"),
    ):
        async with session.request(method, f"{served.url}{path}", **more) as answer:
            found = await answer.json()
            assert (answer.status, said in found["error"]) == (status, True), found


GARBAGE = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS
    b"SSH-2.0-OpenSSH_9.2\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 20_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(500)) + b"\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
    b"Content-Length: 3\r\n\r\nabc",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Slack-Signature: \xff\r\n"
    b"X-Slack-Request-Timestamp: \xff\r\nContent-Length: 1\r\n\r\n\xff",
    b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \xff\xfe\r\n\r\n",
    b"GET /%00%ff/../..//x?a=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("sent", GARBAGE, ids=range(len(GARBAGE)))
async def test_what_is_no_request_gets_a_4xx_that_names_no_version(
    served: Served, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await served.told(sent)
    assert answer[9:10] == b"4", answer
    assert not [word for word in (b"aiohttp", b"Python", b"Traceback") if word in answer]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_only_what_is_there_is_there(served: Served, session: aiohttp.ClientSession) -> None:
    for method, path, status in (
        ("GET", "/healthz", 200),
        ("HEAD", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("GET", "/slack/events", 405),
        ("POST", "/metrics", 405),
        ("POST", "/slack/events", 401),
    ):
        async with session.request(method, f"{served.url}{path}") as answer:
            assert answer.status == status, path
            assert answer.headers["Server"] == "tocsin"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert status != 405 or answer.headers["Allow"]
    assert served.counted["/slack/events", 401] == 1
    assert served.counted["other", 404] == 2
    assert {path for path, _ in served.counted} <= {"/healthz", "/readyz", "/slack/events", "/metrics", "other"}


async def test_figures_are_for_who_shows_the_token(served: Served, session: aiohttp.ClientSession) -> None:
    for shown, status in (
        (None, 401),
        ("Bearer wrong", 401),
        ("t0k3n-ñ", 401),
        ("Bearer t0k3n-ñ2", 401),
        ("Bearer t0k3n-ñ", 200),
    ):
        headers = {"Authorization": shown} if shown else {}
        async with session.get(f"{served.url}/metrics", headers=headers) as answer:
            assert answer.status == status, shown
            assert status == 200 or answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert ("tocsin_ready 1.0" in await answer.text()) is (status == 200)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/plain; version=0.0.4; charset=utf-8"),
        ("application/openmetrics-text; version=1.0.0,text/plain;q=0.5", "application/openmetrics-text"),
    ],
)
async def test_the_form_of_the_figures_is_what_is_asked_for(
    served: Served, session: aiohttp.ClientSession, accept: str, kind: str
) -> None:
    headers = {"Accept": accept, "Authorization": "Bearer t0k3n-ñ"}
    async with session.get(f"{served.url}/metrics", headers=headers) as answer:
        assert answer.headers["Content-Type"].startswith(kind)
        assert (await answer.text()).endswith("# EOF\n") is ("openmetrics" in kind)


async def test_what_breaks_says_an_id_that_is_in_the_log_and_nothing_else(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise KeyError("something private")

    it = Served()
    made = peers.site(it.count)
    made.router.add_get("/", broken)
    async with serving(made, it), session.get(it.url) as answer:
        assert answer.status == 500
        told = await answer.json()
    [record] = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert told == {"error": record.getMessage().removeprefix("Unforeseen ")}
