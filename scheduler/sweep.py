"""What has fallen due is said: one long-lived task, one change for each subject concerned."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from bot.changes import Changes
from bot.falling import in_words
from bot.outside.about import about
from bot.rules.change import Origin
from bot.rules.entries import Entry
from bot.rules.moment import Moment
from bot.rules.oncall.roster import Roster
from scheduler.liveness import Liveness
from store import falling, rosters
from store.database import Problem

BATCH = 100
TOGETHER = 50
"""How many subjects are asked at the same time: so few that people are not kept waiting."""

PATIENCE = 1.0
"""Seconds between two looks when nobody wakes it."""

BACKOFF = 60.0
"""Seconds before a subject that could not be looked at, by a fault of ours, is tried again."""

CLOCK = Origin(actor="clock", source="clock")
log = logging.getLogger(__name__)


def _uncounted(_seconds: float) -> None:
    return None


class Sweep:
    """Looks at everything whose time has come, and again at those that a changed configuration may concern."""

    def __init__(
        self, changes: Changes, arm: Callable[[float], None], late: Callable[[float], None] = _uncounted
    ) -> None:
        self._changes = changes
        self._arm = arm
        self.liveness = Liveness(changes.store, changes.clock)
        changes.clock.on_turn(self.liveness.turned)
        self._late = late
        self.upcoming: tuple[datetime, str] | None = None
        """What falls due next, and what it is in words."""
        self._wake = asyncio.Event()
        self._not_before: dict[str, float] = {}
        self._may_be_stale = True

    def wake(self) -> None:
        """There may be something due."""
        self._wake.set()

    def look_at_all(self) -> None:
        """Another program has come or gone: what it derived may be from another configuration than ours."""
        self._may_be_stale = True
        self._wake.set()

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            self._wake.clear()
            if not await self.liveness.keep():
                await self._rest()  # what cannot be written down cannot be said either
                continue
            following = await self._following()
            is_due = following is not None and following[0] <= self._changes.clock.now()
            if (is_due and await self.once()) or await self._look_again():
                continue
            await self._set_alarm(following)
            await self._rest()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._wake.wait()

    async def _following(self) -> tuple[datetime, str] | None:
        """What falls due next, and of what: all that most looks need to know."""
        async with self._changes.store.read() as connection:
            return await falling.next_due(connection)

    async def once(self) -> int:
        """Says what is due now; how many subjects it looked at."""
        async with self._changes.store.read() as connection:
            found = await falling.due(connection, self._changes.clock.now(), BATCH + len(self._not_before))
        return await self._remind(found)

    async def _look_again(self) -> int:
        """After a change of configuration everything open is derived anew, a batch at a time; once Slack has told who
        people are, what waited for that."""
        if not self._may_be_stale:
            return 0
        async with self._changes.store.read() as connection:
            is_told = await connection.run_sync(rosters.is_told, self._changes.policy)
            current = Moment(self._changes.clock.now(), self._changes.policy, roster=Roster(is_told=is_told))
            most = BATCH + len(self._not_before)
            stale = await falling.stale(connection, current.policy.fingerprint, most, current.fingerprint)
        self._may_be_stale = bool(stale)
        return await self._remind(stale)

    async def _set_alarm(self, following: tuple[datetime, str] | None) -> None:
        """The alarm clock rings when the next thing falls due."""
        if following is None:
            self.upcoming = None
            return
        if self.upcoming and self.upcoming[0] == following[0]:
            return
        now = self._changes.clock.now()
        self._arm((following[0] - now).total_seconds())
        self.upcoming = (following[0], await self._in_words(following[1], now))

    async def _in_words(self, subject: str, now: datetime) -> str:
        async with self._changes.store.read() as connection:
            return ": ".join(await in_words(connection, subject, self._changes.policy, now))

    async def _remind(self, subjects: Sequence[str]) -> int:
        machine = asyncio.get_running_loop().time()
        ready = [each for each in subjects if self._not_before.get(each, 0) <= machine]
        said = 0
        for first in range(0, len(ready), TOGETHER):
            if not await self.liveness.keep():  # it may have been stopped meanwhile: the gap comes first
                return said
            said += sum(await asyncio.gather(*(self._say(each) for each in ready[first : first + TOGETHER])))
        return said

    async def _say(self, subject: str) -> bool:
        """Whether it was ours to look at: another program may be at it, or have been."""
        self._not_before.pop(subject, None)
        try:
            answer = await self._changes.when_due(subject, CLOCK)
        except Problem as problem:  # the database's own, which passes: it is asked again at the next look
            log.info("What is due for %s waits: %s", subject, problem)
            return False
        except Exception:
            with about(subject=subject, actor=CLOCK.actor):
                log.exception("What is due for %s could not be said; tried again in a minute", subject)
            self._not_before[subject] = asyncio.get_running_loop().time() + BACKOFF
            return True
        for seconds in lateness(answer.entries if answer else ()):
            self._late(seconds)
        return answer is not None


def lateness(entries: Iterable[Entry]) -> Iterator[float]:
    """How many seconds after it fell due each reminder was said; a word before its time names what lies ahead."""
    for entry in entries:
        due_at = getattr(entry.event, "due_at", None)
        if due_at and due_at <= entry.at:
            yield (entry.at - due_at).total_seconds()
