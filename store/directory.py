"""What is known of the workspace: its people, what names lead to, what Slack said of itself."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.roster import may_mean
from store import changes
from store.dialects import Upsert
from store.records import person_of
from store.schema import people, places
from store.schema import workspace as things

POLICY = "policy"
"""The fact about the workspace that says with which configuration Tocsin was started last: its fingerprint."""

MARK = "roster mark"
"""Under this key the workspace keeps a mark, which is another one after each change of what is known of people, groups
and shifts: whoever remembers who is on call, in whichever program, reads it again then."""

LOOKED = "looked"
"""Under this key the workspace keeps when a look at all of it began last, in whichever program (machine time)."""

_PEOPLE = Upsert(
    people,
    lambda new: {name: new[name] for name in ("name", "timezone", "active", "guest", "bot")},
)
_PLACES = Upsert(places, lambda new: {"id": new.id})
_FORGET = delete(places).where(
    places.c.kind == bindparam("of"), places.c.name.not_in(bindparam("names", expanding=True))
)
_LED_TO = select(places.c.id).where(places.c.kind == "person", places.c.id == bindparam("of"))
_LOOKED = select(things.c.value).where(things.c.key == LOOKED).with_for_update()
_THING = Upsert(things, lambda new: {"value": new.value})
_ID = select(places.c.id).where(places.c.kind == bindparam("of"), places.c.name == bindparam("called"))
_IDS = select(places.c.name, places.c.id).where(
    places.c.kind == bindparam("of"), places.c.name.in_(bindparam("names", expanding=True))
)
_IS_CALLED = or_(people.c.name == bindparam("called"), func.lower(people.c.name) == bindparam("lowered"))
_NAMED = select(people.c.id).where(_IS_CALLED, people.c.active == true(), people.c.bot == false())
_TEAM = select(people.c.team).where(people.c.id == bindparam("of"))
_EVERYBODY = select(people).order_by(func.lower(people.c.name), people.c.id)
_PLACES_OF = select(places.c.id, places.c.name).where(places.c.kind == bindparam("of"))
_VALUE = select(things.c.value).where(things.c.key == bindparam("of"))


def save_people(connection: Connection, team: str, known: Iterable[Person]) -> None:
    """Keeps people of a workspace (`team` is its id) as Slack tells of them now; who is not named stays as he was."""
    told = sorted(known, key=lambda person: person.id)
    rows = [
        {
            "id": person.id,
            "team": team,
            "name": person.name,
            "timezone": person.timezone,
            "active": person.active,
            "guest": person.guest,
            "bot": person.bot,
        }
        for person in told
    ]
    if rows:
        is_news = len(told) > 1 or changes.people(connection, [told[0].id]) != {told[0].id: told[0]}
        connection.execute(_PEOPLE.on(connection), rows)
        if is_news:  # Slack tells of each status that somebody sets
            mark(connection)


def learn(connection: Connection, team: str, person: Person, names: Iterable[str], wanted: Collection[str]) -> bool:
    """Keeps somebody who has, or had, these names; whether one of the `wanted` may lead to somebody else now."""
    save_people(connection, team, [person])
    return may_mean(wanted, names) or connection.execute(_LED_TO, {"of": person.id}).first() is not None


def may_look(connection: Connection, now: int, since: int, pause: int) -> int | None:
    """Microseconds until a look at the whole workspace may begin, which is wanted `since` then; 0: it begins now.

    None where another program has begun one since then. Times are machine time.
    """
    begun = connection.execute(_LOOKED).scalar() or 0
    if begun >= since:
        return None
    if now - begun < pause:
        return begun + pause - now
    begin_look(connection, now)
    return 0


def begin_look(connection: Connection, now: int) -> None:
    """A look at the whole workspace begins."""
    keep_workspace(connection, LOOKED, now)


def save_places(connection: Connection, kind: str, ids: Mapping[str, str]) -> None:
    """Keeps what names lead to (`kind` is `channel` or `group`); names that are not among them are forgotten."""
    connection.execute(_FORGET, {"of": kind, "names": list(ids)})
    rows = [{"kind": kind, "name": name, "id": ids[name]} for name in sorted(ids)]
    if rows:
        connection.execute(_PLACES.on(connection), rows)
    mark(connection)


def mark(connection: Connection) -> None:
    """What is known of people, groups or shifts is another from now on."""
    keep_workspace(connection, MARK, secrets.token_hex(8))


def keep_workspace(connection: Connection, key: str, value: Any) -> None:
    """Keeps a fact about the workspace, JSON-ready."""
    connection.execute(_THING.on(connection), {"key": key, "value": value})


async def person(connection: AsyncConnection, who: PersonId) -> Person | None:
    """Somebody, as Slack last told us."""
    return (await people_of(connection, [who])).get(who)


async def team_of(connection: AsyncConnection, who: PersonId) -> str | None:
    """The workspace of somebody, as Slack first told us."""
    found: str | None = (await connection.execute(_TEAM, {"of": who})).scalar()
    return found


async def people_of(connection: AsyncConnection, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Those of the people whom Slack has told us of."""
    return await connection.run_sync(changes.people, ids)


async def people_named(connection: AsyncConnection, name: str) -> list[PersonId]:
    """As `named`."""
    return await connection.run_sync(named, name)


def named(connection: Connection, name: str) -> list[PersonId]:
    """Those who work here under that name, in capitals or not; several people may share it."""
    return sorted(connection.execute(_NAMED, {"called": name, "lowered": name.lower()}).scalars())


async def place(connection: AsyncConnection, kind: str, name: str) -> str | None:
    """The id that a name leads to."""
    found: str | None = (await connection.execute(_ID, {"of": kind, "called": name})).scalar()
    return found


async def places_of(connection: AsyncConnection, kind: str, names: Iterable[str]) -> dict[str, str]:
    """The ids that names lead to; a name that leads nowhere is left out."""
    rows = await connection.execute(_IDS, {"of": kind, "names": list(names)})
    return {row.name: row.id for row in rows}


async def workspace(connection: AsyncConnection, key: str) -> Any:
    """A fact about the workspace, or None."""
    return (await connection.execute(_VALUE, {"of": key})).scalar()


async def everybody(connection: AsyncConnection) -> list[Person]:
    """All whom Slack has told us of, by name; those who left and bots too."""
    return [person_of(row) for row in await connection.execute(_EVERYBODY)]


async def names_of(connection: AsyncConnection, kind: str) -> dict[str, str]:
    """The names that are known of places (`kind` is `channel` or `group`), by id."""
    return {row.id: row.name for row in await connection.execute(_PLACES_OF, {"of": kind})}
