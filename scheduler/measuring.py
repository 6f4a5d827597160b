"""What a watch measures at this moment: asked of Prometheus, or of an address."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from pydantic import SecretStr

from bot.outside.probe import probe
from bot.outside.prometheus import NOTHING, Figures, Prometheus
from bot.rules.watching.watch import WEEKS, Watch, relative
from bot.settings.environment import plain

WEEK, HALF_HOUR, STEP = timedelta(days=7), timedelta(minutes=30), timedelta(minutes=5)

Answered: TypeAlias = tuple[float | None, str]
"""What was measured, or None; and why, or how it was answered."""


class Measuring:
    """Asks; what past weeks tell is asked anew every five minutes only. `now` is the moment, `token` Prometheus's."""

    def __init__(self, address: str | None, now: Callable[[], datetime], token: SecretStr | None = None) -> None:
        self._prometheus = Prometheus(address, plain(token)) if address else None
        self._now = now
        self._usual: dict[str, tuple[float, Figures]] = {}

    async def measure(self, watch: Watch) -> Answered:
        """What a watch measures."""
        if watch.measure.asks == "http":
            probed = await probe(watch.url, status=watch.status, words=watch.words, slower=watch.slower)
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
        moment, query = self._now(), f"sum({watch.query})"
        found: list[float] = []
        why = ""
        for week in range(1, WEEKS + 1):
            then = moment - week * WEEK
            figures = await prometheus.over(query, then - HALF_HOUR, then + HALF_HOUR, STEP)
            found += figures.values
            why = why or figures.why
        return Figures(tuple(found)) if found else Figures(why=f"of past weeks {why or NOTHING}")
