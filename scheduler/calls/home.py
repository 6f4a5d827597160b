"""Somebody's App Home: what needs them, and what is open as far as they may see it."""

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.needs import needs
from bot.rules.paging.reaching import Reach
from bot.views.home import PAGE, Home, home
from scheduler.calls.done import Done
from scheduler.desk import Desk
from store import directory, queries
from store.outbox import Row

LOOKED_THROUGH = 200
"""Open incidents, the most severe first, in which something may wait for somebody; beside those they hold a role in."""


async def show_home(desk: Desk, row: Row) -> Done:
    """Shows the page of their Home that somebody looks at, as it is now."""
    person = row.subject.partition(":")[2]
    view = home(person, await _home_of(desk, person), desk.policy, desk.changes.clock.now())
    await desk.slack.call("views.publish", user_id=person, view=view)
    return Done()


async def _home_of(desk: Desk, person: PersonId) -> Home:
    ranked = [level.name for level in desk.policy.severities]
    async with desk.changes.store.read() as connection:
        total = await queries.count(connection, person)
        page = min(await queries.home_page(connection, person), max(0, total - 1) // PAGE)
        open_ones = await queries.listed(connection, person, ranked, limit=LOOKED_THROUGH)
        shown = open_ones[page * PAGE : (page + 1) * PAGE]
        if (page + 1) * PAGE > LOOKED_THROUGH:
            shown = await queries.listed(connection, person, ranked, limit=PAGE, offset=page * PAGE)
        own = await _own(connection, person, open_ones)
        everyone = await directory.people_of(connection, _concerned(own))
    moment = Moment(desk.changes.clock.now(), desk.policy, everyone)
    waiting = tuple(need for incident in own for need in needs(incident, moment, person))
    reach = await desk.changes.standing(f"person:{person}", Reach(person)) if desk.policy.policies else None
    return Home(waiting, tuple(shown), total, page, reach, desk.outward.ways.offered)


async def _own(connection: AsyncConnection, person: PersonId, listed: Sequence[Incident]) -> list[Incident]:
    """The incidents in which something may wait for somebody: first those in which they hold a role."""
    held = set(await queries.holding(connection, person))
    elsewhere = sorted(held - {each.number for each in listed})  # tests, and what is beyond those looked through
    found = [await queries.incident(connection, number) for number in elsewhere]
    return sorted([*listed, *filter(None, found)], key=lambda each: each.number not in held)


def _concerned(incidents: Iterable[Incident]) -> set[PersonId]:
    """Who may be asked for something in them."""
    found: set[PersonId] = set()
    for incident in incidents:
        held = (incident.declarer, incident.acknowledged_by, *incident.roles.values())
        found |= {each for each in held if each}
    return found
