"""What one change reads and writes of alerts, over the Connection of its transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.rules.alerts.alert import Alert
from store.dialects import Upsert
from store.schema import alerts

AT_ONCE = 500
"""Fingerprints asked for in one query."""

_a = alerts.c
_KNOWN = select(_a.fingerprint, _a.status, _a.fired).where(
    _a.subject == bindparam("of"), _a.fingerprint.in_(bindparam("these", expanding=True))
)
_KEEP = Upsert(alerts, lambda new: {name: new[name] for name in ("status", "title", "lacks", "fired", "last_at")})
_FORGET = delete(alerts).where(_a.last_at < bindparam("before"), _a.status == "resolved")


def statuses(connection: Connection, subject: str, fingerprints: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Those of the group that are known: their last status, and how often they fired."""
    found: dict[str, tuple[str, int]] = {}
    for first in range(0, len(fingerprints), AT_ONCE):
        asked = {"of": subject, "these": list(fingerprints[first : first + AT_ONCE])}
        found |= {row.fingerprint: (row.status, row.fired) for row in connection.execute(_KNOWN, asked)}
    return found


def keep(
    connection: Connection,
    subject: str,
    batch: Iterable[Alert],
    known: Mapping[str, tuple[str, int]],
    now: datetime,
) -> None:
    """Keeps each alert as it was last told of; `known` is what `statuses` found."""
    rows: list[dict[str, Any]] = []
    for alert in batch:
        status, fired = known.get(alert.fingerprint, ("resolved", 0))
        begins = alert.is_on and status == "resolved"
        rows.append(
            {
                "subject": subject,
                "fingerprint": alert.fingerprint,
                "status": alert.status,
                "title": alert.title,
                "lacks": list(alert.lacks),
                "fired": fired + begins,
                "first_at": now,
                "last_at": now,
            }
        )
    if rows:
        connection.execute(_KEEP.on(connection), rows)


def forget(connection: Connection, before: datetime) -> int:
    """Removes alerts that are over and of which nothing was heard since then; how many."""
    return connection.execute(_FORGET, {"before": before}).rowcount
