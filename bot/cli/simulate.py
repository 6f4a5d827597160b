"""`tocsin simulate`: who would be told, minute by minute, with the rotations and people of this moment."""

import asyncio
from typing import Annotated, Any

import typer

from bot.cli.ending import plainly
from bot.cli.paper import say, say_data, width
from bot.foreseeing import Foreseen, foreseen
from bot.outside.clock import Clock
from bot.outside.ways import outward
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.settings.environment import Environment, load_environment
from bot.settings.policy import load_policy
from bot.views import terminal
from bot.views.terminal import Paper
from bot.views.terminal.simulated import simulated, simulated_data
from handlers.simulating import Asked, asked
from store import directory
from store.reading import snapshot


def simulate(
    words: Annotated[
        list[str], typer.Argument(metavar='SEVERITY [SERVICE…] [at "Sun 02:30"]', help="A team's name will do as well.")
    ],
    at: Annotated[
        str, typer.Option(metavar="TIME", help="When: 02:30, Sun 02:30, tomorrow 09:00, 2026-11-22 02:30.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Tell who would be told of an incident that nobody answers, when, how loud and why; nobody is told anything."""
    with plainly():
        environment = load_environment()
        policy = load_policy(environment.config_file)
        paper = Paper(policy, Clock().now(), width=width())
        try:
            line = " ".join([*words, *(["at", at] if at else [])])
            wanted = asked(line, policy, paper.now, policy.calendar.timezone)
            found, names = asyncio.run(_looked(environment, policy, wanted))
        except Refused as refusal:
            typer.echo(terminal.refusal(refusal.sentence, paper), err=True)
            raise typer.Exit(1) from None
    paper = Paper(policy, paper.now, names, paper.width)
    if json:
        say_data(simulated_data(found.simulation, paper))
    else:
        say(simulated(found.simulation, paper))


async def _looked(environment: Environment, policy: Policy, wanted: Asked) -> tuple[Foreseen, dict[str, str]]:
    """The simulation, and how people are called."""
    set_up = outward(environment, secret="").ways.set_up
    facts: dict[str, Any] = {"severity": wanted.severity, "names": wanted.names, "set_up": set_up}
    async with snapshot(environment.database_url) as connection:
        people = await directory.everybody(connection)
        found: Foreseen = await connection.run_sync(foreseen, policy, wanted.at, **facts)
    return found, {person.id: person.name for person in people}
