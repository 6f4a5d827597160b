"""The heartbeat against a real server: what counts as heard, and what is never told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.outside.heartbeat import Heartbeat
from tests.processes.running import free_port

SECRET = "0b5c-very-secret"


@dataclass
class Receiver:
    """Somebody who waits for the heartbeat."""

    url: str = ""
    status: int = 200
    heard: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append(f"{request.method} {request.path}")
        return web.Response(status=self.status, headers={"Location": "/elsewhere"} if self.status == 302 else {})


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    site = web.Application()
    site.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/{SECRET}"
    yield made
    await runner.cleanup()


async def test_it_calls_the_address(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    heartbeat = Heartbeat(receiver.url)
    assert heartbeat.is_wanted
    await heartbeat.beat()
    await heartbeat.beat()
    assert receiver.heard == [f"GET /{SECRET}"] * 2
    assert caplog.records == []


async def test_without_an_address_nobody_is_called() -> None:
    heartbeat = Heartbeat(None)
    assert not heartbeat.is_wanted
    await heartbeat.beat()


@pytest.mark.parametrize("status", [302, 404, 503])
async def test_what_is_not_heard_is_told_once_and_when_it_is_over(
    receiver: Receiver, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level("INFO", "bot.outside.heartbeat")
    heartbeat = Heartbeat(receiver.url)
    receiver.status = status
    await heartbeat.beat()
    await heartbeat.beat()
    receiver.status = 200
    await heartbeat.beat()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert str(status) in caplog.text
    assert len(receiver.heard) == 3, "no redirect is followed"
    assert SECRET not in caplog.text


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/{secret}", "http://no-such-host.invalid/{secret}"])
async def test_where_nobody_is_there_the_address_stays_secret(caplog: pytest.LogCaptureFixture, address: str) -> None:
    await Heartbeat(address.format(port=free_port(), secret=SECRET)).beat()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert SECRET not in caplog.text
