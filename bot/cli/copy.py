"""`tocsin copy`: all of one database into another, from SQLite to PostgreSQL or back."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from bot.cli.ending import plainly
from bot.settings.database_url import for_sqlalchemy
from bot.settings.errors import ConfigError
from bot.views import terminal
from store.copying import Step
from store.copying import copy as copy_all


def copy(
    source: Annotated[str, typer.Option("--from", help="The database to copy, as DATABASE_URL names it.")],
    target: Annotated[str, typer.Option("--to", help="An empty one, or a file that does not exist yet.")],
) -> None:
    """Copy one database into another, counted and verified; stop the bot first."""
    with plainly():
        addresses = _address("--from", source), _address("--to", target)
        with _progress() as step:
            copied = asyncio.run(copy_all(*addresses, step))
    typer.echo(f"Copied {sum(copied.rows.values())} rows of {len(copied.rows)} tables; read back, they are equal.")
    tell_broken(copied.broken)


def _address(option: str, given: str) -> str:
    try:
        return for_sqlalchemy(given)
    except ValueError as error:
        raise ConfigError([f"{option} is no database address. Write it as {error}."]) from None


@contextmanager
def _progress() -> Iterator[Step]:
    """A bar for who looks on, a line for each table for a log."""
    if not sys.stderr.isatty():
        yield _line
        return
    with typer.progressbar(length=1, file=sys.stderr, show_pos=True) as bar:

        def step(table: str, done: int, of: int) -> None:
            bar.label, bar.length, bar.pos = f"{table:28}", max(1, of), done if of else 1
            bar.render_progress()

        yield step


def _line(table: str, done: int, of: int) -> None:
    if done == of:
        typer.echo(f"{table}: {of}", err=True)


def tell_broken(subjects: Sequence[str]) -> None:
    """Names the timelines that were not whole before, and ends with status 1."""
    if subjects:
        named = ", ".join(map(terminal.named, subjects[:10]))
        typer.echo(f"Not whole before it was copied: the timeline of {named}. `tocsin verify` tells where.", err=True)
        raise typer.Exit(1)
