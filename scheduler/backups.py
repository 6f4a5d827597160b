"""Backups that the bot makes by itself, and how long they are kept."""

import asyncio
import contextlib
import logging
import re
import socket
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.outside.clock import Clock
from bot.rules.policy import Backup as Plan
from store import backups
from store.backup import Backup, back_up
from store.database import Problem, Store

PATIENCE = 60.0
"""Seconds between two looks when nobody wakes it."""

FAREWELL = 1.0
"""Seconds that the thread gets to give up what it is making."""

STAMP, ENDING = "tocsin-%Y%m%dT%H%M%SZ", ".db"
_OURS = re.compile(r"tocsin-[0-9]{8}T[0-9]{6}Z")
log = logging.getLogger(__name__)


class Backups:
    """Makes one whenever the newest is old enough, unless another program makes it; removes those past their time."""

    def __init__(self, store: Store, clock: Clock, plan: Plan, url: str) -> None:
        self._store = store
        self._clock = clock
        self._plan = plan
        self._url = url
        self._folder = Path(plan.to)
        self._us = socket.gethostname()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """The time may have come."""
        self._wake.set()

    async def run(self) -> None:
        """Works until it is cancelled; one that is being made then is given up, and nothing of it stays."""
        while True:
            self._wake.clear()
            with contextlib.suppress(Problem):  # /readyz tells of it
                await self.once()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._wake.wait()

    async def once(self) -> bool:
        """Makes one if it is time, and it is on us; whether it did."""
        now = self._clock.now()
        if not await self._store.write(lambda connection: backups.claim(connection, self._us, now, self._plan.every)):
            return False
        try:
            made = await self._made(now)
        except asyncio.CancelledError:
            await self._store.write(lambda connection: backups.failed(connection, "it was stopped", 0))
            raise
        except Exception as error:
            await self._failed(error)
            return False
        await self._store.write(lambda connection: backups.made(connection, self._us, now, made))
        self._told(made)
        return True

    async def _made(self, now: datetime) -> Backup:
        stop = threading.Event()
        working = asyncio.create_task(asyncio.to_thread(self._make, now, stop))
        working.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody may ask any more
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait([working], timeout=FAREWELL)
            raise

    def _make(self, now: datetime, stop: threading.Event) -> Backup:
        """In a thread of its own: requests are answered meanwhile."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        made = back_up(self._url, self._folder / f"{now.strftime(STAMP)}{ENDING}", force=True, stop=stop)
        for file in outlived(self._folder.iterdir(), now, self._plan.keep):
            file.unlink(missing_ok=True)
        return made

    async def _failed(self, error: Exception) -> None:
        why = str(error) or type(error).__name__
        log.error("The backup into %s could not be made: %s", self._plan.to, why)
        await self._store.write(lambda connection: backups.failed(connection, why))

    def _told(self, made: Backup) -> None:
        log.info("Backup %s: %s bytes, %s rows, %.1f s", made.file, made.bytes, made.rows, made.seconds)
        if made.broken:
            log.error("Not as they were written, already before the backup: the timelines of %s", made.broken)

    async def warnings(self) -> Sequence[str]:
        """A sentence where the newest one is too old; anybody may read it, so it names no place."""
        async with self._store.read() as connection:
            last = await connection.run_sync(backups.last)
        now = self._clock.now()
        if last is None or not last.is_late(now, self._plan.every):
            return ()
        hours = (now - last.at) // timedelta(hours=1) if last.at else 0
        newest = f"The newest backup is {hours} hours old" if last.at else "No backup has been made yet"
        return (f"{newest}{', and the last try failed' if last.error else ''}. `tocsin status` and the log say more.",)


def outlived(files: Iterable[Path], now: datetime, keep: timedelta) -> list[Path]:
    """Those of our backups that are older than `keep`, never the newest; and what a killed attempt left."""
    ours = sorted((made, file) for file in files if (made := _made_at(file)))
    whole = [(made, file) for made, file in ours if file.suffix == ENDING]
    parts = [(made, file) for made, file in ours if file.suffix != ENDING]
    given_up = timedelta(seconds=backups.LEASE)
    return [file for some, time in ((whole[:-1], keep), (parts, given_up)) for made, file in some if now - made > time]


def _made_at(file: Path) -> datetime | None:
    """When a backup of ours was made (or begun), by its name; None for any other file."""
    stem, ending, _ = file.name.partition(ENDING)
    if not ending or not _OURS.fullmatch(stem):
        return None
    with contextlib.suppress(ValueError):
        return datetime.strptime(stem, STAMP).replace(tzinfo=UTC)
    return None
