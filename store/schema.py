"""The tables, as they are now. How an older database gets there is told in `store.migrations`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal_column,
    text,
    true,
    type_coerce,
)

from store.types import Json, Moment, Prose

metadata = MetaData()

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)
"""The last number given; a number is never given twice."""

incidents = Table(
    "incidents",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("team", Text, nullable=False),
    Column("title", Prose, nullable=False),
    Column("severity", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("kind", Text, nullable=False, server_default=text("'incident'")),
    Column("private", Boolean, nullable=False),
    Column("declared_by", Text, nullable=False),
    Column("declared_at", Moment, nullable=False),
    Column("anchor", Moment, nullable=False),
    Column("respond_from", Moment, nullable=False),
    Column("promise", Moment, nullable=False),
    Column("promised_at", Moment, nullable=False),
    Column("room", Text, nullable=False),
    Column("announce", Text),
    Column("channel", Text, unique=True),
    Column("channel_name", Text),
    Column("channels", Integer, nullable=False, server_default=text("1")),
    Column("former_channels", Json, nullable=False, server_default=text("'[]'")),
    Column("archived", Boolean, nullable=False, server_default=false()),
    Column("announced", Json, nullable=False),
    Column("services", Json, nullable=False),
    Column("affected", Prose, nullable=False),
    Column("impact", Prose, nullable=False),
    Column("figures", Json, nullable=False, server_default=text("'{}'")),
    Column("noticed_by", Text, nullable=False),
    Column("milestones", Json, nullable=False),
    Column("roles", Json, nullable=False),
    Column("responders", Json, nullable=False),
    Column("acknowledged_by", Text),
    Column("members", Json, nullable=False),
    Column("followers", Json, nullable=False, server_default=text("'[]'")),
    Column("access", Json, nullable=False, server_default=text("'{}'")),
    Column("handoff", Json),
    Column("updates", Integer, nullable=False),
    Column("snoozes", Integer, nullable=False),
    Column("keep_awake", Boolean, nullable=False),
    Column("fix", Prose, nullable=False),
    Column("cause", Prose, nullable=False),
    Column("cancelled_because", Prose, nullable=False),
    Column("closed_at", Moment),
    Column("merged_into", Integer),
    Column("absorbed", Json, nullable=False, server_default=text("'[]'")),
    Column("undo", Json),
    Column("said", Json, nullable=False),
    Column("next_due_at", Moment),
    Column("fingerprint", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
)
"""Incidents as they stand. `next_due_at` indexes what the rules answer, derived from the policy of `fingerprint`."""


def _partial(name: str, *columns: Column[object], where: ColumnElement[bool], unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


_i = incidents.c
# Literals, because an index is used only where a query says the same without parameters.
IS_OPEN = _i.is_open == true()
HAS_MOVED = type_coerce(_i.former_channels, Text) != literal_column("'[]'")
# Listing and sweeping look at open incidents alone, however many are closed.
_partial("incidents_open", _i.severity, _i.declared_at, _i.number, _i.private, _i.is_open, _i.kind, where=IS_OPEN)
_partial("incidents_young", _i.declared_at, where=IS_OPEN)
_partial("incidents_due", _i.next_due_at, where=_i.next_due_at.is_not(None))
_partial("incidents_derived", _i.fingerprint, where=IS_OPEN)
_partial("incidents_moved", _i.number, where=HAS_MOVED)

members = Table(
    "members",
    metadata,
    Column("number", Integer, ForeignKey("incidents.number"), nullable=False),
    Column("person", Text, nullable=False),
    PrimaryKeyConstraint("number", "person"),
)
"""Who may see a private incident; equal to the incident's own `members`."""

announcements = Table(
    "announcements",
    metadata,
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("number", Integer, ForeignKey("incidents.number"), nullable=False),
    PrimaryKeyConstraint("channel", "ts"),
)
"""Which incident an announcement's thread belongs to; equal to the incident's own `announced`."""

looks = Table(
    "looks",
    metadata,
    Column("number", Integer, ForeignKey("incidents.number"), nullable=False),
    Column("person", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("number", "person"),
)
"""How far into a timeline somebody has looked: what is new since then is what `catchup` tells."""

homes = Table(
    "homes",
    metadata,
    Column("person", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("page", Integer, nullable=False),
    Index("homes_at", "at"),
)
"""Who has opened their Home, when, and which page of it they look at: those are kept current."""

timeline = Table(
    "timeline",
    metadata,
    Column("subject", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("tells_of", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("facts", Json, nullable=False),
    Column("words", Json),
    Column("digest", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("subject", "seq"),
)
"""What happened. `words` may be removed by retention: the chain of hashes runs over their digest."""

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
    sqlite_autoincrement=True,
)
"""What goes out: waiting, sending, then sent, withdrawn or given_up. `sending_at` is machine time in microseconds."""

_o = outbox.c
IS_WAITING = _o.state == literal_column("'waiting'")
IS_UNSETTLED = _o.state.in_([literal_column("'waiting'"), literal_column("'sending'")])
_partial("outbox_unsettled", _o.lane, _o.id, where=IS_UNSETTLED)
_partial("outbox_slot", _o.slot, where=IS_WAITING & _o.slot.is_not(None), unique=True)

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
_partial("lanes_waiting", _l.not_before, _l.waiting_since, where=IS_WANTED)

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

requests = Table(
    "requests",
    metadata,
    Column("key", Text, primary_key=True),
    Column("answer", Json, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a request was answered, so that its repeat is told the same."""

people = Table(
    "people",
    metadata,
    Column("id", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("name", Prose, nullable=False),
    Column("timezone", Text),
    Column("active", Boolean, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    PrimaryKeyConstraint("id", "team"),
)

places = Table(
    "places",
    metadata,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("id", Text, nullable=False),
    PrimaryKeyConstraint("kind", "name"),
)
"""What names lead to in Slack; `kind` is `channel` or `group`."""

workspace = Table(
    "workspace",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
)
"""What is known of the workspace as a whole."""
