"""The machine's own wall clock is set under `tocsin run`, and set back before the next start."""

import asyncio

from tests.faults.count import Counted, counted, reminded
from tests.faults.ground import Ground, rows, settled
from tests.faults.jumping import JUMP, set_clock
from tests.faults.killed import Declarer
from tests.faults.preloaded import together, wall_clock
from tests.processes.place import Place
from tests.processes.running import until

HOUR = 3600
A_WHILE = 3.0
"""Seconds that the clock stays where it was set; the bot looks at what is due each second."""

SETTINGS = """
timezone: Europe/Madrid
slack: {channel_rate: 1000/s, burst: 100}
severities:
  - {name: SEV1, respond_within: 20m, update_every: 50m, escalate_after: 8h}
  - {name: SEV2, respond_within: 61m, update_every: 8h, escalate_after: 12h}
"""
"""What a SEV2 has due comes after everything else that falls due."""


async def set_in_earnest(ground: Ground, tried: int) -> Counted | None:
    """Set ahead and back; then killed and started again with it ahead, and with it back.

    None where there is no compiler for it.
    """
    place = await ground.place(SETTINGS)
    environment = wall_clock(place.folder, place.folder / JUMP)
    if not environment:
        return None
    place.more.update(together(ground.beside, environment))
    set_clock(place.folder, 0)
    bot, declarer = await place.run(), Declarer(place)
    for number in range(tried):
        await declarer.declares(f"Outage {number:02d}")
    await place.slack.types("ada", "/incident declare sev2 Marker")
    await settled(place)
    for jump in (HOUR, 0, -HOUR, HOUR):
        set_clock(place.folder, jump)
        await asyncio.sleep(A_WHILE)  # the fault itself
    await bot.kill()
    set_clock(place.folder, HOUR + 120)
    bot = await place.run()
    await _marked(place)
    await settled(place)
    await bot.kill()
    set_clock(place.folder, 0)
    await place.run()
    await declarer.declares("Afterwards")
    await settled(place)
    found = await counted(place, declarer.acknowledged) + await reminded(place, "UpdateDue", "title LIKE 'Outage%'")
    return found + await reminded(place, "NotAcknowledged", "title <> 'Afterwards'")


async def _marked(place: Place) -> None:
    """What was due has been said, and then the marker."""
    query = "SELECT 1 FROM timeline t JOIN incidents i ON t.subject = 'incident:' || i.number"

    async def look() -> bool:
        return bool(await rows(place, f"{query} WHERE t.kind = 'NotAcknowledged' AND i.title = 'Marker'"))

    await until(look, "the last reminder")
