"""Every kind of subject that is no incident: one row each."""

from collections.abc import Mapping
from typing import Any

from bot.rules import reaching
from bot.rules.oncall import duty
from bot.rules.subjects import Kind

KINDS: Mapping[str, Kind[Any]] = {"person": reaching.KIND, "team": duty.KIND}
"""What stands before the colon of a subject → how its kind goes."""


def kind_of(subject: str) -> Kind[Any]:
    """The kind of a subject. Raises KeyError for one that there is not."""
    return KINDS[subject.partition(":")[0]]
