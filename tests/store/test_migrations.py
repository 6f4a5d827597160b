"""Any database becomes this version's, data and all; a newer one is left alone."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Inspector, create_engine, inspect, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from store import changes, migrations, queries
from store.database import Store, TooNew
from store.migrations import HERE, migrate, upgrade
from store.migrations.head import HEAD
from store.schema import metadata
from tests.store.examples import declare, full

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(HERE)).walk_revisions()))]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


async def run(url: str, work: Callable[[Connection], object]) -> object:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def described(connection: Connection) -> dict[str, object]:
    """Everything about the schema that the database itself knows."""
    look: Inspector = inspect(connection)
    return {table: _table(look, table) for table in look.get_table_names() if table != "alembic_version"}


def _table(look: Inspector, table: str) -> dict[str, object]:
    columns = {
        each["name"]: (str(each["type"]), each["nullable"], each["default"], bool(each.get("autoincrement")))
        for each in look.get_columns(table)
    }
    return {
        "columns": columns,
        "key": look.get_pk_constraint(table)["constrained_columns"],
        "unique": sorted(tuple(each["column_names"]) for each in look.get_unique_constraints(table)),
        "foreign": [(each["constrained_columns"], each["referred_table"]) for each in look.get_foreign_keys(table)],
        "indexes": sorted(_index(each) for each in look.get_indexes(table)),
    }


def _index(known: Mapping[str, Any]) -> tuple[str, ...]:
    conditions = (str(each) for each in known.get("dialect_options", {}).values())
    return str(known["name"]), str(known["column_names"]), str(known["unique"]), *conditions


def statements(connection: Connection) -> list[str]:
    """What SQLite was told, where the inspector is silent (AUTOINCREMENT, the conditions of indexes)."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
    return [" ".join(sql.split()) for name, sql in rows if name == "outbox" or "CREATE INDEX" in sql or "UNIQUE" in sql]


def test_the_head_is_the_last_revision() -> None:
    assert REVISIONS[-1] == HEAD


async def test_an_empty_database_gets_the_schema_and_again_is_nothing(empty: str) -> None:
    assert await migrate(empty) is None
    before = await run(empty, described)
    assert await migrate(empty) == HEAD
    assert await run(empty, described) == before


async def test_migrated_it_is_what_the_schema_says(empty: str, new_database: Callable[[], str], tmp_path: Path) -> None:
    await migrate(empty)
    other = new_database() if empty.startswith("postgres") else f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    await run(other, metadata.create_all)
    assert await run(empty, described) == await run(other, described)


def test_on_sqlite_indexes_and_autoincrement_are_as_the_schema_says(sqlite_template: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as made, create_engine(f"sqlite:///{sqlite_template}").connect() as migrated:
        metadata.create_all(made)
        assert [line for line in statements(migrated) if "alembic" not in line] == statements(made)
        assert any("AUTOINCREMENT" in line for line in statements(made))
        migrated.engine.dispose()
    engine.dispose()


@pytest.mark.parametrize("old", REVISIONS)
async def test_data_from_each_older_version_is_still_there(empty: str, old: str) -> None:
    await run(empty, lambda connection: upgrade(connection, old))
    await run(empty, FILLED[old])
    assert await migrate(empty) == old
    store = await Store.open(empty)
    async with store.read() as connection:
        kept = await queries.incident(connection, 1)
        assert kept == full()
        assert [each.seq for each in await queries.timeline(connection, "incident:1")] == [1]
    assert await store.write(changes.next_number) == 2
    await store.close()


def _fill_0001(connection: Connection) -> None:
    declare(connection, full(changes.next_number(connection)))


FILLED = {"0001": _fill_0001}
"""How a database of each revision is filled. With a new one, the one before gets the literal rows it had."""


async def test_two_may_start_at_once(empty: str) -> None:
    assert sorted(await asyncio.gather(migrate(empty), migrate(empty)), key=str) == [HEAD, None]


async def test_a_newer_database_is_left_alone(empty: str) -> None:
    await migrate(empty)
    await run(empty, lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(TooNew, match=r"newer Tocsin \(its revision is 9999"):
        await migrate(empty)


async def test_a_failing_migration_leaves_nothing_behind(empty: str) -> None:
    def fails(connection: Connection) -> None:
        upgrade(connection)
        raise LookupError

    with pytest.raises(LookupError):
        await run_in_migration(empty, fails)
    assert await run(empty, described) == {}
    assert await migrate(empty) is None


async def run_in_migration(url: str, work: Callable[[Connection], object]) -> None:
    if url.startswith("postgres"):
        await run(url, work)
        return
    engine = migrations.writing_engine(make_url(url))
    try:
        with engine.begin() as connection:
            migrations.begin_immediate(connection)
            work(connection)
    finally:
        engine.dispose()


def test_alembic_is_not_loaded_where_there_is_nothing_to_migrate(sqlite_url: str) -> None:
    look = (
        "import asyncio, sys; from store.migrations import migrate; from store.database import Store\n"
        f"print(asyncio.run(migrate({sqlite_url!r})), 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [HEAD, "False"]
