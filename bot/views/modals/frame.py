"""What every modal has: title, buttons, and what it must remember."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.blocks import Block, context, plain
from bot.views.labels import headline

View: TypeAlias = dict[str, Any]
"""A modal as JSON."""

TITLE, REMEMBERED, MOST_BLOCKS = 24, 3_000, 100


def modal(
    door: str,
    title: str,
    submit: str | None,
    blocks: Sequence[Block],
    /,
    *,
    number: int | None = None,
    channel: str | None = None,
    carried: Mapping[str, str | None] | None = None,
    back: str = "Cancel",
) -> View:
    """A modal that opens a door.

    `channel` is where it was asked for, `carried` what else comes back with it, `back` the label that leaves it.
    Where it is too much to remember for Slack, the longest is cut.
    """
    view: View = {
        "type": "modal",
        "callback_id": door,
        "private_metadata": _remembered({"number": number, "channel": channel, **(carried or {})}),
        "title": plain(title, TITLE),
        "close": plain(back if submit else "Close", TITLE),
        "blocks": list(blocks[:MOST_BLOCKS]),
    }
    return {**view, "submit": plain(submit, TITLE)} if submit else view


def _remembered(facts: dict[str, Any]) -> str:
    written = json.dumps(facts, ensure_ascii=False)
    while len(written) > REMEMBERED:
        longest = max(facts, key=lambda name: len(str(facts[name])))
        facts = {**facts, longest: str(facts[longest])[: len(str(facts[longest])) * 3 // 4]}
        written = json.dumps(facts, ensure_ascii=False)
    return written


def about(incident: Incident, policy: Policy) -> Block:
    """Which incident it is, above the inputs."""
    return context(headline(incident, policy))
