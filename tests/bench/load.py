"""Slash commands as Slack sends them: signed requests, each timed until its acknowledgement has been read."""

import asyncio
import hashlib
import hmac
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from tests.processes.workspace import Json

FORM = "application/x-www-form-urlencoded"
SLACKS_LIMIT = 3.0
"""Seconds within which Slack wants its acknowledgement."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One acknowledged command: its text, when it left (wall-clock seconds), how long it took (seconds), the answer."""

    text: str
    left: float
    took: float
    said: str = ""


@dataclass
class Load:
    """Somebody who types very fast, in this process; the app is in another."""

    session: aiohttp.ClientSession
    url: str
    secret: str
    person: str
    channel: str
    team: str
    triggers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def send(self, text: str) -> Taken:
        """Sends one command and waits for its acknowledgement. Raises RuntimeError for any other answer."""
        body = urlencode(self._payload(text))
        stamp = str(int(time.time()))  # noqa: TID251 - Slack signs with its wall clock
        signature = hmac.new(self.secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"Content-Type": FORM, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        left, began = time.time(), time.perf_counter()  # noqa: TID251 - compared with another process's wall clock
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            said = await answer.text()
            took = time.perf_counter() - began
            if answer.status != 200:
                raise RuntimeError(f"{text!r} was answered with {answer.status}: {said[:200]}")
        return Taken(text, left, took, said)

    def _payload(self, text: str) -> Json:
        number = next(self.triggers)
        return {
            "command": "/incident",
            "text": text,
            "user_id": self.person,
            "user_name": "ada",
            "team_id": self.team,
            "team_domain": "bench",
            "channel_id": self.channel,
            "channel_name": "general",
            "api_app_id": "A0001",
            "trigger_id": f"{time.monotonic_ns()}.{number}.bench",
        }

    async def one_by_one(self, many: int, text: Callable[[int], str]) -> list[Taken]:
        """So many commands, each after the last."""
        return [await self.send(text(number)) for number in range(many)]

    async def at_once(self, hands: int, each: int, text: Callable[[int], str]) -> tuple[list[Taken], float]:
        """So many hands, each one by one; all that was taken, and how long it took together (seconds)."""
        numbers = itertools.count()

        async def hand() -> list[Taken]:
            return [await self.send(text(next(numbers))) for _ in range(each)]

        began = time.perf_counter()
        found = await asyncio.gather(*(hand() for _ in range(hands)))
        return list(itertools.chain.from_iterable(found)), time.perf_counter() - began


def milliseconds(taken: list[Taken]) -> list[float]:
    """How long each took."""
    return [each.took * 1000 for each in taken]
