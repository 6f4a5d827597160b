"""The self-audit: each minute, whether something that was promised is not done.

What waits because Slack said so (Retry-After), or because a call failed and is tried again, is not late: that Slack
does not answer is told by `bot.outside.answering`, once for all rows. So a finding here is always a fault of our own.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.changes import Changes
from bot.falling import in_words
from scheduler.liveness import uptime
from store import audit
from store.audit import Roomless, Unsaid, Unsent
from store.database import Problem

EVERY = 60.0
"""Seconds of machine time between two audits, and from the start to the first."""

PATIENCE = timedelta(seconds=60)
"""How long everything may take."""

NAMELESS = {
    "roomless": "Open incidents with neither a channel nor an announcement",
    "unsaid": "Incidents, teams and people with something due and not said",
    "unsent": "Places where something waits that could have gone out",
}
"""Each kind of finding, told without naming an incident, which may be private."""

KINDS = tuple(NAMELESS)
TOLD = 5
"""How many findings the log tells; of the others how many there are."""

MICROSECONDS = 1_000_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was promised and is not done: which kind, about what, since when, and that in a sentence."""

    kind: str
    subject: str
    since: datetime
    sentence: str


async def _nothing_more() -> None:
    return None


class Auditor:
    """Looks for what is late. `audited` is called after each audit."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.findings: tuple[Finding, ...] = ()
        self.audited: Callable[[], Awaitable[None]] = _nothing_more

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            began = uptime()
            await asyncio.sleep(EVERY)
            if uptime() - began > 2 * EVERY:
                continue  # it was stopped meanwhile, and has its minute to catch up
            if await self.once():
                await self.audited()

    async def once(self) -> bool:
        """Looks now; whether the database let it."""
        try:
            found = await self._look()
        except Problem as problem:
            log.warning("The self-audit could not look: %s", problem)
            return False
        if _which(found) != _which(self.findings):
            self._tell(found)
        self.findings = found
        return True

    async def _look(self) -> tuple[Finding, ...]:
        before = self._changes.clock.now() - PATIENCE

        def work(connection: Connection) -> tuple[list[Roomless], list[Unsaid], list[Unsent]]:
            machine = self._changes.store.machine_now(connection) - int(PATIENCE.total_seconds() * MICROSECONDS)
            return (
                audit.roomless(connection, before, machine),
                audit.unsaid(connection, before),
                audit.unsent(connection, before, machine),
            )

        async with self._changes.store.read() as connection:
            without, overdue, waiting = await connection.run_sync(work)
        return (
            *(_roomless(each) for each in without),
            *[await self._unsaid(each) for each in overdue],
            *(_unsent(each) for each in waiting),
        )

    async def _unsaid(self, each: Unsaid) -> Finding:
        async with self._changes.store.read() as connection:
            name, what = await in_words(connection, each.subject, self._changes.policy, each.since)
        sentence = f"{name}: due since {_at(each.since)} and not said: {what}."
        return Finding("unsaid", each.subject, each.since, sentence)

    @staticmethod
    def _tell(found: Sequence[Finding]) -> None:
        if found:
            log.warning("The self-audit found: %s", " ".join(_told(found)))
        else:
            log.info("The self-audit finds nothing any more")


def sentences(found: Iterable[Finding]) -> list[str]:
    """What was found, a sentence a kind, for whoever asks over HTTP: which incidents those are stands in the log."""
    many = Counter(each.kind for each in found)
    return [f"{NAMELESS[kind]}: {many[kind]}. The log names them." for kind in KINDS if many[kind]]


def _told(found: Sequence[Finding]) -> list[str]:
    """What was found, the first few a sentence each."""
    more = len(found) - TOLD
    return [*(each.sentence for each in found[:TOLD]), *([f"And {more} more findings."] if more > 0 else [])]


def _which(found: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(each.kind, each.subject) for each in found}


def _roomless(each: Roomless) -> Finding:
    sentence = f"INC-{each.number}: neither a channel nor an announcement since it was declared at {_at(each.since)}."
    return Finding("roomless", f"incident:{each.number}", each.since, sentence)


def _unsent(each: Unsent) -> Finding:
    sentence = f"Something waits since {_at(each.since)} and could have gone out ({each.lane})."
    return Finding("unsent", each.lane, each.since, sentence)


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
