"""The Homes that somebody looks at: each is drawn anew once what it shows has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.incident import Incident, PersonId
from bot.rules.people import sees
from store import homes, outbox

HOME_FOR = timedelta(minutes=30)
"""How long after somebody opened their Home it is kept current; Slack tells when it is opened again."""


def refresh(connection: Connection, entries: Iterable[Entry], states: Iterable[Incident], now: datetime) -> None:
    """The Homes of those who look at theirs, and may know of it."""
    if any(entries):
        watching = homes.watchers(connection, now - HOME_FOR)
        seeing = [person for person in watching if any(sees(incident, person) for incident in states)]
        show(connection, seeing, now)


def opened(connection: Connection, person: PersonId, now: datetime, page: int) -> None:
    """Somebody looks at a page of theirs: it is shown, and kept current for a while."""
    homes.opened(connection, person, now, page)
    show(connection, [person], now)


def show(connection: Connection, people: Iterable[PersonId], now: datetime) -> None:
    """Their Homes, as soon as their turn has come."""
    for person in people:
        lane = f"person:{person}/home"
        outbox.enqueue(connection, f"person:{person}", [Outgoing(lane, "home", lane)], now)
