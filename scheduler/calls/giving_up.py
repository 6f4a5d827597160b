"""What can never be sent, given up in the open: its incident is told, where it has one that somebody looks into."""

from sqlalchemy import Connection

from bot.rules import rooms
from bot.rules.events import GaveUp
from scheduler.calls.done import DELIVERY
from scheduler.desk import Desk, is_about_incident, number_of
from store import outbox
from store.outbox import Row

THEIR_OWN = frozenset({"user_not_found", "users_not_found", "user_disabled"})
"""Why somebody's Home can never be shown, where nobody needs to know: they are gone."""


def give_up(desk: Desk, connection: Connection, row: Row, reason: str) -> bool:
    """Gives the row up; whether somebody ought to know, and nobody was left to be told."""
    ended = outbox.settle(connection, row, "given_up", reason)
    if not (ended and is_about_incident(row)) or reason == "incident_not_found":
        return ended and reason not in THEIR_OWN
    facts = {"what": row.kind, "lane": row.lane, "reason": reason}
    answer = desk.changes.apply(connection, number_of(row), rooms.gave_up, DELIVERY, **facts)
    return any(isinstance(entry.event, GaveUp) and entry.event.nobody for entry in answer.entries)
