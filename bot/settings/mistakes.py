"""Pydantic's findings in the words of this configuration, each with its line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, nearest
from bot.settings.shapes import KEYS, TAG

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "bool_type": "yes or no",
    "int_type": "a whole number",
    "list_type": "a list, such as [one, two]",
    "model_type": "a mapping, that is `key: value` lines",
    "dict_type": "a mapping, that is `key: value` lines",
    "missing": "this key, which has no default",
}


def explained(document: Document, error: "ValidationError") -> Iterator[Problem]:
    """Each finding as a problem; what was wrong with it comes from the file, as it is written there."""
    for finding in error.errors(include_url=False):
        keys: Keys = tuple(key for key in finding["loc"] if not str(key).startswith(TAG))
        if finding["type"] in {"extra_forbidden", "invalid_key"}:
            yield document.problem(keys, _known_keys(keys), found="an unknown key")
        else:
            yield document.problem(keys, _expected(finding, keys))


def _expected(finding: "ErrorDetails", keys: Keys) -> str:
    kind, context = finding["type"], finding.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return str(context["expected"]).replace("'", "")
    if kind in {"greater_than_equal", "less_than_equal"}:
        return _between(keys)
    if kind == "too_long":
        return f"at most {context['max_length']} of them"
    return _EXPECTED.get(kind, finding["msg"])


def _between(keys: Keys) -> str:
    """Both bounds of a number: a finding tells only of the one that was passed."""
    told = KEYS[_section(keys)].model_fields[str(keys[-1])].metadata
    lowest, highest = (next(getattr(each, bound) for each in told if hasattr(each, bound)) for bound in ("ge", "le"))
    return f"a whole number from {lowest} to {highest}"


def _section(keys: Keys) -> tuple[str, ...]:
    """Where the last of these keys stands, whichever entry of a list it is."""
    return tuple(key for key in keys[:-1] if isinstance(key, str))


def _known_keys(keys: Keys) -> str:
    shape = KEYS.get(_section(keys))
    known: list[Any] = list(shape.model_fields) if shape else []
    best = nearest(str(keys[-1]), known)
    return f"`{best}` perhaps" if best else f"one of {', '.join(known)}"
