"""What a person has put into a view's or a message's inputs, in Slack's `state.values` form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.blocks import elements_of
from bot.sandbox.composition import choices
from bot.sandbox.records import Json, SandboxRefused

State = dict[str, dict[str, Json]]
Person = Callable[[str], str]

# type of element: (where its state keeps the choice, where the element keeps what it starts with)
KEPT: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
}
LISTS = {"multi_static_select", "multi_users_select", "checkboxes"}


def initial_state(blocks: Sequence[Json], before: State | None = None) -> State:
    """The state these blocks start with; what was entered `before` stays where block_id and action_id do."""
    state: State = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] not in KEPT:
                continue
            where, initial = KEPT[element["type"]]
            empty: Any = [] if element["type"] in LISTS else None
            fresh = {"type": element["type"], where: element.get(initial, empty)}
            old = (before or {}).get(block["block_id"], {}).get(element["action_id"])
            kept = old if old and old["type"] == element["type"] else fresh
            state.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return state


def is_empty(value: Json) -> bool:
    """Whether a state value holds nothing."""
    where, _ = KEPT[value["type"]]
    return value.get(where) in (None, "", [])


def chosen(element: Json, given: Any, person: Person) -> Json:
    """The state value for what a person puts into an element: text, label, id, date, time or a list of these.

    Raises SandboxRefused when the element offers no such thing.
    """
    kind = element["type"]
    where, _ = KEPT[kind]
    if given is None:
        return {"type": kind, where: [] if kind in LISTS else None}
    if kind in LISTS:
        many = [given] if isinstance(given, str) else list(given)
        return {"type": kind, where: [_one(element, item, person) for item in many]}
    return {"type": kind, where: _one(element, given, person)}


def _one(element: Json, given: Any, person: Person) -> Any:
    kind = element["type"]
    if kind in ("static_select", "multi_static_select", "checkboxes", "radio_buttons"):
        return find_option(element, given)
    if kind in ("users_select", "multi_users_select"):
        return person(str(given))
    if kind == "datetimepicker":
        return int(given.timestamp()) if isinstance(given, datetime) else int(given)
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, time):
        return f"{given:%H:%M}"
    return str(given)


def find_option(element: Json, given: Any) -> Json:
    """The option of that visible text or value."""
    options = choices(element)
    if isinstance(given, dict):
        given = given.get("value")
    by_text = [o for o in options if o["text"]["text"] == given]
    for option in by_text or [o for o in options if o.get("value") == given]:
        return {key: option[key] for key in ("text", "value") if key in option}
    offered = ", ".join(o["text"]["text"] for o in options)
    raise SandboxRefused(f"There is no option {given!r} here; there are: {offered}.")
