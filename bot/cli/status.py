"""`tocsin status`: how Tocsin itself stands, for whoever runs it."""

import asyncio
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Annotated, Any

import typer

from bot.cli.ending import plainly
from bot.cli.paper import say, say_data
from bot.falling import in_words
from bot.outside.clock import Clock
from bot.rules.policy import Policy
from bot.rules.standing import GRACE, Backup, Falling, Program, Standing
from bot.settings.environment import load_environment
from bot.settings.policy import load_policy
from bot.views import terminal
from bot.views.terminal import Paper
from bot.views.terminal.data import standing_data
from store import backups, processes
from store.backups import LastBackup
from store.database import address
from store.machine import machine_now
from store.migrations.head import HEAD
from store.processes import ALIVE_FOR, MICROSECONDS, Process
from store.reading import snapshot
from store.standing import Kept, standing

NEXT = 5
"""How many of what falls due are named."""


def status(json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Tell how Tocsin stands: who runs, what is due, what waits to go out; status 1 if anything is wrong."""
    with plainly():
        environment = load_environment()
        policy, now = load_policy(environment.config_file), Clock().now()
        stands = asyncio.run(looked(environment.database_url, policy, now))
    if json:
        say_data(standing_data(stands))
    else:
        say(terminal.standing(stands, Paper(policy, now)))
    raise typer.Exit(1 if stands.troubles else 0)


async def looked(url: str, policy: Policy, now: datetime) -> Standing:
    """How it stands at this moment. Raises what `store.reading.snapshot` does."""
    async with snapshot(url) as connection:
        machine = await connection.run_sync(machine_now)
        kept = await standing(connection, now, machine, before=now - GRACE, most=NEXT)
        falling = [(when, await in_words(connection, each, policy, now)) for when, each in kept.falling]
        made = await connection.run_sync(backups.last)
        known = [each for each in await processes.known(connection) if each.seen_at > machine - _micros(ALIVE_FOR)]
    return Standing(
        version=version("tocsin"),
        database=_database(url),
        schema=HEAD,
        programs=tuple(_program(each, machine) for each in known),
        falling=tuple(Falling(when, *said) for when, said in falling),
        roomless=tuple(f"INC-{number}" for number in kept.roomless),
        backup=_backup(made, policy, now),
        **_as_kept(kept),
    )


def _as_kept(kept: Kept) -> dict[str, Any]:
    same = ("size", "open", "overdue", "given_up", "here")
    listed = ("lanes", "unsent")
    return {name: getattr(kept, name) for name in same} | {name: tuple(getattr(kept, name)) for name in listed}


def _backup(made: LastBackup | None, policy: Policy, now: datetime) -> Backup | None:
    if policy.backup is None or made is None:
        return None
    return Backup(made.at, made.is_late(now, policy.backup.every), made.error)


def _database(url: str) -> str:
    """`SQLite tocsin.db`, `PostgreSQL tocsin at db.example.com`; never a password."""
    where = address(url)
    if where.drivername.startswith("sqlite"):
        return f"SQLite {where.database}"
    return f"PostgreSQL {where.database} at {where.host or 'this machine'}"


def _program(process: Process, machine: int) -> Program:
    heard = None if process.heard_at is None else _passed(process.heard_at, machine)
    return Program(process.host, process.version, process.way, _passed(process.started_at, machine), heard)


def _passed(since: int, machine: int) -> timedelta:
    return timedelta(microseconds=max(0, machine - since))


def _micros(seconds: float) -> int:
    return int(seconds * MICROSECONDS)
