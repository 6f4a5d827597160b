"""What is told after its time, or came past Slack: its true time and its door come first, and no advice is given that
others have overtaken."""

from collections.abc import Sequence
from dataclasses import replace

from bot.rules.entries import Entry
from bot.rules.events import Cancelled, Event, Merged, Resolved, StatusChanged, Unacknowledged
from bot.views.messages.scene import Scene, Wording

CLOSING: tuple[type[Event], ...] = (Resolved, Cancelled, Merged)
DOORS = {"cli": "from the command line", "link": "by a link in a page"}
"""Doors other than Slack's, as they are told."""


def in_its_time(wordings: Sequence[Wording], entries: Sequence[Entry], scene: Scene) -> list[Wording]:
    """The wordings of a message, of which the first says when and whence, where that is not here and now.

    `entries` are those that they begin with, one each. What time brings answers for its lateness itself.
    """
    pairs = zip(wordings, entries, strict=True)
    told = [_without_advice(each) if _is_overtaken(entry, scene) else each for each, entry in pairs]
    origin = _origin(entries[0], scene) if entries else ""
    if not origin or told[0].is_bare:
        return told
    first = told[0]
    shown = (f"_{origin}_", *first.shown) if first.shown else ()
    return [replace(first, happened=f"{origin}: {first.happened}", shown=shown), *told[1:]]


def _origin(entry: Entry, scene: Scene) -> str:
    """`At 14:02, from the command line (told late)`, as far as there is something to say."""
    if entry.person is None:
        return ""
    door = DOORS.get(entry.source, "")
    if not scene.waited:
        return door[:1].upper() + door[1:]
    return f"{', '.join(filter(None, (f'At {scene.when(entry.at)}', door)))} (told late)"


def _is_overtaken(entry: Entry, scene: Scene) -> bool:
    """Whether what it asks for makes no sense by now: closed since, opened since, moved on since."""
    event, incident = entry.event, scene.incident
    if not scene.waited or entry.person is None:
        return False
    if isinstance(event, CLOSING) is incident.is_open:
        return True
    match event:
        case StatusChanged():
            return event.after != incident.status.value
        case Unacknowledged():
            return incident.acknowledged_by is not None
    return False


def _without_advice(wording: Wording) -> Wording:
    return replace(wording, wanted="", buttons=())
