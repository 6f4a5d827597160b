"""Who is in the user groups that permissions name, as Slack last told; and what of a permission leads to somebody."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.permissions import Asker, Kind
from store import directory
from store.dialects import Upsert
from store.schema import places, usergroup_members
from store.schema import workspace as things

_m = usergroup_members.c
_FORGET = delete(usergroup_members).where(_m.usergroup.not_in(bindparam("groups", expanding=True)))
_LEFT = delete(usergroup_members).where(
    _m.usergroup == bindparam("of"), _m.person.not_in(bindparam("people", expanding=True))
)
_JOIN = Upsert(usergroup_members)
_OF = select(_m.usergroup).where(_m.person == bindparam("who"))
_GROUPS = select(places.c.name, places.c.id).where(
    places.c.kind == "group", places.c.name.in_(bindparam("names", expanding=True))
)
_TOLD = select(things.c.value).where(things.c.key == bindparam("of"))
TOLD = "usergroups"
"""The fact about the workspace that says of which groups Slack has told who is in them."""


def save(connection: Connection, members: Mapping[str, Collection[PersonId]]) -> None:
    """Keeps who is in each group (by its id), instead of all that was known before."""
    connection.execute(_FORGET, {"groups": list(members)})
    for group in sorted(members):
        connection.execute(_LEFT, {"of": group, "people": list(members[group])})
    rows = [{"usergroup": group, "person": each} for group in sorted(members) for each in sorted(set(members[group]))]
    if rows:
        connection.execute(_JOIN.on(connection), rows)
    directory.keep_workspace(connection, TOLD, sorted(members))
    directory.mark(connection)


def keep(connection: Connection, group: str, people_: Collection[PersonId]) -> None:
    """Keeps who is in one group (by its id) from now on."""
    connection.execute(_LEFT, {"of": group, "people": list(people_)})
    if people_:
        connection.execute(_JOIN.on(connection), [{"usergroup": group, "person": each} for each in sorted(people_)])
    directory.mark(connection)


def asker(
    connection: Connection, person: PersonId, standing: str, known: Person | None, names: Collection[str]
) -> Asker:
    """Somebody who asks, with what of a permission's groups and `names` leads to them; nothing is read without need.

    `known` is what Slack has told of them.
    """
    kind: Kind = _kind(standing, is_guest=bool(known and known.guest), is_bot=bool(known and known.bot))
    if not names:
        return Asker(person, kind)
    ids = _group_ids(connection, names)
    told = connection.execute(_TOLD, {"of": TOLD}).scalar() or []
    inside = set(connection.execute(_OF, {"who": person}).scalars())
    within = {name for name, group in ids.items() if group in inside}
    within |= {name for name in names if name == person}
    if kind == "member" and known and known.name:
        within |= {name for name in names if name not in ids and _is_meant(connection, name, person, known.name)}
    unheard = tuple(name for name, group in ids.items() if group not in told)
    return Asker(person, kind, frozenset(within), unheard)


def _kind(standing: str, *, is_guest: bool, is_bot: bool) -> Kind:
    if standing == "stranger":
        return "stranger"
    if standing == "bot" or is_bot:
        return "bot"
    return "guest" if is_guest else "member"


def _group_ids(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """The groups among the names of a permission, with their ids; what is not known is none."""
    handles = [name.removeprefix("@") for name in names if name.startswith("@")]
    rows: Iterable[Row[Any]] = connection.execute(_GROUPS, {"names": handles}) if handles else ()
    return {f"@{row.name}": row.id for row in rows} | {name: name for name in names if name.startswith("S")}


def _is_meant(connection: Connection, name: str, person: PersonId, called: str) -> bool:
    """Whether a name means this person: only where nobody else who works here has it."""
    is_theirs = name.removeprefix("@").casefold() == called.casefold()
    return is_theirs and directory.named(connection, called) == [person]
