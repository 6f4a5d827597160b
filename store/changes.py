"""What one change reads and writes, over the Connection of its transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from bot.rules.entries import Entry, to_record
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Person
from store.chain import digest, link
from store.dialects import Upsert, is_postgres
from store.records import incident_of, incident_row
from store.requests import recall, remember
from store.schema import announcements, counters, incidents, members, rollouts, timeline
from store.schema import people as people_table

__all__ = [
    "Loaded",
    "append",
    "begin",
    "claim_due",
    "insert_incident",
    "lock_incident",
    "next_number",
    "parents",
    "people",
    "recall",
    "remember",
    "save_incident",
]

_i = incidents.c
_INCIDENT = select(incidents).where(_i.number == bindparam("of"))
_LOCK = _INCIDENT.with_for_update()
_CLAIM_DUE = (
    select(_i.number)
    .where(_i.number == bindparam("of"))
    .where(or_(_i.next_due_at <= bindparam("by"), _i.fingerprint != bindparam("current")))
    .with_for_update(skip_locked=True)
)
_PARENTS = select(_i.merged_into).where(_i.number.in_(bindparam("of", expanding=True)), _i.merged_into.is_not(None))
_INSERT = insert(incidents)
_KEPT = [column.name for column in incidents.c if column.name not in {"number", "declared_by", "declared_at", "team"}]
_SAVE = update(incidents).where(_i.number == bindparam("of")).values({name: bindparam(name) for name in _KEPT})
_COUNT = update(counters).where(counters.c.name == "incident").values(value=counters.c.value + 1)
_BEGIN = _COUNT.returning(counters.c.value, select(func.max(rollouts.c.at)).scalar_subquery().label("rolled_out"))
_APPEND = insert(timeline)
_JOIN = Upsert(members)
_LEAVE = delete(members).where(members.c.number == bindparam("of"), members.c.person == bindparam("who"))
_ANNOUNCE = Upsert(announcements)
_KNOWN = select(*(people_table.c[each.name] for each in fields(Person)))
_PERSON = _KNOWN.where(people_table.c.id == bindparam("who"))
_PEOPLE = _KNOWN.where(people_table.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Loaded:
    """An incident as it stands, locked, and the end of its timeline."""

    incident: Incident
    last_seq: int
    last_hash: str


def lock_incident(connection: Connection, number: int) -> Loaded | None:
    """The incident, which nobody else changes until this transaction ends; None where there is none."""
    row = connection.execute(_LOCK, {"of": number}).one_or_none()
    return None if row is None else Loaded(incident_of(row), row.last_seq, row.last_hash)


def parents(connection: Connection, numbers: Iterable[int]) -> set[int]:
    """The incidents that these were merged into."""
    return set(connection.execute(_PARENTS, {"of": list(numbers)}).scalars())


def claim_due(connection: Connection, number: int, now: datetime, fingerprint: str) -> bool:
    """Locks an incident with something due, or whose due moment another policy gave; False where it is no longer so.

    Nor where another transaction holds it: that one changes it, and then it is looked at again.
    """
    if not is_postgres(connection):  # there is one writer
        return True
    asked = {"of": number, "by": now, "current": fingerprint}
    return connection.execute(_CLAIM_DUE, asked).scalar() is not None


def next_number(connection: Connection) -> int:
    """The next incident's number. Given with the transaction: rolled back it is given again, committed never."""
    return begin(connection)[0]


def begin(connection: Connection) -> tuple[int, datetime | None]:
    """The next incident's number, and when anything that runs was changed last: asked with it, as it seldom matters."""
    row = connection.execute(_BEGIN).one()
    return row.value, row.rolled_out


def insert_incident(
    connection: Connection,
    incident: Incident,
    next_due_at: datetime | None,
    fingerprint: str,
    last_seq: int,
    last_hash: str,
) -> None:
    """Keeps a new incident."""
    row = incident_row(incident)
    row.update(next_due_at=next_due_at, fingerprint=fingerprint, last_seq=last_seq, last_hash=last_hash)
    connection.execute(_INSERT, row)
    _mirror_members(connection, incident, set())
    _mirror_announced(connection, incident)


def save_incident(
    connection: Connection,
    incident: Incident,
    next_due_at: datetime | None,
    fingerprint: str,
    last_seq: int,
    last_hash: str,
    *,
    before: Incident | None = None,
) -> None:
    """Keeps an incident that `lock_incident` loaded (`before`: it is not read again where that is given)."""
    if before is None:
        before = incident_of(connection.execute(_INCIDENT, {"of": incident.number}).one())
    row = incident_row(incident)
    row.update(next_due_at=next_due_at, fingerprint=fingerprint, last_seq=last_seq, last_hash=last_hash)
    saved = {name: row[name] for name in _KEPT}
    connection.execute(_SAVE, {**saved, "of": incident.number})
    if before.members != incident.members:
        _mirror_members(connection, incident, set(before.members))
    if before.announced != incident.announced:
        _mirror_announced(connection, incident)


def _mirror_members(connection: Connection, incident: Incident, before: set[PersonId]) -> None:
    number, now = incident.number, set(incident.members)
    if joined := now - before:
        connection.execute(_JOIN.on(connection), [{"number": number, "person": person} for person in sorted(joined)])
    if left := before - now:
        connection.execute(_LEAVE, [{"of": number, "who": person} for person in sorted(left)])


def _mirror_announced(connection: Connection, incident: Incident) -> None:
    rows = [{"channel": p.channel, "ts": p.ts, "number": incident.number} for p in incident.announced.values()]
    if rows:
        connection.execute(_ANNOUNCE.on(connection), rows)


def append(
    connection: Connection, subject: str, last_seq: int, last_hash: str, entries: Sequence[Entry]
) -> tuple[int, str]:
    """Adds entries to a subject's timeline; the new end of its chain. Raises ValueError for a gap in the order."""
    rows = []
    for entry in entries:
        if (entry.subject, entry.seq) != (subject, last_seq + 1):
            raise ValueError(f"Entry {entry.subject}/{entry.seq} does not follow {subject}/{last_seq}.")
        kind, facts, words = to_record(entry.event)
        row: dict[str, Any] = {
            "subject": subject,
            "seq": entry.seq,
            "at": entry.at,
            "tells_of": entry.tells_of,
            "actor": entry.actor,
            "source": entry.source,
            "kind": kind,
            "facts": facts,
            "words": words,
            "digest": digest(words),
        }
        row["hash"] = link(last_hash, row)
        last_seq, last_hash = entry.seq, row["hash"]
        rows.append(row)
    if rows:
        connection.execute(_APPEND, rows)
    return last_seq, last_hash


def people(connection: Connection, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Those of the people whom Slack has told us of."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    if len(wanted) == 1:  # who declares; a list that may be of any length costs more
        return {row[0]: Person(*row) for row in connection.execute(_PERSON, {"who": wanted[0]})}
    return {row[0]: Person(*row) for row in connection.execute(_PEOPLE, {"ids": wanted})}
