"""Incidents, who may see them, and what happened."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    literal_column,
    text,
    true,
    type_coerce,
)

from store.schema.metadata import metadata, partial
from store.types import Json, Moment, Prose

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
    Column("paging_from", Moment),
    Column("calls", Json, nullable=False, server_default=text("'{}'")),
    Column("paged", Json, nullable=False, server_default=text("'{}'")),
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
    Column("alerts", Json, nullable=False, server_default=text("'[]'")),
    Column("escalation", Text),
    Column("absorbed", Json, nullable=False, server_default=text("'[]'")),
    Column("undo", Json),
    Column("forgotten", Boolean, nullable=False, server_default=false()),
    Column("said", Json, nullable=False),
    Column("next_due_at", Moment),
    Column("fingerprint", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
)
"""Incidents as they stand. `next_due_at` indexes what the rules answer, derived from the policy of `fingerprint`."""

_i = incidents.c
# Literals, because an index is used only where a query says the same without parameters.
IS_OPEN = _i.is_open == true()
IS_KEPT = (_i.is_open == false()) & (_i.forgotten == false())
HAS_MOVED = type_coerce(_i.former_channels, Text) != literal_column("'[]'")
# Listing and sweeping look at open incidents alone, however many are closed.
partial("incidents_open", _i.severity, _i.declared_at, _i.number, _i.private, _i.is_open, _i.kind, where=IS_OPEN)
partial("incidents_young", _i.declared_at, where=IS_OPEN)
partial("incidents_due", _i.next_due_at, where=_i.next_due_at.is_not(None))
partial("incidents_derived", _i.fingerprint, where=IS_OPEN)
partial("incidents_moved", _i.number, where=HAS_MOVED)
partial("incidents_kept", _i.closed_at, where=IS_KEPT)

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

_t = timeline.c
_PAGING = ("Acknowledged", "Declared", "PageJudged", "Paged")
IS_OF_PAGING = _t.kind.in_([literal_column(f"'{kind}'") for kind in _PAGING])
partial("timeline_paging", _t.at, where=IS_OF_PAGING)
