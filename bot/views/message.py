"""A message as Slack is given it."""

import json
from dataclasses import dataclass

from bot.views.blocks import Block, shortened
from bot.views.text import clip

MOST_BLOCKS = 50
MOST_CHARACTERS = 12_000
"""Of all blocks together as JSON; Slack refuses a little above 13,000 (`msg_blocks_too_long`)."""
LONGEST_TEXT = 3_000


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what a locked phone shows: number, severity, what happened, and what is wanted."""

    text: str
    blocks: tuple[Block, ...] = ()


def message(text: str, *blocks: Block) -> Message:
    """A message within Slack's limits: what is too long is cut, the longest section first."""
    fitting = list(blocks[:MOST_BLOCKS])
    while len(json.dumps(fitting, ensure_ascii=False)) > MOST_CHARACTERS:
        longest = max(range(len(fitting)), key=lambda index: len(json.dumps(fitting[index])))
        fitting[longest] = shortened(fitting[longest])
    return Message(clip(text, LONGEST_TEXT), tuple(fitting))
