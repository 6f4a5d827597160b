"""`tocsin verify`: whether every timeline is as it was written."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer
from sqlalchemy import Connection

from bot.cli.ending import plainly
from bot.cli.paper import say
from bot.settings.environment import load_environment
from bot.views import terminal
from store import verifying
from store.reading import snapshot
from store.verifying import Chain

MOST = 100
"""Broken timelines that are named; where there are more, more than the timelines is broken."""


@dataclass(slots=True)
class Tally:
    """What was counted so far; of the broken ones the first are kept."""

    subjects: int = 0
    entries: int = 0
    faulty: int = 0
    broken: tuple[Chain, ...] = ()

    def add(self, chain: Chain) -> None:
        """One more."""
        self.subjects += 1
        self.entries += chain.entries
        if chain.broken:
            self.faulty += 1
            self.broken = (*self.broken, chain)[:MOST]


def verify() -> None:
    """Recompute the hashes of every timeline; status 1 where one is not as it was written."""
    with plainly():
        url = load_environment().database_url
        tally = asyncio.run(_verified(url))
    say(terminal.broken(each.subject, each.broken.seq, each.broken.why) for each in tally.broken if each.broken)
    say([terminal.verified(tally.subjects, tally.entries, tally.faulty)])
    raise typer.Exit(1 if tally.faulty else 0)


async def _verified(url: str) -> Tally:
    async with snapshot(url) as connection:
        return await connection.run_sync(verified)


def verified(connection: Connection) -> Tally:
    """All that there is, walked through."""
    tally = Tally()
    with _progress(connection) as went_on:
        for chain in verifying.chains(connection):
            tally.add(chain)
            went_on(chain.entries)
    return tally


@contextmanager
def _progress(connection: Connection) -> Iterator[Callable[[int], None]]:
    """A bar for who looks on."""
    length = verifying.how_many(connection) if sys.stderr.isatty() else 0
    if not length:
        yield lambda _entries: None
        return
    with typer.progressbar(length=length, label="Entries", file=sys.stderr, show_pos=True) as bar:
        yield bar.update
