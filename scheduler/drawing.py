"""Plots are drawn by a process of its own, started when one is wanted and let go afterwards."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bot.views.charts import PagesPlot, draw


class Drawing:
    """At most one process at a time. Whoever is cut off while waiting finds the picture when they ask again."""

    def __init__(self) -> None:
        self._drawn: dict[PagesPlot, asyncio.Task[bytes]] = {}
        self._one = asyncio.Lock()

    async def picture(self, plot: PagesPlot) -> bytes:
        """The plot as PNG. Raises what the process met."""
        task = self._drawn.get(plot)
        if task is None:
            task = self._drawn[plot] = asyncio.create_task(self._draw(plot))
        try:
            return await asyncio.shield(task)
        finally:
            if task.done():
                self._drawn.pop(plot, None)

    async def _draw(self, plot: PagesPlot) -> bytes:
        async with self._one:
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, draw, plot)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
