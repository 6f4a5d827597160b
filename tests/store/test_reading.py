"""A command that only looks makes no database, and says so where there is none, or another version's."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import Absent, Outdated, TooNew
from store.reading import require_current


async def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Absent, match=r"There is no Tocsin database at .*DATABASE_URL"):
        await require_current(f"sqlite+aiosqlite:///{tmp_path}/tocsin.db")
    assert os.listdir(tmp_path) == []


async def test_an_empty_database_is_none_of_ours(new_database: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for url in (new_database(), f"sqlite+aiosqlite:///{tmp_path}/empty.db"):
        with pytest.raises(Absent, match="tocsin migrate"):
            await require_current(url)


@pytest.mark.parametrize(("stored", "error"), [("0001", Outdated), ("9999", TooNew)])
async def test_another_versions_is_named(sqlite_url: str, stored: str, error: type[Exception]) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (stored,))
    connection.close()
    with pytest.raises(error, match=stored):
        await require_current(sqlite_url)


async def test_a_password_is_not_told(new_database: Callable[..., str]) -> None:
    url = new_database().replace("postgres:@", "postgres:geheim@")
    with pytest.raises(Absent) as told:
        await require_current(url)
    assert "geheim" not in str(told.value)
