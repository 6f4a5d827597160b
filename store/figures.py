"""The figures of `/metrics` that stand in the database: read when somebody asks, each by an index of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.machine import machine_now
from store.schema import IS_OPEN, IS_UNSETTLED, IS_WANTED, incidents, lanes, outbox

_i, _l, _o = incidents.c, lanes.c, outbox.c
_OPEN = (
    select(_i.severity, func.count().label("number"))
    .where(IS_OPEN, _i.kind == literal_column("'incident'"))
    .group_by(_i.severity)
    .order_by(_i.severity)
)
_IS_SENDING = case((_o.state == literal_column("'sending'"), 1), else_=0)
_ROWS = select(func.count(), func.coalesce(func.sum(_IS_SENDING), 0)).where(IS_UNSETTLED)
_OLDEST = select(func.min(_l.waiting_since)).where(IS_WANTED, _l.not_before <= bindparam("now"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Open incidents by severity, tests apart; rows of the outbox; since when the oldest that could go out waits."""

    open_incidents: Mapping[str, int]
    waiting: int
    sending: int
    oldest: datetime | None


async def figures(connection: AsyncConnection) -> Figures:
    """How it stands."""
    return await connection.run_sync(_read)


def _read(connection: Connection) -> Figures:
    by_severity = {row.severity: int(row.number) for row in connection.execute(_OPEN)}
    unsettled, sending = connection.execute(_ROWS).one()
    oldest = connection.execute(_OLDEST, {"now": machine_now(connection)}).scalar()
    return Figures(by_severity, int(unsettled) - int(sending), int(sending), oldest)
