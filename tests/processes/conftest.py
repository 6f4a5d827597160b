"""A workspace in its own process, and the bot in another."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.processes.place import Place, Transport

MakePlace = Callable[..., Any]


@pytest.fixture
async def make_place(tmp_path: Path) -> AsyncIterator[MakePlace]:
    """Makes a place; every process of it is gone at the end."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)))

        async def make(transport: Transport = "http", settings: str | None = None, **more: Any) -> Place:
            place = await Place.make(tmp_path, session, transport, settings, **more)
            stack.push_async_callback(place.end)
            return place

        yield make
