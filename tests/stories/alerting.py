"""How a program sends alerts in a story."""

import io
from typing import Any

import aiohttp

from tests.alerts.payloads import alertmanager
from tests.stories.kit import Story


async def sent(story: Story, source: str, payload: Any, *, token: str = "") -> tuple[int, dict[str, Any]]:
    """Posts a payload to one of the bots, each in turn; its status and its answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = story.bots[-1].url
    async with aiohttp.ClientSession() as session:
        body: dict[str, Any] = {"data": io.BytesIO(payload)} if isinstance(payload, bytes) else {"json": payload}
        async with session.post(f"{url}/alerts/{source}", headers=headers, **body) as answer:
            found = await answer.json() if answer.content_type == "application/json" else {"error": await answer.text()}
    await story.settled()
    return answer.status, found


async def fire(story: Story, *alerts: dict[str, Any]) -> dict[str, Any]:
    """Alertmanager sends these."""
    status, found = await sent(story, "alertmanager", alertmanager(*alerts))
    assert status == 200, found
    return found
