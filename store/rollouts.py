"""What was changed, as it was told: kept once each, and looked for by time and service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.policy import Policy
from bot.rules.rollouts.rollout import FOUND, Rollout, concerned
from store.dialects import Upsert
from store.schema import IS_OPEN, incidents, rollouts

_r = rollouts.c
_KEEP = Upsert(rollouts)
_WITHIN = (_r.at >= bindparam("since"), _r.at <= bindparam("until"))
_OF = _r.service.in_(bindparam("services", expanding=True))
_NEWEST = select(rollouts).where(*_WITHIN).order_by(_r.at.desc(), _r.id).limit(bindparam("most"))
_NEWEST_OF = _NEWEST.where(_OF)
_COUNT = select(func.count()).select_from(rollouts).where(*_WITHIN)
_COUNT_OF = _COUNT.where(_OF)
_OPEN = select(incidents.c.number, incidents.c.services).where(IS_OPEN).order_by(incidents.c.number)


def keep(connection: Connection, rollout: Rollout) -> bool:
    """Keeps one; False where it was told before."""
    names = ("id", "kind", "at", "service", "title", "by", "url", "environment", "version")
    row = {name: getattr(rollout, name) for name in names}
    done = connection.execute(_KEEP.on(connection), {**row, "told_at": rollout.told_at or rollout.at})
    return bool(done.rowcount)


def newest(
    connection: Connection, since: datetime, until: datetime, services: Sequence[str], most: int
) -> list[Rollout]:
    """Those that took effect in that time, the newest first; on all services where none is named."""
    asked: dict[str, Any] = {"since": since, "until": until, "most": most}
    if services:
        return [_read(row) for row in connection.execute(_NEWEST_OF, {**asked, "services": list(services)})]
    return [_read(row) for row in connection.execute(_NEWEST, asked)]


def lately(connection: Connection, policy: Policy, services: Sequence[str], now: datetime) -> tuple[Rollout, ...]:
    """What was changed so short a time ago that an incident on these services that begins now finds it, the newest
    first."""
    return tuple(newest(connection, now - policy.changes_within, now, concerned(policy, services), FOUND))


async def looked_up(
    connection: AsyncConnection, since: datetime, until: datetime, services: Sequence[str], most: int
) -> tuple[list[Rollout], int]:
    """As `newest`, and how many there are in all."""
    asked: dict[str, Any] = {"since": since, "until": until}
    asked |= {"services": list(services)} if services else {}
    total = (await connection.execute(_COUNT_OF if services else _COUNT, asked)).scalar_one()
    return await connection.run_sync(newest, since, until, services, most), total


def open_on(connection: Connection, names: Sequence[str]) -> list[int]:
    """The open incidents on any of these services, the lowest number first."""
    wanted = set(names)
    return [row.number for row in connection.execute(_OPEN) if wanted & set(row.services)]


def _read(row: Any) -> Rollout:
    return Rollout(
        row.id, row.kind, row.at, row.title, row.service, row.by, row.url, row.environment, row.version, row.told_at
    )
