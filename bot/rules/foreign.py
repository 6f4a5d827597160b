"""JSON of other programs, which may hold anything: what is missing or of another type reads as nothing."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]

TEXT, ADDRESS = 1_000, 2_000
"""How many characters are kept of a text, and of an address."""


def inside(payload: Any, name: str) -> Json:
    """An object within one; an empty one where there is none."""
    found = payload.get(name) if isinstance(payload, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def text(payload: Json, *names: str, longest: int = TEXT) -> str:
    """The first of these that says something, as plain text without what no database takes."""
    for name in names:
        value = payload.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).replace("\x00", "").strip()[:longest]
    return ""


def address(payload: Json, *names: str) -> str:
    """The first of these that is an address to open in a browser."""
    found = (text(payload, name, longest=ADDRESS + 1) for name in names)
    return next((each for each in found if _is_address(each)), "")


def _is_address(value: str) -> bool:
    is_short = len(value) <= ADDRESS and not any(sign.isspace() or sign in '<>|"' for sign in value)
    return is_short and value.startswith(("https://", "http://"))
