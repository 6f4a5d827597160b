"""A fault that Tocsin has to survive, and what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.faults.ground import Ground


@dataclass(frozen=True, slots=True)
class Outcome:
    """How much was tried, lost and doubled; the slowest acknowledgement in seconds, where that is of interest.

    `allowed` doubles are no failure. `wrong` names what was lost or doubled; `notes` are figures worth reading.
    """

    tried: int
    lost: int
    doubled: int
    worst_ack: float | None = None
    allowed: int = 0
    wrong: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, and nothing doubled beyond what is allowed."""
        return self.lost == 0 and self.doubled <= self.allowed


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the bench: `run` brings the fault about, so many times (or for so many seconds), and counts.

    `short` is how much of it each run of the tests has, `full` how much `make faults` has. `seconds` is roughly how
    long the full one takes. One that mostly `waits` runs beside the others.
    """

    number: str
    what: str
    run: Callable[[Ground, int], Awaitable[Outcome]]
    short: int
    full: int
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    seconds: int = 60
    waits: bool = False
