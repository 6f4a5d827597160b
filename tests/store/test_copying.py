"""One database into another, of either kind: everything arrives, or nothing does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, select, text, update

from bot.rules.alerts.alert import Alert
from bot.rules.moment import Person
from bot.rules.oncall.duty import Duty
from bot.rules.rollouts.rollout import Rollout
from store import alerts, changes, directory, homes, looks, outbox, rollouts, subjects
from store.copying import TABLES, copy
from store.database import Store
from store.errors import Absent, Outdated, Unfit
from store.lanes import open_lane
from store.machine import machine_now
from store.schema import glass, incidents, lanes, liveness, processes, timeline, usergroup_members
from tests.store.examples import NOON, SECOND, answer, declare, entry, full, incident, message, minutes


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place of either kind, which is not migrated yet."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'copied.db'}"
    return str(request.getfixturevalue("new_database")())


def something_of_everything(connection: Connection) -> None:
    """A row in each table, and in those of incidents what is hard to carry."""
    for number in range(1, changes.next_number(connection) + 3):
        declare(connection, replace(full(number), channel=f"C{number}"), due=NOON + minutes(number))
    changes.append(connection, "person:UADA", 0, "", [entry(1, subject="person:UADA")])
    changes.remember(connection, "key", answer(), NOON)
    looks.look(connection, 1, "UADA", 1)
    homes.opened(connection, "UADA", NOON, 2)
    directory.save_people(connection, "T1", [Person("UADA", "Ada “\N{FIRE}”", guest=True)])
    outbox.enqueue(connection, "incident:1", [message(n=n) for n in range(3)], NOON)
    outbox.enqueue(connection, "incident:1", [message("incident:1/card", "card"), message("incident:1/setup")], NOON)
    outbox.post(connection, "incident:1", "card", "C1", "1700000000.000100")
    connection.execute(text("INSERT INTO places (kind, name, id) VALUES ('channel', 'incidents', 'C9')"))
    connection.execute(text("INSERT INTO workspace (key, value) VALUES ('me', '{\"a\":[1,null]}')"))
    connection.execute(insert(glass).values(person="UADA", why="fire", at=NOON, until=NOON + minutes(30)))
    connection.execute(insert(usergroup_members).values(usergroup="S1", person="UADA"))
    held = subjects.lock(connection, "team:payments", Duty("payments"))
    subjects.save(connection, "team:payments", held.state, NOON, "p1", 0, "", is_open=True)
    alerts.keep(connection, "alert:1", [Alert("grafana", "f1", "Errors “5xx”")], {}, NOON)
    rollouts.keep(connection, Rollout("told/1", "deploy", NOON, "Faster “carts”", "checkout", "ada", told_at=NOON))
    connection.execute(text("DELETE FROM liveness"))
    connection.execute(insert(liveness).values(id=1, at=NOON, away_since=None, away_until=None))


def rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in connection.execute(select(table))), key=repr)


async def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    store = await Store.open(url)
    found = await store.write(lambda connection: {table.name: rows(connection, table) for table in TABLES})
    await store.close()
    return found


async def written(url: str, work: Callable[[Connection], Any]) -> Any:
    store = await Store.open(url)
    found = await store.write(work)
    await store.close()
    return found


async def test_everything_arrives(url: str, target: str) -> None:
    await written(url, something_of_everything)
    before = await everything(url)
    assert [name for name, found in before.items() if not found] == []
    told: list[tuple[str, int, int]] = []
    copied = await copy(url, target, lambda *step: told.append(step))
    assert await everything(target) == before
    assert copied.rows == {name: len(found) for name, found in before.items()}
    assert copied.broken == ()
    assert {name: done for name, done, of in told if done == of and "read back" not in name} == copied.rows
    assert {name.removesuffix(", read back") for name, done, of in told if done == of} == set(copied.rows)


async def test_no_number_is_given_again(url: str, target: str) -> None:
    def work(connection: Connection) -> None:
        something_of_everything(connection)
        connection.execute(text("DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)"))

    await written(url, work)
    before = await written(url, lambda c: (changes.next_number(c), enqueued(c)))
    await written(url, lambda c: c.execute(text("DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)")))
    await copy(url, target)
    after = await written(target, lambda c: (changes.next_number(c), enqueued(c)))
    assert (after[0], after[1]) == (before[0] + 1, before[1] + 1)


def enqueued(connection: Connection) -> int:
    """The number that a new row of the outbox gets."""
    outbox.enqueue(connection, "incident:1", [message("announce")], NOON)
    number: int = connection.execute(text("SELECT max(id) FROM outbox")).scalar_one()
    return number


async def test_an_empty_one_too(url: str, target: str) -> None:
    await copy(url, target)
    assert await written(target, lambda c: (changes.next_number(c), enqueued(c))) == (1, 1)


async def test_what_is_in_doubt_stays_so_and_no_lane_waits_by_another_clock(url: str, target: str) -> None:
    def work(connection: Connection) -> None:
        outbox.enqueue(connection, "incident:1", [message()], NOON)
        open_lane(connection, "announce", "C9")
        now = machine_now(connection)
        assert len(outbox.claim(connection, "me", now, 10, 20)) == 1
        connection.execute(update(lanes).values(not_before=now + 86_400 * SECOND))

    await written(url, work)
    await copy(url, target)
    ten_minutes = 600 * SECOND
    [row] = await written(target, lambda c: outbox.claim(c, "other", machine_now(c) + ten_minutes, 10, 20))
    assert row.doubtful


async def test_a_timeline_that_was_not_whole_is_named(url: str, target: str) -> None:
    def work(connection: Connection) -> None:
        something_of_everything(connection)
        connection.execute(update(timeline).where(timeline.c.subject == "incident:2").values(facts={"forged": True}))

    await written(url, work)
    assert (await copy(url, target)).broken == ("incident:2",)


async def test_nothing_into_what_holds_something(url: str, target: str) -> None:
    await written(url, something_of_everything)
    await copy(url, target)
    before = await everything(target)
    with pytest.raises(Unfit, match="not empty: it has"):
        await copy(url, target)
    assert await everything(target) == before


async def test_nothing_stays_of_a_copy_that_fails(url: str, target: str) -> None:
    class Pulled(Exception):
        pass

    def pull(table: str, done: int, of: int) -> None:
        if table == "timeline" and done:
            raise Pulled

    await written(url, something_of_everything)
    with pytest.raises(Pulled):
        await copy(url, target, pull)
    await copy(url, target)


async def test_not_into_itself(url: str) -> None:
    with pytest.raises(Unfit, match="same database"):
        await copy(url, url)


async def test_not_while_a_bot_works_on_it(url: str, target: str) -> None:
    def work(connection: Connection) -> None:
        now = machine_now(connection)
        about = {"host": "web-1", "version": "1", "way": "http", "started_at": now}
        connection.execute(insert(processes).values(id="a", seen_at=now, **about))

    await written(url, work)
    with pytest.raises(Unfit, match=r"A Tocsin on web-1 works on .* Stop it first"):
        await copy(url, target)
    await written(url, lambda c: c.execute(update(processes).values(seen_at=machine_now(c) - 60 * SECOND)))
    await copy(url, target)
    assert await written(target, lambda c: c.execute(select(processes)).all()) == []


async def test_only_from_a_database_of_this_version(url: str, target: str, tmp_path: Path) -> None:
    await written(url, lambda c: c.execute(text("UPDATE alembic_version SET version_num = '0002'")))
    with pytest.raises(Outdated, match="tocsin migrate"):
        await copy(url, target)
    (tmp_path / "empty.db").touch()
    with pytest.raises(Absent, match="no Tocsin database"):
        await copy(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}", target)
    with pytest.raises(Absent, match="no Tocsin database"):
        await copy(f"sqlite+aiosqlite:///{tmp_path / 'nowhere.db'}", target)


async def test_many_rows_in_batches(url: str, target: str) -> None:
    def work(connection: Connection) -> None:
        declare(connection, incident())
        last = (1, connection.execute(select(incidents.c.last_hash)).scalar_one())
        last = changes.append(connection, "incident:1", *last, [entry(seq) for seq in range(2, 1703)])
        connection.execute(update(incidents).values(last_seq=last[0], last_hash=last[1]))

    await written(url, work)
    told: list[int] = []
    copied = await copy(url, target, lambda table, done, of: told.append(done) if table == "timeline" else None)
    assert copied.rows["timeline"] == 1702
    assert copied.broken == ()
    assert told == [0, 500, 1000, 1500, 1702]
