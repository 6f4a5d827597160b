"""Names as their own sections write them, however they are written elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Spelt: TypeAlias = Mapping[str, str]
"""Each name and alias in small letters → the name as it is written."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """Those of each section whose entries are named by others."""

    severities: Spelt = field(default_factory=dict)
    services: Spelt = field(default_factory=dict)
    teams: Spelt = field(default_factory=dict)
    policies: Spelt = field(default_factory=dict)


def spelt(entries: Iterable[Any]) -> Spelt:
    """The spellings of entries that have a `name`, and perhaps `aliases`."""
    return {word.casefold(): each.name for each in entries for word in (each.name, *getattr(each, "aliases", ()))}


def one(known: Spelt, word: str | None) -> str | None:
    """A name as it is written; None where nothing is named."""
    return known.get((word or "").casefold())


def several(known: Spelt, words: Iterable[str]) -> tuple[str, ...]:
    """Names as they are written."""
    return tuple(name for word in words if (name := one(known, word)))
