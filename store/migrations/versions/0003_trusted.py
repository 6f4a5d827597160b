"""What makes Tocsin trusted: liveness, processes, broken glass, members of user groups, texts that were removed.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nobody was away, nothing was refused, and every text is still there."""
    with op.batch_alter_table("incidents", recreate="never") as incidents:
        incidents.add_column(sa.Column("forgotten", sa.Boolean(), nullable=False, server_default=sa.false()))
    no = "false" if op.get_bind().dialect.name == "postgresql" else "0"
    kept = sa.text(f"is_open = {no} AND forgotten = {no}")
    op.create_index("incidents_kept", "incidents", ["closed_at"], sqlite_where=kept, postgresql_where=kept)
    _who_may()
    _who_runs()


def _who_may() -> None:
    op.create_table(
        "usergroup_members",
        sa.Column("usergroup", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("usergroup", "person"),
    )
    op.create_table(
        "glass",
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )


def _who_runs() -> None:
    op.create_table(
        "liveness",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("away_since", sa.BigInteger()),
        sa.Column("away_until", sa.BigInteger()),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("host", "version", "way")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("started_at", "seen_at")),
        sa.Column("heard_at", sa.BigInteger()),
    )
