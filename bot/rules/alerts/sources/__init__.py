"""Where alerts come from: one page a program, one table."""

from collections.abc import Mapping
from typing import Any

from bot.rules.alerts.alert import REPORT, Alert
from bot.rules.alerts.sources import alertmanager, datadog, generic, grafana, pagerduty
from bot.rules.alerts.sources.reading import Batch, Source
from bot.rules.refused import Refused

__all__ = ["SOURCES", "Alert", "Batch", "Source", "read", "unknown"]

SOURCES: Mapping[str, Source] = {
    "alertmanager": alertmanager.SOURCE,
    "grafana": grafana.SOURCE,
    "pagerduty": pagerduty.SOURCE,
    "datadog": datadog.SOURCE,
    "generic": generic.SOURCE,
}
"""The door's name → how its payloads are read. The last one takes what is like none of the others."""


def read(name: str, payload: Any) -> Batch:
    """The alerts of a payload, and what is wrong with those that cannot be read.

    Raises Refused for a payload that does not belong at this door, with a sentence that names the right one.
    """
    source = SOURCES[name]
    meant = next((each for each, other in SOURCES.items() if other.fits(payload)), None)
    if meant != name:
        raise Refused(_elsewhere(source, name, meant))
    return source.read(payload)


def _elsewhere(source: Source, name: str, meant: str | None) -> str:
    if meant is None:
        return f"This is no payload of {source.title}: {source.expected}."
    return f"This looks like {SOURCES[meant].title}. Send it to /alerts/{meant}, not to /alerts/{name}."


def unknown(name: str) -> str:
    """What is said to a source that there is not."""
    doors = ", ".join(f"/alerts/{each}" for each in (*SOURCES, REPORT, "heartbeat/<name>"))
    return f"There is no source “{name[:60]}”. The doors are {doors}."
