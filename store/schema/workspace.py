"""What is known of the workspace and its people, and what they may do."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from store.schema.metadata import metadata
from store.types import Json, Moment, Prose

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

homes = Table(
    "homes",
    metadata,
    Column("person", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("page", Integer, nullable=False),
    Index("homes_at", "at"),
)
"""Who has opened their Home, when, and which page of it they look at: those are kept current."""

usergroup_members = Table(
    "usergroup_members",
    metadata,
    Column("usergroup", Text, nullable=False),
    Column("person", Text, nullable=False),
    PrimaryKeyConstraint("usergroup", "person"),
)
"""Who is in the user groups that permissions name, by the group's id; as Slack last told."""

glass = Table(
    "glass",
    metadata,
    Column("person", Text, primary_key=True),
    Column("why", Prose, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)
"""Who broke the glass, why, and until when nothing is refused to them."""
