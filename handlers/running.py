"""Work that nobody may cancel: each piece in a task of its own."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Running:
    """The tasks that handlers have started and that have not ended yet."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def has_any(self) -> bool:
        """Whether something that somebody asked for is still at work."""
        return bool(self._tasks)

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Starts `work` in its own task and keeps hold of it until it ends."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def idle(self) -> None:
        """Waits until nothing is at work."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))
