"""What no single key of on-call can say: names that nobody bears, rotations with no one, policies without a default."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.settings.document import Document, Keys
from bot.settings.entries import Data, entries, is_known, listed, names, unknown
from bot.settings.errors import Problem, one_of
from bot.settings.oncall.reading import PAGERDUTY


def compared(document: Document, data: Data) -> Iterator[Problem]:
    """Every mistake of comparison in people, rotations and policies."""
    yield from _alike(document, data)
    yield from _rotations(document, data)
    yield from _levels(document, data)
    yield from _policies(document, data)


def _alike(document: Document, data: Data) -> Iterator[Problem]:
    """A level names people and rotations alike, so no two of them may have one name."""
    people = names(data, "people")
    for place, each in entries(data, "rotations"):
        if is_known(str(each.get("name", "")), people):
            expected = "a name that nobody in `people` has: a level could mean either"
            yield document.problem(("rotations", place, "name"), expected)


def _rotations(document: Document, data: Data) -> Iterator[Problem]:
    teams = names(data, "teams")
    for place, each in entries(data, "rotations"):
        keys: Keys = ("rotations", place)
        layers = [(keys, each)] if each.get("people") or not (each.get("layers") or each.get("ical")) else []
        layers += [((*keys, "layers", at), one) for at, one in enumerate(listed(each.get("layers")))]
        for where, layer in layers:
            yield from _layer(document, data, where, layer)
        team = each.get("team", each.get("name"))
        if isinstance(team, str) and not is_known(team, teams):
            key = "team" if "team" in each else "name"
            yield document.problem((*keys, key), _owner(team, teams))
        if each.get("ical") and (each.get("layers") or each.get("people")):
            yield document.problem((*keys, "ical"), "either a calendar or `people` and `layers`, not both")


def _owner(team: str, teams: list[str]) -> str:
    """What stands where a rotation belongs to no team that there is."""
    if not teams:
        return f"a team that it belongs to: `teams: [{{name: {team}}}]`"
    return f"`team:` with {one_of(teams, near=team)} from `teams`"


def _layer(document: Document, data: Data, keys: Keys, layer: Any) -> Iterator[Problem]:
    if not isinstance(layer, Mapping):
        return
    named = listed(layer.get("people"))
    if not named:
        found = "nobody" if "people" in layer else "no `people`"
        yield document.problem((*keys, "people"), "at least one person who takes a turn", found=found)
    for place, name in enumerate(named):
        yield from unknown(document, data, (*keys, "people", place), name, "people")


def _levels(document: Document, data: Data) -> Iterator[Problem]:
    for place, policy in entries(data, "policies"):
        levels = policy.get("levels")
        if not listed(levels):
            yield document.problem(("policies", place, "levels"), "at least one level", found="none")
        for at, level in enumerate(listed(levels)):
            pages = level.get("page") if isinstance(level, Mapping) else None
            keys: Keys = ("policies", place, "levels", at, "page")
            if isinstance(pages, list) and not pages:
                yield document.problem(keys, "somebody to page", found="nobody")
            for number, name in enumerate(listed(pages)):
                where = (*keys, number) if isinstance(pages, list) else keys
                yield from _paged(document, data, where, name)


def _paged(document: Document, data: Data, keys: Keys, name: Any) -> Iterator[Problem]:
    known = names(data, "people", "rotations")
    if not isinstance(name, str) or name.startswith(("#", "@", PAGERDUTY)) or is_known(name, known):
        return
    if is_known(name, names(data, "policies")):
        expected = "a rotation or a person: a level cannot page an escalation policy, which would go round in circles"
        yield document.problem(keys, expected)
        return
    expected = f"{one_of(sorted(known), near=name)} from `rotations` or `people`, “@a-user-group” or “#a-channel”"
    yield document.problem(keys, expected)


def _policies(document: Document, data: Data) -> Iterator[Problem]:
    known, default = names(data, "policies"), data.get("default_policy")
    if known and default is None:
        expected = f"`default_policy: {known[0]}`: who is paged for what has no team, or a team without a policy"
        yield document.problem(("default_policy",), expected, found="nothing")
    yield from unknown(document, data, ("default_policy",), default, "policies")
    for place, each in entries(data, "teams"):
        yield from unknown(document, data, ("teams", place, "policy"), each.get("policy"), "policies")
