"""When the last backup was made, and whose turn it is to make the next: of several programs exactly one does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from store.backup import Backup
from store.dialects import Upsert
from store.machine import machine_now
from store.schema import workspace
from store.types import from_micros, to_micros

KEY = "backup"
LEASE = 3600.0
"""Seconds after which who was about to make one is taken for gone."""

GRACE = timedelta(hours=1)
"""How much later than planned a backup may be before that is told."""

AGAIN_AFTER = 600.0
"""Seconds before one that failed is tried again."""

_DAY = timedelta(days=1)
_w = workspace.c
_FIRST = Upsert(workspace)
_KEPT = select(_w.value).where(_w.key == KEY)
_LOCKED = _KEPT.with_for_update()
_KEEP = update(workspace).where(_w.key == KEY).values(value=bindparam("kept"))


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest backup: when (None: there is none yet), and since when one is wanted; `error` of the last try."""

    at: datetime | None
    since: datetime
    file: str = ""
    error: str = ""

    def is_late(self, now: datetime, every: timedelta) -> bool:
        """Whether none was made for longer than was asked for, and for longer than a day, and some grace."""
        return now - (self.at or self.since) > max(every, _DAY) + GRACE


def claim(connection: Connection, by: str, now: datetime, every: timedelta) -> bool:
    """Whether one is due, and it is on us to make it."""
    empty = {"since": to_micros(now), "until": 0}
    connection.execute(_FIRST.on(connection), {"key": KEY, "value": empty})
    kept, machine = connection.execute(_LOCKED).scalar_one(), machine_now(connection)
    is_due = "at" not in kept or now - from_micros(kept["at"]) >= every
    # A wait of more than a lease was reckoned from a clock that has been set back.
    is_taken = machine < kept["until"] <= machine + int(LEASE * 1_000_000)
    if is_due and not is_taken:
        _keep(connection, kept, LEASE, by=by)
        return True
    return False


def made(connection: Connection, by: str, at: datetime, backup: Backup) -> None:
    """It is there."""
    facts = {"file": str(backup.file), "bytes": backup.bytes, "seconds": round(backup.seconds, 3), "by": by}
    _keep(connection, _found(connection), 0, at=to_micros(at), error="", **facts)


def failed(connection: Connection, error: str, again_after: float = AGAIN_AFTER) -> None:
    """It could not be made; somebody tries again, so many seconds from now."""
    _keep(connection, _found(connection), again_after, error=error)


def last(connection: Connection) -> LastBackup | None:
    """The newest one, or None where none was ever wanted."""
    kept = connection.execute(_KEPT).scalar()
    if not kept:
        return None
    at = from_micros(kept["at"]) if "at" in kept else None
    return LastBackup(at, from_micros(kept["since"]), kept.get("file", ""), kept.get("error", ""))


def _found(connection: Connection) -> Mapping[str, Any]:
    found: Mapping[str, Any] = connection.execute(_LOCKED).scalar_one()
    return found


def _keep(connection: Connection, kept: Mapping[str, Any], pause: float, **more: Any) -> None:
    until = machine_now(connection) + int(pause * 1_000_000)
    connection.execute(_KEEP, {"kept": {**kept, **more, "until": until}})
