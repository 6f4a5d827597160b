"""kill -9, and started again: in the middle of declares, and while reminders fall due."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.count import NOTHING, Counted, counted, reminded
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place, configuration
from tests.processes.running import until

LATENCIES = (0.1, 0.0, 0.5)
"""Seconds that Slack takes for each call."""

MOMENTS = 10
"""Declares that are on their way at one kill, each at another moment."""

CALLS = 6
"""Calls one after another from a command to the end of its declare, at most."""

DECIDING = 0.15
"""Seconds of a declare that are not Slack's: rules, transactions, wording."""

GENEROUS = 60.0
"""Seconds after a restart within which everything is complete, also on a busy machine."""

BATCH = 250
KILLS = 6
"""How often the bot is killed while the reminders of one batch are said; less often in a small one."""


@dataclass
class Declarer:
    """Declares, and remembers what was acknowledged."""

    place: Place
    acknowledged: list[str] = field(default_factory=list)

    async def declares(self, title: str) -> None:
        """One declare; it may be cut off by a kill."""
        answer = await self.place.slack.act(
            "ada", "command", channel="general", text=f"declare sev1 {title}", command="/incident"
        )
        if answer["ok"]:
            self.acknowledged.append(title)

    async def declares_staggered(self, titles: Sequence[str], apart: float) -> list["asyncio.Task[None]"]:
        """Begins declares one after another, so that each is at another moment."""
        started = []
        for title in titles:
            started.append(asyncio.create_task(self.declares(title)))
            await asyncio.sleep(apart)  # the distance between two moments, not a wait
        return started


async def killed_declaring(ground: Ground, tried: int) -> Outcome:
    """F1: ten declares at ten moments, killed, started again until all is complete; so on, at every latency."""
    place = await ground.place()
    declarer, kills, complete = Declarer(place), max(1, tried // MOMENTS), []
    bot = await place.run()
    for kill in range(kills):
        latency = LATENCIES[kill % len(LATENCIES)]
        await place.slack.dials(latency=latency)
        apart = (DECIDING + CALLS * latency) / MOMENTS
        titles = [f"Kill {kill:03d} moment {moment}" for moment in range(MOMENTS)]
        declares = await declarer.declares_staggered(titles, apart)
        await asyncio.sleep(apart * kill / kills)  # the last has come in just now, or is acknowledged already
        await bot.kill()
        await asyncio.gather(*declares)
        began = time.monotonic()
        bot = await place.run()
        await settled(place, GENEROUS)
        complete.append(time.monotonic() - began)
        ground.says(f"{(kill + 1) * MOMENTS} of {tried} moments, complete {complete[-1]:.1f} s after the restart")
    found = await counted(place, declarer.acknowledged)
    notes = (
        f"{len(declarer.acknowledged)} of {kills * MOMENTS} were acknowledged before the kill",
        f"complete after the restart: at most {max(complete):.1f} s",
    )
    return found.outcome(kills * MOMENTS, notes=notes)


async def killed_reminding(ground: Ground, tried: int) -> Outcome:
    """F2: batches of incidents fall due, and the bot is killed again and again while it says so."""
    found, left, calls = NOTHING, tried, 0
    while left:
        batch = min(BATCH, left)
        one, looked = await _batch(ground, batch)
        found, left, calls = found + one, left - batch, calls + looked
        ground.says(f"{tried - left} of {tried} reminders, {len(found.lost)} lost, {len(found.doubled)} doubled")
    return found.outcome(tried, notes=(f"looked up {calls} times before saying it again",))


async def _batch(ground: Ground, many: int) -> tuple[Counted, int]:
    """What was lost and doubled, and how often a message was looked for."""
    place = await ground.place(configuration(respond=f"{6 + many // 8}s"))
    declarer = Declarer(place)
    bot = await place.run()
    for number in range(many):
        await declarer.declares(f"Outage {number:03d}")
    await settled(place)
    await place.slack.dials(latency=0.3)
    kills = min(KILLS, many // 8)
    for kill in range(1, kills + 1):
        await _said(place, many * kill // (kills + 1))
        await bot.kill()
        bot = await place.run()
    await place.slack.dials(latency=0)
    await _said(place, many)
    await settled(place)
    looked = len(await place.slack.calls("conversations.history")) + len(
        await place.slack.calls("conversations.replies")
    )
    found = await counted(place, declarer.acknowledged) + await reminded(place, "NotAcknowledged")
    return found, looked


async def _said(place: Place, many: int) -> None:
    """Waits until so many reminders are on the record."""

    async def look() -> bool:
        [[said]] = await rows(place, "SELECT count(*) FROM timeline WHERE kind = 'NotAcknowledged'")
        return bool(said >= many)

    await until(look, f"{many} reminders on the record", GENEROUS)


FAULTS = (
    Fault("F1", "kill -9 in the middle of declares", killed_declaring, short=10, full=200, seconds=400),
    Fault("F2", "kill -9 while reminders fall due", killed_reminding, short=16, full=1000, seconds=450),
)
