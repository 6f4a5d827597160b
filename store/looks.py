"""How far into an incident's timeline somebody has looked."""

from sqlalchemy import Connection, bindparam, case, select

from bot.rules.incident import PersonId
from store.dialects import Upsert
from store.schema import looks

_l = looks.c


# Never back: a look that is kept late, behind a later one, leaves the later one.
_LOOK = Upsert(looks, lambda new: {"seq": case((_l.seq > new.seq, _l.seq), else_=new.seq)})
_LAST = select(_l.seq).where(_l.number == bindparam("of"), _l.person == bindparam("who"))


def look(connection: Connection, number: int, person: PersonId, seq: int) -> None:
    """Keeps that somebody has seen the timeline as far as `seq`."""
    connection.execute(_LOOK.on(connection), {"number": number, "person": person, "seq": seq})


def last_look(connection: Connection, number: int, person: PersonId) -> int | None:
    """How far somebody has looked; None for who never did."""
    seq: int | None = connection.execute(_LAST, {"of": number, "who": person}).scalar()
    return seq
