"""Who is called, as far as `tocsin check` can tell: what reaches nobody is refused, what could be better is said."""

from datetime import datetime

from sqlalchemy import Connection

from bot.cli.line import Line
from bot.knowing import moment_of
from bot.outside.clock import Clock
from bot.rules.change import Origin
from bot.rules.oncall.coverage import Known
from bot.rules.oncall.warnings import Warned, known_of, warned
from bot.rules.policy import Policy
from bot.rules.reaching import Reach
from bot.settings.environment import Environment
from store import calendars, subjects
from store.errors import Problem
from store.reading import snapshot

_NOBODY = Origin("clock", "check")
OPEN_DOOR = Line(
    "ALERTS_TOKEN is not set: whoever reaches this machine can open incidents by POST /alerts",
    "set it to a long secret, and give it to what sends alerts",
    warns=True,
)


CALENDAR = "open its address in a browser; `people` must know everybody in it by name or mail address"


async def oncall(policy: Policy, environment: Environment) -> list[Line]:
    """A line for each thing that is wrong, or one that all is well; with what the database knows, if there is one."""
    now = Clock().now()
    try:
        async with snapshot(environment.database_url) as connection:
            found = await connection.run_sync(_known, policy, now)
            unwell = await connection.run_sync(calendars.troubles, policy)
    except Problem:  # said already, or there is none yet: the configuration can be looked at all the same
        found, unwell = warned(policy, now), {}
    lines = [Line(each.rstrip("."), CALENDAR, warns=True) for each in unwell.values()]
    lines += [Line(each.what, each.cure, warns=not each.refuses) for each in found]
    if policy.policies and not lines:
        lines = [Line("On call: somebody is reached at every hour of the next 8 weeks")]
    return lines if environment.alerts_token else [*lines, OPEN_DOOR]


def _known(connection: Connection, policy: Policy, now: datetime) -> tuple[Warned, ...]:
    moment = moment_of(connection, policy, now, _NOBODY, ())
    people = dict.fromkeys(moment.roster.people)
    reaches = {each: subjects.find(connection, f"person:{each}", Reach(each)) for each in people}
    known = known_of(moment.people, Known(moment.roster))
    return warned(policy, now, known, reaches if reaches else None)
