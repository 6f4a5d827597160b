"""Several of a kind in a row are one line: posted at the first, edited by those that follow within a while.

Edits to people; changes of what runs, of which a rollout may tell a hundred; alerts of a storm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.rules import announcing
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import (
    AlertFired,
    AlertGathered,
    AlertsOver,
    Event,
    HandoffOffered,
    HolderGone,
    Joined,
    RoleAssigned,
    RolledOut,
    Undone,
)
from bot.rules.incident import Incident, Said


@dataclass(frozen=True, slots=True)
class Burst:
    """One kind of line: its name, in `said` and in the outbox; of which events; for how long the first one gathers.

    `ending`: after these what follows is said anew, it answers them. `back`: the line tells as well of those that came
    so long before its last one. `beginning`: only with one of these a line begins, the others are messages until then.
    """

    kind: str
    events: tuple[type[Event], ...]
    window: timedelta
    ending: tuple[type[Event], ...] = ()
    back: timedelta = timedelta()
    beginning: tuple[type[Event], ...] = (Event,)


PEOPLE = Burst("people", (RoleAssigned, Joined), timedelta(minutes=2), ending=(Undone, HolderGone, HandoffOffered))
ROLLOUTS = Burst("rollouts", (RolledOut,), timedelta(minutes=1), back=timedelta(minutes=5))
GATHERED = Burst("gathered", (AlertGathered,), timedelta(minutes=1))
FLAPPING = Burst("flapping", (AlertFired, AlertsOver), timedelta(minutes=1), beginning=(AlertFired,))
"""That it is over is a message, and that it fires again begins a line: until its minute is up, that line tells both."""

BURSTS = (PEOPLE, ROLLOUTS, GATHERED, FLAPPING)


def counted(before: Incident, after: Incident, entries: Sequence[Entry]) -> Incident:
    """The incident knowing at which entry each of its lines begins."""
    for burst in BURSTS:
        after = _counted(burst, before, after, entries)
    return after


def _counted(burst: Burst, before: Incident, after: Incident, entries: Sequence[Entry]) -> Incident:
    said = {kind: at for kind, at in after.said.items() if kind != burst.kind}
    is_over = any(isinstance(entry.event, burst.ending) for entry in entries)
    if after.channels != before.channels or after.room != before.room or is_over:
        return replace(after, said=said) if burst.kind in after.said else after
    if _of(entries) is not burst:
        return after
    first = entries[0]
    going_on = after.said.get(burst.kind)
    if going_on and first.at - going_on.anchor < burst.window:
        return after
    if not isinstance(first.event, burst.beginning):
        return replace(after, said=said)
    return replace(after, said={**said, burst.kind: Said(first.at, first.seq, first.at)})


def is_burst(entries: Sequence[Entry]) -> bool:
    """Whether nothing has happened but what goes into one line."""
    return _of(entries) is not None


def _of(entries: Sequence[Entry]) -> Burst | None:
    """The kind of line that all of these go into."""
    if not entries:
        return None
    return next((burst for burst in BURSTS if all(_is_of(burst, each.event) for each in entries)), None)


def _is_of(burst: Burst, event: Event) -> bool:
    """Whether it goes into such a line; an alert that fires for the first time is always a message of its own."""
    return isinstance(event, burst.events) and not (isinstance(event, AlertFired) and not event.again)


def line(incident: Incident, entries: Sequence[Entry]) -> Outgoing | None:
    """The line about these where they work: posted at its first entry, else edited."""
    burst, room = _of(entries), announcing.room(incident)
    begun = incident.said.get(burst.kind) if burst else None
    if room is None or burst is None or begun is None:
        return None
    slot = announcing.own(incident, f"{burst.kind}-{begun.step}")
    lane = room if entries[0].seq == begun.step else slot
    return Outgoing(lane, burst.kind, slot, {"first": begun.step, "place": "channel"})


def together(entries: Sequence[Entry], first: int) -> list[Entry]:
    """Those entries that belong into the line which begins at entry `first`."""
    begun = next((entry for entry in entries if entry.seq == first), None)
    burst = _of([begun]) if begun else None
    if begun is None or burst is None:
        return []
    alike = [entry for entry in entries if _is_told(burst, entry.event) and entry.at - begun.at < burst.window]
    last = max((entry.at for entry in alike), default=begun.at)
    return [entry for entry in alike if entry.seq >= first or last - entry.at < burst.back]


def _is_told(burst: Burst, event: Event) -> bool:
    """Whether a line tells of it; what was found when it was declared stands in the second message of its channel."""
    return _is_of(burst, event) and not (isinstance(event, RolledOut) and not event.during)
