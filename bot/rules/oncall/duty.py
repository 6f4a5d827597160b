"""A team's on-call duty, as it stands: who took whose shift."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.moment import Moment
from bot.rules.oncall.shifts import Override
from bot.rules.subjects import Kind, Result


@dataclass(frozen=True, slots=True)
class Duty:
    """`overrides` are those that are not over yet; `given` is the number of the last one."""

    team: str
    overrides: tuple[Override, ...] = ()
    given: int = 0


def _empty(subject: str) -> Duty:
    return Duty(subject.partition(":")[2])


def next_look(_duty: Duty, _moment: Moment) -> datetime | None:
    """When to look at it again."""
    return None


def remind(duty: Duty, _moment: Moment) -> Result[Duty]:
    """Says all that is due now."""
    return Result(duty)


KIND: Kind[Duty] = Kind(_empty, next_look, remind)
