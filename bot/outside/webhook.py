"""A signed webhook: whatever somebody has at the other end, it can tell that a page is ours."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.outside.sending import Outcome, post


@dataclass(frozen=True, slots=True)
class Webhook:
    """`secret` is what both sides know."""

    secret: str = field(repr=False)

    async def send(self, url: str, told: Mapping[str, Any], *, mark: str, at: datetime) -> Outcome:
        """Posts JSON; `mark` is its id, the same whenever it is sent again."""
        body, seconds = json.dumps(told, ensure_ascii=False).encode(), str(int(at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Tocsin-Delivery": mark,
            "X-Tocsin-Timestamp": seconds,
            "X-Tocsin-Signature": f"v1={signature(self.secret, seconds, body)}",
        }
        return await post(url, headers=headers, data=body)


def signature(secret: str, seconds: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a full stop and the body, in hexadecimal digits."""
    return hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
