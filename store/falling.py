"""What falls due, whatever subject it is of: read through one index each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from store.schema import IS_ALIVE, IS_OPEN, incidents, subjects

_i, _s = incidents.c, subjects.c


def _falls(table: Table) -> Select[Any]:
    return select(table.c.next_due_at, next(iter(table.primary_key.columns))).where(table.c.next_due_at.is_not(None))


_INCIDENTS, _SUBJECTS = (_falls(table).order_by(table.c.next_due_at) for table in (incidents, subjects))
_DUE = tuple(
    asked.where(table.c.next_due_at <= bindparam("now")).limit(bindparam("most"))
    for asked, table in ((_INCIDENTS, incidents), (_SUBJECTS, subjects))
)
_COMING = tuple(asked.limit(bindparam("most")) for asked in (_INCIDENTS, _SUBJECTS))
_OVERDUE = tuple(
    select(func.count()).where(column.is_not(None), column < bindparam("before"))
    for column in (_i.next_due_at, _s.next_due_at)
)
# Two ranges of the index each: "is another one" would be none.
_STALE = tuple(
    union_all(
        select(key).where(is_open, fingerprint < bindparam("current")),
        select(key).where(is_open, fingerprint > bindparam("last")),
    ).limit(bindparam("most"))
    for key, is_open, fingerprint in ((_i.number, IS_OPEN, _i.fingerprint), (_s.subject, IS_ALIVE, _s.fingerprint))
)


def overdue(connection: Connection, by: datetime, limit: int) -> list[tuple[datetime, str]]:
    """Since when what is due, the longest first: all subjects with something due by then."""
    rows = [row for each in _DUE for row in connection.execute(each, {"now": by, "most": limit})]
    return [(row.next_due_at, _named(row[1])) for row in sorted(rows, key=lambda row: row.next_due_at)][:limit]


async def due(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """The subjects with something due by `now`, the longest due first."""
    return [subject for _, subject in await connection.run_sync(overdue, now, limit)]


async def next_due(connection: AsyncConnection) -> tuple[datetime, str] | None:
    """When something falls due next, and of which subject."""
    return next(iter(await coming(connection, 1)), None)


async def coming(connection: AsyncConnection, most: int) -> list[tuple[datetime, str]]:
    """The same of all that falls due, the soonest first."""
    rows = [row for each in _COMING for row in await connection.execute(each, {"most": most})]
    return [(row.next_due_at, _named(row[1])) for row in sorted(rows, key=lambda row: row.next_due_at)][:most]


async def count_overdue(connection: AsyncConnection, before: datetime) -> int:
    """How many subjects have something that fell due before that."""
    return sum([(await connection.execute(each, {"before": before})).scalar_one() for each in _OVERDUE])


async def stale(connection: AsyncConnection, fingerprint: str, limit: int, last: str = "") -> list[str]:
    """Open subjects whose next due moment was derived from something else. `last`, the next in order after
    `fingerprint`, is as good."""
    asked = {"current": fingerprint, "last": last or fingerprint, "most": limit}
    found: Iterable[Any] = [each for query in _STALE for each in (await connection.execute(query, asked)).scalars()]
    return [_named(key) for key in found][:limit]


def _named(key: int | str) -> str:
    return f"incident:{key}" if isinstance(key, int) else key
