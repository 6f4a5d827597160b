"""Who is called, as far as `tocsin check` can tell: what reaches nobody is refused, what could be better is said."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.cli.checks.line import Line
from bot.outside.clock import Clock
from bot.outside.ways import outward
from bot.rules.incident import PersonId
from bot.rules.oncall.coverage import Known
from bot.rules.oncall.warnings import known_of, untold, warned
from bot.rules.paging.reaching import Reach
from bot.rules.policy import Policy
from bot.settings.environment import Environment
from bot.transaction.knowing import looking, reaches
from bot.views.text import listed
from bot.views.ways import NAMES
from store import calendars
from store.errors import Problem
from store.reading import snapshot

OPEN_DOOR = Line(
    "ALERTS_TOKEN is not set: whoever reaches this machine can open incidents by POST /alerts",
    "set it to a long secret, and give it to what sends alerts",
    warns=True,
)
OPEN_CALENDARS = Line(
    "CALENDAR_TOKEN is not set: whoever reaches this machine can read the names of who is on call by GET /oncall/",
    "set it to a long secret; `tocsin oncall` prints each team's new address",
    warns=True,
)
CALENDAR = "open its address in a browser; `people` must know everybody in it by name or mail address"
ASK_LATER = "the database tells once `tocsin run` has met them in Slack: start it, then check again"
NOT_OFFERED = "set that way up (docs/reaching.md), or let them choose another one in Home; a page goes by the next one"


async def oncall(policy: Policy, environment: Environment) -> list[Line]:
    """A line for each thing that is wrong, or one that all is well; with what the database knows, if there is one."""
    now, offered = Clock().now(), outward(environment, secret="").ways.offered
    try:
        async with snapshot(environment.database_url) as connection:
            lines = await connection.run_sync(_known, policy, now, offered)
    except Problem:  # said already, or there is none yet: the configuration can be looked at all the same
        lines = _found(policy, now, Known(), {})
    if policy.policies and not any(line.cure and line.cure != ASK_LATER for line in lines):
        lines.append(Line("On call: somebody is reached at every hour of the next 8 weeks"))
    return [*lines, *_open(policy, environment)]


def _open(policy: Policy, environment: Environment) -> Iterable[Line]:
    """Doors of this machine that ask nobody who they are."""
    if not environment.alerts_token:
        yield OPEN_DOOR
    if policy.rotations and not environment.calendar_token:
        yield OPEN_CALENDARS


def _known(connection: Connection, policy: Policy, now: datetime, offered: Collection[str]) -> list[Line]:
    """What is wrong by what the database knows: who is on call, and how they are reached."""
    moment = looking(connection, policy, now)
    known = known_of(moment.people, Known(moment.roster))
    reached = reaches(connection, moment)
    unwell = calendars.troubles(connection, policy)
    return [
        *(Line(each.rstrip("."), CALENDAR, warns=True) for each in unwell.values()),
        *_unsent(reached, offered, {who: name for name, who in moment.roster.ids.items()}),
        *_found(policy, now, known, {who: _within(reach, offered) for who, reach in reached.items()}),
    ]


def _found(policy: Policy, now: datetime, known: Known, reaches: Mapping[PersonId, Reach]) -> list[Line]:
    lines = [Line(each.what, each.cure, warns=not each.refuses) for each in warned(policy, now, known, reaches)]
    return [*_untold(policy, known), *lines]


def _untold(policy: Policy, known: Known) -> Iterable[Line]:
    """Whether a page would wake people up of whom nothing is known yet."""
    names = untold(policy, known)
    grave = [level.name for level in policy.severities if level.page and policy.is_major(level.name)]
    if names and grave:
        what = f"Not known yet: whether a page of {listed(grave, 'or')} would wake {listed(names, 'or')} up"
        yield Line(what, ASK_LATER, warns=True)


def _within(reach: Reach, offered: Collection[str]) -> Reach:
    """The ways by which something can go out."""
    return replace(reach, ways=tuple(way for way in reach.ways if way.kind in offered))


def _unsent(
    reaches: Mapping[PersonId, Reach], offered: Collection[str], names: Mapping[PersonId, str]
) -> Iterable[Line]:
    """Ways that people chose when they were set up, or where they were."""
    for kind, name in NAMES.items():
        chose = [names.get(who, who) for who, reach in reaches.items() if reach.address(kind) is not None]
        if chose and kind not in offered:
            yield Line(f"{listed(chose)} chose {name}, which is not set up here", NOT_OFFERED, warns=True)
