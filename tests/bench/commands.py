"""From slash command to acknowledgement, alone and 32 at once, beside a Bolt app that does nothing."""

from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench import bare
from tests.bench.figures import Figure, progress, share
from tests.bench.load import Load, milliseconds
from tests.processes.running import Program, free_port

ALONE = 200
HANDS = 32
EACH = 20
DURABLE = 0.2
"""How much of bare Bolt's rate is left where each command is a durable change: the aim."""

WARM = 30
"""Commands before the first that counts."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds alone and at once, and acknowledgements a second at once."""

    alone: list[float]
    at_once: list[float]
    rate: float


async def speed(load: Load, text: str) -> Speed:
    """How fast one command is acknowledged."""
    await load.one_by_one(WARM, lambda n: text.format(n=n))
    alone = milliseconds(await load.one_by_one(ALONE, lambda n: text.format(n=n)))
    taken, seconds = await load.at_once(HANDS, EACH, lambda n: text.format(n=n))
    return Speed(alone, milliseconds(taken), len(taken) / seconds)


async def bare_speed(folder: Path, session: aiohttp.ClientSession) -> Speed:
    """The same of the app that does nothing, in a process of its own."""
    progress("a Bolt app with a no-op command")
    port = free_port()
    program = await Program.start(folder, str(bare.__file__), str(port), log="bare")
    try:
        await program.line()
        load = Load(session, f"http://127.0.0.1:{port}/slack/events", bare.SECRET, "U0001", "C0001", "T0001")
        return await speed(load, "help")
    finally:
        await program.kill()


async def measured(load: Load, none: Speed) -> list[Figure]:
    """Help changes nothing; a note is a whole change, on the disk before it is acknowledged."""
    await load.send("declare sev2 Something to write notes on")
    found: list[Figure] = []
    found += _figures("no-op in bare Bolt", none, none)
    for what, text, aim in (
        ("/incident help", "help", None),
        ("/incident note", "note INC-1 Looked at it {n} times", DURABLE),
    ):
        progress(f"{what} to its acknowledgement")
        found += _figures(what, await speed(load, text), none, aim)
    return found


def _figures(what: str, ours: Speed, none: Speed, aim: float | None = None) -> list[Figure]:
    ratio = (
        [None] * 5
        if ours is none
        else [
            share(ours.alone, 0.5) / share(none.alone, 0.5),
            share(ours.alone, 0.99) / share(none.alone, 0.99),
            share(ours.at_once, 0.5) / share(none.at_once, 0.5),
            share(ours.at_once, 0.99) / share(none.at_once, 0.99),
            ours.rate / none.rate,
        ]
    )
    return [
        Figure(f"{what}, alone, p50", share(ours.alone, 0.5), "ms", ratio=ratio[0]),
        Figure(f"{what}, alone, p99", share(ours.alone, 0.99), "ms", ratio=ratio[1]),
        Figure(f"{what}, 32 at once, p50", share(ours.at_once, 0.5), "ms", ratio=ratio[2]),
        Figure(f"{what}, 32 at once, p99", share(ours.at_once, 0.99), "ms", ratio=ratio[3]),
        Figure(f"{what}, 32 at once, rate", ours.rate, "/s", ratio=ratio[4], ratio_at_least=aim),
    ]
