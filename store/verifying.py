"""Every timeline's chain of hashes, recomputed entry by entry; however long it is, a page of it is in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, exists, func, literal, select

from bot.rules.incident import number_in
from store.chain import digest, link
from store.schema import incidents, timeline
from store.schema import subjects as kept

PAGE = 500
"""Entries, or subjects, that are in memory at a time."""

_t, _i, _s = timeline.c, incidents.c, kept.c
_ENTRIES = (
    select(timeline)
    .where(_t.subject == bindparam("of"), _t.seq > bindparam("after"))
    .order_by(_t.seq)
    .limit(bindparam("most"))
)
_SUBJECTS = (
    select(_t.subject).where(_t.subject > bindparam("after")).distinct().order_by(_t.subject).limit(bindparam("most"))
)
_ENDS = select(_i.number, _i.last_hash).where(_i.number.in_(bindparam("of", expanding=True)))
_OTHERS = select(_s.subject, _s.last_hash).where(_s.subject.in_(bindparam("of", expanding=True)))
_EMPTY = select(_i.number).where(
    _i.last_seq > 0, ~exists().where(_t.subject == literal("incident:") + cast(_i.number, Text))
)
_EMPTY_OTHERS = select(_s.subject).where(_s.last_seq > 0, ~exists().where(_t.subject == _s.subject))
_HOW_MANY = select(func.count()).select_from(timeline)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written, and in what."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A subject's timeline: how many entries were read, and the first that is not as it was written, if one is not."""

    subject: str
    entries: int
    broken: Broken | None = None


def how_many(connection: Connection) -> int:
    """How many entries there are in all."""
    count: int = connection.execute(_HOW_MANY).scalar_one()
    return count


def chains(connection: Connection) -> Iterator[Chain]:
    """Every subject with its chain recomputed; an incident's has to end where the incident says."""
    after = ""
    while subjects := list(connection.execute(_SUBJECTS, {"after": after, "most": PAGE}).scalars()):
        ends = _ends(connection, subjects)
        for subject in subjects:
            yield _walked(connection, subject, ends.get(subject))
        after = subjects[-1]
    for number in connection.execute(_EMPTY).scalars():
        yield Chain(f"incident:{number}", 0, Broken(1, "is missing"))
    for subject in connection.execute(_EMPTY_OTHERS).scalars():
        yield Chain(subject, 0, Broken(1, "is missing"))


def _ends(connection: Connection, subjects: list[str]) -> Mapping[str, str]:
    numbers = [number for each in subjects if (number := number_in(each)) is not None]
    others = [each for each in subjects if number_in(each) is None]
    found = {row.subject: row.last_hash for row in connection.execute(_OTHERS, {"of": others})} if others else {}
    if numbers:
        found |= {f"incident:{row.number}": row.last_hash for row in connection.execute(_ENDS, {"of": numbers})}
    return found


def _walked(connection: Connection, subject: str, last_hash: str | None) -> Chain:
    if last_hash is None and number_in(subject) is not None:
        return Chain(subject, 0, Broken(1, "its incident is missing"))
    seq, previous = 0, ""
    for row in _entries(connection, subject):
        seq += 1
        if why := _fault(row, seq, previous):
            return Chain(subject, seq - 1, Broken(seq, why))
        previous = row["hash"]
    return Chain(subject, seq, Broken(seq + 1, "is missing") if last_hash not in (None, previous) else None)


def _entries(connection: Connection, subject: str) -> Iterator[Mapping[str, Any]]:
    after = 0
    while page := connection.execute(_ENTRIES, {"of": subject, "after": after, "most": PAGE}).all():
        yield from (row._asdict() for row in page)
        after = page[-1].seq


def _fault(row: Mapping[str, Any], seq: int, previous: str) -> str:
    """What is wrong with an entry, given the hash before it; nothing where it is as it was written."""
    if row["seq"] != seq:
        return "is missing"
    if row["words"] is not None and digest(row["words"]) != row["digest"]:
        return "its text was changed"
    return "" if link(previous, row) == row["hash"] else "its facts were changed"
