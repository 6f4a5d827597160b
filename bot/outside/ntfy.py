"""ntfy: a notification that rings through, to a topic on one server."""

import json
from dataclasses import dataclass, field

from bot.outside.sending import Outcome, post

LOUDEST = 5
MOST = 4_000
"""Bytes of a message. What has more than 4,095 a server takes for a file, and most servers take none."""


@dataclass(frozen=True, slots=True)
class Ntfy:
    """A server, such as `https://ntfy.example.com`; the token where it asks for one."""

    url: str
    token: str = field(default="", repr=False)

    async def send(self, topic: str, title: str, text: str, *, link: str = "", label: str = "") -> Outcome:
        """One notification; `link` is opened by its button, which is called `label`."""
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = {"topic": topic, "title": title, "message": _cut(text), "priority": LOUDEST, "tags": ["rotating_light"]}
        pressed = {"click": link, "actions": [{"action": "view", "label": label, "url": link}]} if link else {}
        written = json.dumps({**body, **pressed}, ensure_ascii=False)  # escaped it may be longer than a server reads
        return await post(f"{self.url}/", headers=headers, data=written.encode())


def _cut(text: str) -> str:
    """What a server takes as one message."""
    whole = text.encode()
    return text if len(whole) <= MOST else f"{whole[: MOST - 3].decode(errors='ignore').rstrip()}…"
