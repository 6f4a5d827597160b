"""The programs that run, and the requests that they answered."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from store.schema.metadata import metadata
from store.types import Json, Moment

requests = Table(
    "requests",
    metadata,
    Column("key", Text, primary_key=True),
    Column("answer", Json, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a request was answered, so that its repeat is told the same."""

liveness = Table(
    "liveness",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("away_since", Moment),
    Column("away_until", Moment),
)
"""One row: when some Tocsin last looked at what is due, and the last gap of more than a minute in that."""

processes = Table(
    "processes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("heard_at", BigInteger),
)
"""Each running Tocsin: the way it listens to Slack (`socket` or `http`), when it was last seen, and when it last heard
from Slack; machine time in microseconds."""
