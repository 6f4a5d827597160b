"""Trying a fault on a database: what came of it, or why it could not be tried to its end."""

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, NewDatabase


@dataclass(frozen=True, slots=True)
class Tried:
    """One row of the table: `seconds` is how long it took, `broke` why there is no outcome."""

    fault: Fault
    database: str
    seconds: float
    outcome: Outcome | None = None
    broke: str = ""

    @property
    def holds(self) -> bool:
        """Whether Tocsin survived it."""
        return self.outcome is not None and self.outcome.holds


@dataclass(frozen=True, slots=True)
class Bench:
    """How faults are tried: short or full, where, on which PostgreSQL and which disk."""

    folder: Path
    new_database: NewDatabase
    is_full: bool
    beside: Mapping[str, str] = field(default_factory=dict)

    async def tries(self, fault: Fault, database: str) -> Tried:
        """Tries one fault on one database; a bench that breaks is a row of the table, too."""
        began = time.monotonic()
        folder = Path(tempfile.mkdtemp(prefix=f"{fault.number}-{database}-", dir=self.folder))
        ground = Ground(fault.number, folder, database, self.new_database, self.is_full, self.beside)
        try:
            async with ground:
                ground.says(fault.what)
                outcome = await fault.run(ground, fault.full if self.is_full else fault.short)
        except (AssertionError, RuntimeError, OSError, TimeoutError, aiohttp.ClientError) as error:
            said = str(error) or type(error).__name__
            return Tried(fault, database, time.monotonic() - began, broke=said)
        return Tried(fault, database, time.monotonic() - began, outcome)
