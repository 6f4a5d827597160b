"""What is thrown away in time, so that the database stays flat."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select

from bot.rules.rollouts.rollout import KEPT_FOR
from store.alerts import forget
from store.dialects import is_postgres
from store.lanes import shorten_waits
from store.machine import machine_now
from store.outbox import SETTLED
from store.schema import glass, outbox, processes, requests, rollouts

REQUESTS_FOR = timedelta(days=1)
OUTBOX_FOR = timedelta(days=7)
ALERTS_FOR = timedelta(days=90)
"""How long alerts, their groups and reports are kept after something was heard of them last, whether they fire or wait;
what an open incident is about stays."""
PROCESSES_FOR = 24 * 3600 * 1_000_000
LONGEST_WAIT = 10 * 60 * 1_000_000
"""No lease or pause lasts longer (microseconds): one that does was reckoned from a clock that has been set back."""

TIDYING = 7_236_281_906
"""The advisory lock on PostgreSQL under which one program tidies; the number means nothing."""

_OLD_REQUESTS = delete(requests).where(requests.c.at < bindparam("before"))
_OLD_ROWS = delete(outbox).where(outbox.c.state.in_(SETTLED), outbox.c.created_at < bindparam("before"))
_OLD_GLASS = delete(glass).where(glass.c.until < bindparam("before"))
_OLD_ROLLOUTS = delete(rollouts).where(rollouts.c.at < bindparam("before"))
_OLD_PROCESSES = delete(processes).where(processes.c.seen_at < bindparam("before"))
_CLAIM = select(func.pg_try_advisory_xact_lock(TIDYING))


def tidy(connection: Connection, now: datetime) -> int:
    """Forgets request keys, broken glass and programs older than a day, settled outbox rows older than a week, and what
    was changed 90 days ago.

    How many rows went; none while another program is at it.
    """
    if not _is_alone(connection):
        return 0
    machine = machine_now(connection)
    gone = connection.execute(_OLD_REQUESTS, {"before": now - REQUESTS_FOR}).rowcount
    gone += connection.execute(_OLD_ROWS, {"before": now - OUTBOX_FOR}).rowcount
    gone += connection.execute(_OLD_GLASS, {"before": now - REQUESTS_FOR}).rowcount
    gone += connection.execute(_OLD_ROLLOUTS, {"before": now - KEPT_FOR}).rowcount
    gone += forget(connection, now - ALERTS_FOR)
    gone += connection.execute(_OLD_PROCESSES, {"before": machine - PROCESSES_FOR}).rowcount
    shorten_waits(connection, machine + LONGEST_WAIT)
    return gone


def _is_alone(connection: Connection) -> bool:
    return not is_postgres(connection) or bool(connection.execute(_CLAIM).scalar())
