"""What is read outside of changes, over `Store.read()`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.entries import Entry
from bot.rules.incident import Incident, PersonId, Post
from store import directory, homes, looks
from store import outbox as outgoing
from store.listing import YOUNG, Filters, alike, held, how_many, page, that_had
from store.outbox import Row
from store.records import IN_A_LINE, entry_of, incident_of
from store.schema import IS_UNSETTLED, announcements, incidents, lanes, posts
from store.schema import outbox as rows
from store.schema import timeline as entries

_i, _t, _o = incidents.c, entries.c, rows.c
_INCIDENT = select(incidents).where(_i.number == bindparam("of"))
_BY_CHANNEL = select(_i.number).where(_i.channel == bindparam("in_channel"))
_ANNOUNCED = select(announcements.c.number).where(
    announcements.c.channel == bindparam("in_channel"), announcements.c.ts == bindparam("at")
)
_POSTED = select(posts.c.subject).where(posts.c.channel == bindparam("in_channel"), posts.c.ts == bindparam("at"))
_ENTRIES = select(entries).where(_t.subject == bindparam("of"))
_ALL = _ENTRIES.order_by(_t.seq)
_CHOSEN = _ENTRIES.where(_t.seq.in_(bindparam("seqs", expanding=True))).order_by(_t.seq)
_LAST = _ENTRIES.order_by(_t.seq.desc()).limit(bindparam("most"))
_SINCE = _ENTRIES.where(_t.seq > bindparam("after")).order_by(_t.seq)
_TOGETHER = (
    select(entries)
    .where(_t.subject.in_(bindparam("of", expanding=True)))
    .order_by(_t.tells_of.desc(), _t.seq.desc(), _t.subject.desc())
)
_LAST_TOGETHER = _TOGETHER.limit(bindparam("most"))
_UNSETTLED = (
    select(rows, lanes.c.channel, lanes.c.ts).join(lanes, lanes.c.lane == _o.lane, isouter=True).where(IS_UNSETTLED)
)


async def incident(connection: AsyncConnection, number: int) -> Incident | None:
    """The incident of that number, whoever may see it."""
    row = (await connection.execute(_INCIDENT, {"of": number})).one_or_none()
    return incident_of(row) if row else None


async def number_by_channel(connection: AsyncConnection, channel: str) -> int | None:
    """The incident whose channel this is."""
    number: int | None = (await connection.execute(_BY_CHANNEL, {"in_channel": channel})).scalar()
    return number


async def by_former_channel(connection: AsyncConnection, channel: str) -> int | None:
    """The incident whose channel this was before it got another one."""
    number: int | None = (await connection.execute(that_had(channel))).scalar()
    return number


async def number_by_post(connection: AsyncConnection, channel: str, ts: str) -> int | None:
    """The incident whose announcement (or card) this message is: in its thread a mention knows its incident."""
    where = {"in_channel": channel, "at": ts}
    number: int | None = (await connection.execute(_ANNOUNCED, where)).scalar()
    if number is not None:
        return number
    kind, _, name = str((await connection.execute(_POSTED, where)).scalar() or "").partition(":")
    return int(name) if kind == "incident" else None


async def listed(
    connection: AsyncConnection,
    viewer: PersonId | None,
    ranked: Sequence[str],
    *,
    limit: int,
    offset: int = 0,
    **filters: Any,
) -> list[Incident]:
    """A page of what the viewer may see (None: all): open first, by `ranked` severity, then the newest first.

    `filters` are the fields of `store.listing.Filters`.
    """
    found = await connection.execute(page(viewer, ranked, Filters(**filters), limit, offset))
    return [incident_of(row) for row in found]


async def count(connection: AsyncConnection, viewer: PersonId | None, **filters: Any) -> int:
    """How many `listed` has in all."""
    number: int = (await connection.execute(how_many(viewer, Filters(**filters)))).scalar_one()
    return number


def similar_now(
    connection: Connection,
    viewer: PersonId,
    since: datetime,
    services: Sequence[str],
    limit: int,
    *,
    kind: str = "incident",
) -> list[Incident]:
    """Open ones of that kind that the viewer may see, and that share a service or were declared after `since`.

    Each with what a line about it tells, and no more: it is asked at each declaration.
    """
    asked = {"viewer": viewer, "since": since, "of_kind": kind, "most": limit}
    found = connection.execute(alike(services) if services else YOUNG, asked)
    return [incident_of(row, IN_A_LINE) for row in found]


async def similar(connection: AsyncConnection, *asked: Any, **more: Any) -> list[Incident]:
    """As `similar_now`."""
    return await connection.run_sync(similar_now, *asked, **more)


async def holding(connection: AsyncConnection, person: PersonId) -> list[int]:
    """The open incidents in which somebody holds a role, is offered command, was paged, or which they follow."""
    return sorted((await connection.execute(held(person))).scalars())


async def timeline(
    connection: AsyncConnection, subject: str, seqs: Sequence[int] | None = None, limit: int | None = None
) -> list[Entry]:
    """A subject's entries in order: all, those of `seqs`, or the last `limit`."""
    if seqs is not None:
        found = (await connection.execute(_CHOSEN, {"of": subject, "seqs": list(seqs)})).all()
    elif limit is not None:
        found = (await connection.execute(_LAST, {"of": subject, "most": limit})).all()[::-1]
    else:
        found = (await connection.execute(_ALL, {"of": subject})).all()
    return [entry_of(row) for row in found]


async def entries_since(connection: AsyncConnection, subject: str, seq: int) -> list[Entry]:
    """A subject's entries after that one, in order."""
    return [entry_of(row) for row in await connection.execute(_SINCE, {"of": subject, "after": seq})]


async def together(connection: AsyncConnection, subjects: Sequence[str], limit: int | None = None) -> list[Entry]:
    """The entries of several subjects by the time they tell of: all, or the last `limit`."""
    asked = {"of": list(subjects)}
    if limit is None:
        found = (await connection.execute(_TOGETHER, asked)).all()
    else:
        found = (await connection.execute(_LAST_TOGETHER, {**asked, "most": limit})).all()
    return [entry_of(row) for row in reversed(found)]


async def last_look(connection: AsyncConnection, number: int, person: PersonId) -> int | None:
    """How far somebody has looked into an incident's timeline; None for who never did."""
    return await connection.run_sync(looks.last_look, number, person)


async def home_page(connection: AsyncConnection, person: PersonId) -> int:
    """The page of their Home that somebody looks at."""
    return await connection.run_sync(homes.page_of, person)


async def post(connection: AsyncConnection, subject: str, slot: str) -> Post | None:
    """The message that stands in a slot."""
    return await connection.run_sync(outgoing.find_post, subject, slot)


async def places(connection: AsyncConnection, kind: str, names: Iterable[str]) -> dict[str, str]:
    """The ids that names lead to; a name that leads nowhere is left out."""
    return await directory.places_of(connection, kind, names)


async def outbox(connection: AsyncConnection) -> list[Row]:
    """What is not settled yet, in order."""
    return [
        Row(
            id=row.id,
            lane=row.lane,
            slot=row.slot,
            kind=row.kind,
            subject=row.subject,
            facts=row.facts,
            created_at=row.created_at,
            attempts=row.attempts,
            faults=row.faults,
            doubtful=row.state == "sending",
            sending_at=row.sending_at or 0,
            channel=row.channel,
            ts=row.ts,
        )
        for row in sorted(await connection.execute(_UNSETTLED), key=lambda row: row.id)
    ]
