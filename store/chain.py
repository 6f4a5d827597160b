"""The chain of hashes over a timeline: one a subject, from the first entry on.

An entry's hash covers the hash before it, its facts and the digest of its words, not the words themselves: they can be
removed by retention and the chain still holds.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from store.schema import timeline
from store.types import to_json, to_micros

_ENTRIES = select(timeline).where(timeline.c.subject == bindparam("of")).order_by(timeline.c.seq)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written, and in what."""

    seq: int
    why: str


def digest(words: Mapping[str, str]) -> str:
    """The digest of an entry's words."""
    return hashlib.sha256(to_json(words).encode()).hexdigest()


def link(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of an entry, given the one before it ("" for the first)."""
    told = [to_micros(row["at"]), to_micros(row["tells_of"]), row["actor"], row["source"], row["kind"], row["facts"]]
    sealed = to_json([previous, row["subject"], row["seq"], *told, row["digest"]])
    return hashlib.sha256(sealed.encode()).hexdigest()


def verify_chain(connection: Connection, subject: str, last_hash: str | None = None) -> Broken | None:
    """Recomputes a subject's chain: None when it holds. `last_hash`, where known, tells that the end is not missing."""
    previous, seq = "", 0
    for kept in connection.execute(_ENTRIES, {"of": subject}):
        row = kept._asdict()
        seq += 1
        if row["seq"] != seq:
            return Broken(seq, "is missing")
        if row["words"] is not None and digest(row["words"]) != row["digest"]:
            return Broken(seq, "its text was changed")
        if link(previous, row) != row["hash"]:
            return Broken(seq, "its facts were changed")
        previous = row["hash"]
    return Broken(seq + 1, "is missing") if last_hash not in (None, previous) else None
