"""Asks what is watched, each watch at its own pace, and brings in what was answered.

One task paces them all by machine time. Who comes late to a watch asks it once and not once for each time missed, and
several programs over one database ask it once between them.
"""

import asyncio
import logging
from datetime import timedelta

from bot.outside.probe import probe
from bot.outside.prometheus import NOTHING, Figures, Prometheus
from bot.rules.watching.judging import is_due
from bot.rules.watching.watch import WEEKS, Watch, relative
from bot.watching import Watches
from store.errors import Problem

AT_ONCE = 8
"""Watches that are asked at the same time."""

WEEK, HALF_HOUR, STEP = timedelta(days=7), timedelta(minutes=30), timedelta(minutes=5)
log = logging.getLogger(__name__)

Answered = tuple[float | None, str]
"""What was measured, or None; and why, or how it was answered."""


class Watching:
    """Asks each watch when its time has come."""

    def __init__(self, watches: Watches, *, at_once: int = AT_ONCE) -> None:
        self._watches = watches
        self._gate = asyncio.Semaphore(at_once)
        policy = watches.changes.policy
        self._due = dict.fromkeys(policy.watches, 0.0)
        """When each is asked next, by the loop's own clock."""
        self._prometheus = Prometheus(policy.prometheus) if policy.prometheus else None
        self._usual: dict[str, tuple[float, Figures]] = {}

    async def run(self) -> None:
        """Works until it is cancelled."""
        now = asyncio.get_running_loop().time
        if not self._due:
            await asyncio.Event().wait()  # there is nothing to do, for ever
        while True:
            due = [watch for watch, at in self._due.items() if at <= now()]
            for watch in due:
                self._due[watch] = now() + watch.every.total_seconds()
            await asyncio.gather(*map(self.ask, due))
            await asyncio.sleep(max(0.0, min(self._due.values()) - now()))

    async def ask(self, watch: Watch) -> None:
        """Asks one, unless another program just did; what goes wrong with it holds up no other."""
        async with self._gate:
            try:
                stands = await self._watches.stands(watch)
                if is_due(stands, watch, self._watches.changes.clock.now()):
                    await self._watches.read(watch, *await self._answer(watch))
            except Problem as problem:
                log.warning("The watch %s waits: %s", watch.name, problem)
            except Exception:
                log.exception("The watch %s could not be asked", watch.name)

    async def _answer(self, watch: Watch) -> Answered:
        if watch.measure.asks == "http":
            slower = watch.slower
            probed = await probe(watch.url, status=watch.status, words=watch.words, slower=slower)
            return (0.0 if probed.fits else 1.0), f"{watch.name} {probed.how}"
        if self._prometheus is None:
            return None, "no Prometheus is configured"
        figures = await self._prometheus.instant(watch.query)
        if not figures.values:
            return None, figures.why
        if watch.kind not in {"traffic", "deviation"}:
            return watch.worst(figures.values), ""
        usual = await self._expected(watch, self._prometheus)
        if not usual.values:
            return None, usual.why
        value = relative(watch, sum(figures.values), sum(usual.values) / len(usual.values))
        return value, "" if value is not None else "nothing is expected at this hour"

    async def _expected(self, watch: Watch, prometheus: Prometheus) -> Figures:
        """What is expected now: a figure, what a query says, or the mean of this hour in past weeks."""
        if not watch.is_compared:
            try:
                return Figures((float(watch.expected),))
            except ValueError:
                return await prometheus.instant(watch.expected)
        asked, kept = self._usual.get(watch.name, (0.0, Figures()))
        now = asyncio.get_running_loop().time()
        if not kept.values or now - asked > STEP.total_seconds():
            kept = await self._past(watch, prometheus)
            self._usual[watch.name] = now, kept
        return kept

    async def _past(self, watch: Watch, prometheus: Prometheus) -> Figures:
        moment, query = self._watches.changes.clock.now(), f"sum({watch.query})"
        found: list[float] = []
        why = ""
        for week in range(1, WEEKS + 1):
            then = moment - week * WEEK
            figures = await prometheus.over(query, then - HALF_HOUR, then + HALF_HOUR, STEP)
            found += figures.values
            why = why or figures.why
        return Figures(tuple(found)) if found else Figures(why=f"of past weeks {why or NOTHING}")
