"""The one door out: claims the head of each lane, makes its call, settles it beside what the call brought."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from bot.outside.about import about
from bot.outside.metrics import Metrics
from bot.outside.slack import Problem
from bot.rules.rooms import FAILED_HERE
from scheduler.calls import BLIND, CALLS, PACED, PAGES, Done, carry_out, given_up
from scheduler.desk import Desk
from scheduler.pace import Buckets
from scheduler.presence import Presence
from store import outbox
from store.database import Busy, Store
from store.database import Problem as Unstored
from store.outbox import Row

T = TypeVar("T")
AT_ONCE = 32
"""Lanes that may be sending at the same time."""

BESIDE = 4
"""As many while somebody waits for an answer: who types comes first, and a crowd is told sooner that it is heard."""

PATIENCE = 1.0
"""Seconds between two looks when nobody wakes it."""

LONGEST_PAUSE = 60.0
PERSISTENCE = 3600.0
"""Seconds for which a row is tried at which our own code fails; then it is given up, for what waits behind it."""

PAGE_PERSISTENCE = 60.0
"""The same of a page: who is paged has other ways, and others come after them."""

LONGEST_FAULT_PAUSE = 600.0
FAREWELL = 1.5
"""Seconds that calls on their way get when the bot stops; what is cut off is looked up by the next one."""

MICROSECONDS = 1_000_000
log = logging.getLogger(__name__)


class Delivery:
    """Sends what waits in the outbox, in order within a lane; one lane's wait holds up no other."""

    def __init__(
        self,
        store: Store,
        desk: Desk,
        somebody_waits: Callable[[], bool],
        presence: Presence,
        metrics: Metrics | None = None,
    ) -> None:
        self._store = store
        self._desk = desk
        self._somebody_waits = somebody_waits
        self._metrics = metrics or Metrics()
        self._metrics.will_deliver(CALLS)
        self._buckets = Buckets(desk.policy.pace, lambda: presence.alive)
        self._owner = presence.id
        self._running: set[asyncio.Task[None]] = set()
        self._is_claiming = False
        self._wake = asyncio.Event()
        self._limit = desk.slack.time_limit
        # A lease outlasts its call: what is found `sending` after it is in doubt, never still on its way.
        self._lease = self._limit + 2

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    @property
    def is_sending(self) -> bool:
        """Whether a call is on its way, or about to be."""
        return bool(self._running) or self._is_claiming

    async def run(self) -> None:
        """Works until it is cancelled; then calls on their way get their time to end."""
        try:
            while True:
                self._wake.clear()
                self._is_claiming = True
                pause = await self._next()
                self._is_claiming = False
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._wake.wait()
                await asyncio.sleep(0)  # whoever woke us answers first
        finally:
            if self._running:
                await asyncio.wait(self._running, timeout=FAREWELL)
            for task in self._running:
                task.cancel()
            await self._desk.drawing.stop()

    async def _next(self) -> float:
        """Starts what may go now; a database that is away for a while keeps what is on its way from nothing."""
        try:
            return await self._claim()
        except Unstored as problem:
            log.warning("Delivery waits: %s", problem)
            return PATIENCE

    async def _claim(self) -> float:
        """Starts what may go now; seconds until the next waiting lane may, at most PATIENCE."""
        free = (BESIDE if self._somebody_waits() else AT_ONCE) - len(self._running)
        if free <= 0:
            return PATIENCE

        def work(connection: Connection) -> tuple[list[Row], int | None]:
            now = self._store.machine_now(connection)
            rows = outbox.claim(connection, self._owner, now, free, self._lease)
            return rows, outbox.next_wait(connection, now)

        claiming = asyncio.create_task(self._store.write(work))
        try:
            rows, wait = await asyncio.shield(claiming)
        except asyncio.CancelledError:
            with contextlib.suppress(Unstored):
                await self._put_back((await claiming)[0])
            raise
        for row in rows:
            task = asyncio.create_task(self._deliver(row))
            self._running.add(task)
            task.add_done_callback(self._ended)
        return PATIENCE if wait is None else min(PATIENCE, max(0.001, wait / MICROSECONDS))

    async def _put_back(self, rows: Sequence[Row]) -> None:
        """What was claimed while the bot stops is left to the next one, which need not wait for the lease."""

        def work(connection: Connection) -> None:
            for row in rows:
                outbox.unclaim(connection, row)

        await self._kept(work)

    async def _kept(self, work: Callable[[Connection], T]) -> T:
        """What a call came to is worth keeping: while the database is busy again and again. Raises its Problem."""
        until = asyncio.get_running_loop().time() + self._limit
        while True:
            try:
                return await self._store.write(work)
            except Busy:
                if asyncio.get_running_loop().time() > until:
                    raise

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("A row could not be settled; it is looked up when its lease has passed", exc_info=error)

    async def _deliver(self, row: Row) -> None:
        with about(subject=row.subject):
            try:
                await self._tried(row)
            except Unstored:
                raise  # what it came to could not be kept; that passes
            except Exception:
                await self._failed_here(row)

    async def _tried(self, row: Row) -> None:
        try:
            if wait := await self._pace(row):
                await self._later(row, wait)
                return
            async with asyncio.timeout(self._limit):
                done = await carry_out(self._desk, row)
        except TimeoutError:
            await self._failed(row, Problem("no_answer", unclear=True))
        except Problem as problem:
            await self._failed(row, problem)
        except Unstored as problem:  # it could not be read: the row is looked up when its lease has passed
            log.warning("Row %s (%s in %s) waits for the database: %s", row.id, row.kind, row.lane, problem.plainly)
            self._metrics.delivered(row.kind, "retried")
        else:
            await self._settle(row, done)

    async def _pace(self, row: Row) -> float:
        is_nowhere = row.lane.startswith("incident:") and row.channel is None  # what waits there is withdrawn
        if row.kind not in PACED or row.doubtful or is_nowhere:
            return 0
        kind = "edit" if row.lane == row.slot else "post"
        return self._buckets.wait(await self._desk.channel(row), kind, asyncio.get_running_loop().time())

    async def _settle(self, row: Row, done: Done) -> None:
        def work(connection: Connection) -> None:
            if outbox.settle(connection, row, done.state):
                done.keep(connection)

        await self._kept(work)
        waited = (self._desk.changes.clock.now() - row.created_at).total_seconds() if done.state == "sent" else None
        self._metrics.delivered(row.kind, done.state, waited)
        self._desk.changes.changed()

    async def _failed(self, row: Row, problem: Problem) -> None:
        """What passes waits, what is unclear is looked up first, what can never succeed is given up in the open."""
        if problem.permanent:
            await self._give_up(row, problem)
            return
        log.info("Row %s (%s in %s) waits: %s", row.id, row.kind, row.lane, problem.code)
        self._metrics.delivered(row.kind, "retried")
        if problem.unclear:
            await self._later(row, pause_in_doubt(row.attempts, self._limit, row.kind in BLIND), unclear=True)
        else:
            await self._later(row, problem.retry_after or _backoff(row.attempts))

    async def _later(self, row: Row, seconds: float, *, unclear: bool = False) -> None:
        def work(connection: Connection) -> None:
            not_before = self._store.machine_now(connection) + int(seconds * MICROSECONDS)
            outbox.retry(connection, row, not_before, doubtful=unclear or row.doubtful)

        await self._kept(work)

    async def _failed_here(self, row: Row) -> None:
        """A fault of our own may pass with its circumstances, or never: it is tried for a while, ever more seldom."""
        log.exception("Row %s (%s in %s) met a fault in Tocsin", row.id, row.kind, row.lane)
        pause = pause_after(row.faults + 1, self._limit, PAGE_PERSISTENCE if row.kind in PAGES else PERSISTENCE)
        if pause is None:
            await self._abandon(row)
            return
        self._metrics.delivered(row.kind, "retried")
        now = self._store.machine_now
        await self._kept(lambda c: outbox.failed_at(c, row, now(c) + int(pause * MICROSECONDS)))

    async def _abandon(self, row: Row) -> None:
        """Gives up in the open, or in the log alone where the fault is in that, too: nothing behind it waits on."""
        try:
            await self._give_up(row, Problem(FAILED_HERE, permanent=True))
        except Unstored:
            raise
        except Exception:
            log.exception("Row %s (%s in %s) is given up, and nobody could be told", row.id, row.kind, row.lane)
            await self._kept(lambda c: outbox.settle(c, row, "given_up", FAILED_HERE))

    async def _give_up(self, row: Row, problem: Problem) -> None:
        log.warning("Row %s (%s in %s) is given up: %s", row.id, row.kind, row.lane, problem.code)
        self._metrics.delivered(row.kind, "given_up")
        if await self._kept(lambda connection: given_up(self._desk, connection, row, problem.code)):
            log.error("Nobody in Slack could be told that row %s (%s in %s) is given up", row.id, row.kind, row.lane)
        self._desk.changes.changed()


def _backoff(attempts: int) -> float:
    return float(min(LONGEST_PAUSE, 2 ** min(attempts, 6)))


def pause_in_doubt(attempts: int, limit: float, is_blind: bool) -> float:
    """Seconds until a row of unclear end is looked up; what cannot be looked up may have rung at each try."""
    return max(limit, _backoff(attempts)) if is_blind else limit


def pause_after(faults: int, first: float, persistence: float) -> float | None:
    """Seconds until a row is tried again at which our own code failed so often; None once it was tried long enough.

    Pauses begin with `first` and double; those before this one are what was waited already.
    """
    pauses = [min(LONGEST_FAULT_PAUSE, first * 2.0**each) for each in range(faults)]
    return None if sum(pauses[:-1]) >= persistence else pauses[-1]
