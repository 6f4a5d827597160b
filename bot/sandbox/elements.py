"""Block Kit's elements: buttons, menus, pickers and inputs."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.sandbox.composition import (
    BOX_OPTION,
    CONFIRM,
    GROUPS,
    MENU_OPTION,
    OVERFLOW_OPTION,
    check_choices,
    plain,
)
from bot.sandbox.shape import (
    Problems,
    Rule,
    Shape,
    anything,
    boolean,
    integer,
    listed,
    one_of,
    pattern,
    string,
)

NAMED: dict[str, Rule] = {"action_id": string(255)}
ASKING: dict[str, Rule] = {**NAMED, "confirm": CONFIRM, "focus_on_load": boolean}
MENU: dict[str, Rule] = {**ASKING, "placeholder": plain(150)}
OPTIONS: dict[str, Rule] = {**MENU, "options": listed(MENU_OPTION, 100), "option_groups": GROUPS}
BOXES: dict[str, Rule] = {**ASKING, "options": listed(BOX_OPTION, 10)}
SOME = integer(1, 1_000_000)


def is_date(text: str) -> bool:
    """Whether it reads as a date, `2026-01-31`."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


DATE = pattern(is_date, "a date, YYYY-MM-DD")
TIME = pattern(re.compile(r"([01]\d|2[0-3]):[0-5]\d").fullmatch, "a time, HH:mm")
IDS = listed(string(255), 1_000)


def choosing(shape: Shape) -> Rule:
    """A shape whose options must also agree with each other."""

    def check(problems: Problems, path: str, value: Any) -> None:
        before = len(problems.found)
        shape(problems, path, value)
        if len(problems.found) == before:
            check_choices(problems, path, value)

    return check


def text_input(problems: Problems, path: str, value: Any) -> None:
    """A `plain_text_input`: its bounds must leave room for something."""
    TEXT_INPUT(problems, path, value)
    if isinstance(value, dict) and (value.get("min_length") or 0) > (value.get("max_length") or 3000):
        problems.add(path, "min_length must not be more than max_length")


TEXT_INPUT = Shape(
    {},
    {
        **NAMED,
        "focus_on_load": boolean,
        "placeholder": plain(150),
        "initial_value": string(3000, 0),
        "multiline": boolean,
        "min_length": integer(0, 3000),
        "max_length": integer(1, 3000),
        "dispatch_action_config": anything,
    },
)
BUTTON = Shape(
    {"text": plain(75)},
    {
        **NAMED,
        "url": string(3000),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
SHOWN: dict[str, Rule] = {
    "image_url": string(3000),
    "slack_file": Shape({}, {"id": string(255), "url": string(3000)}),
    "alt_text": string(2000),
}
_IMAGE = Shape({"alt_text": SHOWN["alt_text"]}, SHOWN)


def image(problems: Problems, path: str, value: Any, shape: Shape = _IMAGE) -> None:
    """An image is at an address, or a file of Slack's; one of both."""
    shape(problems, path, value)
    if isinstance(value, dict) and bool(value.get("image_url")) == bool(value.get("slack_file")):
        problems.add(path, "must have exactly one of: image_url, slack_file")


ELEMENTS: dict[str, Rule] = {
    "button": BUTTON,
    "image": image,
    "overflow": choosing(Shape({"options": listed(OVERFLOW_OPTION, 5)}, {**NAMED, "confirm": CONFIRM})),
    "static_select": choosing(Shape({}, {**OPTIONS, "initial_option": MENU_OPTION})),
    "multi_static_select": choosing(
        Shape({}, {**OPTIONS, "initial_options": listed(MENU_OPTION, 100), "max_selected_items": SOME})
    ),
    "users_select": Shape({}, {**MENU, "initial_user": string(255)}),
    "multi_users_select": Shape({}, {**MENU, "initial_users": IDS, "max_selected_items": SOME}),
    "conversations_select": Shape(
        {},
        {
            **MENU,
            "initial_conversation": string(255),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": anything,
        },
    ),
    "channels_select": Shape({}, {**MENU, "initial_channel": string(255), "response_url_enabled": boolean}),
    "plain_text_input": text_input,
    "datepicker": Shape({}, {**MENU, "initial_date": DATE}),
    "timepicker": Shape({}, {**MENU, "initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": Shape({}, {**ASKING, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "checkboxes": choosing(
        Shape(BOXES_REQUIRED := {"options": BOXES["options"]}, {**BOXES, "initial_options": listed(BOX_OPTION, 10)})
    ),
    "radio_buttons": choosing(Shape(BOXES_REQUIRED, {**BOXES, "initial_option": BOX_OPTION})),
}

MENUS = {
    "static_select",
    "users_select",
    "conversations_select",
    "channels_select",
}
MULTI_MENUS = {"multi_static_select", "multi_users_select"}
PICKERS = {"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"}
IN_ACTIONS = {"button", "overflow"} | MENUS | PICKERS
IN_SECTION = (IN_ACTIONS | MULTI_MENUS | {"image"}) - {"datetimepicker"}
IN_INPUT = {"plain_text_input"} | MENUS | MULTI_MENUS | PICKERS
# Those whose choice is kept in a message's or a view's state.
STATEFUL = IN_INPUT
