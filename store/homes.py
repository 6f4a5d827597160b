"""Who has opened the App Home, when, and which page of it they look at."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.rules.incident import PersonId
from store.dialects import Upsert
from store.schema import homes

_h = homes.c
_OPENED = Upsert(homes, lambda new: {"at": new.at, "page": new.page})
_WATCHERS = select(_h.person).where(_h.at >= bindparam("since"))
_PAGE = select(_h.page).where(_h.person == bindparam("who"))


def opened(connection: Connection, person: PersonId, at: datetime, page: int = 0) -> None:
    """Keeps that somebody opened their Home, or turned to that page of it (0 is the first)."""
    connection.execute(_OPENED.on(connection), {"person": person, "at": at, "page": page})


def watchers(connection: Connection, since: datetime) -> list[PersonId]:
    """Who has opened their Home since then."""
    return sorted(connection.execute(_WATCHERS, {"since": since}).scalars())


def page_of(connection: Connection, person: PersonId) -> int:
    """The page that somebody looks at; the first for who never opened their Home."""
    return int(connection.execute(_PAGE, {"who": person}).scalar() or 0)
