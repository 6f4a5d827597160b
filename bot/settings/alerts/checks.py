"""What no single key about alerts can say: names that nobody bears, heartbeats alike, times that end before they begin.

A rule after one that takes everything is never asked.
"""

from collections.abc import Iterator, Mapping

from bot.settings.document import Document, Keys
from bot.settings.entries import Data, entries, listed, unknown
from bot.settings.errors import Problem


def compared(document: Document, data: Data) -> Iterator[Problem]:
    """Every mistake of comparison in alerts and maintenance."""
    said = data.get("alerts")
    alerts: Data = said if isinstance(said, Mapping) else {}
    for section in ("rules", "heartbeats"):
        for place, each in entries(alerts, section):
            yield from _names(document, data, ("alerts", section, place), each)
    yield from _heartbeats(document, alerts)
    yield from _unreachable(document, alerts)
    for place, window in entries(data, "maintenance"):
        since, until = window.get("since"), window.get("until")
        if type(since) is type(until) and isinstance(since, str) and str(until) <= since:
            yield document.problem(("maintenance", place, "until"), "a time after `since`")


def _names(document: Document, data: Data, keys: Keys, each: Data) -> Iterator[Problem]:
    yield from unknown(document, data, (*keys, "severity"), each.get("severity"), "severities")
    yield from unknown(document, data, (*keys, "policy"), each.get("policy"), "policies")
    for number, name in enumerate(listed(each.get("services"))):
        yield from unknown(document, data, (*keys, "services", number), name, "services")


def _heartbeats(document: Document, alerts: Data) -> Iterator[Problem]:
    taken: set[str] = set()
    for place, each in entries(alerts, "heartbeats"):
        name = str(each.get("name", "")).strip()
        if name in taken:
            yield document.problem(("alerts", "heartbeats", place, "name"), "a name that no other heartbeat has")
        taken.add(name)


def _unreachable(document: Document, alerts: Data) -> Iterator[Problem]:
    """Rules behind one that matches everything."""
    everything = None
    for place, each in entries(alerts, "rules"):
        if everything is not None:
            first = f"the rule before it (no. {everything + 1}) takes every alert"
            yield document.problem(("alerts", "rules", place), f"`source`, `title` or `labels` there: {first}")
            return
        if not any(each.get(key) for key in ("source", "title", "labels")):
            everything = place
