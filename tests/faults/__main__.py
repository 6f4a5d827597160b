"""`make faults`: brings about every fault in earnest, and prints one table. Exit status 1 where one did not hold."""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.faults.every import FAULTS
from tests.faults.fault import Fault
from tests.faults.preloaded import slow_disk, told
from tests.faults.table import table
from tests.faults.trying import Bench, Tried
from tests.postgres import empty_database, running_server

HEAD = """Tocsin under faults: the bot and Slack (bot.sandbox) in processes of their own, {how}.
Disk: {disk}. PostgreSQL: {postgres}. {cores} cores, load {load:.1f} at the start.
"""


def picked(words: Sequence[str]) -> list[Fault]:
    """The faults of these numbers, or all. Raises SystemExit for one that there is not."""
    known = list(dict.fromkeys(fault.number for fault in FAULTS))
    wanted = [word.upper() for word in words] or known
    if unknown := [word for word in wanted if word not in known]:
        raise SystemExit(f"There is no {unknown[0]}; there are: {', '.join(known)}.")
    return [fault for fault in FAULTS if fault.number in wanted]


def expected(faults: Sequence[Fault]) -> int:
    """Roughly how many seconds it takes: those that wait run beside the others, on both databases at a time."""
    busy = sum(fault.seconds * len(fault.databases) for fault in faults if not fault.waits)
    return max([busy, *(fault.seconds for fault in faults if fault.waits)])


async def tried(bench: Bench, faults: Sequence[Fault]) -> list[Tried]:
    """Tries all of them: one after another, those that mostly wait beside them."""
    every = [(fault, database) for fault in faults for database in fault.databases]
    waiting = {each: asyncio.create_task(bench.tries(*each)) for each in every if each[0].waits}
    busy = {each: await bench.tries(*each) for each in every if not each[0].waits}
    return [busy[each] if each in busy else await waiting[each] for each in every]


def main() -> int:
    """Prints how long it will take, progress on stderr, then the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", help="such as F1 F4; without any, all")
    parser.add_argument("--short", action="store_true", help="the short forms, as `make test` runs them")
    asked = parser.parse_args()
    faults = picked(asked.faults)
    if not asked.short:
        minutes = expected(faults) / 60
        sys.stderr.write(f"{len(faults)} faults; this takes about {minutes:.0f} minutes.\n")
    load = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory(prefix="tocsin-faults-") as folder,
        running_server(is_durable=not asked.short) as server,
    ):
        beside = {} if asked.short else slow_disk(Path(folder))
        bench = Bench(Path(folder), partial(empty_database, server), not asked.short, beside)
        rows = asyncio.run(tried(bench, faults))
    head = HEAD.format(
        how="in short" if asked.short else "in full",
        disk="as it is" if asked.short else told(beside),
        postgres="without fsync" if asked.short else "with fsync",
        cores=os.cpu_count(),
        load=load,
    )
    sys.stdout.write(f"{head}\n{table(rows)}\n")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
