"""What is kept of who is on call: wanted by each change where anybody may be paged, and read where it is another."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    Text,
    bindparam,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
)

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.roster import Roster, is_id
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.policy import Policy
from store import changes, directory, subjects
from store.schema import IS_ALIVE, people, places, usergroup_members, workspace
from store.schema import subjects as kept

CALENDAR = "calendar"
"""Under `calendar payments` the workspace keeps the shifts that a calendar told of for that rotation."""

TOLD = "roster"
"""Under this key the workspace keeps of which people and groups of the configuration Slack has told who they are."""

REMEMBERED = 64
"""Texts of which it is remembered what they mean, so that none is taken apart with each change again."""

_s, _p, _m, _w = kept.c, places.c, usergroup_members.c, workspace.c
# The mark comes with the people who are asked for with each change anyhow.
_NAMES = [each.name for each in fields(Person)]
_PERSON = select(*(people.c[name] for name in _NAMES))
_MARK: Select[*tuple[Any, ...]] = select(
    literal_column("''"), type_coerce(_w.value, Text), *(null() for _ in _NAMES[2:])
).where(_w.key == literal_column(f"'{directory.MARK}'"))
_ONE: CompoundSelect[Any] = union_all(_PERSON.where(people.c.id == bindparam("who")), _MARK)
_SOME: CompoundSelect[Any] = union_all(_PERSON.where(people.c.id.in_(bindparam("ids", expanding=True))), _MARK)
# All in one question, without parameters: it is prepared once.
_KNOWN = union_all(
    select(
        literal_column("'duty'").label("kind"), _s.subject.label("name"), type_coerce(_s.state, Text).label("value")
    ).where(IS_ALIVE, _s.kind == literal_column("'team'")),
    select(literal_column("'person'"), _p.name, _p.id).where(_p.kind == literal_column("'person'")),
    select(literal_column("'member'"), _p.name, _m.person)
    .join(usergroup_members, _m.usergroup == _p.id)
    .where(_p.kind == literal_column("'group'")),
    select(literal_column("'told'"), _w.key, type_coerce(_w.value, Text)).where(_w.key == literal_column(f"'{TOLD}'")),
)
_CALENDARS = select(_w.key, type_coerce(_w.value, Text).label("value")).where(
    _w.key.in_(bindparam("keys", expanding=True))
)
_TOLD = select(_w.value).where(_w.key == literal_column(f"'{TOLD}'"))


@dataclass(frozen=True, slots=True)
class _Last:
    """Who was on call when there was that mark, by that configuration, and all who may be paged."""

    policy: Policy
    mark: str
    roster: Roster
    people: Mapping[PersonId, Person]


_LAST: dict[int, _Last] = {}
"""By the identity of the configuration: a program has one."""


def known(connection: Connection, policy: Policy, ids: Iterable[PersonId]) -> tuple[Mapping[PersonId, Person], Roster]:
    """Those people and all who may be paged, as far as Slack has told of them; and who is on call.

    Who is on call is remembered as long as the mark is the same: another program's override counts at once.
    """
    if not _pages(policy):
        return changes.people(connection, ids), Roster()
    asked, mark = _people(connection, sorted(set(ids)))
    last = _LAST.get(id(policy))
    if last is None or last.policy is not policy or last.mark != mark:
        found = roster(connection, policy)  # after the mark: it may be newer than that, never older
        last = _Last(policy, mark, found, changes.people(connection, found.people))
        if mark:
            _remember(last)
    return {**last.people, **asked}, last.roster


def _people(connection: Connection, ids: list[PersonId]) -> tuple[dict[PersonId, Person], str]:
    """Those people, and the mark; none in a database in which nothing is known yet."""
    rows = connection.execute(_ONE, {"who": ids[0]}) if len(ids) == 1 else connection.execute(_SOME, {"ids": ids})
    found = {row[0]: Person(*row) for row in rows}
    mark = found.pop("", None)
    return found, mark.name if mark else ""


def _remember(last: _Last) -> None:
    if len(_LAST) >= REMEMBERED:
        _LAST.clear()
    _LAST[id(last.policy)] = last


def _pages(policy: Policy) -> bool:
    return bool(policy.rotations or policy.targets)


def roster(connection: Connection, policy: Policy) -> Roster:
    """Who is on call, as far as it is kept; nothing is read where the configuration pages nobody."""
    if not _pages(policy):
        return Roster()
    found: dict[str, list[tuple[str, str]]] = {"duty": [], "person": [], "member": [], "told": []}
    for kind, name, value in connection.execute(_KNOWN):
        found[kind].append((name, value))
    told = {each for _, value in found["told"] for each in json.loads(value)}
    return Roster(
        _ids(policy, dict(found["person"])),
        tuple(each for _, state in sorted(found["duty"]) for each in _overrides(state)),
        _shifts(connection, policy),
        _groups(policy, sorted(found["member"])),
        policy.references <= told,
    )


def keep_told(connection: Connection, policy: Policy, ids: Mapping[str, PersonId]) -> None:
    """Keeps whom the configured people are in Slack; from now on nobody waits for it to tell of the others."""
    directory.save_places(connection, "person", ids)
    directory.keep_workspace(connection, TOLD, sorted(policy.references))


def is_told(connection: Connection, policy: Policy) -> bool:
    """Whether Slack has told of all whom the configuration names."""
    wanted = policy.references
    return not wanted or wanted <= set(connection.execute(_TOLD).scalar() or ())


def _ids(policy: Policy, found: Mapping[str, PersonId]) -> Mapping[str, PersonId]:
    """The ids of the configured people, by the name that the configuration has."""
    people = {each.name: found.get(each.slack, each.slack) for each in policy.people}
    return {name: each for name, each in people.items() if is_id(each)}


def _groups(policy: Policy, found: list[tuple[str, PersonId]]) -> Mapping[str, tuple[PersonId, ...]]:
    """Who is in each user group that a level pages."""
    paged = {target.name for target in policy.targets if target.kind == "group"}
    members: dict[str, list[PersonId]] = {}
    for handle, person in found:
        members.setdefault(f"@{handle}", []).append(person)
    return {name: tuple(people) for name, people in members.items() if name in paged}


def _shifts(connection: Connection, policy: Policy) -> Mapping[str, tuple[Shift, ...]]:
    names = {f"{CALENDAR} {each.name}": each.name for each in policy.rotations if each.ical}
    if not names:
        return {}
    rows = connection.execute(_CALENDARS, {"keys": sorted(names)})
    return {names[row.key]: _told_shifts(row.value) for row in rows}


@lru_cache(REMEMBERED)
def _overrides(state: str) -> tuple[Override, ...]:
    """Those of a duty, as it is kept."""
    return subjects.read_all(Override, json.loads(state)["overrides"])


@lru_cache(REMEMBERED)
def _told_shifts(text: str) -> tuple[Shift, ...]:
    return subjects.read_all(Shift, json.loads(text))
