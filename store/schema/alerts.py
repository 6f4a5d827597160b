"""Alerts of other programs, one row each: how often each fired, and whether it does now."""

from sqlalchemy import Column, Index, Integer, Table, Text

from store.schema.metadata import metadata
from store.types import Json, Moment

alerts = Table(
    "alerts",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lacks", Json, nullable=False),
    Column("fired", Integer, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)
"""`subject` is the group that an alert belongs to (`alert:…`), `fired` how often it began to fire."""

Index("alerts_last", alerts.c.last_at)
Index("alerts_fingerprint", alerts.c.fingerprint)
