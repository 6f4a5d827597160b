"""What no single key of on-call can say: names that nobody bears, rotations with no one, policies without a default."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, one_of
from bot.settings.oncall.reading import PAGERDUTY


def compared(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """Every mistake of comparison in people, rotations and policies."""
    yield from _alike(document, data)
    yield from _rotations(document, data)
    yield from _levels(document, data)
    yield from _policies(document, data)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _entries(data: Mapping[Any, Any], section: str) -> list[tuple[int, Mapping[Any, Any]]]:
    return [(place, each) for place, each in enumerate(_listed(data.get(section))) if isinstance(each, Mapping)]


def _names(data: Mapping[Any, Any], section: str) -> list[str]:
    return [str(each.get("name", "")).strip() for _, each in _entries(data, section)]


def _alike(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """A level names people and rotations alike, so no two of them may have one name."""
    people = {name.casefold() for name in _names(data, "people")}
    for place, each in _entries(data, "rotations"):
        if str(each.get("name", "")).strip().casefold() in people:
            expected = "a name that nobody in `people` has: a level could mean either"
            yield document.problem(("rotations", place, "name"), expected)


def _rotations(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    teams, people = _names(data, "teams"), _names(data, "people")
    for place, each in _entries(data, "rotations"):
        keys: Keys = ("rotations", place)
        layers = [(keys, each)] if each.get("people") or not (each.get("layers") or each.get("ical")) else []
        layers += [((*keys, "layers", at), one) for at, one in enumerate(_listed(each.get("layers")))]
        for where, layer in layers:
            yield from _layer(document, where, layer, people)
        team = each.get("team", each.get("name"))
        if isinstance(team, str) and team.strip().casefold() not in {name.casefold() for name in teams}:
            key = "team" if "team" in each else "name"
            yield document.problem((*keys, key), f"`team:` with {one_of(teams, near=team)} from `teams`")
        if each.get("ical") and (each.get("layers") or each.get("people")):
            yield document.problem((*keys, "ical"), "either a calendar or `people` and `layers`, not both")


def _layer(document: Document, keys: Keys, layer: Any, people: list[str]) -> Iterator[Problem]:
    if not isinstance(layer, Mapping):
        return
    named = _listed(layer.get("people"))
    if not named:
        found = "nobody" if "people" in layer else "no `people`"
        yield document.problem((*keys, "people"), "at least one person who takes a turn", found=found)
    known = {name.casefold() for name in people}
    for place, name in enumerate(named):
        if isinstance(name, str) and name.strip().casefold() not in known:
            yield document.problem((*keys, "people", place), f"{one_of(people, near=name)} from `people`")


def _levels(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    people, rotations, policies = (_names(data, section) for section in ("people", "rotations", "policies"))
    known = {name.casefold() for name in (*people, *rotations)}
    for place, policy in _entries(data, "policies"):
        levels = policy.get("levels")
        if not _listed(levels):
            yield document.problem(("policies", place, "levels"), "at least one level", found="none")
        for at, level in enumerate(_listed(levels)):
            pages = level.get("page") if isinstance(level, Mapping) else None
            keys: Keys = ("policies", place, "levels", at, "page")
            if isinstance(pages, list) and not pages:
                yield document.problem(keys, "somebody to page", found="nobody")
            for number, name in enumerate(_listed(pages)):
                where = (*keys, number) if isinstance(pages, list) else keys
                yield from _paged(document, where, name, known, policies)


def _paged(document: Document, keys: Keys, name: Any, known: set[str], policies: list[str]) -> Iterator[Problem]:
    if not isinstance(name, str) or name.startswith(("#", "@", PAGERDUTY)) or name.strip().casefold() in known:
        return
    if name.strip().casefold() in {each.casefold() for each in policies}:
        expected = "a rotation or a person: a level cannot page an escalation policy, which would go round in circles"
        yield document.problem(keys, expected)
        return
    expected = f"{one_of(sorted(known), near=name)} from `rotations` or `people`, “@a-user-group” or “#a-channel”"
    yield document.problem(keys, expected)


def _policies(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    names = _names(data, "policies")
    known = {name.casefold() for name in names}
    default = data.get("default_policy")
    if names and default is None:
        expected = f"`default_policy: {names[0]}`: who is paged for what has no team, or a team without a policy"
        yield document.problem(("default_policy",), expected, found="nothing")
    asked: list[tuple[Keys, Any]] = [(("default_policy",), default)]
    asked += [(("teams", place, "policy"), each.get("policy")) for place, each in _entries(data, "teams")]
    for keys, name in asked:
        if isinstance(name, str) and name.strip().casefold() not in known:
            yield document.problem(keys, f"{one_of(names, near=name)} from `policies`")
