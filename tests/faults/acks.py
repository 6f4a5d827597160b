"""Declares as people type them, one after another or all at once, and how long their acknowledgements took."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from tests.bench.figures import share
from tests.bench.load import SLACKS_LIMIT, Load, Taken
from tests.faults.count import Counted
from tests.faults.ground import Ground
from tests.processes.place import Place

DECLARE = "declare sev1 "


async def at_once(load: Load, titles: Sequence[str]) -> list[Taken]:
    """All of them in one moment."""
    return list(await asyncio.gather(*(load.send(DECLARE + title) for title in titles)))


async def spread(ground: Ground, place: Place, titles: Sequence[str], over: timedelta) -> list[Taken]:
    """One after another, evenly over that time, none waiting for the last."""
    load, started = await ground.load(place), []
    for number, title in enumerate(titles, 1):
        started.append(asyncio.create_task(load.send(DECLARE + title)))
        await asyncio.sleep(over.total_seconds() / len(titles))  # the distance between two of them
        if number % 10 == 0:
            ground.says(f"{number} of {len(titles)} declares")
    return list(await asyncio.gather(*started))


def titles(taken: Sequence[Taken]) -> list[str]:
    """What was acknowledged."""
    return [each.text.removeprefix(DECLARE) for each in taken]


def worst(taken: Sequence[Taken]) -> float:
    """Seconds of the slowest acknowledgement."""
    return max(each.took for each in taken)


def p99(taken: Sequence[Taken]) -> str:
    """As a note."""
    return f"acknowledged: p99 {share([each.took for each in taken], 0.99) * 1000:.0f} ms"


def in_time(ground: Ground, taken: Sequence[Taken]) -> Counted:
    """What Slack waited too long for is lost on people. In short forms the machine may be busy with other tests."""
    late = [each for each in taken if each.took > SLACKS_LIMIT] if ground.is_full else []
    return Counted(tuple(f"{each.text}: acknowledged after {each.took:.1f} s" for each in late), ())
