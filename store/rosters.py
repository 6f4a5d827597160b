"""What is kept of who is on call, and who people of the configuration are in Slack."""

import json
from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Connection, Text, bindparam, literal_column, select, type_coerce, union_all

from bot.rules.incident import PersonId
from bot.rules.oncall.roster import Roster, is_id
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.policy import Policy
from store import directory, subjects
from store.schema import IS_ALIVE, places, usergroup_members, workspace
from store.schema import subjects as kept

CALENDAR = "calendar"
"""Under `calendar payments` the workspace keeps the shifts that a calendar told of for that rotation."""

TOLD = "roster"
"""Under this key the workspace keeps of which people and groups of the configuration Slack has told who they are."""

REMEMBERED = 64
"""Texts of which it is remembered what they mean, so that none is taken apart with each change again."""

_s, _p, _m, _w = kept.c, places.c, usergroup_members.c, workspace.c
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


def may_page(policy: Policy) -> bool:
    """Whether the configuration has anybody on call, or pages anybody."""
    return bool(policy.rotations or policy.targets)


def roster(connection: Connection, policy: Policy) -> Roster:
    """Who is on call, as far as it is kept; nothing is read where the configuration pages nobody."""
    if not may_page(policy):
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
