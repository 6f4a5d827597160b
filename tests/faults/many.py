"""F17: ten thousand open incidents, each with three due moments. Each reminder is said once; the rest are figures."""

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.settings.policy import load_policy
from tests.bench.figures import share
from tests.bench.load import milliseconds
from tests.bench.memory import processor, resident
from tests.bench.written import Shape, environment, rooms, written
from tests.faults.count import Counted, reminded, sight, weighed
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place, configuration
from tests.processes.running import Program, until

LISTS, IDLE = 100, 30.0
"""Lists asked for in the end, and seconds in which nothing is asked; fewer in short forms."""

PATIENCE = 300.0
SAID = "SELECT subject, at FROM timeline WHERE kind = 'NotAcknowledged'"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shape(many: int) -> Shape:
    """A tenth of them falls due one after another, a tenth in one moment."""
    over = 20.0 if many > 1_000 else 2.0
    return Shape(many, spread=many // 10, at_once=many // 10, over=over, soon=timedelta(seconds=8))


async def many(ground: Ground, tried: int) -> Outcome:
    """So many are written, then the bot is started, reminds, lists, and idles."""
    of = shape(tried)
    place = await ground.place(configuration(respond="1h", update="8h", escalate="8h"))
    asked, policy = environment(place), load_policy(place.folder / "tocsin.yaml")
    await (await place.run(path="/healthz")).stop()  # it makes the schema
    made = await rooms(place, asked, of.falling)
    ground.says(f"{of.falling} channels made")
    moments = await written(asked, policy, made, of)
    began = time.monotonic()
    bot = await place.run(path="/healthz")
    notes = [f"serves after {time.monotonic() - began:.1f} s (aim 2 s)"]
    await _said(place, of.falling)
    await settled(place, PATIENCE)
    ground.says("all reminders are out")
    notes += [*await _late(place, moments, of), *await _quiet(ground, place, bot)]
    seen = await sight(place)
    found = await reminded(place, "NotAcknowledged", f"number <= {of.falling}")
    found += Counted((), weighed(seen, ()).doubled)
    return found.outcome(of.falling, notes=tuple(notes))


async def _said(place: Place, wanted: int) -> None:
    async def look() -> bool:
        [[said]] = await rows(place, "SELECT count(DISTINCT subject) FROM timeline WHERE kind = 'NotAcknowledged'")
        return bool(said >= wanted)

    await until(look, f"{wanted} reminders on the record", PATIENCE)


async def _late(place: Place, moments: Mapping[int, datetime], of: Shape) -> list[str]:
    """Seconds from when each was due until it was on the record."""
    late = {}
    for subject, at in await rows(place, SAID):
        number = int(subject.partition(":")[2])
        late[number] = (EPOCH + timedelta(microseconds=at) - moments[number]).total_seconds()
    one_by_one = [late[number] for number in range(1, of.spread + 1) if number in late]
    at_once = [late[number] for number in range(of.spread + 1, of.falling + 1) if number in late]
    return [
        f"{len(one_by_one)} due over {of.over:.0f} s: late p99 {share(one_by_one, 0.99):.2f} s (aim 1 s)",
        f"{len(at_once)} due in one moment: late p99 {share(at_once, 0.99):.2f} s",
    ]


async def _quiet(ground: Ground, place: Place, bot: Program) -> list[str]:
    """How long a list takes, how large the process is, and what it does when nobody wants anything."""
    lists, idle = (LISTS, IDLE) if ground.is_full else (5, 1.0)
    load = await ground.load(place)
    took = milliseconds(await load.one_by_one(lists, lambda _: "list"))
    used = processor(bot)
    await asyncio.sleep(idle)  # what it does meanwhile is the figure
    busy = (processor(bot) - used) / idle
    return [
        f"a list: p99 {share(took, 0.99):.0f} ms (aim 200 ms)",
        f"{resident(bot):.0f} MB (aim 150 MB), idle {busy * 100:.1f} % of a core (aim 2 %)",
    ]


FAULTS = (Fault("F17", "ten thousand open incidents", many, short=300, full=10_000, seconds=150),)
