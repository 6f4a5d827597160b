"""ntfy: a notification that rings through, to a topic on one server."""

from dataclasses import dataclass, field

from bot.outside.sending import Outcome, post

LOUDEST = 5


@dataclass(frozen=True, slots=True)
class Ntfy:
    """A server, such as `https://ntfy.example.com`; the token where it asks for one."""

    url: str
    token: str = field(default="", repr=False)

    async def send(self, topic: str, title: str, text: str, *, link: str = "", label: str = "") -> Outcome:
        """One notification; `link` is opened by its button, which is called `label`."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else None
        body = {"topic": topic, "title": title, "message": text, "priority": LOUDEST, "tags": ["rotating_light"]}
        pressed = {"click": link, "actions": [{"action": "view", "label": label, "url": link}]} if link else {}
        return await post(f"{self.url}/", headers=headers, json={**body, **pressed})
