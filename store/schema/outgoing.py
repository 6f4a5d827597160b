"""What goes out, where it leads, and what stands there."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
    true,
)

from store.schema.metadata import metadata, partial
from store.types import Json, Moment

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("lane", Text, nullable=False),
    Column("slot", Text),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", Json, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'waiting'")),
    Column("created_at", Moment, nullable=False),
    Column("sending_at", BigInteger),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("error", Text),
    Column("faults", Integer, nullable=False, server_default=text("0")),
    sqlite_autoincrement=True,
)
"""What goes out: waiting, sending, then sent, withdrawn or given_up. `sending_at` is machine time in microseconds;
`faults` is how often our own code failed at it."""

_o = outbox.c
IS_WAITING = _o.state == literal_column("'waiting'")
IS_UNSETTLED = _o.state.in_([literal_column("'waiting'"), literal_column("'sending'")])
partial("outbox_unsettled", _o.lane, _o.id, where=IS_UNSETTLED)
partial("outbox_slot", _o.slot, where=IS_WAITING & _o.slot.is_not(None), unique=True)

lanes = Table(
    "lanes",
    metadata,
    Column("lane", Text, primary_key=True),
    Column("channel", Text),
    Column("ts", Text),
    Column("is_open", Boolean, nullable=False),
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),
    Column("owner", Text),
    Column("waiting_since", Moment),
)
"""Logical places. Nothing leaves before `not_before` (machine time in microseconds): the end of a lease, of a pause, or
when it was last served. `waiting_since` is the age of the oldest row not settled, NULL where there is none."""

_l = lanes.c
IS_WANTED = (_l.is_open == true()) & _l.waiting_since.is_not(None)
partial("lanes_waiting", _l.not_before, _l.waiting_since, where=IS_WANTED)

posts = Table(
    "posts",
    metadata,
    Column("subject", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    PrimaryKeyConstraint("subject", "slot"),
    UniqueConstraint("channel", "ts"),
)
"""The messages that stand in slots and are edited in place."""
