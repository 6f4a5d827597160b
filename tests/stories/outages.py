"""For stories in which Slack is away for a while: a short time limit, and waiting until all that was held up is out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from store import outbox
from tests.stories.kit import Stage, Story, told

LIMIT = 1.0
"""Seconds that a call may last; then it is looked up, and not before. More than a busy machine stands still."""

POSSIBLE = (
    "chat.postMessage",
    "chat.update",
    "conversations.create",
    "conversations.history",
    "conversations.replies",
    "users.conversations",
)
"""Calls that these stories may make while Slack is away."""


@asynccontextmanager
async def impatient(
    stage: Stage, configuration: dict[str, Any] | None = None, limit: float = LIMIT
) -> AsyncIterator[Story]:
    """A story whose bot waits for Slack only so long."""
    async with told(stage, time_limit=limit, configuration=configuration) as story:
        yield story


async def caught_up(story: Story) -> None:
    """Waits until nothing that may be sent is waiting for its time any more."""
    store = story.bot.store
    while await store.write(lambda c: outbox.next_wait(c, store.machine_now(c))) is not None:
        await story.settled()


def allow_offline(story: Story) -> None:
    """Calls that find nobody are part of the story."""
    for method in POSSIBLE:
        story.allow(method, "offline")
