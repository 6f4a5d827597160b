"""Socket Mode: several connections, dropped, deaf, refreshed."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.socket_mode import Disturbance
from tests.sandbox.conftest import App, web_client


async def dial(sandbox: Sandbox, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    app = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.api_url, session=session)
    url = (await app.apps_connections_open(app_token=sandbox.app_token))["url"]
    socket = await session.ws_connect(url)
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def test_any_one_connection_gets_an_envelope(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sockets = [await dial(sandbox, session) for _ in range(2)]
    heard: list[int] = []

    async def serve(number: int) -> None:
        async for frame in sockets[number]:
            body = frame.json()
            heard.append(number)
            await sockets[number].send_json({"envelope_id": body["envelope_id"], "payload": {"text": "hi"}})

    tasks = [asyncio.create_task(serve(number)) for number in range(2)]
    for _ in range(4):
        assert (await sandbox.command("ada", "incidents", "list")).text == "hi"
    assert sorted(heard) == [0, 0, 1, 1]
    for socket in sockets:
        await socket.close()
    await asyncio.gather(*tasks)


async def test_a_dropped_app_comes_back(sandbox: Sandbox, socket_app: App) -> None:
    @socket_app.bolt.command("/incident")
    async def heard(ack: Any) -> None:
        await ack("here")

    made = await sandbox.connected()
    ways: tuple[Disturbance, ...] = ("refresh", "drop", "cut")
    for how in ways:
        assert await sandbox.disturb_sockets(how) == 1
        async with asyncio.timeout(4):
            made = await sandbox.connected(made)
        assert (await sandbox.command("ada", "incidents", "list")).text == "here"


async def test_a_deaf_connection_looks_open_and_says_nothing(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sandbox.dials.ack_timeout = 0.05
    sandbox.dials.ping_interval = 0.01
    socket = await dial(sandbox, session)
    await sandbox.disturb_sockets("deaf")
    assert (await sandbox.command("ada", "incidents", "list")).status == "timeout"
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.05)
    assert not socket.closed
    await socket.close()


async def test_an_address_serves_once(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    client = web_client(sandbox, session, sandbox.app_token)
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    socket = await session.ws_connect(url)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(url)
    await socket.close()
