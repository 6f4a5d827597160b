"""A sandbox as a process of its own: it says where it is, answers, and ends when told."""

from __future__ import annotations

import asyncio
import json
import sys

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient


async def test_a_process_of_its_own(session: aiohttp.ClientSession) -> None:
    command = [sys.executable, "-W", "error", "-m", "bot.sandbox", "--port", "0", "--clock", "real"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    assert process.stdout is not None
    said = json.loads(await process.stdout.readline())
    client = AsyncWebClient(token=said["bot_token"], base_url=said["api_url"], session=session)
    assert (await client.auth_test())["team_id"] == "T0001"
    async with session.post(f"{said['url']}/sandbox/clock", json={"minutes": 5}) as answer:
        assert "This clock is real" in (await answer.json())["error"]
    process.terminate()
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
