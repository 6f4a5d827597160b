"""What was paged in a time, read from the timelines of incidents and of people."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.entries import Entry
from bot.rules.events import Acknowledged, Declared, Paged, PageJudged
from bot.rules.incident import Incident, PersonId, number_in
from bot.rules.oncall.pagings import Acknowledgement, Judged, Paging, Pagings, counts
from bot.rules.paging.standing import LOOKED_AT
from store.records import entry_of, incident_of
from store.schema import IS_OF_PAGING, incidents
from store.schema import timeline as entries

AT_ONCE = 500
"""Incidents that one question names."""

LATEST = 2_000
"""Pages that are looked through for who was called; of a storm the newest tell enough."""

_t = entries.c
_WITHIN = (
    select(entries)
    .where(IS_OF_PAGING, _t.at >= bindparam("since"), _t.at < bindparam("until"))
    .order_by(_t.at, _t.subject, _t.seq)
)
_PAGED = (
    select(entries)
    .where(IS_OF_PAGING, _t.kind == "Paged", _t.at >= bindparam("since"), _t.at < bindparam("until"))
    .order_by(_t.at.desc())
    .limit(LATEST)
)
_TOLD = select(entries).where(_t.subject == bindparam("of"), _t.kind == "Paged").order_by(_t.seq)
_STANDING = (
    select(entries)
    .where(_t.subject == bindparam("of"), _t.kind.in_([literal_column(f"'{each.__name__}'") for each in LOOKED_AT]))
    .order_by(_t.seq.desc())
    .limit(LATEST)
)
_NAMED = select(incidents).where(incidents.c.number.in_(bindparam("numbers", expanding=True)))


async def within(connection: AsyncConnection, since: datetime, until: datetime) -> Pagings:
    """All that was paged from `since` on and before `until`; what does not count is left out."""
    found = [entry_of(row) for row in await connection.execute(_WITHIN, {"since": since, "until": until})]
    numbers = {number: None for entry in found if (number := number_in(entry.subject)) and _concerns(entry)}
    known = await _incidents(connection, list(numbers))
    return Pagings(
        since,
        until,
        tuple(paging for entry in found if (paging := _paging(entry)) and paging.number in known),
        tuple(each for entry in found if (each := _acknowledged(entry)) and each.number in known),
        tuple(_judged(found).values()),
        known,
    )


def called(connection: Connection, since: datetime, until: datetime) -> Mapping[PersonId, tuple[datetime, ...]]:
    """When each person was paged from `since` on and before `until`, the latest first, whatever became of it."""
    found: dict[PersonId, list[datetime]] = {}
    for row in connection.execute(_PAGED, {"since": since, "until": until}):
        if paging := _paging(entry_of(row)):
            for person in paging.people:
                found.setdefault(person, []).append(paging.at)
    return {person: tuple(times) for person, times in found.items()}


def told(connection: Connection, subject: str) -> tuple[PersonId, ...]:
    """Whoever was paged for an incident, or saw its pages, whatever became of it; each once."""
    found = (entry_of(row).event for row in connection.execute(_TOLD, {"of": subject}))
    paged = (event for event in found if isinstance(event, Paged) and not event.would)
    return tuple(dict.fromkeys(person for event in paged for person in (*event.people, *event.shadows)))


async def standing(connection: AsyncConnection, subject: str) -> list[Entry]:
    """The entries of an incident that tell how it stands for who was paged, in order."""
    return [entry_of(row) for row in (await connection.execute(_STANDING, {"of": subject})).all()[::-1]]


async def _incidents(connection: AsyncConnection, numbers: list[int]) -> Mapping[int, Incident]:
    found: dict[int, Incident] = {}
    for first in range(0, len(numbers), AT_ONCE):
        asked = {"numbers": numbers[first : first + AT_ONCE]}
        found |= {row.number: incident_of(row) for row in await connection.execute(_NAMED, asked)}
    return {number: incident for number, incident in sorted(found.items()) if counts(incident)}


def _concerns(entry: Entry) -> bool:
    return isinstance(entry.event, Paged | Declared)


def _paging(entry: Entry) -> Paging | None:
    event, number = entry.event, number_in(entry.subject)
    if not isinstance(event, Paged) or event.would or not event.people or number is None:
        return None  # a channel or another program's service is nobody's page
    return Paging(number, entry.at, event.people, event.policy)


def _acknowledged(entry: Entry) -> Acknowledgement | None:
    event, number = entry.event, number_in(entry.subject)
    if not isinstance(event, Acknowledged) or number is None:
        return None
    return Acknowledgement(number, entry.at, event.by)


def _judged(found: Iterable[Entry]) -> dict[tuple[int, PersonId], Judged]:
    """The last word of each person on each incident."""
    last: dict[tuple[int, PersonId], Judged] = {}
    for entry in found:
        event, (kind, _, person) = entry.event, entry.subject.partition(":")
        if isinstance(event, PageJudged) and kind == "person":
            last[event.number, person] = Judged(event.number, person, event.useless)
    return last
