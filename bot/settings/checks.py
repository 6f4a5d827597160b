"""What no single key can say: names that clash, names that nobody bears, choices that exclude each other.

They look at the plain data, so that they speak beside the mistakes of shape, not after them.
"""

from collections.abc import Iterator

from bot.settings import automation
from bot.settings.alerts import checks as alerts
from bot.settings.document import Document, Keys
from bot.settings.entries import Data, entries, listed, spoken, unknown
from bot.settings.errors import Problem
from bot.settings.oncall import checks as oncall
from bot.settings.watches import checks as watches

_NAMED = {
    "severities": "severity",
    "teams": "team",
    "services": "service",
    "people": "person",
    "rotations": "rotation",
    "policies": "policy",
    "watches": "watch",
}


def compared(document: Document, data: Data) -> Iterator[Problem]:
    """Every mistake of comparison in the completed data."""
    for section, what in _NAMED.items():
        yield from _clashing(document, data, section, what)
    yield from _without_team(document, data)
    yield from _without_place(document, data)
    yield from _untold(document, data)
    yield from oncall.compared(document, data)
    yield from automation.compared(document, data)
    yield from alerts.compared(document, data)
    yield from watches.compared(document, data)
    if data.get("severities", ()) in ([], None):
        expected = "at least one severity (leave the key out for SEV1 to SEV4)"
        yield document.problem(("severities",), expected, found="none")


def _clashing(document: Document, data: Data, section: str, what: str) -> Iterator[Problem]:
    taken: dict[str, Keys] = {}
    for keys, name in spoken(data, section):
        first = taken.setdefault(name.strip().casefold(), keys)
        if first != keys and name.strip():
            expected = f"a name or alias that no other {what} has ({document.place(first)} has it too)"
            yield document.problem(keys, expected, found=f"“{name}”")


def _without_team(document: Document, data: Data) -> Iterator[Problem]:
    for place, service in entries(data, "services"):
        yield from unknown(document, data, ("services", place, "team"), service.get("team"), "teams")


def _untold(document: Document, data: Data) -> Iterator[Problem]:
    """An audience of a severity that there is not would never be told anything; nor one that can be told nowhere."""
    for place, each in entries(data, "audiences"):
        for number, name in enumerate(listed(each.get("severities"))):
            yield from unknown(document, data, ("audiences", place, "severities", number), name, "severities")
        if not (each.get("mail") or each.get("channel")):
            yield document.problem(("audiences", place), "`mail:` or `channel:`, where they are told")


def _without_place(document: Document, data: Data) -> Iterator[Problem]:
    for place, level in entries(data, "severities"):
        if level.get("room") == "thread" and level.get("announce") == "none":
            keys: Keys = ("severities", place, "room")
            expected = "`channel`, or an `announce` other than `none`: a thread hangs from the announcement"
            yield document.problem(keys, expected, found="`thread` with `announce: none`")
