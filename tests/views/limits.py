"""Slack's limits, as far as our views can run into them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.views.message import Message

LOUD = re.compile(r"<!(?!date\^|subteam\^)")
TEXT_LIMITS = {"section": 3000, "context": 3000}


def message_problems(message: Message) -> list[str]:
    """What Slack would refuse in a message, or what would mention everybody."""
    found = [] if 0 < len(message.text) <= 3000 else [f"text of {len(message.text)} characters"]
    if LOUD.search(message.text):
        found.append("text mentions everybody")
    if len(json.dumps(message.blocks, ensure_ascii=False)) > 13_000:
        found.append("blocks of more than 13,000 characters")
    return [*found, *block_problems(list(message.blocks), 50)]


def view_problems(view: dict[str, Any]) -> list[str]:
    """What Slack would refuse in a modal."""
    found = [
        f"{part} too long" for part in ("title", "submit", "close") if len(view.get(part, {}).get("text", "")) > 24
    ]
    if len(view["private_metadata"]) > 3000:
        found.append("private_metadata too long")
    names = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    if len(names) != len(set(names)):
        found.append("a block id twice")
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if has_input and "submit" not in view:
        found.append("inputs without a submit button")
    return [*found, *block_problems(view["blocks"], 100)]


def block_problems(blocks: list[dict[str, Any]], most: int) -> list[str]:
    """What Slack would refuse in blocks."""
    found = [] if len(blocks) <= most else [f"{len(blocks)} blocks"]
    for block in blocks:
        elements = [*block.get("elements", []), *(block[name] for name in ("element", "accessory") if name in block)]
        if block["type"] in {"context", "actions"} and not 0 < len(elements) <= (
            10 if block["type"] == "context" else 25
        ):
            found.append(f"{len(elements)} elements")
        doors = [element["action_id"] for element in elements if "action_id" in element]
        if len(doors) != len(set(doors)):
            found.append(f"an action id twice: {doors}")
        found += [problem for text, limit in _texts(block) for problem in _text_problems(text, limit)]
        found += [problem for element in elements for problem in _element_problems(element)]
    return found


def _texts(block: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int]]:
    if "text" in block:
        yield block["text"], 3000
    for name, limit in (("label", 2000), ("hint", 2000)):
        if name in block:
            yield block[name], limit
    for element in block.get("elements", []):
        if element["type"] in {"mrkdwn", "plain_text"}:
            yield element, 3000


def _text_problems(text: dict[str, Any], limit: int) -> Iterator[str]:
    if not 0 < len(text["text"]) <= limit:
        yield f"text of {len(text['text'])} characters, {limit} allowed"
    if text["type"] == "mrkdwn":
        if LOUD.search(text["text"]):
            yield f"mentions everybody: {text['text'][:80]}"
        if not text.get("verbatim"):
            yield "Slack would look for names in it"


def _element_problems(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] == "button":
        yield from _text_problems(element["text"], 75)
    if element["type"] == "overflow" and not 2 <= len(element["options"]) <= 5:
        yield f"{len(element['options'])} options in a menu"
    if element["type"] == "plain_text_input" and len(element.get("initial_value", "")) > element["max_length"]:
        yield "initial value too long"
    yield from _option_problems(element.get("options", []), element.get("option_groups", []))


def _option_problems(options: list[dict[str, Any]], groups: list[dict[str, Any]]) -> Iterator[str]:
    if max(map(len, (options, groups, *(group["options"] for group in groups)))) > 100:
        yield "too many options"
    options = [*options, *(option for group in groups for option in group["options"])]
    if len(options) != len({option["value"] for option in options}):
        yield "an option's value twice"
    for option in options:
        yield from _text_problems(option["text"], 75)
        if not 0 < len(option["value"]) <= 150:
            yield "value of an option"
        if "description" in option:
            yield from _text_problems(option["description"], 75)
