"""An event in its place in a timeline, and how it is taken apart to be kept."""

from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any, get_args, get_type_hints

from bot.rules.events import KINDS, Event, Words

REMOVED = "(removed)"
"""Stands where somebody's words were, once retention has removed them."""

_HINTS = {name: get_type_hints(kind) for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its place in a timeline.

    `at` is when it was recorded, `tells_of` the time it tells of; `actor` is `slack:U1`, `cli:U1`, `clock`, `delivery`;
    `source` is the door.
    """

    subject: str
    seq: int
    at: datetime
    tells_of: datetime
    actor: str
    source: str
    event: Event

    @property
    def person(self) -> str | None:
        """The Slack id of who did it, or None where nobody did."""
        return person_of(self.actor)


def person_of(actor: str) -> str | None:
    """The Slack id of an actor (`slack:U1`, or `cli:U1` at the command line), or None where it is nobody."""
    kind, _, who = actor.partition(":")
    return who if kind in {"slack", "cli"} else None


def to_record(event: Event) -> tuple[str, dict[str, Any], dict[str, str]]:
    """An event as (kind, facts, words), both JSON-ready; times as ISO 8601."""
    hints = _HINTS[type(event).__name__]
    facts: dict[str, Any] = {}
    words: dict[str, str] = {}
    for each in fields(event):
        value = getattr(event, each.name)
        if hints[each.name] is Words:
            words[each.name] = value
        else:
            facts[each.name] = value.isoformat() if isinstance(value, datetime) else value
    return type(event).__name__, facts, words


def from_record(kind: str, facts: dict[str, Any], words: dict[str, str] | None) -> Event:
    """The event that `to_record` took apart; of words that retention removed (None) those are named as such without
    which it would say nothing."""
    made: dict[str, Any] = {}
    if words is None:
        words = {each.name: REMOVED for each in fields(KINDS[kind]) if each.default is MISSING}
    for name, hint in _HINTS[kind].items():
        if hint is Words:
            made[name] = Words(words.get(name, ""))
        elif name in facts:
            made[name] = _restored(facts[name], hint)
    return KINDS[kind](**made)


def _restored(value: Any, hint: Any) -> Any:
    if value is not None and (hint is datetime or datetime in get_args(hint)):
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
