"""What no single key can say: names that clash, names that nobody bears, choices that exclude each other.

They look at the plain data, so that they speak beside the mistakes of shape, not after them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.settings import automation
from bot.settings.alerts import checks as alerts
from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, one_of
from bot.settings.oncall import checks as oncall
from bot.settings.watches import checks as watches

_NAMED = {"severities": "severity", "teams": "team", "services": "service"} | {
    "people": "person",
    "rotations": "rotation",
    "policies": "policy",
    "watches": "watch",
}


def compared(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """Every mistake of comparison in the completed data."""
    for section, what in _NAMED.items():
        yield from _clashing(document, data, section, what)
    yield from _without_team(document, data)
    yield from _without_place(document, data)
    yield from _unknown_severities(document, data)
    yield from oncall.compared(document, data)
    yield from automation.compared(document, data)
    yield from alerts.compared(document, data)
    yield from watches.compared(document, data)
    if data.get("severities", ()) in ([], None):
        expected = "at least one severity (leave the key out for SEV1 to SEV4)"
        yield document.problem(("severities",), expected, found="none")


def _entries(data: Mapping[Any, Any], section: str) -> Iterator[tuple[int, Mapping[Any, Any]]]:
    entries = data.get(section)
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, Mapping):
            yield place, entry


def _names(data: Mapping[Any, Any], section: str) -> Iterator[tuple[Keys, str]]:
    for place, entry in _entries(data, section):
        yield (section, place, "name"), str(entry.get("name", ""))
        aliases = entry.get("aliases")
        for number, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            yield (section, place, "aliases", number), str(alias)


def _clashing(document: Document, data: Mapping[Any, Any], section: str, what: str) -> Iterator[Problem]:
    taken: dict[str, Keys] = {}
    for keys, name in _names(data, section):
        first = taken.setdefault(name.strip().casefold(), keys)
        if first != keys and name.strip():
            expected = f"a name or alias that no other {what} has ({document.place(first)} has it too)"
            yield document.problem(keys, expected, found=f"“{name}”")


def _without_team(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    teams = [str(team.get("name", "")).strip() for _, team in _entries(data, "teams")]
    known = {team.casefold() for team in teams}
    for place, service in _entries(data, "services"):
        team = service.get("team")
        if isinstance(team, str) and team.strip().casefold() not in known:
            yield document.problem(("services", place, "team"), f"{one_of(teams, near=team)} from `teams`")


def _unknown_severities(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """An audience of a severity that there is not would never be told anything; nor one that can be told nowhere."""
    known = [name for _, name in _names(data, "severities")]
    folded = {name.casefold() for name in known}
    for place, each in _entries(data, "audiences"):
        named = each.get("severities")
        for number, name in enumerate(named if isinstance(named, list) else ()):
            if isinstance(name, str) and name.strip().casefold() not in folded:
                yield document.problem(("audiences", place, "severities", number), one_of(known, near=name))
        if not (each.get("mail") or each.get("channel")):
            yield document.problem(("audiences", place), "`mail:` or `channel:`, where they are told")


def _without_place(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    for place, level in _entries(data, "severities"):
        if level.get("room") == "thread" and level.get("announce") == "none":
            keys: Keys = ("severities", place, "room")
            expected = "`channel`, or an `announce` other than `none`: a thread hangs from the announcement"
            yield document.problem(keys, expected, found="`thread` with `announce: none`")
