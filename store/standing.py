"""How Tocsin stands, for whoever runs it: what is open, what falls due, what waits to go out, what was given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.standing import Lane, Why
from store import audit, falling
from store.dialects import is_postgres
from store.schema import IS_OPEN, IS_UNSETTLED, incidents, lanes, liveness, outbox

GIVEN_UP_FOR = timedelta(days=1)

_i, _o, _l = incidents.c, outbox.c, lanes.c
_OPEN = select(_i.severity, _i.kind, func.count().label("many")).where(IS_OPEN).group_by(_i.severity, _i.kind)
_WAITING = (
    select(
        _l.lane,
        _l.is_open,
        _l.not_before,
        _l.owner,
        func.count().label("rows"),
        func.min(_o.created_at).label("since"),
    )
    .join(outbox, _o.lane == _l.lane)
    .where(IS_UNSETTLED)
    .group_by(_l.lane, _l.is_open, _l.not_before, _l.owner)
    .order_by(func.min(_o.created_at), _l.lane)
)
_GIVEN_UP = select(func.count()).where(_o.state == literal_column("'given_up'"), _o.created_at >= bindparam("since"))
_HERE = select(func.max(liveness.c.at))
_PAGES = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
_BYTES = "SELECT pg_database_size(current_database())"


@dataclass(frozen=True, slots=True)
class Kept:
    """`size` in bytes; open ones by (severity, kind); the next subjects to fall due, with when; how many are overdue.

    `here` is when somebody last looked at what is due; `roomless` open ones have no room, `unsent` lanes could go.
    """

    size: int
    open: Mapping[tuple[str, str], int]
    falling: Sequence[tuple[datetime, str]]
    overdue: int
    lanes: Sequence[Lane]
    given_up: int
    here: datetime | None
    roomless: Sequence[int]
    unsent: Sequence[str]


async def standing(
    connection: AsyncConnection, now: datetime, machine_now: int, *, before: datetime, most: int
) -> Kept:
    """How it stands; `before`: what fell due earlier than that is overdue; `most` of what falls due are named."""
    counted = {(row.severity, row.kind): row.many for row in await connection.execute(_OPEN)}
    earlier = machine_now - (now - before) // timedelta(microseconds=1)
    waiting = [_lane(row, machine_now) for row in await connection.execute(_WAITING)]
    return Kept(
        size=await _size(connection),
        open=counted,
        falling=await falling.coming(connection, most),
        overdue=await falling.count_overdue(connection, before),
        lanes=waiting,
        given_up=(await connection.execute(_GIVEN_UP, {"since": now - GIVEN_UP_FOR})).scalar_one(),
        here=(await connection.execute(_HERE)).scalar(),
        roomless=[each.number for each in await connection.run_sync(audit.roomless, before, earlier)],
        unsent=[each.lane for each in await connection.run_sync(audit.unsent, before, earlier)],
    )


async def _size(connection: AsyncConnection) -> int:
    """Bytes that the database takes."""
    asked = _BYTES if await connection.run_sync(is_postgres) else _PAGES
    size: int = (await connection.exec_driver_sql(asked)).scalar_one()
    return size


def _lane(row: "SqlRow[*tuple[object, ...]]", machine_now: int) -> Lane:
    left = timedelta(microseconds=max(0, row.not_before - machine_now))
    return Lane(row.lane, row._mapping["rows"], row.since, _why(row, machine_now), left)


def _why(row: "SqlRow[*tuple[object, ...]]", machine_now: int) -> Why:
    if not row.is_open:
        return "no place yet"
    if row.not_before <= machine_now:
        return "ready"
    return "sending" if row.owner else "paused"
