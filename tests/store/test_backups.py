"""The bot's own backups: one when it is time, by one of several programs; what has had its time goes."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.outside.clock import Clock
from bot.rules.policy import Backup as Plan
from scheduler.backups import Backups, outlived
from store import backups
from store.database import Store
from tests.processes.running import until
from tests.store.examples import NOON, minutes

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON, runs=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def at_work(store: Store, clock: Clock, folder: Path) -> Backups:
    return Backups(store, clock, Plan(str(folder), DAY, 3 * DAY), store.url.render_as_string(hide_password=False))


async def test_one_when_it_is_time_and_those_past_their_time_go(at_work: Backups, clock: Clock, folder: Path) -> None:
    made = []
    for _ in range(12):
        made.append(await at_work.once())
        clock.turn(clock.now() + DAY / 2)
    assert made == [True, False] * 6
    assert sorted(os.listdir(folder)) == [f"tocsin-202611{day}T120000Z.db" for day in (22, 23, 24, 25)]


async def test_of_several_programs_one(store: Store, at_work: Backups, clock: Clock, folder: Path) -> None:
    other = Backups(store, clock, Plan(str(folder), DAY), store.url.render_as_string(hide_password=False))
    assert sorted(await asyncio.gather(*(each.once() for each in (at_work, other, at_work, other)))) == [
        False,
        False,
        False,
        True,
    ]
    assert len(os.listdir(folder)) == 1


async def test_who_was_killed_at_it_is_relieved(store: Store, clock: Clock) -> None:
    def claim(connection: Connection) -> bool:
        return backups.claim(connection, "a", clock.now(), DAY)

    assert [await store.write(claim) for _ in range(2)] == [True, False]
    await store.write(lambda c: backups.failed(c, "its lease is over", -1))
    assert [await store.write(claim) for _ in range(2)] == [True, False]


async def test_one_that_fails_is_told_and_tried_again_later(
    store: Store, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    plan = Plan(str(tmp_path / "file" / "kept"))
    at_work = Backups(store, clock, plan, store.url.render_as_string(hide_password=False))
    assert not await at_work.once()
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "could not be made" in caplog.text
    assert not await at_work.once()
    assert len(caplog.records) == 1
    await store.write(lambda c: backups.failed(c, "as before", -1))  # the wait is over
    assert not await at_work.once()
    assert len(caplog.records) == 2


async def test_it_warns_when_the_newest_is_older_than_a_day_and_an_hour(
    store: Store, at_work: Backups, clock: Clock
) -> None:
    assert await at_work.warnings() == ()
    await at_work.once()
    for ahead, warned in ((timedelta(hours=25), False), (timedelta(minutes=1), True)):
        clock.turn(clock.now() + ahead)
        assert bool(await at_work.warnings()) is warned
    [said] = await at_work.warnings()
    assert "The newest backup is 25 hours old" in said
    await store.write(lambda c: backups.failed(c, "The disk is full"))
    [said] = await at_work.warnings()
    assert "and the last try failed" in said
    assert "The disk is full" not in said  # anybody may read it


async def test_it_warns_when_there_never_was_one(store: Store, clock: Clock, folder: Path) -> None:
    await store.write(lambda c: backups.claim(c, "a", clock.now(), DAY))
    weekly = Backups(store, clock, Plan(str(folder), 7 * DAY), "")
    clock.turn(NOON + 7 * DAY + minutes(60))
    assert await weekly.warnings() == ()
    clock.turn(NOON + 7 * DAY + minutes(61))
    assert "No backup has been made yet" in (await weekly.warnings())[0]


async def test_stopped_in_the_middle_it_is_made_by_the_next(store: Store, clock: Clock, folder: Path) -> None:
    url = store.url.render_as_string(hide_password=False)
    first = Backups(store, clock, Plan(str(folder), DAY), url)
    working = asyncio.create_task(first.run())
    await until(lambda: store.write(backups.last), "a claim")
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    second = Backups(store, clock, Plan(str(folder), DAY), url)
    await second.once()
    assert len([name for name in os.listdir(folder) if name.endswith(".db")]) == 1


@pytest.mark.parametrize(
    ("names", "gone"),
    [
        (["tocsin-20260101T000000Z.db"], []),  # the last good one
        (["tocsin-20260101T000000Z.db", "tocsin-20260102T000000Z.db"], ["tocsin-20260101T000000Z.db"]),
        (["tocsin-20260101T000000Z.db", "tocsin-20261120T000000Z.db"], ["tocsin-20260101T000000Z.db"]),
        (["tocsin-20260101T000000Z.db.part", "tocsin-20260102T000000Z.db"], ["tocsin-20260101T000000Z.db.part"]),
        (["tocsin-20261120T113000Z.db.part-wal"], []),  # being made
        (["tocsin-20261120T103000Z.db.part", "tocsin-20261120T110000Z.db"], ["tocsin-20261120T103000Z.db.part"]),
        (["tocsin.db", "tocsin-old.db", "tocsin-20269999T000000Z.db", "my-tocsin-20260101T000000Z.db"], []),
    ],
)
def test_only_what_is_ours_and_past_its_time_goes(names: list[str], gone: list[str]) -> None:
    assert [file.name for file in outlived(map(Path, names), NOON, DAY)] == gone
