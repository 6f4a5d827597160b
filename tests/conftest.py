"""Fixtures that every test may ask for."""

from tests.databases import migrated_postgres_url, postgres_template, sqlite_template, sqlite_url
from tests.postgres import new_database, postgres_server, postgres_url, server

__all__ = [
    "migrated_postgres_url",
    "new_database",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "server",
    "sqlite_template",
    "sqlite_url",
]
