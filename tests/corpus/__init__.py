"""What Slack sends, recorded at every kind of door; `python -m tests.corpus.record` records it anew."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from handlers import buttons
from handlers.modals import MODALS

FILE = Path(__file__).with_name("recorded.json")
Recorded = dict[str, Any]
ARGUMENTS = {
    "incident:snooze": "15",
    "incident:command": "U0002",
    "incident:ask": "U0002",
    "incident:raise": "SEV1",
    "incident:list": "20",
}


def recorded() -> dict[str, Recorded]:
    """By a name that tells the door: the kind of parcel, and its payload."""
    found: dict[str, Recorded] = json.loads(FILE.read_text("utf-8"))
    return found


def corpus() -> dict[str, Recorded]:
    """What was recorded; and every button and form of the tables that was not, after the model of one that was."""
    found = recorded()
    pressed, handed_in = found["button message"], found["modal incident:note"]
    return {
        **{f"modal {door}": _handing_in(handed_in, door) for door in MODALS},
        **{f"button {door}": _pressing(pressed, door) for door in _doors()},
        **found,
    }


def _doors() -> Iterator[str]:
    yield from sorted({*buttons.ACTS, *buttons.OPENING, *buttons.OF_NONE, *buttons.WHILE_FILLING, buttons.PICK})
    yield from (f"{door}/{ARGUMENTS.get(door, '1')}" for door in sorted(buttons.WITH_ARGUMENT))


def _pressing(recording: Recorded, door: str) -> Recorded:
    found = deepcopy(recording)
    found["payload"]["actions"][0]["action_id"] = door
    return found


def _handing_in(recording: Recorded, door: str) -> Recorded:
    found = deepcopy(recording)
    found["payload"]["view"]["callback_id"] = door
    return found
