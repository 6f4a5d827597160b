"""The inputs of modals: a field's block id and action id are its name."""

from collections.abc import Sequence
from datetime import datetime

from bot.views.blocks import Block, option, plain
from bot.views.text import cut

LABEL, HINT, PLACEHOLDER, TYPED = 2_000, 2_000, 150, 3_000
MOST_OPTIONS, MOST_GROUPS, MOST_RADIOS = 100, 100, 10
MOST_CHOICES = 500
"""What a select of one offers in all, in groups of what a menu takes: a view may not be larger than Slack reads."""


def field(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """One input under its label."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, LABEL),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return {**block, "hint": plain(hint, HINT)} if hint else block


def typed(initial: str = "", placeholder: str = "", *, lines: bool = False, focus: bool = False) -> Block:
    """Where text is typed; `lines` for more than one."""
    element: Block = {"type": "plain_text_input", "multiline": lines, "max_length": TYPED}
    if initial:
        element["initial_value"] = cut(initial, TYPED)
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    return {**element, "focus_on_load": True} if focus else element


def select(options: Sequence[Block], initial: str | None = None, placeholder: str = "Choose") -> Block:
    """One of several, in groups where they are many; `initial` is the value chosen beforehand."""
    element: Block = {"type": "static_select", "placeholder": plain(placeholder, PLACEHOLDER)}
    if len(options) <= MOST_OPTIONS:
        return _chosen({**element, "options": list(options)}, options, initial)
    offered = options[:MOST_CHOICES]
    parts = [(first, offered[first : first + MOST_OPTIONS]) for first in range(0, len(offered), MOST_OPTIONS)]
    groups = [(f"{first + 1}–{first + len(part)}", part) for first, part in parts]
    return _chosen(grouped(element, groups), offered, initial)


def grouped(element: Block, groups: Sequence[tuple[str, Sequence[Block]]]) -> Block:
    """A select whose options stand in groups; empty groups are left out."""
    made = [
        {"label": plain(label, 75), "options": list(options[:MOST_OPTIONS])} for label, options in groups if options
    ]
    return {**element, "option_groups": made[:MOST_GROUPS]}


def several(placeholder: str) -> Block:
    """A select of several, still without options."""
    return {"type": "multi_static_select", "placeholder": plain(placeholder, PLACEHOLDER)}


def radios(options: Sequence[Block], initial: str | None = None) -> Block:
    """One of a few, all in sight; a select where they are too many for that."""
    if len(options) > MOST_RADIOS:
        return select(options, initial)
    return _chosen({"type": "radio_buttons", "options": list(options)}, options, initial)


def _chosen(element: Block, options: Sequence[Block], value: str | None) -> Block:
    found = next((each for each in options if each["value"] == value), None)
    return {**element, "initial_option": found} if found else element


def tick(label: str, value: str, description: str, *, ticked: bool = False) -> Block:
    """One box to tick."""
    box = option(label, value, description)
    element: Block = {"type": "checkboxes", "options": [box]}
    return {**element, "initial_options": [box]} if ticked else element


def somebody(placeholder: str = "Choose a person", initial: str | None = None) -> Block:
    """Somebody in the workspace."""
    element: Block = {"type": "users_select", "placeholder": plain(placeholder, PLACEHOLDER)}
    return {**element, "initial_user": initial} if initial else element


def everybody(initial: Sequence[str] = (), placeholder: str = "Choose people") -> Block:
    """Several people of the workspace; `initial` are chosen beforehand."""
    element: Block = {"type": "multi_users_select", "placeholder": plain(placeholder, PLACEHOLDER)}
    return {**element, "initial_users": list(initial[:MOST_OPTIONS])} if initial else element


def telling(block: Block, door: str) -> Block:
    """The input so that its choice opens a door at once, while the modal is being filled."""
    return {**block, "dispatch_action": True, "element": {**block["element"], "action_id": door}}


def moment(initial: datetime | None = None) -> Block:
    """A day and a time, in the person's own zone."""
    element: Block = {"type": "datetimepicker"}
    return {**element, "initial_date_time": int(initial.timestamp())} if initial else element
