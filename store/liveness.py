"""The liveness row: when some Tocsin last looked at what is due, and the last gap of more than a minute in that."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.rules.moment import Away
from store.dialects import Upsert
from store.schema import liveness

GAP = timedelta(seconds=60)
"""What is longer than this was an absence."""

_l = liveness.c
_ROW = select(liveness).where(_l.id == 1)
# Who finds it locked finds somebody alive, and does not wait: the one who holds it may have been stopped meanwhile.
_HELD = _ROW.with_for_update(skip_locked=True)
_FIRST = Upsert(liveness)
_HERE = update(liveness).where(_l.id == 1).values(at=bindparam("now"))
_BACK = (
    update(liveness)
    .where(_l.id == 1)
    .values(at=bindparam("now"), away_since=bindparam("since"), away_until=bindparam("now"))
)


def here(connection: Connection, now: datetime, *, was_silent: bool) -> Away | None:
    """Writes down that somebody looks at what is due; the gap that this ends, if nobody did for more than a minute.

    `was_silent`: whether this process itself did not, by its machine's time: where the moment was turned, or the
    clock set, there was no gap.
    """
    row = connection.execute(_ROW).one_or_none()
    if row is None:
        connection.execute(_FIRST.on(connection), {"id": 1, "at": now})
        return None
    row = connection.execute(_HELD).one_or_none()
    if row is None:
        return None
    if not was_silent or now - row.at <= GAP:
        connection.execute(_HERE, {"now": now})
        return None
    connection.execute(_BACK, {"now": now, "since": row.at})
    return Away(row.at, now)


def last_gap(connection: Connection) -> Away | None:
    """The last time that nobody looked at what is due."""
    row = connection.execute(_ROW).one_or_none()
    return Away(row.away_since, row.away_until) if row and row.away_since and row.away_until else None


def seen(connection: Connection) -> datetime | None:
    """When somebody last looked at what is due."""
    row = connection.execute(_ROW).one_or_none()
    return None if row is None else row.at
