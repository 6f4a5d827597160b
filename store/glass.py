"""Who broke the glass."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.rules.glass import Glass
from bot.rules.incident import PersonId
from store.dialects import Upsert
from store.schema import glass

_g = glass.c
_BREAK = Upsert(glass, lambda new: {"why": new.why, "at": new.at, "until": new.until})
_OPEN = select(glass).where(_g.person == bindparam("who"), _g.until > bindparam("now"))


def keep(connection: Connection, broken: Glass) -> None:
    """Keeps that somebody broke the glass."""
    row = {"person": broken.person, "why": broken.why, "at": broken.at, "until": broken.until}
    connection.execute(_BREAK.on(connection), row)


def open_to(connection: Connection, person: PersonId, now: datetime) -> Glass | None:
    """The glass that somebody broke, while it counts."""
    row = connection.execute(_OPEN, {"who": person, "now": now}).one_or_none()
    return None if row is None else Glass(row.person, row.why, row.at, row.until)
