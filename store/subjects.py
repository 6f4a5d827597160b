"""What one change reads and writes of a subject that is no incident, over the Connection of its transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, or_, select, update

from store import directory
from store.dialects import Upsert, is_postgres
from store.schema import IS_ALIVE, subjects

S = TypeVar("S")

AT_ONCE = 500
"""Subjects asked for in one query."""

_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
_s = subjects.c
_KEPT = select(subjects).where(_s.subject == bindparam("of"))
_LOCK = _KEPT.with_for_update()
_BEGIN = Upsert(subjects)
_SAVE = (
    update(subjects)
    .where(_s.subject == bindparam("of"))
    .values({each.name: bindparam(each.name) for each in subjects.c if each.name not in {"subject", "kind"}})
)
_CLAIM_DUE = (
    select(_s.subject)
    .where(_s.subject == bindparam("of"))
    .where(or_(_s.next_due_at <= bindparam("by"), _s.fingerprint != bindparam("current")))
    .with_for_update(skip_locked=True)
)
_THESE = select(_s.subject, _s.state).where(_s.subject.in_(bindparam("these", expanding=True)))
_OF_KIND = select(_s.subject, _s.state).where(IS_ALIVE, _s.kind == bindparam("of")).order_by(_s.subject)


@dataclass(frozen=True, slots=True)
class Held(Generic[S]):
    """A subject as it stands, locked, and the end of its timeline."""

    state: S
    last_seq: int
    last_hash: str


def kind_of(subject: str) -> str:
    """What stands before the colon: `team` of `team:payments`."""
    return subject.partition(":")[0]


def lock(connection: Connection, subject: str, empty: S) -> Held[S]:
    """The subject, which nobody else changes until this transaction ends; one that is new stands as `empty`."""
    row = connection.execute(_LOCK, {"of": subject}).one_or_none()
    if row is None:
        first = {"kind": kind_of(subject), "is_open": False, "state": _kept(empty), "fingerprint": ""}
        ends = {"subject": subject, "next_due_at": None, "last_seq": 0, "last_hash": ""}
        connection.execute(_BEGIN.on(connection), first | ends)
        row = connection.execute(_LOCK, {"of": subject}).one()
    return Held(_read(type(empty), row.state), row.last_seq, row.last_hash)


def save(
    connection: Connection,
    subject: str,
    state: Any,
    next_due_at: datetime | None,
    fingerprint: str,
    last_seq: int,
    last_hash: str,
    *,
    is_open: bool,
) -> None:
    """Keeps a subject that `lock` gave out."""
    row = {"state": _kept(state), "is_open": is_open, "next_due_at": next_due_at, "fingerprint": fingerprint}
    connection.execute(_SAVE, {**row, "last_seq": last_seq, "last_hash": last_hash, "of": subject})
    if kind_of(subject) == "team":  # who is on call in it
        directory.mark(connection)


def claim_due(connection: Connection, subject: str, now: datetime, fingerprint: str) -> bool:
    """Locks a subject with something due, or whose due moment another policy gave; as `store.changes.claim_due`."""
    if not is_postgres(connection):  # there is one writer
        return True
    asked = {"of": subject, "by": now, "current": fingerprint}
    return connection.execute(_CLAIM_DUE, asked).scalar() is not None


def find(connection: Connection, subject: str, empty: S) -> S:
    """The subject as it stands, not locked; `empty` where there is none."""
    row = connection.execute(_KEPT, {"of": subject}).one_or_none()
    return empty if row is None else _read(type(empty), row.state)


def find_each(connection: Connection, names: Sequence[str], record: type[S]) -> list[S]:
    """Those of the subjects that there are, in that order, not locked; one statement for each AT_ONCE of them."""
    found: dict[str, S] = {}
    for first in range(0, len(names), AT_ONCE):
        rows = connection.execute(_THESE, {"these": list(names[first : first + AT_ONCE])})
        found |= {row.subject: _read(record, row.state) for row in rows}
    return [found[name] for name in names if name in found]


def alive(connection: Connection, kind: str, record: type[S]) -> Iterator[tuple[str, S]]:
    """All open subjects of a kind, by name."""
    for row in connection.execute(_OF_KIND, {"of": kind}):
        yield row.subject, _read(record, row.state)


def read_all(record: type[S], kept: Any) -> tuple[S, ...]:
    """The records of a list that `kept_all` took apart."""
    return tuple(_read(record, each) for each in kept)


def kept_all(records: Iterable[Any]) -> list[Any]:
    """Records as they are kept in a list."""
    return [_kept(each) for each in records]


def _adapter(record: type[Any]) -> TypeAdapter[Any]:
    """Made once for each record."""
    if record not in _ADAPTERS:
        _ADAPTERS[record] = TypeAdapter(record)
    return _ADAPTERS[record]


def _kept(state: Any) -> Any:
    return _adapter(type(state)).dump_python(state, mode="json")


def _read(record: type[S], kept: Any) -> S:
    found: S = _adapter(record).validate_python(kept)
    return found
