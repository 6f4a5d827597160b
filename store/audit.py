"""What the self-audit reads: open incidents without a room, what is due and unsaid, what could go out and did not.

Over either engine and through indexes, so that it costs a few milliseconds beside 10,000 open incidents. Of each kind
at most `MOST`, the oldest first.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, literal_column, select

from store import falling
from store.schema import IS_OPEN, IS_WANTED, incidents, lanes

MOST = 100

_i, _l = incidents.c, lanes.c
# Said in a way for which the index of channels is of no use: however many are closed, only what is open is looked at.
_HAS_NO_CHANNEL = func.coalesce(_i.channel, literal_column("''")) == literal_column("''")
_ROOMLESS = (
    select(_i.number, _i.declared_at, _i.announce)
    .where(IS_OPEN, _HAS_NO_CHANNEL, _i.announced == literal_column("'{}'"), _i.declared_at <= bindparam("before"))
    .order_by(_i.declared_at)
    .limit(bindparam("most"))
)
_UNSENT = (
    select(_l.lane, _l.waiting_since)
    .where(IS_WANTED, _l.not_before <= bindparam("machine"), _l.waiting_since <= bindparam("before"))
    .order_by(_l.not_before, _l.waiting_since)
    .limit(bindparam("most"))
)
_BUSY = select(_l.lane).where(
    _l.lane.in_(bindparam("of", expanding=True)), _l.waiting_since.is_not(None), _l.not_before > bindparam("machine")
)


@dataclass(frozen=True, slots=True)
class Roomless:
    """An open incident that has neither a channel nor an announcement."""

    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A subject with something due that was not said."""

    subject: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """A lane whose head could go out and did not; `since` is the age of that head."""

    lane: str
    since: datetime


def roomless(connection: Connection, before: datetime, machine: int) -> list[Roomless]:
    """Open incidents declared by `before` that have no room yet.

    Left out are those whose room is being made: something of the call's own lane waits, and was tried, or is to wait
    (Slack's Retry-After, a backoff), after `machine` (machine time, microseconds).
    """
    found = connection.execute(_ROOMLESS, {"before": before, "most": MOST}).all()
    if not found:
        return []
    places = {row.number: {f"incident:{row.number}/setup", *([row.announce] if row.announce else [])} for row in found}
    lanes_of_all = sorted(set().union(*places.values()))
    busy = set(connection.execute(_BUSY, {"of": lanes_of_all, "machine": machine}).scalars())
    return [Roomless(row.number, row.declared_at) for row in found if busy.isdisjoint(places[row.number])]


def unsaid(connection: Connection, before: datetime) -> list[Unsaid]:
    """Subjects with something that fell due by `before`."""
    return [Unsaid(subject, since) for since, subject in falling.overdue(connection, before, MOST)]


def unsent(connection: Connection, before: datetime, machine: int) -> list[Unsent]:
    """Lanes whose head waits since before `before`, and which nothing has held up since `machine`.

    A closed lane waits for its place, and is none of these: what is missing there is the room.
    """
    found = connection.execute(_UNSENT, {"before": before, "machine": machine, "most": MOST})
    return [Unsent(row.lane, row.waiting_since) for row in found]
