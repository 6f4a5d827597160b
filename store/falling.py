"""What falls due, whatever subject it is of: read through one index each."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from store.schema import IS_ALIVE, IS_OPEN, incidents, subjects

_i, _s = incidents.c, subjects.c
_NAMES: dict[Table, ColumnElement[str]] = {
    incidents: literal_column("'incident:' || incidents.number", Text),
    subjects: _s.subject,
}


def _falls(*tables: Table, by: BindParameter[Any] | None = None) -> CompoundSelect[Any]:
    """The first that fall due, whatever they are: one question, for it is asked at each look.

    Of each table the first through its index; PostgreSQL would read both whole to merge them.
    """
    found = []
    for table in tables:
        at = table.c.next_due_at
        due = select(at.label("at"), _NAMES[table].label("name")).where(at.is_not(None))
        first = (due if by is None else due.where(at <= by)).order_by(at).limit(bindparam("most")).subquery()
        found.append(select(first.c.at, first.c.name))
    return union_all(*found).order_by("at").limit(bindparam("most"))


_DUE, _COMING = _falls(incidents, subjects, by=bindparam("now")), _falls(incidents, subjects)
_OVERDUE = union_all(
    *(select(func.count()).where(at.is_not(None), at < bindparam("before")) for at in (_i.next_due_at, _s.next_due_at))
)
# Two ranges of the index each: "is another one" would be none.
_STALE = union_all(
    *(
        select(_NAMES[table].label("name")).where(is_open, is_another)
        for table, is_open in ((incidents, IS_OPEN), (subjects, IS_ALIVE))
        for is_another in (table.c.fingerprint < bindparam("current"), table.c.fingerprint > bindparam("last"))
    )
).limit(bindparam("most"))


def overdue(connection: Connection, by: datetime, limit: int) -> list[tuple[datetime, str]]:
    """Since when what is due, the longest first: all subjects with something due by then."""
    return [(row.at, row.name) for row in connection.execute(_DUE, {"now": by, "most": limit})]


async def due(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """The subjects with something due by `now`, the longest due first."""
    return [subject for _, subject in await connection.run_sync(overdue, now, limit)]


async def next_due(connection: AsyncConnection) -> tuple[datetime, str] | None:
    """When something falls due next, and of which subject."""
    return next(iter(await coming(connection, 1)), None)


async def coming(connection: AsyncConnection, most: int) -> list[tuple[datetime, str]]:
    """The same of all that falls due, the soonest first."""
    return [(row.at, row.name) for row in await connection.execute(_COMING, {"most": most})]


async def count_overdue(connection: AsyncConnection, before: datetime) -> int:
    """How many subjects have something that fell due before that."""
    return sum((await connection.execute(_OVERDUE, {"before": before})).scalars())


async def stale(connection: AsyncConnection, fingerprint: str, limit: int, last: str = "") -> list[str]:
    """Open subjects whose next due moment was derived from something else. `last`, the next in order after
    `fingerprint`, is as good."""
    asked = {"current": fingerprint, "last": last or fingerprint, "most": limit}
    return list((await connection.execute(_STALE, asked)).scalars())
