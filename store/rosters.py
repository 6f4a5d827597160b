"""What is kept of who is on call: read with each change where anybody may be paged."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, select

from bot.rules.incident import PersonId
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.shifts import Shift
from bot.rules.policy import Policy
from store import subjects
from store.schema import places, usergroup_members, workspace

CALENDAR = "calendar"
"""Under `calendar payments` the workspace keeps the shifts that a calendar told of for that rotation."""

_p, _m = places.c, usergroup_members.c
_IDS = select(_p.kind, _p.name, _p.id).where(
    _p.kind.in_(("person", "group")), _p.name.in_(bindparam("names", expanding=True))
)
_MEMBERS = select(_m.usergroup, _m.person).where(_m.usergroup.in_(bindparam("of", expanding=True))).order_by(_m.person)
_TOLD = select(workspace.c.key, workspace.c.value).where(workspace.c.key.in_(bindparam("keys", expanding=True)))


def roster(connection: Connection, policy: Policy) -> Roster:
    """Who is on call, as far as it is kept; nothing is read where the configuration pages nobody."""
    if not (policy.rotations or policy.targets):
        return Roster()
    overrides = (each for _, duty in subjects.alive(connection, "team", Duty) for each in duty.overrides)
    groups = [target.name for target in policy.targets]
    people, found = _ids(connection, policy, groups)
    return Roster(people, tuple(overrides), _told(connection, policy), _groups(connection, found))


def _ids(
    connection: Connection, policy: Policy, groups: Iterable[str]
) -> tuple[Mapping[str, PersonId], Mapping[str, str]]:
    """The ids of the configured people and of user groups, each by the name that the configuration has."""
    asked = [each.slack for each in policy.people] + [name.removeprefix("@") for name in groups]
    found: dict[str, dict[str, str]] = {"person": {}, "group": {}}
    for row in connection.execute(_IDS, {"names": sorted(set(asked))}):
        found[row.kind][row.name] = row.id
    people = {each.name: found["person"].get(each.slack, each.slack) for each in policy.people}
    known = {name: each for name, each in people.items() if each[:1] in {"U", "W"} and each.isupper()}
    return known, {f"@{name}": each for name, each in found["group"].items()}


def _groups(connection: Connection, ids: Mapping[str, str]) -> Mapping[str, tuple[PersonId, ...]]:
    if not ids:
        return {}
    members: dict[str, list[PersonId]] = {}
    for row in connection.execute(_MEMBERS, {"of": sorted(set(ids.values()))}):
        members.setdefault(row.usergroup, []).append(row.person)
    return {name: tuple(members.get(each, ())) for name, each in ids.items()}


def _told(connection: Connection, policy: Policy) -> Mapping[str, tuple[Shift, ...]]:
    names = {f"{CALENDAR} {each.name}": each.name for each in policy.rotations if each.ical}
    if not names:
        return {}
    rows = connection.execute(_TOLD, {"keys": sorted(names)})
    return {names[row.key]: subjects.read_all(Shift, row.value) for row in rows}
