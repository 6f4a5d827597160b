"""What no single key about alerts can say: names that nobody bears, heartbeats alike, times that end before they begin.

A rule after one that takes everything is never asked.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, one_of


def compared(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """Every mistake of comparison in alerts and maintenance."""
    said = data.get("alerts")
    alerts: Mapping[Any, Any] = said if isinstance(said, Mapping) else {}
    for section in ("rules", "heartbeats"):
        for place, each in _entries(alerts, section):
            yield from _names(document, data, ("alerts", section, place), each)
    yield from _heartbeats(document, alerts)
    yield from _unreachable(document, alerts)
    for place, window in _entries(data, "maintenance"):
        since, until = window.get("since"), window.get("until")
        if type(since) is type(until) and isinstance(since, str) and str(until) <= since:
            yield document.problem(("maintenance", place, "until"), "a time after `since`")


def _entries(data: Mapping[Any, Any], section: str) -> Iterator[tuple[int, Mapping[Any, Any]]]:
    entries = data.get(section)
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, Mapping):
            yield place, entry


def _known(data: Mapping[Any, Any], section: str) -> list[str]:
    found: list[str] = []
    for _, entry in _entries(data, section):
        aliases = entry.get("aliases")
        found += [str(entry.get("name", "")).strip(), *map(str, aliases if isinstance(aliases, list) else ())]
    return found


def _names(document: Document, data: Mapping[Any, Any], keys: Keys, each: Mapping[Any, Any]) -> Iterator[Problem]:
    asked: list[tuple[Keys, Any, str]] = [
        ((*keys, "severity"), each.get("severity"), "severities"),
        ((*keys, "policy"), each.get("policy"), "policies"),
    ]
    services = each.get("services")
    for number, name in enumerate(services if isinstance(services, list) else ()):
        asked.append(((*keys, "services", number), name, "services"))
    for where, name, section in asked:
        known = _known(data, section)
        if isinstance(name, str) and name.strip().casefold() not in {word.casefold() for word in known}:
            yield document.problem(where, f"{one_of(known, near=name)} from `{section}`")


def _heartbeats(document: Document, alerts: Mapping[Any, Any]) -> Iterator[Problem]:
    taken: set[str] = set()
    for place, each in _entries(alerts, "heartbeats"):
        name = str(each.get("name", "")).strip()
        if name in taken:
            yield document.problem(("alerts", "heartbeats", place, "name"), "a name that no other heartbeat has")
        taken.add(name)


def _unreachable(document: Document, alerts: Mapping[Any, Any]) -> Iterator[Problem]:
    """Rules behind one that matches everything."""
    everything = None
    for place, each in _entries(alerts, "rules"):
        if everything is not None:
            first = f"the rule before it (no. {everything + 1}) takes every alert"
            yield document.problem(("alerts", "rules", place), f"`source`, `title` or `labels` there: {first}")
            return
        if not any(each.get(key) for key in ("source", "title", "labels")):
            everything = place
