"""Block Kit's blocks, checked as Slack checks them."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from bot.sandbox.composition import plain, rich
from bot.sandbox.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION, SHOWN, image
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Json
from bot.sandbox.shape import Problems, Rule, Shape, anything, boolean, by_type, listed, string

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# Told nowhere, measured: a message's blocks may hold about this many characters in all.
MESSAGE_CHARACTERS = 13_000

NAMED: dict[str, Rule] = {"block_id": string(255)}
CONTEXT_TEXT = rich(3000)


def section(problems: Problems, path: str, value: Any) -> None:
    """A section needs text or fields."""
    SECTION(problems, path, value)
    if not value.get("text") and not value.get("fields"):
        problems.add(path, "missing required field: text or fields")


def context_item(problems: Problems, path: str, value: Any) -> None:
    """What a context holds: text and images."""
    is_image = isinstance(value, dict) and value.get("type") == "image"
    (image if is_image else CONTEXT_TEXT)(problems, path, value)


def image_block(problems: Problems, path: str, value: Any) -> None:
    """An image with a title."""
    image(problems, path, value, IMAGE)


IMAGE = Shape({"alt_text": SHOWN["alt_text"]}, {**NAMED, **SHOWN, "title": plain(2000)})
SECTION = Shape(
    {},
    {
        **NAMED,
        "text": rich(3000),
        "fields": listed(rich(2000), 10),
        "accessory": by_type(ELEMENTS, IN_SECTION),
        "expand": boolean,
    },
)
RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
RICH_PART = Shape(
    {"elements": listed(anything, 1_000, 0)}, dict.fromkeys(("style", "indent", "border", "offset"), anything)
)

BLOCKS: dict[str, Rule] = {
    "header": Shape({"text": plain(150)}, {**NAMED}),
    "section": section,
    "context": Shape({"elements": listed(context_item, 10)}, {**NAMED}),
    "actions": Shape({"elements": listed(by_type(ELEMENTS, IN_ACTIONS), 25)}, {**NAMED}),
    "divider": Shape({}, {**NAMED}),
    "image": image_block,
    "input": Shape(
        {"label": plain(2000), "element": by_type(ELEMENTS, IN_INPUT)},
        {**NAMED, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": Shape({"elements": listed(by_type(dict.fromkeys(RICH_PARTS, RICH_PART)), 1_000, 0)}, {**NAMED}),
    "markdown": Shape({"text": string(12_000)}, {**NAMED}),
}
IN_VIEW = set(BLOCKS) - {"markdown"}


def elements_of(block: Json) -> list[Json]:
    """The elements of a block that can be acted on or hold something."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") == "actions":
        found += block.get("elements", [])
    return [e for e in found if e and e.get("type") in ELEMENTS and e["type"] != "image"]


def problems_of(blocks: Any, path: str, *, view: bool) -> list[str]:
    """What is wrong with a list of blocks, each with its path; empty when nothing is."""
    problems = Problems()
    rule = by_type(BLOCKS, IN_VIEW if view else None)
    listed(rule, VIEW_BLOCKS if view else MESSAGE_BLOCKS, 0)(problems, path, blocks)
    if not problems.found:
        _check_ids(problems, path, blocks)
    return problems.found


def _check_ids(problems: Problems, path: str, blocks: list[Json]) -> None:
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            problems.add(f"{path}/{position}/block_id", f"block_id `{block_id}` already exists")
        seen.add(block_id or "")
        actions = [str(e["action_id"]) for e in elements_of(block) if "action_id" in e]
        for doubled in sorted({a for a in actions if actions.count(a) > 1}):
            problems.add(f"{path}/{position}", f"`action_id` {doubled} already exists for this block")


def check_message_blocks(blocks: Any) -> tuple[Json, ...]:
    """The blocks of a message, checked, each with its ids; refused with `invalid_blocks` and where."""
    if blocks is None:
        return ()
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    found = problems_of(blocks, "/blocks", view=False)
    if found:
        raise SlackError("invalid_blocks", errors=found, response_metadata={"messages": found})
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return tuple(with_ids(blocks, "b"))


def with_ids(blocks: list[Json], prefix: str) -> list[Json]:
    """A copy in which every block and element has an id, as Slack gives them where the app gave none."""
    named = deepcopy(blocks)
    taken = {b.get("block_id") for b in named}
    for position, block in enumerate(named, start=1):
        if not block.get("block_id"):
            fresh = f"{prefix}{position}"
            block["block_id"] = fresh if fresh not in taken else f"{fresh}-{prefix}"
        for number, element in enumerate(elements_of(block), start=1):
            element.setdefault("action_id", f"{block['block_id']}-{number}")
    return named
