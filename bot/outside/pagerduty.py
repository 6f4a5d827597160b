"""PagerDuty: Events v2 out, and what its webhook (v3) tells back."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.outside.sending import Outcome, Permanent, post
from bot.rules.paging.pagerduty import Action

URL = "https://events.pagerduty.com"
LONGEST = 1_024


@dataclass(frozen=True, slots=True)
class PagerDuty:
    """`keys`: the routing key of each service that the configuration names."""

    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    url: str = URL
    mark: str = "tocsin"
    """What keys begin with, so that two Tocsins that share a service do not meet."""

    def dedup(self, number: int) -> str:
        """The key of all events about one incident."""
        return f"{self.mark}-{number}"

    def number(self, dedup: str) -> int | None:
        """The incident that a key of ours is about."""
        mark, _, number = dedup.rpartition("-")
        return int(number) if mark == self.mark and re.fullmatch(r"[0-9]{1,9}", number) else None

    async def send(
        self, service: str, action: Action, *, dedup: str, summary: str, severity: str, link: str = ""
    ) -> Outcome:
        """One event; all of one incident have one dedup key, so that an event that comes twice is one."""
        if service not in self.keys:
            return Permanent("not_set_up")
        event: dict[str, Any] = {"routing_key": self.keys[service], "event_action": action, "dedup_key": dedup}
        if action == "trigger":
            event["payload"] = {"summary": summary[:LONGEST], "source": "tocsin", "severity": severity}
            event["client"] = "Tocsin"
            event["links"] = [{"href": link, "text": "In Slack"}] if link else []
        return await post(f"{self.url}/v2/enqueue", json=event)


def is_signed(secret: str, body: bytes, signatures: str) -> bool:
    """Whether one of the signatures of a webhook (`v1=…,v1=…`) is PagerDuty's."""
    wanted = "v1=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    shown = (each.strip().encode("utf-8", "surrogateescape") for each in signatures.split(","))
    return any(hmac.compare_digest(each, wanted.encode()) for each in shown)
