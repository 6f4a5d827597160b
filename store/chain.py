"""The chain of hashes over a timeline: one a subject, from the first entry on.

An entry's hash covers the hash before it, its facts and the digest of its words, not the words themselves: they can be
removed by retention and the chain still holds.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from store.types import to_json, to_micros


def digest(words: Mapping[str, str]) -> str:
    """The digest of an entry's words."""
    return hashlib.sha256(to_json(words).encode()).hexdigest()


def link(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of an entry, given the one before it ("" for the first)."""
    told = [to_micros(row["at"]), to_micros(row["tells_of"]), row["actor"], row["source"], row["kind"], row["facts"]]
    sealed = to_json([previous, row["subject"], row["seq"], *told, row["digest"]])
    return hashlib.sha256(sealed.encode()).hexdigest()
