"""Asks what is watched, each watch at its own pace, and brings in what was answered.

One task paces them all by machine time. Who comes late to a watch asks it once and not once for each time missed, and
several programs over one database ask it once between them.
"""

import asyncio
import logging

from pydantic import SecretStr

from bot.rules.watching.judging import is_due
from bot.rules.watching.watch import Watch
from bot.watching import Watches
from scheduler.measuring import Measuring
from store.errors import Problem

AT_ONCE = 8
"""Watches that are asked at the same time."""

log = logging.getLogger(__name__)


class Watching:
    """Asks each watch when its time has come; `token` is what Prometheus is shown."""

    def __init__(self, watches: Watches, token: SecretStr | None = None, *, at_once: int = AT_ONCE) -> None:
        self._watches = watches
        self._gate = asyncio.Semaphore(at_once)
        policy = watches.changes.policy
        self._due = dict.fromkeys(policy.watches, 0.0)
        """When each is asked next, by the loop's own clock."""
        self._asking = set[str]()
        self._measuring = Measuring(policy.prometheus, watches.changes.clock.now, token)

    async def run(self) -> None:
        """Works until it is cancelled."""
        now = asyncio.get_running_loop().time
        if not self._due:
            await asyncio.Event().wait()  # there is nothing to do, for ever
        async with asyncio.TaskGroup() as group:
            while True:
                for watch in self._at(now()):
                    group.create_task(self.ask(watch))
                await asyncio.sleep(max(0.0, min(self._due.values()) - now()))

    def _at(self, now: float) -> list[Watch]:
        """Those whose time has come, each with its next one; without who still waits for an answer."""
        due = [watch for watch, at in self._due.items() if at <= now]
        for watch in due:
            every = watch.every.total_seconds()
            following = self._due[watch] + every
            self._due[watch] = following if following > now else now + every
        return [watch for watch in due if watch.name not in self._asking]

    async def ask(self, watch: Watch) -> None:
        """Asks one, unless another program just did; what goes wrong with it holds up no other."""
        self._asking.add(watch.name)
        async with self._gate:
            try:
                stands = await self._watches.stands(watch)
                if is_due(stands, watch, self._watches.changes.clock.now()):
                    await self._watches.read(watch, *await self._measuring.measure(watch))
            except Problem as problem:
                log.warning("The watch %s waits: %s", watch.name, problem)
            except Exception:
                log.exception("The watch %s could not be asked", watch.name)
            finally:
                self._asking.discard(watch.name)
