"""Signed links in pages outside Slack: who holds one may do one thing, as one person, until it ends."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

LIFE = timedelta(hours=12)
"""How long a link holds: less than what is remembered of a request, so that it works once."""

SALT = "page"


class Spent(Exception):
    """A link that is not ours, or has ended: the sentence says which."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a link is for, as that person: incidents and what is done with each, or the try of a `way`.

    `mark` is one for each page; `sent` is when it was.
    """

    person: str
    way: str
    mark: str
    asks: Mapping[int, str] = field(default_factory=dict)
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """`public` is where people reach this Tocsin; where that is not known there are no links."""

    public: str | None = None
    secret: str = field(default="", repr=False)

    def make(self, person: str, way: str, mark: str, asks: Mapping[int, str], now: datetime) -> str:
        """The address of a link; empty where there are none. `asks`: what its button does with each incident."""
        if not (self.public and self.secret):
            return ""
        ends = math.ceil((now + LIFE).timestamp())
        packed = {ask: [number for number, each in asks.items() if each == ask] for ask in sorted({*asks.values()})}
        return f"{self.public}/page/{self._signer().dumps([person, way, mark, packed, ends])}"

    def read(self, token: str, now: datetime) -> Pressed:
        """What the link is for. Raises Spent."""
        try:
            person, way, mark, packed, ends = self._signer().loads(token)
        except (BadData, ValueError, TypeError):
            raise Spent("This link is not whole, or not from here. Open it from the page again.") from None
        end = datetime.fromtimestamp(ends, UTC)
        if end <= now:
            raise Spent("This link has ended. Answer in Slack.")
        asks = {number: ask for ask, numbers in packed.items() for number in numbers}
        return Pressed(person, way, mark, asks, end - LIFE)

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=SALT)
