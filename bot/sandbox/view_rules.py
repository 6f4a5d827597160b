"""What Slack demands of a view."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from bot.sandbox.blocks import problems_of, with_ids
from bot.sandbox.composition import plain
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Json
from bot.sandbox.shape import Problems, Rule, Shape, anything, boolean, one_of, string

VIEW_BYTES = 250_000
_fresh = count(1)

BOTH: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
MODAL = Shape(
    {"title": plain(24), "blocks": anything},
    {**BOTH, "submit": plain(24), "close": plain(24), "submit_disabled": boolean},
)
HOME = Shape({"blocks": anything}, BOTH)


def check_view(view: Any, *types: str) -> Json:
    """The view, checked, with ids for its blocks; refused with `invalid_arguments` and where."""
    problems = Problems()
    if not isinstance(view, dict):
        raise _refusal(["[ERROR] must be an object [json-pointer:/view]"])
    one_of(*types)(problems, "/view/type", view.get("type"))
    (HOME if view.get("type") == "home" else MODAL)(problems, "/view", view)
    blocks = view.get("blocks")
    if blocks is not None:
        problems.found += problems_of(blocks, "/view/blocks", view=True)
    handed_in = view.get("type") == "modal" and not view.get("submit")
    if not problems.found and handed_in and any(b["type"] == "input" for b in blocks or []):
        problems.add("/view", "missing required field: submit")
    if problems.found:
        raise _refusal(problems.found)
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    # Ids that Slack gives are fresh each time: an input without a block_id loses what was typed at an update.
    return {**view, "blocks": with_ids(view["blocks"], f"v{next(_fresh)}-")}


def _refusal(messages: list[str]) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": messages})
