"""What a change comes to: its entries in the timeline, and the answer to who asked for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.rules.change import Answer, Change, Origin
from bot.rules.entries import Entry
from bot.rules.events import Event, EventRecorded, MadePrivate, Resolved, RolledOut
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.people import sees
from bot.rules.permissions import NotPermitted
from bot.rules.refused import Asked, Refused


def entries_of(change: Change, moment: Moment, origin: Origin, last_seq: int) -> tuple[Entry, ...]:
    """Its events in their places, after the last entry of the timeline."""
    return placed(change.incident.subject, change.events, moment, origin, last_seq)


def placed(subject: str, events: Iterable[Event], moment: Moment, origin: Origin, last_seq: int) -> tuple[Entry, ...]:
    """Events in their places in a subject's timeline, after its last entry."""
    return tuple(
        Entry(
            subject=subject,
            seq=last_seq + place,
            at=moment.now,
            tells_of=_tells_of(event, moment.now),
            actor=origin.actor,
            source=origin.source,
            event=event,
        )
        for place, event in enumerate(events, start=1)
    )


def _tells_of(event: Event, now: datetime) -> datetime:
    at = event.at if isinstance(event, EventRecorded | Resolved | RolledOut) else None
    return at or now


def answer_of(incident: Incident, entries: tuple[Entry, ...] = (), asks: Asked | None = None) -> Answer:
    """What who asked is told of the incident, and of what happened; and what they are asked beside."""
    former = next((entry.event.former for entry in entries if isinstance(entry.event, MadePrivate)), None)
    undo = incident.undo.seq if incident.undo and any(each.seq == incident.undo.seq for each in entries) else None
    return Answer(
        number=incident.number,
        title=incident.title,
        severity=incident.severity,
        private=incident.private,
        commander=incident.commander,
        former=former,
        undo=undo,
        entries=entries,
        asks=asks.asks if asks else None,
        question=asks.sentence if asks else None,
    )


def refusal_of(incident: Incident, origin: Origin, refusal: Refused) -> Answer:
    """That it was refused; of an incident that they may not see, its number alone."""
    known = answer_of(incident) if sees(incident, origin.person) else Answer(incident.number)
    passable = isinstance(refusal, NotPermitted) and refusal.passable
    asks = refusal.asks if isinstance(refusal, Asked) else None
    return replace(known, refused=refusal.sentence, field=refusal.field, passable=passable, asks=asks)
