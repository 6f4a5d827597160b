"""Incidents, their timelines, the outbox and what is known of the workspace.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

OPEN_COLUMNS = ["severity", "declared_at", "number", "private", "is_open"]


def upgrade() -> None:
    """From an empty database."""
    _incidents()
    _beside_incidents()
    _timeline()
    _outbox()
    _lanes()
    _requests()
    _directory()
    counters = op.create_table(
        "counters",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
    )
    op.bulk_insert(counters, [{"name": "incident", "value": 0}])


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _moments(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *_text("team", "title", "severity", "status"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        *_text("declared_by"),
        *_moments("declared_at", "anchor", "respond_from", "promise", "promised_at"),
        *_text("room"),
        *_text("announce", nullable=True),
        sa.Column("channel", sa.Text(), unique=True),
        *_text("channel_name", nullable=True),
        *_text("announced", "services", "affected", "impact", "noticed_by", "milestones", "roles", "responders"),
        *_text("acknowledged_by", nullable=True),
        *_text("members"),
        sa.Column("updates", sa.Integer(), nullable=False),
        sa.Column("snoozes", sa.Integer(), nullable=False),
        sa.Column("keep_awake", sa.Boolean(), nullable=False),
        *_text("fix", "cause", "cancelled_because", "said"),
        sa.Column("next_due_at", sa.BigInteger()),
        *_text("fingerprint"),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        *_text("last_hash"),
    )
    is_open = "is_open = true" if op.get_bind().dialect.name == "postgresql" else "is_open = 1"
    _partial("incidents_open", "incidents", OPEN_COLUMNS, is_open)
    _partial("incidents_due", "incidents", ["next_due_at"], "next_due_at IS NOT NULL")
    _partial("incidents_derived", "incidents", ["fingerprint"], is_open)


def _beside_incidents() -> None:
    op.create_table(
        "members",
        sa.Column("number", sa.Integer(), sa.ForeignKey("incidents.number"), nullable=False),
        *_text("person"),
        sa.PrimaryKeyConstraint("number", "person"),
    )
    op.create_table(
        "announcements",
        *_text("channel", "ts"),
        sa.Column("number", sa.Integer(), sa.ForeignKey("incidents.number"), nullable=False),
        sa.PrimaryKeyConstraint("channel", "ts"),
    )
    op.create_table(
        "posts",
        *_text("subject", "slot", "channel", "ts"),
        sa.PrimaryKeyConstraint("subject", "slot"),
        sa.UniqueConstraint("channel", "ts"),
    )


def _timeline() -> None:
    op.create_table(
        "timeline",
        *_text("subject"),
        sa.Column("seq", sa.Integer(), nullable=False),
        *_moments("at", "tells_of"),
        *_text("actor", "source", "kind", "facts"),
        *_text("words", nullable=True),
        *_text("digest", "hash"),
        sa.PrimaryKeyConstraint("subject", "seq"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, primary_key=True),
        *_text("lane"),
        *_text("slot", nullable=True),
        *_text("kind", "subject", "facts"),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'waiting'")),
        *_moments("created_at"),
        sa.Column("sending_at", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        *_text("error", nullable=True),
        sqlite_autoincrement=True,
    )
    _partial("outbox_unsettled", "outbox", ["lane", "id"], "state IN ('waiting', 'sending')")
    _partial("outbox_slot", "outbox", ["slot"], "state = 'waiting' AND slot IS NOT NULL", unique=True)


def _lanes() -> None:
    op.create_table(
        "lanes",
        sa.Column("lane", sa.Text(), primary_key=True),
        *_text("channel", "ts", nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        *_text("owner", nullable=True),
        sa.Column("waiting_since", sa.BigInteger()),
    )
    is_open = "is_open = true" if op.get_bind().dialect.name == "postgresql" else "is_open = 1"
    where = f"{is_open} AND waiting_since IS NOT NULL"
    _partial("lanes_waiting", "lanes", ["not_before", "waiting_since"], where)


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("key", sa.Text(), primary_key=True),
        *_text("answer"),
        *_moments("at"),
    )


def _directory() -> None:
    op.create_table(
        "people",
        *_text("id", "team", "name"),
        *_text("timezone", nullable=True),
        *[sa.Column(name, sa.Boolean(), nullable=False) for name in ("active", "guest", "bot")],
        sa.PrimaryKeyConstraint("id", "team"),
    )
    op.create_table("places", *_text("kind", "name", "id"), sa.PrimaryKeyConstraint("kind", "name"))
    op.create_table(
        "workspace",
        sa.Column("key", sa.Text(), primary_key=True),
        *_text("value"),
    )
