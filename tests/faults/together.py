"""F13: two bots on one PostgreSQL: one is told to declare, the other to resolve. Nothing twice, nothing afterwards."""

import asyncio
import re
from collections import Counter

from tests.bench.load import Load, Taken
from tests.faults import acks
from tests.faults.count import Counted, sight, weighed
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place, configuration
from tests.processes.running import until

LATENCY = 0.05
SPREAD = 8
"""At how many moments of a declare its resolution comes: at once, and ever later."""

APART = 0.18
SOON_DUE = configuration(respond="1s", update="2s")
"""Reminders fall due while it is resolved."""

NUMBER = re.compile(r"INC-(\d+)")
TIMELINE = "SELECT subject, seq, kind FROM timeline ORDER BY subject, seq"
AFTERWARDS = {"NotAcknowledged", "CommanderWanted", "UpdateSoon", "UpdateDue", "NotMitigated", "HandoffWaiting"}
"""What nobody may be reminded of once it is over."""

PATIENCE = 300.0


async def interleaved(ground: Ground, tried: int) -> Outcome:
    """All at once, each told to one bot and resolved at the other at its own moment; every second the other way."""
    place = await ground.place(SOON_DUE, doors=2)
    await asyncio.gather(place.run(), place.run(door=1))
    await place.slack.dials(latency=LATENCY)
    doors = [await ground.load(place), await ground.load(place)]
    doors[1].url = f"{place.address(1)}/slack/events"
    taken: list[Taken] = []
    for first in range(0, tried, 2 * SPREAD):
        numbers = range(first, min(first + 2 * SPREAD, tried))
        pairs = await asyncio.gather(*(_one(place, doors, number) for number in numbers))
        taken += [each for pair in pairs for each in pair]
        ground.says(f"{numbers[-1] + 1} of {tried} declared and resolved")
    await settled(place, PATIENCE)
    declared = [each for each in taken if each.text.startswith(acks.DECLARE)]
    found = weighed(await sight(place), acks.titles(declared)) + await _in_order(place, tried)
    found += await _said_last(place) + acks.in_time(ground, taken)
    return found.outcome(tried, acks.worst(taken))


async def _one(place: Place, doors: list[Load], number: int) -> list[Taken]:
    """Declared here; there it is resolved, a while later."""
    here, there = doors if number % 2 else reversed(doors)
    title = f"Between {number:04d}"
    declared = await here.send(acks.DECLARE + title)
    found = NUMBER.search(declared.said)
    incident = found[1] if found else await _number(place, title)
    await asyncio.sleep(number // 2 % SPREAD * APART)  # the moment of the declare at which it is resolved
    return [declared, await there.send(f"INC-{incident} resolve Over {number:04d}")]


async def _number(place: Place, title: str) -> int:
    """Its number, where the answer comes later because the machine is busy."""

    async def look() -> int:
        found = await rows(place, f"SELECT number FROM incidents WHERE title = '{title}'")
        return int(found[0][0]) if found else 0

    return await until(look, title)


async def _in_order(place: Place, many: int) -> Counted:
    """Each is declared once and resolved once, and nobody is reminded of what is resolved."""
    lost, doubled, over, times = [], [], set[str](), Counter[tuple[str, str]]()
    for subject, _, kind in await rows(place, TIMELINE):
        times[subject, kind] += 1
        if subject in over and kind in AFTERWARDS:
            doubled.append(f"{subject}: {kind} after it was resolved")
        if kind == "Resolved":
            over.add(subject)
    for number in range(1, many + 1):
        for kind in ("Declared", "Resolved"):
            said = times[f"incident:{number}", kind]
            lost += [f"INC-{number}: never {kind}"] if said == 0 else []
            doubled += [f"INC-{number}: {kind} {said} times"] if said > 1 else []
    return Counted(tuple(lost), tuple(doubled))


async def _said_last(place: Place) -> Counted:
    """In its channel nothing follows its resolution; the cards beside it are edited."""
    lost, wrong = [], []
    for room in await place.slack.rooms():
        said = [each for each in await place.slack.read(room["id"]) if not each.private_to]
        last = [at for at, each in enumerate(said) if "Over " in each.words and "esolved" in each.words]
        lost += [] if last else [f"{room['name']}: its resolution is not said"]
        wrong += [f"{room['name']}: after it {each.text!r}" for each in (said[last[-1] + 1 :] if last else ())]
    return Counted(tuple(lost), tuple(wrong))


POSTGRES = ("postgresql",)
FAULTS = (
    Fault("F13", "declared here, resolved there", interleaved, short=16, full=320, databases=POSTGRES, seconds=120),
)
