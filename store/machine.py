"""Machine time for leases and pauses: it cannot be turned, and never reaches a rule."""

import time

from sqlalchemy import BigInteger, Connection, cast, func, select

from store.dialects import is_postgres

# The one place of wall time in the store: leases outlive the process, so they need more than a monotonic clock. It is
# read once and counted on monotonically, so that a clock set while we run neither ends nor prolongs a lease.
_STARTED = time.time_ns() - time.monotonic_ns()

_DATABASE_NOW = select(cast(func.extract("epoch", func.clock_timestamp()) * 1_000_000, BigInteger))


def machine_now(connection: Connection) -> int:
    """Microseconds since 1970: the database's own on PostgreSQL, where several machines must agree."""
    if is_postgres(connection):
        now: int = connection.execute(_DATABASE_NOW).scalar_one()
        return now
    return (_STARTED + time.monotonic_ns()) // 1000
