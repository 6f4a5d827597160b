"""How the Web API says no."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A refusal with Slack's own error code, and whatever else Slack puts beside it."""

    def __init__(self, code: str, **beside: Any) -> None:
        super().__init__(code)
        self.code = code
        self.beside = beside


def invalid_arguments(*messages: str) -> SlackError:
    """The refusal of arguments that do not fit the method."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
