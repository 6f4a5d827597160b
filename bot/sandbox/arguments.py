"""The arguments of a Web API call, however they came: query, form (JSON inside a field) or a JSON body."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.errors import SlackError, invalid_arguments


class Args:
    """The arguments of one call, read by type."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given

    def has(self, name: str) -> bool:
        """Whether the argument was given at all, empty or not."""
        return self.given.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """The argument as text."""
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, str | int | float):
            return str(value)
        raise invalid_arguments(f"must be a string [json-pointer:/{name}]")

    def flag(self, name: str) -> bool:
        """The argument as a yes or no; `1` and `true` in a form mean yes."""
        value = self.given.get(name)
        return value.lower() in ("1", "true") if isinstance(value, str) else bool(value)

    def number(self, name: str, default: int) -> int:
        """The argument as a whole number."""
        value = self.given.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """The argument as JSON, parsed when it came as text; None when it was not given."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def words(self, name: str) -> list[str]:
        """The argument as a list: JSON, or comma separated."""
        value = self.given.get(name)
        if isinstance(value, list):
            return [str(word) for word in value]
        return [word.strip() for word in str(value or "").split(",") if word.strip()]
