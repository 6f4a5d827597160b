"""The few rules that shapes in Block Kit are made of, and the sentences Slack refuses them with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Problems:
    """What was found wrong, each with the path to it."""

    found: list[str] = field(default_factory=list)

    def add(self, path: str, what: str) -> None:
        """Note a problem at a path such as `/blocks/0/text`."""
        self.found.append(f"[ERROR] {what} [json-pointer:{path}]")


Rule = Callable[[Problems, str, Any], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of an object: those it must have and those it may have."""

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule] = field(default_factory=dict)

    def __call__(self, problems: Problems, path: str, value: Any) -> None:
        """Check one object."""
        if not isinstance(value, dict):
            return problems.add(path, "must be an object")
        for name in self.required:
            if value.get(name) is None:
                problems.add(path, f"missing required field: {name}")
        rules = {**self.optional, **self.required}
        for name, part in value.items():
            if name == "type":
                continue
            if name not in rules:
                problems.add(path, f"invalid additional property: {name}")
            elif part is not None:
                rules[name](problems, f"{path}/{name}", part)
        return None


def string(maximum: int, minimum: int = 1) -> Rule:
    """Text of bounded length."""

    def check(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, str):
            problems.add(path, "must be a string")
        elif len(value) > maximum:
            problems.add(path, f"must be less than {maximum + 1} characters")
        elif len(value) < minimum:
            problems.add(path, f"must be more than {minimum - 1} characters")

    return check


def one_of(*allowed: object) -> Rule:
    """One of a few values."""

    def check(problems: Problems, path: str, value: Any) -> None:
        if value not in allowed:
            problems.add(path, f"failed to match all allowed values: {', '.join(map(str, allowed))}")

    return check


def boolean(problems: Problems, path: str, value: Any) -> None:
    """True or false."""
    if not isinstance(value, bool):
        problems.add(path, "must be a boolean")


def integer(minimum: int, maximum: int) -> Rule:
    """A whole number within bounds."""

    def check(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add(path, "must be an integer")
        elif not minimum <= value <= maximum:
            problems.add(path, f"must be between {minimum} and {maximum}")

    return check


def listed(rule: Rule, maximum: int, minimum: int = 1) -> Rule:
    """A list of bounded length, each item by the same rule."""

    def check(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, list):
            return problems.add(path, "must be an array")
        if len(value) > maximum:
            problems.add(path, f"no more than {maximum} items allowed")
        if len(value) < minimum:
            problems.add(path, f"no fewer than {minimum} items allowed")
        for position, item in enumerate(value):
            rule(problems, f"{path}/{position}", item)
        return None

    return check


def pattern(matches: Callable[[str], object], what: str) -> Rule:
    """Text that must read in a certain way."""

    def check(problems: Problems, path: str, value: Any) -> None:
        if not isinstance(value, str) or not matches(value):
            problems.add(path, f"must be {what}")

    return check


def by_type(shapes: Mapping[str, Rule], allowed: Collection[str] | None = None) -> Rule:
    """An object checked by the shape that its `type` names."""

    def check(problems: Problems, path: str, value: Any) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            problems.add(path, "missing required field: type")
        elif kind not in shapes or (allowed is not None and kind not in allowed):
            problems.add(path, f"unsupported type: {kind}")
        else:
            shapes[kind](problems, path, value)

    return check


def anything(_problems: Problems, _path: str, _value: Any) -> None:
    """Not checked."""
