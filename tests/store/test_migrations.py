"""Any database becomes this version's, data and all; a newer one is left alone."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Inspector, create_engine, inspect, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.rules.incident import Handoff, Post, Said, Status, Undoable
from store import changes, migrations, queries
from store.database import Store, TooNew
from store.migrations import HERE, migrate, upgrade
from store.migrations.head import HEAD
from store.schema import metadata
from store.types import to_micros
from tests.store.examples import NOON, declare, full, incident, minutes

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
    spaced = [" ".join(sql.split()) for name, sql in rows if name == "outbox" or " INDEX " in sql]
    return [line.replace(" ,", ",").replace(" )", ")") for line in spaced]  # a column added later is written closer


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
    fill, expected = FILLED[old]
    await run(empty, fill)
    assert await migrate(empty) == old
    store = await Store.open(empty)
    async with store.read() as connection:
        for number, each in enumerate(expected, start=1):
            assert await queries.incident(connection, number) == each
            assert [entry.seq for entry in await queries.timeline(connection, each.subject)] == [1]
    assert await store.write(changes.next_number) == len(expected) + 1
    await store.close()


def _fill_0001(connection: Connection) -> None:
    """An open one and a closed one, as literal rows: at noon in microseconds, and a minute later."""
    for statement in ROWS_0001:
        connection.exec_driver_sql(statement.replace(":noon", str(to_micros(NOON))))


def _fill_0002(connection: Connection) -> None:
    """The same two, and what was new then."""
    _fill_0001(connection)
    for statement in ROWS_0002:
        connection.exec_driver_sql(statement.replace(":noon", str(to_micros(NOON))))


def _fill_0003(connection: Connection) -> None:
    """The same two, and what was new then."""
    _fill_0002(connection)
    for statement in ROWS_0003:
        connection.exec_driver_sql(statement.replace(":noon", str(to_micros(NOON))))


def _fill_0004(connection: Connection) -> None:
    declare(connection, full(changes.next_number(connection)))


ROWS_0001 = (
    "UPDATE counters SET value = 2 WHERE name = 'incident'",
    """INSERT INTO incidents (number, team, title, severity, status, is_open, private, declared_by, declared_at, anchor,
    respond_from, promise, promised_at, room, announce, channel, channel_name, announced, services, affected, impact,
    noticed_by, milestones, roles, responders, acknowledged_by, members, updates, snoozes, keep_awake, fix, cause,
    cancelled_because, said, next_due_at, fingerprint, last_seq, last_hash)
    VALUES (1, 'T1', 'Checkout is down', 'SEV1', 'mitigating', true, true, 'UADA', :noon, :noon, :noon, :noon, :noon,
    'channel', 'announce', 'C12', 'inc-12', '{"announce":["CANN","17.1"]}', '["checkout"]', 'Everybody', 'No sale',
    'customer', '{"declared":[:noon,"slack",false]}', '{"commander":"UBOB"}', '["UBOB"]', 'UBOB', '["UADA","UBOB"]',
    2, 1, true, '', '', '', '{"update":[:noon,2,:noon]}', :noon, 'p1', 1, 'hash')""",
    """INSERT INTO incidents (number, team, title, severity, status, is_open, private, declared_by, declared_at, anchor,
    respond_from, promise, promised_at, room, announced, services, affected, impact, noticed_by, milestones, roles,
    responders, members, updates, snoozes, keep_awake, fix, cause, cancelled_because, said, fingerprint, last_seq,
    last_hash)
    VALUES (2, 'T1', 'Checkout is down', 'SEV1', 'resolved', false, false, 'UADA', :noon, :noon, :noon, :noon, :noon,
    'thread', '{}', '[]', '', '', 'colleague', '{"declared":[:noon,"slack",false]}', '{}', '[]', '["UADA"]', 0, 0,
    false, 'Rolled back', '', '', '{}', 'p1', 1, 'hash')""",
    """INSERT INTO timeline VALUES ('incident:1', 1, :noon, :noon, 'slack:UBOB', 'slash', 'Noted', '{}',
    '{"text":"Note"}', 'digest', 'hash')""",
    """INSERT INTO timeline VALUES ('incident:2', 1, :noon + 60000000, :noon, 'slack:UBOB', 'slash', 'Resolved',
    '{"declared_at":"2026-11-20T12:00:00+00:00"}', '{"fix":"Rolled back"}', 'digest', 'hash')""",
)
EXPECTED_0001 = (
    incident(
        status=Status.MITIGATING,
        private=True,
        promise=NOON,
        channel="C12",
        channel_name="inc-12",
        announced={"announce": Post("CANN", "17.1")},
        services=("checkout",),
        affected="Everybody",
        impact="No sale",
        noticed_by="customer",
        roles={"commander": "UBOB"},
        responders=("UBOB",),
        acknowledged_by="UBOB",
        members=("UADA", "UBOB"),
        updates=2,
        snoozes=1,
        keep_awake=True,
        said={"update": Said(NOON, 2, NOON)},
    ),
    incident(
        2,
        status=Status.RESOLVED,
        promise=NOON,
        room="thread",
        announce=None,
        fix="Rolled back",
        closed_at=NOON + minutes(1),
    ),
)
ROWS_0002 = (
    """UPDATE incidents SET kind = 'near miss', channels = 2, former_channels = '["C9"]', archived = true,
    figures = '{"users":"1200"}', followers = '["UCLEO"]', access = '{"UDAN"::noon}', closed_at = :noon + 60000000,
    merged_into = 1, undo = '["SeverityChanged",1,"UBOB",:noon,{"severity":"SEV2","promise"::noon}]'
    WHERE number = 2""",
    """UPDATE incidents SET handoff = '["UBOB","UADA",:noon,"I go home"]', absorbed = '[2]' WHERE number = 1""",
    "INSERT INTO looks VALUES (1, 'UADA', 1)",
    "INSERT INTO homes VALUES ('UADA', :noon, 0)",
)
EXPECTED_0002 = (
    replace(EXPECTED_0001[0], handoff=Handoff("UBOB", "UADA", NOON, "I go home"), absorbed=(2,)),
    replace(
        EXPECTED_0001[1],
        kind="near miss",
        channels=2,
        former_channels=("C9",),
        archived=True,
        figures={"users": "1200"},
        followers=("UCLEO",),
        access={"UDAN": NOON},
        merged_into=1,
        undo=Undoable("SeverityChanged", 1, "UBOB", NOON, {"severity": "SEV2", "promise": NOON}),
    ),
)
ROWS_0003 = (
    "UPDATE incidents SET forgotten = true WHERE number = 2",
    "INSERT INTO usergroup_members VALUES ('S1', 'UADA')",
    "INSERT INTO glass VALUES ('UADA', 'fire', :noon, :noon)",
    "INSERT INTO liveness VALUES (1, :noon, NULL, NULL)",
)
EXPECTED_0003 = (EXPECTED_0002[0], replace(EXPECTED_0002[1], forgotten=True))
FILLED = {
    "0001": (_fill_0001, EXPECTED_0001),
    "0002": (_fill_0002, EXPECTED_0002),
    "0003": (_fill_0003, EXPECTED_0003),
    "0004": (_fill_0004, (full(),)),
}
"""How a database of each revision is filled and what it must hold afterwards: literal rows but for the newest."""


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
