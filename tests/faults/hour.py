"""F20: somebody declares each second, others resolve, for an hour: memory, descriptors and the WAL stay flat."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.load import Load, Taken
from tests.bench.memory import resident
from tests.faults import acks
from tests.faults.count import Counted, sight, weighed
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place
from tests.processes.running import Program

RATE_SHORT = 4
"""Declares a second in short forms."""

OPEN_FOR = 120
"""How many are open at once; the oldest is resolved beside each new one."""

SAMPLE_EVERY = 20
"""Declares between two looks at the process."""

PATIENCE = 300.0
MEMORY, DESCRIPTORS, WAL = 40.0, 24, 32.0
"""What may come on top between warmed up and the end, in megabytes, in number; and the longest log, in megabytes."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Of the bot's process: megabytes of memory, open descriptors, megabytes of write-ahead log."""

    memory: float
    descriptors: int
    wal: float


def sample(place: Place, bot: Program) -> Sample:
    """As the kernel tells it now."""
    wal = place.folder / "tocsin.db-wal"
    size = wal.stat().st_size / 2**20 if wal.exists() else 0.0
    return Sample(resident(bot), len(list(Path(f"/proc/{bot.process.pid}/fd").iterdir())), size)


@dataclass
class Hour:
    """What was typed in it, and how the process fared."""

    ground: Ground
    place: Place
    load: Load
    apart: float
    declared: "list[asyncio.Task[Taken]]" = field(default_factory=list)
    resolved: "list[asyncio.Task[Taken]]" = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    async def passes(self, bot: Program, many: int, open_for: int) -> None:
        """One declare after another at the same pace, none waiting for the last."""
        began = time.monotonic()
        for number in range(many):
            self.declared.append(asyncio.create_task(self.load.send(f"{acks.DECLARE}Hour {number:04d}")))
            if number >= open_for:
                self.resolved.append(asyncio.create_task(self._resolves(number - open_for + 1)))
            if number % SAMPLE_EVERY == 0:
                self.samples.append(sample(self.place, bot))
                self.ground.says(f"{number} of {many}: {told(self.samples[-1])}") if number % 60 == 0 else None
            await asyncio.sleep(max(0.0, began + (number + 1) * self.apart - time.monotonic()))  # the pace itself
        await asyncio.gather(*self.declared, *self.resolved)

    async def _resolves(self, number: int) -> Taken:
        """It is there once so many were declared, and on a busy machine that may take a while."""
        for each in self.declared[max(0, number - 2 * SAMPLE_EVERY) : number]:
            await each
        return await self.load.send(f"INC-{number} resolve Over again")


def told(each: Sample) -> str:
    """In words."""
    return f"{each.memory:.0f} MB, {each.descriptors} descriptors, WAL {each.wal:.1f} MB"


async def hour(ground: Ground, many: int) -> Outcome:
    """So many declares, all but the last ones resolved; counted when all is said."""
    place = await ground.place()
    bot = await place.run()
    open_for = OPEN_FOR if ground.is_full else 2
    passed = Hour(ground, place, await ground.load(place), 1.0 if ground.is_full else 1 / RATE_SHORT)
    await passed.passes(bot, many, open_for)
    await settled(place, PATIENCE)
    passed.samples.append(sample(place, bot))
    taken = [each.result() for each in passed.declared]
    found = weighed(await sight(place), acks.titles(taken)) + acks.in_time(ground, taken)
    found += await _unresolved(place, many - open_for) + grown(passed.samples, is_long=ground.is_full)
    warm, last = passed.samples[len(passed.samples) // 10], passed.samples[-1]
    notes = (acks.p99(taken), f"warmed up: {told(warm)}", f"at the end: {told(last)}")
    return found.outcome(many, acks.worst(taken), notes)


async def _unresolved(place: Place, many: int) -> Counted:
    """Each that was resolved is, once."""
    said = [int(subject.partition(":")[2]) for [subject] in await rows(place, RESOLVED)]
    lost = tuple(f"INC-{number}: not resolved" for number in sorted(set(range(1, many + 1)) - set(said)))
    return Counted(lost, tuple(f"INC-{number}: resolved twice" for number in set(said) if said.count(number) > 1))


RESOLVED = "SELECT subject FROM timeline WHERE kind = 'Resolved'"


def grown(samples: Sequence[Sample], *, is_long: bool) -> Counted:
    """What did not stay flat once it was warm; in a short form only what is far out of bounds."""
    warm, last = samples[len(samples) // 10], samples[-1]
    found = []
    if last.memory > warm.memory + MEMORY:
        found.append(f"memory grew from {warm.memory:.0f} to {last.memory:.0f} MB")
    if is_long and last.descriptors > warm.descriptors + DESCRIPTORS:
        found.append(f"descriptors grew from {warm.descriptors} to {last.descriptors}")
    if (longest := max(each.wal for each in samples)) > WAL:
        found.append(f"the WAL grew to {longest:.0f} MB")
    return Counted(tuple(found), ())


FAULTS = (Fault("F20", "an hour of one declare a second", hour, short=16, full=3600, seconds=3700, waits=True),)
