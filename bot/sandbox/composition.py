"""Block Kit's composition objects: text, options, groups of options, confirmations."""

from __future__ import annotations

from typing import Any

from bot.sandbox.shape import Problems, Rule, Shape, boolean, by_type, listed, one_of, string


def plain(maximum: int) -> Rule:
    """A `plain_text` object."""
    return by_type({"plain_text": Shape({"text": string(maximum)}, {"emoji": boolean})})


def rich(maximum: int) -> Rule:
    """A text object, `plain_text` or `mrkdwn`."""
    return by_type(
        {
            "plain_text": Shape({"text": string(maximum)}, {"emoji": boolean}),
            "mrkdwn": Shape({"text": string(maximum)}, {"verbatim": boolean}),
        }
    )


CONFIRM = Shape(
    {"title": plain(100), "text": rich(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def option(text: Rule, **more: Rule) -> Rule:
    """An option of a menu, of checkboxes or of radio buttons."""
    return Shape({"text": text, "value": string(150)}, {"description": rich(75), **more})


MENU_OPTION = option(plain(75))
BOX_OPTION = option(rich(75))
OVERFLOW_OPTION = option(plain(75), url=string(3000))
GROUPS = listed(Shape({"label": plain(75), "options": listed(MENU_OPTION, 100)}), 100)


def choices(element: dict[str, Any]) -> list[Any]:
    """All options of an element, those in groups too."""
    found = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        found += group.get("options", [])
    return found


def check_choices(problems: Problems, path: str, element: dict[str, Any]) -> None:
    """What the fields alone do not tell: either options or groups, initial ones among them, no value twice."""
    if bool(element.get("options")) == bool(element.get("option_groups")):
        problems.add(path, "exactly one of options and option_groups is required")
    known = [c for c in choices(element) if isinstance(c, dict)]
    values = [c.get("value") for c in known]
    if len(values) != len(set(values)):
        problems.add(f"{path}/options", "option values must be unique")
    initial = element.get("initial_options") or []
    if element.get("initial_option"):
        initial = [*initial, element["initial_option"]]
    for chosen in initial:
        if not any(same_option(chosen, c) for c in known):
            problems.add(path, "initial options must match one of the options")


def same_option(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two options are the same, as Slack compares them: value and text."""
    same_text = (one.get("text") or {}).get("text") == (other.get("text") or {}).get("text")
    return one.get("value") == other.get("value") and same_text
