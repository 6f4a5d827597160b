"""What the configuration says about alerts: frozen, checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

Do: TypeAlias = Literal["declare", "triage", "notify", "keep", "ignore"]
Resolve: TypeAlias = Literal["offer", "auto"]

GROUP_BY: tuple[str, ...] = ("alertname", "service")
"""What alerts have in common that are one incident, where nothing is configured."""

REOPEN_WITHIN = timedelta(minutes=30)
"""What fires again this soon after its incident was resolved reopens it."""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """What is done with alerts that match. `labels` maps names to patterns (`prod-*`), of which one has to fit.

    `severity`, `services` and `policy` are those of the incident; a rule that names no severity leaves it to the
    alert's own word.
    """

    do: Do = "declare"
    sources: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: str | None = None
    services: tuple[str, ...] = ()
    policy: str | None = None
    group_by: tuple[str, ...] | None = None
    resolve: Resolve | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Something that calls in; its silence for longer than `every` is the alert."""

    name: str
    every: timedelta
    severity: str | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Maintenance:
    """A time in which alerts that match are kept and do nothing; `what` as in `silence`."""

    what: str
    since: datetime
    until: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Alerting:
    """All of it."""

    rules: tuple[AlertRule, ...] = ()
    group_by: tuple[str, ...] = GROUP_BY
    reopen_within: timedelta = REOPEN_WITHIN
    resolve: Resolve = "offer"
    heartbeats: tuple[Heartbeat, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
