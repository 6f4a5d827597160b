"""How a command ends when it cannot go on: a sentence on stderr and status 2, never a stack trace."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.settings.errors import ConfigError
from store.errors import Problem


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what somebody can mend into its sentence."""
    try:
        yield
    except (ConfigError, Problem) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(f"{error.strerror or error}. Is another program using this address or file?", err=True)
        raise typer.Exit(2) from None
