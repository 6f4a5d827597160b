"""Dials: latency, limits and faults of the Web API, as a test orders them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Fault, Sandbox
from tests.sandbox.conftest import TurnedClock

POST: dict[str, Any] = {"channel": "#incidents", "text": "a"}


@pytest.fixture
def impatient(client: AsyncWebClient) -> AsyncWebClient:
    client.retry_handlers = []
    return client


async def test_latency_holds_up_each_call_and_none_another(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.dials.latency = 0.3
    began = time.monotonic()
    await asyncio.gather(*(client.chat_postMessage(**POST) for _ in range(32)))
    one_after_another = 32 * 0.3
    assert 0.3 <= time.monotonic() - began < one_after_another / 2
    assert len(sandbox.messages("ada", "incidents")) == 32


async def test_a_channel_takes_so_many_messages_a_second(sandbox: Sandbox, impatient: AsyncWebClient) -> None:
    sandbox.dials.channel_rate = 1.0
    await impatient.chat_postMessage(**POST)
    with pytest.raises(SlackApiError) as no:
        await impatient.chat_postMessage(**POST)
    assert no.value.response.status_code == 429
    assert no.value.response.headers["Retry-After"] == "1"
    await impatient.chat_postMessage(channel="#payments", text="a")
    assert (sandbox.calls[1].error, sandbox.calls[1].status) == ("ratelimited", 429)


async def test_calls_are_refused_in_the_shares_that_were_ordered(sandbox: Sandbox, impatient: AsyncWebClient) -> None:
    sandbox.dials.faults = [Fault("chat.*", "429", retry_after=7, share=0.5), Fault("chat.postMessage", "500", times=1)]
    for _ in range(6):
        with pytest.raises(SlackApiError) if len(sandbox.calls) in (0, 1, 3, 5) else _nothing():
            await impatient.chat_postMessage(**POST)
    assert [call.status for call in sandbox.calls] == [500, 429, 200, 429, 200, 429]
    await impatient.auth_test()


class _nothing:  # noqa: N801
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


async def test_done_and_never_answered_or_neither(sandbox: Sandbox, impatient: AsyncWebClient) -> None:
    sandbox.dials.faults = [Fault("chat.postMessage", "lost", times=1), Fault("chat.postMessage", "hang", times=1)]
    for _ in range(2):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await impatient.chat_postMessage(**POST)
    assert len(sandbox.messages("ada", "incidents")) == 1
    assert [call.error for call in sandbox.calls] == [None, "hang"]


async def test_done_twice(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.dials.faults = [Fault("chat.postMessage", "twice", times=1)]
    await client.chat_postMessage(**POST)
    assert len(sandbox.messages("ada", "incidents")) == 2


async def test_offline_and_back(sandbox: Sandbox, impatient: AsyncWebClient) -> None:
    sandbox.dials.offline = True
    with pytest.raises(aiohttp.ClientError):
        await impatient.chat_postMessage(**POST)
    assert sandbox.calls[-1].error == "offline"
    sandbox.dials.offline = False
    await impatient.chat_postMessage(**POST)


async def test_stopped_it_is_gone_and_another_may_start(clock: TurnedClock, impatient: AsyncWebClient) -> None:
    first, second = Sandbox(clock), Sandbox(clock)
    await first.start()
    impatient.base_url, impatient.token = first.api_url, first.bot_token
    await impatient.auth_test()
    await first.stop()
    with pytest.raises(aiohttp.ClientError):
        await impatient.auth_test()
    await second.start()
    await second.stop()
