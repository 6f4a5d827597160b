"""Tocsin's command line: `tocsin`, or `python -m bot`."""

import typer

from bot.cli.backup import backup
from bot.cli.check import check
from bot.cli.copy import copy
from bot.cli.demo import demo
from bot.cli.incident import incident
from bot.cli.migrate import migrate
from bot.cli.oncall import oncall
from bot.cli.run import run
from bot.cli.simulate import simulate
from bot.cli.status import status
from bot.cli.verify import verify

app = typer.Typer(
    name="tocsin",
    help="A self-hosted Slack incident bot: what it was told it keeps, what it promised it says.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (run, demo, check, simulate, status, migrate, backup, copy, verify):
    app.command()(command)
app.add_typer(incident)
app.add_typer(oncall)


def main() -> None:
    """The entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
