"""Small builders of Block Kit. Each keeps Slack's limits by cutting; none escapes, that is done where words come in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

from bot.views.text import clip, cut

Block: TypeAlias = dict[str, Any]
"""A block, an element or an object, as JSON."""
Style: TypeAlias = Literal["primary", "danger"]

SECTION, HEADER, LABEL, OPTION_VALUE, VALUE = 3_000, 150, 75, 150, 2_000
CONTEXT_ELEMENTS, ACTION_ELEMENTS, MENU_OPTIONS = 10, 25, 5


def plain(text: str, limit: int) -> Block:
    """A text without markup."""
    return {"type": "plain_text", "text": cut(text, limit) or " ", "emoji": True}


def marked(text: str, limit: int = SECTION) -> Block:
    """A text with markup, verbatim: Slack finds no names or channels in it by itself."""
    return {"type": "mrkdwn", "text": clip(text, limit) or " ", "verbatim": True}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph, perhaps with one element beside it."""
    block: Block = {"type": "section", "text": marked(text)}
    return {**block, "accessory": accessory} if accessory else block


def packed(lines: Iterable[str]) -> Iterator[str]:
    """Lines joined to paragraphs, as few as fit into sections."""
    paragraph = ""
    for line in lines:
        longer = f"{paragraph}\n{line}" if paragraph else line
        if paragraph and len(longer) > SECTION:
            yield paragraph
            longer = line
        paragraph = longer
    if paragraph:
        yield paragraph


def context(*texts: str) -> Block:
    """Small grey lines."""
    return {"type": "context", "elements": [marked(text) for text in texts[:CONTEXT_ELEMENTS]]}


def header(text: str) -> Block:
    """A headline of plain text."""
    return {"type": "header", "text": plain(text, HEADER)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements[:ACTION_ELEMENTS])}


def button(label: str, door: str, number: int, style: Style | None = None) -> Block:
    """A button that opens a door (`incident:acknowledge`, `incident:snooze/15`) for an incident."""
    made: Block = {"type": "button", "text": plain(label, LABEL), "action_id": door, "value": str(number)}
    return {**made, "style": style} if style else made


def option(label: str, value: str, description: str = "") -> Block:
    """One choice of a menu, a select or radio buttons."""
    made: Block = {"text": plain(label, LABEL), "value": value[:OPTION_VALUE]}
    return {**made, "description": plain(description, LABEL)} if description else made


def overflow(door: str, options: Sequence[Block]) -> Block:
    """The ⋯ menu."""
    return {"type": "overflow", "action_id": door, "options": list(options[:MENU_OPTIONS])}


def shortened(block: Block) -> Block:
    """The block with half its text; a block without text becomes a divider."""
    text = block.get("text")
    if not isinstance(text, dict) or len(text["text"]) < LABEL:
        return divider()
    return {**block, "text": {**text, "text": clip(text["text"], len(text["text"]) // 2)}}
