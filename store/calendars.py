"""What calendars told of rotations that are kept in one, and which of them cannot be read."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.rules.oncall.shifts import Shift
from bot.rules.policy import Policy
from store import directory, subjects
from store.rosters import CALENDAR
from store.schema import workspace

READ = "calendar read"
"""Under `calendar read payments` the workspace keeps when that calendar was read last, and what is wrong with it."""

_KEPT = select(workspace.c.key, workspace.c.value).where(workspace.c.key.in_(bindparam("keys", expanding=True)))


def keep(connection: Connection, rotation: str, shifts: Iterable[Shift]) -> bool:
    """Keeps the shifts that a calendar tells of now, instead of what it told before; False where these are the same."""
    key, value = f"{CALENDAR} {rotation}", subjects.kept_all(shifts)
    row = connection.execute(_KEPT, {"keys": [key]}).one_or_none()
    if row is not None and row.value == value:
        return False
    directory.keep_workspace(connection, key, value)
    directory.mark(connection)
    return True


def keep_state(connection: Connection, rotation: str, read_at: datetime | None, why: str) -> None:
    """Keeps when a calendar was read last, and why it cannot be read, or what in it is not understood."""
    value = {"at": read_at.isoformat() if read_at else None, "why": why}
    directory.keep_workspace(connection, f"{READ} {rotation}", value)


def troubles(connection: Connection, policy: Policy) -> Mapping[str, str]:
    """A sentence for each rotation whose calendar is not well; by the rotation."""
    names = {f"{READ} {each.name}": each.name for each in policy.rotations if each.ical}
    if not names:
        return {}
    rows = connection.execute(_KEPT, {"keys": sorted(names)})
    return {names[row.key]: str(row.value["why"]) for row in rows if row.value.get("why")}


def read_at(connection: Connection, rotation: str) -> datetime | None:
    """When that calendar was read last; None where it never was."""
    row = connection.execute(_KEPT, {"keys": [f"{READ} {rotation}"]}).one_or_none()
    at = row.value.get("at") if row else None
    return datetime.fromisoformat(at) if at else None
