"""Grafana Alerting: its webhook contact point."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.sources import alertmanager
from bot.rules.alerts.sources.reading import WORD, Batch, Source, each
from bot.rules.foreign import Json, address, text


def read(payload: Json) -> Batch:
    """Each alert of the group that it tells of."""
    return each(payload["alerts"], _one)


def _one(raw: Json) -> Alert:
    alert = alertmanager.one(raw, "grafana")
    return replace(
        alert,
        value=alert.value or _values(raw.get("values")) or text(raw, "valueString", longest=WORD),
        dashboard=address(raw, "panelURL", "dashboardURL") or alert.dashboard,
    )


def _values(values: Any) -> str:
    """`B=44.2, C=1`: the figures of the rule's expressions, to four digits that say something."""
    found = values if isinstance(values, Mapping) else {}
    told = ((name, _figure(found[name]) or text(found, name, longest=WORD)) for name in found)
    return ", ".join(f"{name}={value}" for name, value in told if value)[:WORD]


def _figure(value: Any) -> str:
    """`44.24` for 44.23943737541908; what is whole, or no figure, is left as it is."""
    if not isinstance(value, float) or not math.isfinite(value):
        return ""
    return f"{value:.2f}" if abs(value) >= 100 else f"{value:.4g}"


def fits(payload: Any) -> bool:
    """Whether it is one of Grafana's."""
    return alertmanager.has_alerts(payload) and "orgId" in payload


SOURCE = Source("Grafana", "it has no `alerts` and `orgId`", fits, read)
