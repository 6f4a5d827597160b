"""Deliveries as signed HTTP requests, as an app without Socket Mode gets them."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery import Answer, Parcel
from bot.sandbox.records import Json

FORM = "application/x-www-form-urlencoded"


def sign(secret: str, stamp: str, body: str) -> str:
    """Slack's signature, version 0, of a body sent at a wall-clock second."""
    text = f"v0:{stamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def encode(parcel: Parcel) -> tuple[str, str]:
    """The body of a parcel and its content type."""
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload), "application/json"
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload), FORM
    return urlencode({"payload": json.dumps(parcel.payload)}), FORM


@dataclass(slots=True)
class HttpCarrier:
    """Posts to the app's request URL; several are served in turn, as behind a load balancer."""

    urls: Sequence[str]
    secret: str
    session: aiohttp.ClientSession
    known: bool = True
    next_url: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.next_url = cycle(self.urls)

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        """Post one parcel and read the answer."""
        body, content_type = encode(parcel)
        # Slack signs with its wall clock, and apps refuse what is older than five minutes by theirs.
        stamp = str(int(time.time()))  # noqa: TID251
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(self.secret, stamp, body),
        }
        if parcel.retry:
            headers |= {"x-slack-retry-num": str(parcel.retry), "x-slack-retry-reason": parcel.reason}
        timeout = aiohttp.ClientTimeout(total=limit)
        for _ in self.urls:
            try:
                async with self.session.post(
                    next(self.next_url), data=body, headers=headers, timeout=timeout
                ) as answer:
                    return read_answer(answer.status, answer.headers.get("x-slack-no-retry"), await answer.text())
            except TimeoutError:
                return Answer("timeout")
            except aiohttp.ClientConnectorError:
                continue  # nobody listens there: the next one
            except aiohttp.ClientError:
                return Answer("error")
        return Answer("error")


def read_answer(status: int, no_retry: str | None, text: str) -> Answer:
    """What the app's HTTP answer means."""
    if not 200 <= status < 300:
        return Answer("error", no_retry=no_retry == "1")
    return Answer("ok", body_of(text))


def body_of(text: str) -> Json | None:
    """The body of an acknowledgement: JSON, or plain text that is a message's text."""
    if not text.strip():
        return None
    try:
        parsed = json.loads(text)
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {"text": text}
