"""The record that the bot keeps, opened beside it for one command."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeAlias

import typer

from bot.changes import Changes, Rule
from bot.cli.ending import plainly
from bot.cli.incident.somebody import somebody
from bot.cli.paper import say, width
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.rules.change import Answer, Origin
from bot.rules.guards import unknown
from bot.rules.incident import Incident
from bot.rules.moment import Person
from bot.rules.refused import Refused
from bot.settings.environment import load_environment
from bot.settings.policy import load_policy
from bot.views import terminal
from bot.views.terminal import Line, Paper
from store import directory, processes
from store.database import Store
from store.processes import ALIVE_FOR, MICROSECONDS
from store.reading import require_current

Who: TypeAlias = Annotated[
    str | None,
    typer.Option("--as", envvar="TOCSIN_AS", metavar="NAME", help="Who you are: your name in Slack, or your Slack id."),
]


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept, as one person may see and change it; `paper` is what answers are written on."""

    incidents: Incidents
    people: tuple[Person, ...]
    person: Person
    team: str
    paper: Paper

    @property
    def origin(self) -> Origin:
        """Who asks, through which door; each command is a request of its own."""
        return Origin(f"cli:{self.person.id}", "cli", team=self.team)

    async def act(self, number: int, rule: Rule, **facts: Any) -> list[Line]:
        """Carries a rule out; the lines that tell what came of it. Raises Refused."""
        return await self.answered(await self.incidents.act(number, rule, self.origin, **facts))

    async def answered(self, answer: Answer) -> list[Line]:
        """The lines for a finished change. Raises Refused for one that was refused, or is asked about first."""
        if answer.refused and answer.asks and answer.number:
            raise Refused(terminal.asked(answer.refused, answer.number))
        if answer.refused is not None or answer.number is None:
            raise Refused(answer.refused or "")
        incident = await self.known(answer.number)
        return list(terminal.outcome(answer, incident, self.paper, is_heard=await self._is_heard()))

    async def known(self, number: int) -> Incident:
        """The incident, if the person may see it. Raises Refused."""
        found = await self.incidents.find(self.person.id, number=number)
        if found is None:
            raise Refused(unknown(number, self.paper.policy.command))
        return found

    async def _is_heard(self) -> bool:
        """Whether a bot runs that tells Slack of it."""
        store = self.incidents.changes.store
        async with store.read() as connection:
            since = await connection.run_sync(store.machine_now) - int(ALIVE_FOR * MICROSECONDS)
            return any(each.seen_at > since for each in await processes.known(connection))


def told(who: str | None, work: Callable[[Record], Awaitable[Iterable[Line]]]) -> None:
    """Does something with the record in somebody's name and says what came of it; a refusal is status 1."""
    with plainly():
        lines = asyncio.run(_worked(who, work))
    say(lines)


async def _worked(who: str | None, work: Callable[[Record], Awaitable[Iterable[Line]]]) -> Iterable[Line]:
    environment = load_environment()
    policy = load_policy(environment.config_file)
    clock = Clock()
    url = await require_current(environment.database_url)
    paper = Paper(policy, clock.now(), width=width())
    try:
        async with opened(url, who, clock, paper) as record:
            paper = record.paper
            return await work(record)
    except Refused as refusal:
        typer.echo(terminal.refusal(refusal.sentence, paper), err=True)
        raise typer.Exit(1) from None


@asynccontextmanager
async def opened(url: str, who: str | None, clock: Clock, paper: Paper) -> AsyncIterator[Record]:
    """The record, for one person. Raises Refused for nobody, Unreachable."""
    store = await Store.open(url)
    try:
        async with store.read() as connection:
            people = tuple(await directory.everybody(connection))
            auth = await directory.workspace(connection, "auth") or {}
            names = await directory.names_of(connection, "channel")
            theirs = await directory.workspace(connection, directory.POLICY)
        if theirs not in {None, paper.policy.fingerprint}:
            typer.echo(terminal.CONFIGURED_OTHERWISE, err=True)
        names |= {person.id: person.name for person in people}
        incidents = Incidents(Changes(store, paper.policy, clock))
        person = somebody(who, people)
        yield Record(incidents, people, person, str(auth.get("team_id") or ""), replace(paper, names=names))
    finally:
        await store.close()
