"""Plots are drawn by a process of its own: started when one is wanted, ended with its answer or when its time is up.

There is no pool of them: one that lost its process, or has one that never answers, would be waited for without end, by
the next plot and by whoever stops the program.
"""

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from typing import TypeAlias

from bot.views.charts import PagesPlot, draw

Draw: TypeAlias = Callable[[PagesPlot], bytes]

LIMIT = 30.0
"""Seconds that one picture may take, with the start of its process. The first on a machine looks for fonts."""

ALONE = 60
"""Seconds after which such a process ends itself, should nobody be left to do so."""

FAREWELL = 1.0
"""Seconds that a process gets to be gone once it is killed."""


class NotDrawn(Exception):
    """There is no picture. Says why in a few words, none of them from what was to be drawn."""


class Drawing:
    """At most one process at a time. Whoever is cut off while waiting finds the picture when they ask again.

    `draw` draws; its process finds it by module and name. `limit` is how many seconds it gets, else LIMIT.
    """

    def __init__(self, draw: Draw = draw, limit: float | None = None) -> None:
        self._draw = draw
        self._limit = LIMIT if limit is None else limit
        self._drawn: dict[PagesPlot, asyncio.Task[bytes | NotDrawn]] = {}
        self._one = asyncio.Lock()

    async def picture(self, plot: PagesPlot) -> bytes:
        """The plot as PNG. Raises NotDrawn."""
        task = self._drawn.get(plot)
        if task is None:
            task = self._drawn[plot] = asyncio.create_task(self._in_turn(plot))
        try:
            found = await asyncio.shield(task)
        finally:
            if task.done():
                self._drawn.pop(plot, None)
        if isinstance(found, NotDrawn):
            raise found
        return found

    async def stop(self) -> None:
        """Nothing is drawn any more, and no process is left."""
        tasks = list(self._drawn.values())
        self._drawn.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _in_turn(self, plot: PagesPlot) -> bytes | NotDrawn:
        async with self._one:
            try:
                async with asyncio.timeout(self._limit):
                    return await _asked(self._draw, plot)
            except TimeoutError:
                return NotDrawn(f"it took longer than {self._limit:g} s")
            except OSError as error:
                return NotDrawn(type(error).__name__)
            except NotDrawn as why:
                return why


async def _asked(draw: Draw, plot: PagesPlot) -> bytes:
    """What a process of its own draws; however this ends, that process has ended. Raises NotDrawn."""
    asked = pickle.dumps((draw, plot))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    try:
        picture, said = await process.communicate(asked)
    finally:
        await _ended(process)
    if process.returncode or not picture:
        raise NotDrawn(_why(process.returncode or 0, said))
    return picture


async def _ended(process: Process) -> None:
    """It is gone, with whatever it started."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await process.wait()


def _why(code: int, said: bytes) -> str:
    """Why a process has no picture: the name of what it met, or how it ended."""
    if code < 0:
        return f"its process was ended by signal {-code}"
    met = said.decode("utf-8", "replace").strip().rpartition("\n")[2].partition(":")[0]
    return met[:40] if met.isidentifier() else f"its process ended with status {code}"


def _work() -> None:
    """What the process does: takes one plot in, gives its picture out, or the name of what it met."""
    signal.alarm(ALONE)
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # whatever else prints does not get into the picture
    try:
        draw, plot = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        picture = draw(plot)
    except Exception as error:
        sys.exit(type(error).__name__)
    out.write(picture)
    out.flush()


if __name__ == "__main__":
    _work()
