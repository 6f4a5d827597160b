"""Who is called: subjects that are no incident, and whom an incident has paged.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nobody was paged, and nothing but incidents could change."""
    with op.batch_alter_table("incidents", recreate="never") as incidents:
        incidents.add_column(sa.Column("paging_from", sa.BigInteger()))
        incidents.add_column(sa.Column("calls", sa.Text(), nullable=False, server_default=sa.text("'{}'")))
        incidents.add_column(sa.Column("paged", sa.Text(), nullable=False, server_default=sa.text("'{}'")))
        incidents.add_column(sa.Column("alerts", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
        incidents.add_column(sa.Column("escalation", sa.Text()))
    with op.batch_alter_table("outbox", recreate="never") as outbox:
        outbox.add_column(sa.Column("faults", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.create_table(
        "subjects",
        sa.Column("subject", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_due_at", sa.BigInteger()),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
    )
    _alerts()
    _rollouts()
    _pagings()
    yes = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    _partial("subjects_due", ["next_due_at"], "next_due_at IS NOT NULL")
    _partial("subjects_derived", ["fingerprint"], f"is_open = {yes}")
    _partial("subjects_alive", ["kind", "subject"], f"is_open = {yes}")


def _alerts() -> None:
    """Alerts, one row each, by the group that they belong to."""
    op.create_table(
        "alerts",
        sa.Column("subject", sa.Text(), primary_key=True),
        sa.Column("fingerprint", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lacks", sa.Text(), nullable=False),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("alerts_last", "alerts", ["last_at"])
    op.create_index("alerts_fingerprint", "alerts", ["fingerprint"])


def _rollouts() -> None:
    """What was changed: deploys, flags, configuration, migrations."""
    texts = ("service", "title", "by", "environment", "version")
    op.create_table(
        "rollouts",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts[:3]),
        sa.Column("url", sa.Text()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts[3:]),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("rollouts_at", "rollouts", ["at"])


def _pagings() -> None:
    """What is counted of paging is found by its time."""
    where = sa.text("kind IN ('Acknowledged', 'Declared', 'PageJudged', 'Paged')")
    op.create_index("timeline_paging", "timeline", ["at"], sqlite_where=where, postgresql_where=where)


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "subjects", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
