"""Deliveries to the app: each is counted until it is answered or given up, so that quiet can be awaited."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.sandbox.records import Ack, Json
from bot.sandbox.workspace import Workspace

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to hand to the app."""

    kind: Kind
    payload: Json
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered: its body, or why there is none (`timeout` or `error`)."""

    status: Literal["ok", "timeout", "error"]
    body: Json | None = None
    no_retry: bool = False


class Carrier(Protocol):
    """A way to the app: signed HTTP, or Socket Mode."""

    @property
    def known(self) -> bool:
        """Whether an app was ever there."""

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        """Hand over one parcel and wait for the answer, `limit` seconds at most."""


@dataclass(slots=True)
class Delivery:
    """Hands acts and events to the app over whatever carrier is set."""

    ws: Workspace
    carrier: Carrier
    running: set[asyncio.Task[Any]] = field(default_factory=set)
    events: int = 0

    def tell(self, event: Json) -> None:
        """Send an event, in the background; it is sent again when the app fails to take it."""
        if not self.carrier.known:
            return
        self.events += 1
        who = self.ws.who
        grant = {"enterprise_id": None, "team_id": who.team_id, "user_id": who.bot_user}
        payload = {
            "token": "verification",
            "team_id": who.team_id,
            "api_app_id": who.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{self.events:06d}",
            "event_time": self.ws.seconds(),
            "authorizations": [grant | {"is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
        }
        self.start(self._insist(payload))
        for again in range(1, self.ws.dials.redeliver + 1):
            parcel = Parcel("events_api", payload, again, "http_timeout")
            self.start(self.carrier.carry(parcel, self.ws.dials.ack_timeout))

    async def ask(self, kind: Kind, payload: Json) -> Ack:
        """Send a person's act and wait for the acknowledgement; it is never sent again by itself."""
        limit = self.ws.dials.ack_timeout
        began = time.monotonic()
        for _ in range(self.ws.dials.redeliver):
            self.start(self.carrier.carry(Parcel(kind, payload), limit))
        answer = await self.start(self.carrier.carry(Parcel(kind, payload), limit))
        spent = (time.monotonic() - began) * 1000
        codes = {"ok": None, "timeout": "operation_timeout", "error": "dispatch_failed"}
        return Ack(answer.status, answer.body, spent, codes[answer.status])

    async def quiet(self) -> None:
        """Wait until nothing is on its way to the app."""
        while self.running:
            await asyncio.wait(self.running)

    async def stop(self) -> None:
        """Give up what is on its way."""
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)

    def start(self, work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
        """Run a delivery, counted until it ends."""
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return task

    async def _insist(self, payload: Json) -> Answer:
        answer = await self.carrier.carry(Parcel("events_api", payload), self.ws.dials.ack_timeout)
        for retry, delay in enumerate(self.ws.dials.retry_delays, start=1):
            if answer.status == "ok" or answer.no_retry:
                break
            await asyncio.sleep(delay)
            reason = "http_timeout" if answer.status == "timeout" else "http_error"
            parcel = Parcel("events_api", payload, retry, reason)
            answer = await self.carrier.carry(parcel, self.ws.dials.ack_timeout)
        return answer
