"""The programs that run over this database: each keeps its row, so that the others know how many they are."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.dialects import Upsert, is_postgres
from store.machine import machine_now
from store.schema import processes

MICROSECONDS = 1_000_000
ALIVE_FOR = 45.0
"""Seconds after which a program that was not seen is not counted: it missed three beats."""

_p = processes.c
_BEAT = Upsert(processes, lambda new: {"seen_at": new.seen_at, "heard_at": func.coalesce(new.heard_at, _p.heard_at)})
_LEAVE = delete(processes).where(_p.id == bindparam("of"))
_ALL = select(processes).order_by(_p.started_at, _p.id)
_SEEN = select(processes).where(_p.seen_at > bindparam("since")).order_by(_p.started_at, _p.id)


@dataclass(frozen=True, slots=True)
class Process:
    """A running Tocsin. `way` is `socket` or `http`; times are machine time in microseconds."""

    id: str
    host: str
    version: str
    way: str
    started_at: int = 0
    seen_at: int = 0
    heard_at: int | None = None


def beat(connection: Connection, us: Process, heard_ago: float | None) -> list[Process]:
    """Says that we run, and since how many seconds nothing was heard from Slack; who is alive now, us among them.

    A SQLite file belongs to one program. Another one is counted there only once it was seen beside us, because what
    was killed and is started again leaves a row behind; on PostgreSQL the place of a missing one is kept for a while.
    """
    now = machine_now(connection)
    heard_at = None if heard_ago is None else now - int(heard_ago * MICROSECONDS)
    row = {"id": us.id, "host": us.host, "version": us.version, "way": us.way}
    connection.execute(_BEAT.on(connection), {**row, "started_at": now, "seen_at": now, "heard_at": heard_at})
    alive = [_process(each) for each in connection.execute(_SEEN, {"since": now - int(ALIVE_FOR * MICROSECONDS)})]
    if is_postgres(connection):
        return alive
    since = next(each.started_at for each in alive if each.id == us.id)
    return [each for each in alive if each.id == us.id or each.seen_at > since]


def leave(connection: Connection, process_id: str) -> None:
    """Says that we stop."""
    connection.execute(_LEAVE, {"of": process_id})


async def known(connection: AsyncConnection) -> list[Process]:
    """All that are known, those that were killed lately too, the longest running first."""
    return [_process(row) for row in await connection.execute(_ALL)]


def _process(row: object) -> Process:
    return Process(**row._mapping)  # type: ignore[attr-defined]
