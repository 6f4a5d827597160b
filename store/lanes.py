"""Lanes: the logical places that rows of the outbox are addressed to.

Whoever touches the rows of a lane holds the lane's own row first (on PostgreSQL; on SQLite there is one writer), and of
several lanes the first by name first: so order within a lane is the order of commits, and no row is missed.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, false, func, literal_column, or_, select, update

from bot.rules.bursts import BURSTS
from store.dialects import Upsert, is_postgres
from store.schema import IS_UNSETTLED, IS_WANTED, incidents, lanes, outbox, subjects

NEEDS_PLACE = frozenset({"channel", "card", "links", "thread", "announcement", *(burst.kind for burst in BURSTS)})
"""Lanes of an incident, or of an alert, that lead to a channel or message of its own, closed until that exists.

Behind it may stand an entry (`people-17`), which of several it is (`card.2`), or where (`thread@announce`).
"""

_l = lanes.c
_WANT = Upsert(lanes, lambda new: {"waiting_since": func.coalesce(_l.waiting_since, new.waiting_since)})
_OPEN = Upsert(lanes, lambda new: {"is_open": new.is_open, "channel": new.channel, "ts": new.ts})
_LET_GO = update(lanes).where(_l.lane.in_(bindparam("of", expanding=True)), _l.is_open == false()).values(is_open=True)
_LOCK = select(_l.lane).where(_l.lane.in_(bindparam("of", expanding=True))).order_by(_l.lane).with_for_update()
_LOCK_INCIDENT = select(incidents.c.number).where(incidents.c.number == bindparam("of")).with_for_update()
_LOCK_SUBJECT = select(subjects.c.subject).where(subjects.c.subject == bindparam("of")).with_for_update()

_OLDEST = (
    select(outbox.c.created_at)
    .where(outbox.c.lane == _l.lane, IS_UNSETTLED)
    .order_by(outbox.c.id)
    .limit(literal_column("1"))
    .scalar_subquery()
)
_RECKON = update(lanes).where(_l.lane.in_(bindparam("of", expanding=True))).values(waiting_since=_OLDEST)
_RELEASE = (
    update(lanes)
    .where(_l.lane == bindparam("of"))
    .values(waiting_since=_OLDEST, not_before=bindparam("until"), owner=None)
)
_NEXT = select(func.min(_l.not_before)).where(IS_WANTED)
_UNDER_WAY = select(_l.lane).where(IS_WANTED, or_(_l.not_before <= bindparam("now"), _l.owner.is_not(None))).limit(1)
_CALM = update(lanes).where(IS_WANTED, _l.not_before > bindparam("latest")).values(not_before=bindparam("latest_"))


def open_lane(connection: Connection, lane: str, channel: str, ts: str | None = None) -> None:
    """Says where a lane leads; what waited there may go."""
    row = {"lane": lane, "is_open": True, "channel": channel, "ts": ts, "waiting_since": None}
    connection.execute(_OPEN.on(connection), row)


def let_go(connection: Connection, names: Iterable[str]) -> None:
    """Opens lanes whose place will never exist, so that what waits there is handed out, and withdrawn."""
    connection.execute(_LET_GO, {"of": list(names)})


def want(connection: Connection, names: Iterable[str], now: datetime) -> None:
    """Marks lanes as having something waiting, and holds them until the transaction ends."""
    rows = [{"lane": lane, "is_open": not _needs_place(lane), "waiting_since": now} for lane in sorted(set(names))]
    connection.execute(_WANT.on(connection), rows)


def hold(connection: Connection, *names: str) -> None:
    """Holds lanes until the transaction ends."""
    if is_postgres(connection):
        connection.execute(_LOCK, {"of": list(names)})


def hold_subject(connection: Connection, subject: str) -> None:
    """Holds a subject before its lanes, as every change does: in one order nobody waits for each other in a ring."""
    kind, _, number = subject.partition(":")
    if not is_postgres(connection):
        return
    if kind == "incident":
        connection.execute(_LOCK_INCIDENT, {"of": int(number)})
    else:
        connection.execute(_LOCK_SUBJECT, {"of": subject})


def reckon(connection: Connection, *names: str) -> None:
    """Counts afresh since when something waits in lanes that are held."""
    connection.execute(_RECKON, {"of": list(names)})


def release(connection: Connection, lane: str, not_before: int) -> None:
    """Ends the lease of a lane that is held; its next row may go at `not_before` (machine time, microseconds)."""
    connection.execute(_RELEASE, {"of": lane, "until": not_before})


def next_wait(connection: Connection, machine_now: int) -> int | None:
    """Microseconds until the next waiting lane may go: 0 for now, None where nothing waits in an open lane."""
    earliest = connection.execute(_NEXT).scalar()
    return None if earliest is None else max(0, earliest - machine_now)


def is_under_way(connection: Connection, machine_now: int) -> bool:
    """Whether something could go out right now, or is on its way from any bot."""
    return connection.execute(_UNDER_WAY, {"now": machine_now}).first() is not None


def shorten_waits(connection: Connection, latest: int) -> int:
    """Cuts every wait to end by `latest`, for a machine whose clock was set back; how many there were."""
    return connection.execute(_CALM, {"latest": latest, "latest_": latest}).rowcount


def _needs_place(lane: str) -> bool:
    kind, _, place = lane.partition("/")
    what = place.partition("@")[0].partition(".")[0].partition("-")[0]
    return kind.startswith(("incident:", "alert:")) and what in NEEDS_PLACE
