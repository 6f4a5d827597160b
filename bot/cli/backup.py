"""`tocsin backup`: the database in one file, made while the bot works."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.copy import tell_broken
from bot.cli.ending import plainly
from bot.settings.environment import load_environment
from store.backup import back_up


def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; it holds no tokens.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Copy the database into one file, while the bot works: consistent, checked, ready to run on."""
    with plainly():
        made = back_up(load_environment().database_url, file, force=force)
    size = f"{made.bytes / 1_000_000:.1f} MB"
    typer.echo(f"{made.file}: {size}, {made.rows} rows, {made.seconds:.1f} s. Checked, and it holds no tokens.")
    tell_broken(made.broken)
