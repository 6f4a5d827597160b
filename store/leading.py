"""Who commands what is open."""

from sqlalchemy import Connection, select

from bot.rules.paging.suggesting import Led
from store.schema import IS_OPEN, incidents

_i = incidents.c
_OPEN = select(_i.number, _i.roles, _i.private).where(IS_OPEN, _i.kind != "test")


def leading(connection: Connection) -> tuple[Led, ...]:
    """Each open incident that somebody commands; a test is nobody's work."""
    found = ((row.roles.get("commander"), row.number, row.private) for row in connection.execute(_OPEN))
    return tuple(sorted((Led(*each) for each in found if each[0]), key=lambda led: led.number))
