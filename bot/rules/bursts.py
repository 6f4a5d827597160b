"""Several edits to people in a row are one line: posted at the first, edited by those that follow within a while."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.rules import announcing
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Event, HandoffOffered, HolderGone, Joined, RoleAssigned, Undone
from bot.rules.incident import Incident, Said

PEOPLE: tuple[type[Event], ...] = (RoleAssigned, Joined)
ENDING: tuple[type[Event], ...] = (Undone, HolderGone, HandoffOffered)
"""After these what follows is said anew: it answers them."""
WINDOW = timedelta(minutes=2)
"""How long after the first one an edit still goes into the same line."""
KIND = "people"


def counted(before: Incident, after: Incident, entries: Sequence[Entry]) -> Incident:
    """The incident knowing at which entry its line about people begins."""
    said = {kind: at for kind, at in after.said.items() if kind != KIND}
    is_over = any(isinstance(entry.event, ENDING) for entry in entries)
    if after.channels != before.channels or after.room != before.room or is_over:
        return replace(after, said=said) if KIND in after.said else after
    if not is_burst(entries):
        return after
    first = entries[0]
    going_on = after.said.get(KIND)
    if going_on and first.at - going_on.anchor < WINDOW:
        return after
    return replace(after, said={**said, KIND: Said(first.at, first.seq, first.at)})


def is_burst(entries: Sequence[Entry]) -> bool:
    """Whether nothing but people has changed."""
    return bool(entries) and all(isinstance(entry.event, PEOPLE) for entry in entries)


def line(incident: Incident, entries: Sequence[Entry]) -> Outgoing | None:
    """The line about people where they work: posted at its first entry, else edited."""
    room, burst = announcing.room(incident), incident.said.get(KIND)
    if room is None or burst is None:
        return None
    slot = announcing.own(incident, f"people-{burst.step}")
    lane = room if entries[0].seq == burst.step else slot
    return Outgoing(lane, "people", slot, {"first": burst.step, "place": "channel"})


def together(entries: Sequence[Entry], first: int) -> list[Entry]:
    """Those entries that belong into the line which begins at entry `first`."""
    begun = next((entry for entry in entries if entry.seq == first), None)
    if begun is None:
        return []
    people = (entry for entry in entries if entry.seq >= first and isinstance(entry.event, PEOPLE))
    return [entry for entry in people if entry.at - begun.at < WINDOW]
