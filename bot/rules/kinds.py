"""Every kind of subject that is no incident: one row each."""

from collections.abc import Mapping
from typing import Any

from bot.rules.alerts import group, heartbeat, silencing
from bot.rules.oncall import keeping
from bot.rules.paging import reaching
from bot.rules.subjects import Kind
from bot.rules.watching import judging

KINDS: Mapping[str, Kind[Any]] = {
    "alert": group.KIND,
    "heartbeat": heartbeat.KIND,
    "person": reaching.KIND,
    "team": keeping.KIND,
    "watch": judging.KIND,
    "workspace": silencing.KIND,
}
"""What stands before the colon of a subject → how its kind goes."""


def kind_of(subject: str) -> Kind[Any]:
    """The kind of a subject. Raises KeyError for one that there is not."""
    return KINDS[subject.partition(":")[0]]


def falls_due(subject: str, called: str = "") -> tuple[str, str]:
    """Of what something falls due, and what it is: `payments`, `hand-off`; `called` is how people call it."""
    kind, name = kind_of(subject), subject.partition(":")[2]
    return kind.called.format(name=called or name), kind.falls
