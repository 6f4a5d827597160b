"""F19: SIGTERM in the middle of declares: they are answered, the bot is gone within 5 s, the next one does the rest."""

import asyncio
import time
from dataclasses import dataclass, field

from tests.faults.count import NOTHING, Counted, counted
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.faults.killed import Declarer
from tests.processes.place import Place, Transport
from tests.processes.running import Program

FAREWELL, GENEROUS = 5.0, 60.0
"""Seconds from SIGTERM to the end; and where other tests keep the machine busy."""

CROWD = 8
"""Declares of one round."""

LATENCIES = (0.3, 0.1, 0.0)
WAYS: tuple[Transport, ...] = ("http", "socket")


@dataclass
class Stopping:
    """Bots that are told to stop: how they ended, and how long it took them."""

    ground: Ground
    found: Counted = NOTHING
    took: list[float] = field(default_factory=list)

    async def stops(self, bot: Program, what: str) -> None:
        """SIGTERM; it has to end by itself, well and in time."""
        began = time.monotonic()
        status = await bot.stop(GENEROUS)
        self.took.append(time.monotonic() - began)
        late = self.ground.is_full and self.took[-1] > FAREWELL
        self.found += Counted((f"{what}: exit status {status}",) if status else (), ())
        self.found += Counted((f"{what}: gone after {self.took[-1]:.1f} s",) if late else (), ())
        self.ground.says(f"{what}: gone after {self.took[-1]:.1f} s")


async def stopped(ground: Ground, rounds: int) -> Outcome:
    """So many rounds over each transport, then while Slack does not answer at all."""
    stopping = Stopping(ground)
    for first, way in enumerate(WAYS):
        place = await ground.place(transport=way)
        declarer = Declarer(place)
        for number in range(first, first + rounds):
            await _round(stopping, declarer, way, number)
        await place.slack.dials(latency=0)
        await place.run()
        await settled(place)
        stopping.found += await counted(place, declarer.acknowledged) + await _unanswered(place, declarer)
    await _while_slack_hangs(stopping)
    many = len(WAYS) * rounds * CROWD + 1
    return stopping.found.outcome(many, notes=(f"gone after {max(stopping.took):.1f} s at most",))


async def _round(stopping: Stopping, declarer: Declarer, way: str, number: int) -> None:
    """Told to stop once all are acknowledged, or in every second round while they come in."""
    bot = await declarer.place.run()
    await declarer.place.slack.dials(latency=LATENCIES[number % len(LATENCIES)])
    titles = [f"{way} {number:02d}-{each}" for each in range(CROWD)]
    declares = [asyncio.create_task(declarer.declares(title)) for title in titles]
    if number % 2:
        await asyncio.sleep(0.01 * number)  # the moment at which it is told to stop
    else:
        await asyncio.gather(*declares)
    await stopping.stops(bot, f"{way} {number}")
    await asyncio.gather(*declares)


async def _unanswered(place: Place, declarer: Declarer) -> Counted:
    """What was carried out was acknowledged, too: the one who typed must not think that it failed."""
    kept = {title for [title] in await rows(place, "SELECT title FROM incidents")}
    return Counted(tuple(f"{title}: stored, and not answered" for title in kept - set(declarer.acknowledged)), ())


async def _while_slack_hangs(stopping: Stopping) -> None:
    """No call of the bot's is answered; it ends all the same."""
    place = await stopping.ground.place()
    bot, declarer = await place.run(), Declarer(place)
    await place.slack.dials(faults=[{"method": "*", "kind": "hang"}])
    await declarer.declares("Nobody answers")
    await stopping.stops(bot, "while Slack hangs")
    stopping.found += await _unanswered(place, declarer)
    stopping.found += Counted((), ()) if declarer.acknowledged else Counted(("while Slack hangs: no answer",), ())


FAULTS = (Fault("F19", "SIGTERM in the middle of declares", stopped, short=1, full=12, seconds=150),)
