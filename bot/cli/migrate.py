"""`tocsin migrate`: the database's tables as this version wants them."""

import asyncio

import typer

from bot.cli.ending import plainly
from bot.settings.environment import load_environment
from store.migrations import migrate as bring_up


def migrate() -> None:
    """Bring the database up to this version; `tocsin run` does so by itself."""
    with plainly():
        environment = load_environment()
        asyncio.run(bring_up(environment.database_url))
    typer.echo("The database is up to date.")
