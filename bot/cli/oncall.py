"""`tocsin oncall`: who is on call now and next; `tocsin oncall hours`: everybody's hours, for pay."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, NoReturn

import typer
from typer.core import TyperGroup

from bot.cli.ending import plainly
from bot.cli.paper import say, say_data, width
from bot.duties import Duties, duties
from bot.outside.clock import Clock
from bot.rules.calendar import YEARS
from bot.rules.oncall.hours import hours as worked
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.seats import team_named
from bot.rules.oncall.shifts import on_call
from bot.rules.oncall.shifts import shadows as shadows_of
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.settings.environment import Environment, load_environment, plain
from bot.settings.policy import load_policy
from bot.views.terminal import Paper
from bot.views.terminal import oncall as words
from bot.views.terminal.oncall import Stand
from handlers.doors.calendars import address
from store import calendars
from store.reading import snapshot

AHEAD = timedelta(days=100)
"""How far the next shift is looked for: longer than any."""


class Group(TyperGroup):
    """Takes the name of a team where a command would stand."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """`tocsin oncall payments` is `tocsin oncall show payments`."""
        named = args[:1] and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["show", *args])  # type: ignore[arg-type]


oncall = typer.Typer(
    name="oncall",
    help="Who is on call, now and next, of all or of one team (tocsin oncall payments); their hours.",
    cls=Group,
    add_completion=False,
)


@oncall.command()
def show(
    team: Annotated[str, typer.Argument(help="A team; all of them where none is named.")] = "",
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Tell who is on call now, until when, and who is next."""
    environment, policy, now = _loaded()
    meant = _meant(policy, team)
    with plainly():
        found, unwell = asyncio.run(_looked(environment.database_url, policy, meant))
    base, token = environment.public_url or "", plain(environment.calendar_token)
    stands = [_stand(found, each, now, base, token, unwell) for each in found.rotations]
    if json:
        say_data(words.oncall_data(stands, found.name))
    else:
        say(words.oncall(stands, found.called, Paper(policy, now, width=width())))


@oncall.command("hours")
def hours(
    team: Annotated[str, typer.Argument(help="A team; all of them where none is named.")] = "",
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="2026-10-01; the last month without it.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="2026-10-31, that day included.")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="For a spreadsheet.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Add up everybody's hours on call: weekdays, nights, weekends, holidays; overrides count for who took them."""
    environment, policy, now = _loaded()
    meant = _meant(policy, team)
    begin, end = _between(since, until, policy, now)
    with plainly():
        found, _ = asyncio.run(_looked(environment.database_url, policy, meant))
    told = worked(found.shifts(begin, end), begin, end, policy.calendar)
    if csv:
        typer.echo(words.hours_csv(told, found.name), nl=False)
    elif json:
        say_data(words.hours_data(told, found.name))
    else:
        say(words.hours(told, found.name, begin, end, Paper(policy, now)))


def _loaded() -> tuple[Environment, Policy, datetime]:
    with plainly():
        environment = load_environment()
        return environment, load_policy(environment.config_file), Clock().now()


async def _looked(url: str, policy: Policy, team: str | None) -> tuple[Duties, Mapping[str, str]]:
    async with snapshot(url) as connection:
        found = await connection.run_sync(duties, policy, team)
        return found, await connection.run_sync(calendars.troubles, policy)


def _stand(found: Duties, rotation: Rotation, now: datetime, base: str, token: str, unwell: Mapping[str, str]) -> Stand:
    """Next is somebody else, where there is anybody; in Slack it is the very next turn, whosever, and until when."""
    every = found.of(rotation, now, now + AHEAD)
    current = on_call(every, now)
    coming = [each for each in every if each.start > now and not each.shadow]
    others = [each for each in coming if current is None or each.person != current.person]
    shadows = shadows_of(every, now)
    where = address(base, rotation.team, token) if base else ""
    return Stand(rotation, current, next(iter(others or coming), None), shadows, where, unwell.get(rotation.name, ""))


def _meant(policy: Policy, team: str) -> str | None:
    """The team of that name; None for all. Ends with a sentence for one that there is not."""
    if not team:
        return None
    try:
        return team_named(policy, team)
    except Refused as refusal:
        _refuse(refusal.sentence)


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _between(since: str, until: str, policy: Policy, now: datetime) -> tuple[datetime, datetime]:
    """The days from and to, both included, as moments; the last month where neither is named."""
    today = policy.calendar.local(now).date()
    first = _day(since) if since else (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    last = _day(until) if until else (today if since else today.replace(day=1) - timedelta(days=1))
    if last < first:
        _refuse("--to is before --from.")
    if last - first > timedelta(days=3660):
        _refuse("That is more than ten years.")
    zone = policy.calendar.timezone
    begin, end = (datetime.combine(day, datetime.min.time(), zone) for day in (first, last + timedelta(days=1)))
    return begin.astimezone(UTC), end.astimezone(UTC)


def _day(text: str) -> date:
    with suppress(ValueError):
        found = date.fromisoformat(text)
        if found.year in YEARS:
            return found
    _refuse(f"“{text}” is no day. Write it as 2026-10-01.")
