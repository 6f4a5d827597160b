"""What Slack offers people of ours: the shortcuts as the manifest names them, and the verbs for a completion."""

from collections.abc import Mapping

from handlers.events import EVENTS as HEARD
from handlers.events import SUBSCRIBED
from handlers.verbs import VERBS

EVENTS: tuple[str, ...] = tuple(name for kind in HEARD for name in SUBSCRIBED.get(kind, (kind,)))
"""The events that Slack tells us of, as the manifest asks for them."""

SHORTCUTS: tuple[Mapping[str, str], ...] = (
    {"callback_id": "incident:declare", "name": "Declare incident", "type": "global"},
    {"callback_id": "incident:declare_message", "name": "Declare from message", "type": "message"},
    {"callback_id": "incident:timeline", "name": "Add to incident timeline", "type": "message"},
)


def completions() -> tuple[Mapping[str, str], ...]:
    """Each verb with its usage and what it is for."""
    return tuple({"verb": verb.name, "usage": verb.usage, "help": verb.help} for verb in VERBS)
