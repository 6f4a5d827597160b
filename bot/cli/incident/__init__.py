"""`tocsin incident`: the slash command's acts in a terminal, for when Slack is away."""

import typer

from bot.cli.incident.acting import ack, breakglass, declare, escalate, note, resolve, status, update
from bot.cli.incident.looking import list_, show

incident = typer.Typer(
    name="incident",
    help="Declare and work on incidents without Slack: the same record, the same rules, told in Slack once.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (declare, ack, update, status, resolve, note, escalate, breakglass):
    incident.command()(command)
incident.command("list")(list_)
incident.command()(show)
