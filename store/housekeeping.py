"""What is thrown away in time, so that the database stays flat."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete

from store.lanes import shorten_waits
from store.machine import machine_now
from store.outbox import SETTLED
from store.schema import outbox, requests

REQUESTS_FOR = timedelta(days=1)
OUTBOX_FOR = timedelta(days=7)
LONGEST_WAIT = 10 * 60 * 1_000_000
"""No lease or pause lasts longer (microseconds): one that does was reckoned from a clock that has been set back."""

_OLD_REQUESTS = delete(requests).where(requests.c.at < bindparam("before"))
_OLD_ROWS = delete(outbox).where(outbox.c.state.in_(SETTLED), outbox.c.created_at < bindparam("before"))


def tidy(connection: Connection, now: datetime) -> int:
    """Forgets request keys older than a day and settled outbox rows older than a week; how many rows went."""
    gone = connection.execute(_OLD_REQUESTS, {"before": now - REQUESTS_FOR}).rowcount
    gone += connection.execute(_OLD_ROWS, {"before": now - OUTBOX_FOR}).rowcount
    shorten_waits(connection, machine_now(connection) + LONGEST_WAIT)
    return gone
