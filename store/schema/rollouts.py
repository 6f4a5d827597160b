"""What was changed: deploys, flags, configuration, migrations."""

from sqlalchemy import Column, Index, Table, Text

from store.schema.metadata import metadata
from store.types import Moment, Prose

rollouts = Table(
    "rollouts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("service", Prose, nullable=False),
    Column("title", Prose, nullable=False),
    Column("by", Prose, nullable=False),
    Column("url", Prose),
    Column("environment", Prose, nullable=False),
    Column("version", Prose, nullable=False),
    Column("told_at", Moment, nullable=False),
    Index("rollouts_at", "at"),
)
"""What whoever carried it out told of, each once; `at` is when it took effect, `told_at` when it was told."""
