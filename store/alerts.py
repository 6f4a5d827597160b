"""What one change reads and writes of alerts, over the Connection of its transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, false, select

from bot.rules.alerts.alert import Alert
from store.dialects import Upsert
from store.schema import IS_OPEN, alerts, incidents, lanes, posts, subjects, timeline

AT_ONCE = 500
"""Fingerprints asked for in one query."""

_a = alerts.c
_KNOWN = select(_a.fingerprint, _a.status, _a.fired).where(
    _a.subject == bindparam("of"), _a.fingerprint.in_(bindparam("these", expanding=True))
)
_FIRING = select(_a.subject, _a.fingerprint).where(
    _a.fingerprint.in_(bindparam("these", expanding=True)), _a.status != "resolved"
)
_KEEP = Upsert(alerts, lambda new: {name: new[name] for name in ("status", "title", "lacks", "fired", "last_at")})
_FORGET = delete(alerts).where(_a.last_at < bindparam("before"))
_s, _t = subjects.c, timeline.c
_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_ENDED = (
    select(_s.subject)
    .where(_s.kind == "alert", _s.subject > bindparam("after"))
    .where(~exists().where(_t.subject == _s.subject, _t.at >= bindparam("before")))
    .where(~exists().where(_a.subject == _s.subject))
    .order_by(_s.subject)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_i = incidents.c
_OPENED = (
    select(_i.number, _i.services, _i.escalation)
    .where(IS_OPEN, _i.declared_at >= bindparam("since"), _i.severity == bindparam("severity"))
    .where(_i.declared_by.startswith("alert:"), _i.private == false())
    .order_by(_i.number.desc())
)
_OF_OPEN = select(incidents.c.alerts).where(IS_OPEN)
_SLOTS = select(posts.c.slot).where(posts.c.subject.in_(_THESE))
_REMOVE = (
    delete(lanes).where(lanes.c.lane.in_(_SLOTS)),
    delete(posts).where(posts.c.subject.in_(_THESE)),
    delete(timeline).where(_t.subject.in_(_THESE)),
    delete(subjects).where(_s.subject.in_(_THESE)),
)


def statuses(connection: Connection, subject: str, fingerprints: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Those of the group that are known: their last status, and how often they fired."""
    found: dict[str, tuple[str, int]] = {}
    for first in range(0, len(fingerprints), AT_ONCE):
        asked = {"of": subject, "these": list(fingerprints[first : first + AT_ONCE])}
        found |= {row.fingerprint: (row.status, row.fired) for row in connection.execute(_KNOWN, asked)}
    return found


def firing(connection: Connection, fingerprints: Sequence[str]) -> set[tuple[str, str]]:
    """The groups in which alerts of these fingerprints fire, of whatever source, each with the fingerprint."""
    found: set[tuple[str, str]] = set()
    for first in range(0, len(fingerprints), AT_ONCE):
        rows = connection.execute(_FIRING, {"these": list(fingerprints[first : first + AT_ONCE])})
        found |= {(row.subject, row.fingerprint) for row in rows}
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


def opened_alike(
    connection: Connection, severity: str, services: Sequence[str], policy: str | None, since: datetime
) -> list[int]:
    """The open public incidents that alerts opened since then and that are alike in all of this, the newest first."""
    rows = connection.execute(_OPENED, {"since": since, "severity": severity})
    return [row.number for row in rows if (list(row.services), row.escalation) == (list(services), policy)]


def forget(connection: Connection, before: datetime) -> int:
    """Removes alerts of which nothing was heard since then; how many. What fires is sent again and again by any sender:
    of one that says no more, and never said that it is over, nothing will come.
    """
    return connection.execute(_FORGET, {"before": before}).rowcount


def forget_groups(connection: Connection, before: datetime, after: str, most: int) -> tuple[str, int]:
    """Removes groups in which nothing happened since then, each with its timeline; those of an open incident stay.

    Looks at so many that come `after` a name: the last of these (empty where there are no more), and how many went.
    Their alerts have to be forgotten first.
    """
    ended = list(connection.execute(_ENDED, {"before": before, "after": after, "most": most}).scalars())
    if not ended:
        return "", 0
    needed = {each for names in connection.execute(_OF_OPEN).scalars() for each in names}
    if these := [each for each in ended if each not in needed]:
        for statement in _REMOVE:
            connection.execute(statement, {"these": these})
    return ended[-1], len(these)
