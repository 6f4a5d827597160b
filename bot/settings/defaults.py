"""The four severities that hold where nothing is configured, as a configuration file would say them."""

from collections.abc import Iterator, Mapping
from typing import Any

PAGED_LEVELS = 2
"""The most severe levels that page somebody unless the file says otherwise."""

SEVERITIES: tuple[Mapping[str, Any], ...] = (
    {
        "name": "SEV1",
        "aliases": ["P1"],
        "title": "Critical",
        "criteria": [
            "A service is down for everybody, or traffic has collapsed",
            "Data is being lost or corrupted",
            "Somebody got in who should not have",
            "It costs more than $10,000 an hour",
        ],
        "respond_within": "5m",
        "update_every": "30m",
        "escalate_after": "15m",
        "hours": "always",
        "room": "channel",
        "announce": "announce",
        "ticket": False,
    },
    {
        "name": "SEV2",
        "aliases": ["P2"],
        "title": "Major",
        "criteria": [
            "A main feature is broken or badly degraded",
            "More than half of the users notice",
            "It is so slow that people give up",
            "It costs $1,000 to $10,000 an hour",
        ],
        "respond_within": "15m",
        "update_every": "1h",
        "escalate_after": "2h",
        "hours": "always",
        "room": "channel",
        "announce": "announce",
        "ticket": False,
    },
    {
        "name": "SEV3",
        "aliases": ["P3"],
        "title": "Minor",
        "criteria": [
            "A lesser feature is broken, and there is a way around it",
            "Fewer than half of the users notice",
            "It costs next to nothing",
        ],
        "respond_within": "1h",
        "update_every": "4h",
        "escalate_after": "1 business day",
        "hours": "business",
        "room": "channel",
        "announce": "team",
        "ticket": True,
    },
    {
        "name": "SEV4",
        "aliases": ["P4"],
        "title": "Low",
        "criteria": [
            "It only looks wrong",
            "Hardly anybody notices, and nobody is held up",
            "It costs nothing",
        ],
        "respond_within": "1 business day",
        "update_every": "1d",
        "escalate_after": "7d",
        "hours": "business",
        "room": "thread",
        "announce": "team",
        "ticket": True,
    },
)


def complete(data: Mapping[Any, Any]) -> dict[Any, Any]:
    """The file's data with what it leaves out of its severities; an empty section counts as left out."""
    sections = {"business", "channels", "slack", "teams", "services", "retention", "permissions", "changes", "watches"}
    sections |= {"people", "rotations", "policies", "rules", "alerts", "maintenance", "audiences"}
    kept = {key: value for key, value in data.items() if not (value is None and key in sections)}
    severities = kept.get("severities", [dict(level) for level in SEVERITIES])
    if isinstance(severities, list):
        kept["severities"] = list(_completed(severities))
    return kept


def _completed(severities: list[Any]) -> Iterator[Any]:
    claimed = {word.casefold() for level in severities if isinstance(level, Mapping) for word in _words(level)}
    for rank, level in enumerate(severities):
        if not isinstance(level, Mapping):
            yield level
            continue
        filled = _like(level, rank) | {"page": rank < PAGED_LEVELS, "invite": []}
        filled["aliases"] = [alias for alias in filled["aliases"] if alias.casefold() not in claimed]
        claimed |= {alias.casefold() for alias in filled["aliases"]}
        yield filled | dict(level)


def _words(level: Mapping[Any, Any]) -> list[str]:
    aliases = level.get("aliases")
    return [str(level.get("name", "")), *(str(alias) for alias in (aliases if isinstance(aliases, list) else ()))]


def _like(level: Mapping[Any, Any], rank: int) -> dict[str, Any]:
    """A built-in level by its name; any other takes the promises of the one in its place, not its words."""
    name = str(level.get("name", ""))
    named = next((each for each in SEVERITIES if each["name"].casefold() == name.casefold()), None)
    if named is not None:
        return dict(named)
    promises = dict(SEVERITIES[min(rank, len(SEVERITIES) - 1)])
    del promises["name"]
    return promises | {"aliases": [], "criteria": [], "title": name or "Level"}
