"""An address, asked whether it answers as it should."""

import time
from dataclasses import dataclass

import aiohttp

from bot.outside.failing import reason

LIMIT = 10.0
"""Seconds that an answer may take at most, whatever else is wanted."""

READ = 1024 * 1024
"""Bytes of an answer in which words are looked for."""


@dataclass(frozen=True, slots=True)
class Probed:
    """Whether it answered as it should, and how it did: `answers 503, 200 wanted`."""

    fits: bool
    how: str


async def probe(
    address: str, *, status: int = 200, words: str = "", slower: float | None = None, limit: float = LIMIT
) -> Probed:
    """Asks once; `slower` seconds are too long. It follows no redirect: where that is wanted, its status is 302."""
    began = time.monotonic()
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=limit), trust_env=True) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            body = await _head(answer) if words else b""
            found = answer.status
    except TimeoutError:
        return Probed(False, f"does not answer within {limit:g} s")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Probed(False, f"cannot be reached ({reason(error)})")
    took = time.monotonic() - began
    if found != status:
        return Probed(False, f"answers {found}, {status} wanted")
    if words and words.encode() not in body:
        return Probed(False, f"answers {found} without the words “{words}”")
    if slower is not None and took >= slower:
        return Probed(False, f"answers in {took:.1f} s, less than {slower:g} s wanted")
    return Probed(True, f"answers {found} in {took:.2f} s")


async def _head(answer: aiohttp.ClientResponse) -> bytes:
    """As much of the answer as is looked at."""
    body = b""
    async for chunk in answer.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) >= READ:
            break
    return body
