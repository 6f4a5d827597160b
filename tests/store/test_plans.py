"""List, sweep and delivery use their indexes: closed incidents and closed lanes cost them nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event, insert, make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.incident import Status
from bot.rules.oncall.rotation import Rotation
from bot.settings.policy import load_policy
from store import audit, falling, homes, outbox, pagings, queries, retention, rosters
from store.database import Store
from store.figures import figures
from store.lanes import want
from store.leading import leading
from store.records import incident_row
from store.schema import incidents, lanes
from store.schema import outbox as rows
from store.writer import begin_immediate, writing_engine
from tests.store.examples import NOON, SECOND, incident, message, minutes

PAGING = replace(load_policy(None), rotations=(Rotation("payments", ZoneInfo("UTC"), "payments"),))
OPEN = {"incidents_open", "incidents_derived", "incidents_young"}
TIMELINE = {"sqlite_autoindex_timeline_1", "timeline_pkey"}
READS: dict[str, tuple[Callable[[AsyncConnection], Awaitable[Any]], set[str]]] = {
    "list": (lambda c: queries.listed(c, "UADA", ["SEV1", "SEV2"], limit=10), OPEN),
    "list mine": (lambda c: queries.listed(c, "UADA", ["SEV1"], limit=10, mine=True), OPEN),
    "list of a commander": (lambda c: queries.listed(c, "UADA", ["SEV1"], limit=10, commander="UBOB"), OPEN),
    "similar": (lambda c: queries.similar(c, "UADA", NOON, ["checkout"], 10), OPEN),
    "young": (lambda c: queries.similar(c, "UADA", NOON, [], 10), {"incidents_young"}),
    "holding": (lambda c: queries.holding(c, "UADA"), OPEN),
    "by former channel": (lambda c: queries.by_former_channel(c, "C9"), {"incidents_moved"}),
    "together": (lambda c: queries.together(c, ["incident:1", "incident:2"], 10), TIMELINE),
    "entries since": (lambda c: queries.entries_since(c, "incident:1", 3), TIMELINE),
    "last look": (lambda c: queries.last_look(c, 1, "UADA"), {"looks"}),
    "roster": (lambda c: c.run_sync(rosters.roster, PAGING), {"subjects_alive"}),
    "coming": (lambda c: falling.coming(c, 5), {"incidents_due", "subjects_due"}),
    "overdue": (lambda c: falling.count_overdue(c, NOON), {"incidents_due", "subjects_due"}),
    "due": (lambda c: falling.due(c, NOON, 10), {"incidents_due", "subjects_due"}),
    "next due": (falling.next_due, {"incidents_due", "subjects_due"}),
    "stale": (lambda c: falling.stale(c, "p9", 10), {"incidents_derived", "subjects_derived"}),
    "roomless": (lambda c: c.run_sync(audit.roomless, NOON, SECOND), {"incidents_young"}),
    "unsaid": (lambda c: c.run_sync(audit.unsaid, NOON), {"incidents_due", "subjects_due"}),
    "unsent": (lambda c: c.run_sync(audit.unsent, NOON, SECOND), {"lanes_waiting"}),
    "not settled": (queries.outbox, {"outbox_unsettled"}),
    "figures": (figures, OPEN),
    "called": (lambda c: c.run_sync(pagings.called, NOON, NOON + minutes(60)), {"timeline_paging"}),
    "leading": (lambda c: c.run_sync(leading), OPEN),
    "how pages stand": (lambda c: pagings.standing(c, "incident:1"), TIMELINE),
    "pagings": (lambda c: pagings.within(c, NOON, NOON + minutes(60)), {"timeline_paging"}),
}
WRITES: dict[str, tuple[Callable[[Connection], Any], set[str]]] = {
    "watchers": (lambda c: homes.watchers(c, NOON), {"homes_at"}),
    "claim": (lambda c: outbox.claim(c, "me", SECOND, 10, 20), {"lanes_waiting", "outbox_unsettled"}),
    "next wait": (lambda c: outbox.next_wait(c, SECOND), {"lanes_waiting"}),
    "enqueue": (lambda c: outbox.enqueue(c, "incident:1", [message("announce", "s")], NOON), {"outbox_slot"}),
    "outlived": (lambda c: retention.outlived(c, NOON, 10), {"incidents_kept"}),
    "remove words": (lambda c: retention.remove_words(c, "incident:1"), {"sqlite_autoindex_timeline_1"}),
    "settle": (lambda c: outbox.settle(c, outbox.claim(c, "me", SECOND, 1, 20)[0], "sent"), {"outbox_unsettled"}),
}


def explained(connection: Connection, work: Callable[[Connection], Any]) -> list[str]:
    """The plans of everything that the work asks the database."""
    asked: list[tuple[str, Any]] = []

    def note(*call: Any) -> None:
        is_many = call[5]
        asked.append((call[2], call[3][0] if is_many else call[3]))

    event.listen(connection, "before_cursor_execute", note)
    work(connection)
    event.remove(connection, "before_cursor_execute", note)
    is_postgres = connection.dialect.name == "postgresql"
    explain = "EXPLAIN" if is_postgres else "EXPLAIN QUERY PLAN"
    if is_postgres:  # tables this small are read whole unless that is forbidden
        connection.exec_driver_sql("SET enable_seqscan = off")
    plans = [
        connection.exec_driver_sql(f"{explain} {sql}", params).all() for sql, params in asked if "VALUES" not in sql
    ]
    return [str(line[-1]) for plan in plans for line in plan]


def reads_whole_tables(plan: list[str]) -> list[str]:
    """A question within a question has no name of its own."""
    scans = [line for line in plan if line.startswith("SCAN") and "USING" not in line and "SCAN anon_" not in line]
    return scans + [line for line in plan if "Seq Scan" in line]


async def fill(store: Store) -> None:
    def work(connection: Connection) -> None:
        rows = [incident_row(incident(number)) for number in range(1, 9)]
        more = {"fingerprint": "p1", "last_seq": 0, "last_hash": "", "next_due_at": NOON}
        connection.execute(insert(incidents), [row | more for row in rows])
        outbox.enqueue(connection, "incident:1", [message(), message("incident:1/card", "x")], NOON)

    await store.write(work)


@pytest.mark.parametrize("name", READS)
async def test_reading_uses_its_index(store: Store, name: str) -> None:
    await fill(store)
    query, indexes = READS[name]
    async with store.read() as connection:
        asked: list[tuple[str, Any]] = []

        def note(*call: Any) -> None:
            asked.append((call[2], call[3]))

        event.listen(connection.sync_connection, "before_cursor_execute", note)
        await query(connection)
        event.remove(connection.sync_connection, "before_cursor_execute", note)

        def replay(sync: Connection) -> list[str]:
            return explained(sync, lambda c: [c.exec_driver_sql(*each) for each in asked])

        plan = await connection.run_sync(replay)
    assert reads_whole_tables(plan) == []
    # PostgreSQL weighs a handful of rows as it likes.
    fitting = indexes if store.url.drivername.startswith("sqlite") else indexes | OPEN
    assert any(index in line for line in plan for index in fitting), plan


@pytest.mark.parametrize("name", WRITES)
async def test_writing_uses_its_indexes(store: Store, name: str) -> None:
    await fill(store)
    work, indexes = WRITES[name]
    plan = await store.write(lambda c: explained(c, work))
    assert reads_whole_tables(plan) == []
    if store.url.drivername.startswith("sqlite"):  # PostgreSQL weighs a handful of rows as it likes
        assert {index for index in indexes if any(index in line for line in plan)} == indexes, plan


# --- cost, counted in SQLite's own instructions ---------------------------------------------------------------------


def cost(connection: Connection, work: Callable[[Connection], Any]) -> int:
    """How many hundreds of its instructions SQLite ran."""
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    raw = connection.connection.driver_connection
    assert raw is not None
    raw.set_progress_handler(tick, 100)
    work(connection)
    raw.set_progress_handler(None, 0)
    return ticks


def add_incidents(connection: Connection, numbers: range, status: Status) -> None:
    more = {"fingerprint": "p1", "last_seq": 0, "last_hash": ""}
    due = {"next_due_at": NOON + minutes(600) if status is Status.DETECTED else None}
    connection.execute(insert(incidents), [incident_row(incident(n, status=status)) | more | due for n in numbers])


def add_lanes(connection: Connection, numbers: range) -> None:
    """Each with an idle open lane, and a closed one in which something waits."""
    open_ones = [{"lane": f"incident:{n}/setup", "is_open": True, "waiting_since": None} for n in numbers]
    connection.execute(insert(lanes), open_ones)
    closed = [f"incident:{n}/channel" for n in numbers]
    want(connection, closed, NOON)
    row = {"kind": "message", "subject": "incident:1", "facts": {}, "created_at": NOON}
    connection.execute(insert(rows), [{"lane": lane, **row} for lane in closed])


def test_it_costs_the_same_beside_thousands(sqlite_url: str) -> None:
    engine = writing_engine(make_url(sqlite_url))
    glances = [
        lambda c: outbox.claim(c, "me", SECOND, 16, 20),
        lambda c: outbox.next_wait(c, SECOND),
        lambda c: outbox.enqueue(c, "incident:1", [message("announce", "s")], NOON),
        lambda c: outbox.settle(c, outbox.claim(c, "me", SECOND, 16, 20)[0], "sent"),
        lambda c: c.exec_driver_sql(
            "SELECT number FROM incidents WHERE next_due_at IS NOT NULL AND next_due_at <= 1"
        ).all(),
    ]
    with engine.begin() as connection:
        begin_immediate(connection)
        add_incidents(connection, range(1, 11), Status.DETECTED)
        add_lanes(connection, range(1, 11))
        before = [cost(connection, glance) for glance in glances]
        add_incidents(connection, range(11, 4011), Status.DETECTED)
        add_incidents(connection, range(4011, 8011), Status.RESOLVED)
        add_lanes(connection, range(11, 4011))
        after = [cost(connection, glance) for glance in glances]
    engine.dispose()
    assert max(after) <= max(before) + 10
