"""Mistakes in the configuration, as a person can mend them: where, what was found, what was expected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `file` and `line` (from 1) are None for what comes from the environment."""

    key: str
    found: str
    expected: str
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """`tocsin.yaml:12: severities.update_every: found “soon”, expected a duration such as …`."""
        place = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        key = f"{self.key}: " if self.key else ""
        return f"{place}{key}found {self.found}, expected {self.expected}"


class ConfigError(Exception):
    """The configuration cannot be used; `str()` is the text to print, every mistake on a line of its own."""

    def __init__(self, problems: Sequence[Problem | str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like the given one, or None where none does."""
    from rapidfuzz import fuzz, process  # Needed for a mistake only.

    by_lower = {each.lower(): each for each in known}
    match = process.extractOne(word.lower(), list(by_lower), scorer=fuzz.ratio, score_cutoff=55)
    return by_lower[match[0]] if match else None


def one_of(known: Iterable[str], *, near: str) -> str:
    """`one of a, b, c (the nearest is b)`."""
    words = list(known)
    best = nearest(near, words)
    listed = f"one of {', '.join(words)}" if words else "none, as none is configured"
    return f"{listed} (the nearest is {best})" if best else listed
