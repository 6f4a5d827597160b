"""Work that nobody may cancel: each piece in a task of its own. And what was said already, to say it once."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
REMEMBERED = 1_000


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


class Once:
    """Keys of the latest requests: what accompanies an answer is said to the first of them only."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, None] = OrderedDict()

    def is_first(self, key: str) -> bool:
        """Whether the key comes for the first time, as far as this process remembers."""
        is_new = key not in self._known
        self._known[key] = None
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return is_new
