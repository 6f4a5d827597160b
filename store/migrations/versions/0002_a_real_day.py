"""What a team needs on day two: kinds, figures, followers, hand-over, access, undo, merging, further channels.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """What there is already is a real incident in its first channel, followed by nobody."""
    _add_facts()
    op.create_table(
        "looks",
        sa.Column("number", sa.Integer(), sa.ForeignKey("incidents.number"), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "person"),
    )
    op.create_table(
        "homes",
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
    )
    op.create_index("homes_at", "homes", ["at"])
    _index_anew()
    op.execute(
        "UPDATE incidents SET closed_at = COALESCE((SELECT MAX(timeline.at) FROM timeline"
        " WHERE timeline.subject = 'incident:' || incidents.number AND timeline.kind IN ('Resolved', 'Cancelled')),"
        " declared_at) WHERE NOT is_open"
    )


def _add_facts() -> None:
    with op.batch_alter_table("incidents", recreate="never") as incidents:
        for column in (
            _text("kind", "incident"),
            _number("channels", 1),
            _text("former_channels", "[]"),
            sa.Column("archived", sa.Boolean(), nullable=False, server_default=sa.false()),
            _text("figures", "{}"),
            _text("followers", "[]"),
            _text("access", "{}"),
            sa.Column("handoff", sa.Text()),
            sa.Column("closed_at", sa.BigInteger()),
            sa.Column("merged_into", sa.Integer()),
            _text("absorbed", "[]"),
            sa.Column("undo", sa.Text()),
        ):
            incidents.add_column(column)


def _index_anew() -> None:
    """Lists leave tests out, so their index knows the kind; what is young, and who had a channel once, is found."""
    is_open = "is_open = true" if op.get_bind().dialect.name == "postgresql" else "is_open = 1"
    op.drop_index("incidents_open", "incidents")
    columns = ["severity", "declared_at", "number", "private", "is_open", "kind"]
    for name, over, where in (
        ("incidents_open", columns, is_open),
        ("incidents_young", ["declared_at"], is_open),
        ("incidents_moved", ["number"], "former_channels != '[]'"),
    ):
        op.create_index(name, "incidents", over, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _number(name: str, default: int) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(str(default)))
