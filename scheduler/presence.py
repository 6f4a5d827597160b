"""That this program runs, told to the others over the same database, and how many they are."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from importlib.metadata import version

from bot.outside.heard import Heard
from store import processes
from store.database import Problem, Store
from store.processes import Process

BEAT = 15.0
"""Seconds between two signs of life."""

HOLDS = 1.0
"""Seconds for which one stands for another: whoever asks for many (`/readyz` is open to all) costs the disk one."""

log = logging.getLogger(__name__)


class Presence:
    """Keeps this program's row. `alive` is how many share the work, and so the pace that Slack allows."""

    def __init__(self, store: Store, heard: Heard, way: str, holds: float = HOLDS) -> None:
        self._store = store
        self._holds = holds
        self._beaten_at: float | None = None
        self._beating: asyncio.Task[None] | None = None
        self._heard = heard
        self.id = f"{os.getpid()}-{secrets.token_hex(4)}"
        """Who we are, to the others: the owner of the lanes that we send from."""
        self._us = Process(self.id, socket.gethostname(), version("tocsin"), way)
        self._others: frozenset[str] = frozenset()
        self.changed: Callable[[], None] = lambda: None
        """Called when another program was started over this database, or is gone."""

    @property
    def alive(self) -> int:
        """How many run now, this one among them."""
        return 1 + len(self._others)

    async def beat(self) -> None:
        """Says that we run, and looks who else does; who asks while that is being done, or just was, joins in.

        Raises Busy, Unwritable, Unreachable.
        """
        now = asyncio.get_running_loop().time()
        if self._beaten_at is not None and now - self._beaten_at < self._holds:
            return
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._beat())
            self._beating.add_done_callback(
                lambda task: task.cancelled() or task.exception()
            )  # nobody may ask any more
        await asyncio.shield(self._beating)

    async def _beat(self) -> None:
        age = self._heard.age()
        self._look(await self._store.write(lambda connection: processes.beat(connection, self._us, age)))
        self._beaten_at = asyncio.get_running_loop().time()

    async def run(self) -> None:
        """Works until it is cancelled; then the others need not wait for us to be missed."""
        try:
            while True:
                with contextlib.suppress(Problem):  # /readyz tells of it
                    await self.beat()
                await asyncio.sleep(BEAT)
        finally:
            with contextlib.suppress(Problem):
                if self._beating:
                    await asyncio.shield(self._beating)
                await self._store.write(lambda connection: processes.leave(connection, self.id))

    def _look(self, alive: Sequence[Process]) -> None:
        others = {each.id: each for each in alive if each.id != self.id}
        came, gone = others.keys() - self._others, self._others - others.keys()
        for each in (others[name] for name in sorted(came)):
            self._tell_of(each)
        for name in sorted(gone):
            log.info("Tocsin %s runs no more", name)
        self._others = frozenset(others)
        if came or gone:
            self.changed()

    def _tell_of(self, other: Process) -> None:
        if self._store.is_shared:
            log.info("Tocsin %s on %s shares the work", other.id, other.host)
            return
        log.warning(
            "Another Tocsin (process %s on %s) works on the same SQLite file. Nothing is said twice, but both wait for "
            "each other: stop one of them, or move to PostgreSQL",
            other.id.partition("-")[0],
            other.host,
        )
