"""Several `tocsin run` on one PostgreSQL: they share the work, and what one leaves behind another does."""

import asyncio
import re
from collections import Counter

import pytest

from bot.sandbox.delivery import Answer, Parcel
from bot.sandbox.http_delivery import HttpCarrier
from store.migrations.head import HEAD
from tests.postgres import connect
from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration
from tests.processes.running import SOON, Program, ended, until
from tests.processes.whole import SETTINGS, whole

MANY = 12
IN_DOUBT = 40.0
"""Seconds until a call that was on its way at a kill has been looked up: its lease, and some time to do so."""

DUE = re.compile(r"Nobody has acknowledged it")


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_whole_incident_told_to_one_and_the_other(
    make_place: MakePlace, transport: str, migrated_postgres_url: str
) -> None:
    place: Place = await make_place(transport, SETTINGS, database=migrated_postgres_url, doors=2)
    await asyncio.gather(place.run(), place.run(door=1))
    await whole(place)


@pytest.mark.parametrize("one_is_killed", [False, True], ids=["both live", "one is killed"])
async def test_each_reminder_is_said_once(
    make_place: MakePlace, migrated_postgres_url: str, one_is_killed: bool
) -> None:
    settings = configuration(respond="10s")
    place: Place = await make_place("http", settings, database=migrated_postgres_url, doors=2)
    slack = place.slack
    first, second = await asyncio.gather(place.run(), place.run(door=1))
    for number in range(MANY):
        await slack.types("ada", f"/incident declare sev1 Outage {number:02d}")
    rooms = [(await slack.room(number))["id"] for number in range(1, MANY + 1)]

    async def said() -> list[str]:
        return [each.text for each in await slack.read("incidents") if DUE.search(each.words)]

    await slack.dials(latency=0.3)
    await until(said, "the first reminder")
    if one_is_killed:
        await first.kill()

    async def all_are_said() -> bool:
        there = [each for room in rooms for each in await slack.read(room) if DUE.search(each.words)]
        return len(there) == MANY == len(await said())

    await until(all_are_said, "each reminder in its channel and where it was announced", IN_DOUBT)
    times = Counter(re.findall(r"INC-\d+", text)[0] for text in await said())
    assert set(times.values()) == {1}
    await slack.says_nothing_twice()
    for bot in (first, second):
        assert "Traceback" not in bot.said, bot.said


async def test_the_other_goes_on_at_once_with_what_was_not_on_its_way(
    make_place: MakePlace, migrated_postgres_url: str
) -> None:
    place: Place = await make_place("socket", database=migrated_postgres_url, doors=2)
    slack = place.slack
    first, _ = await asyncio.gather(place.run(), place.run(door=1))
    await slack.types("ada", "/incident declare sev1 Checkout is down")
    room = (await slack.room(1))["id"]
    await slack.sees(room, "Checkout is down")
    await first.kill()
    await slack.types("ada", "/incident update Rolling back", room)
    await slack.sees(room, "Rolling back")
    await slack.says_nothing_twice()


@pytest.mark.parametrize("line", ["declare sev1 Checkout is down", "declare sev9 Checkout is down"])
async def test_one_request_told_to_both_at_once(make_place: MakePlace, migrated_postgres_url: str, line: str) -> None:
    place: Place = await make_place("http", database=migrated_postgres_url, doors=2)
    slack = place.slack
    await asyncio.gather(place.run(), place.run(door=1))
    channel = (await slack.channels())["general"]["id"]
    who = {"user_id": await slack.person("ada"), "team_id": slack.about["team_id"], "channel_id": channel}
    parcel = Parcel("slash_commands", {**who, "command": "/incident", "text": line, "trigger_id": "1.2.same"})

    async def answer(door: int) -> Answer:
        url = f"{place.address(door)}/slack/events"
        return await HttpCarrier([url], slack.about["signing_secret"], slack.session).carry(parcel, SOON)

    one, other = await asyncio.gather(answer(0), answer(1))
    assert one.status == "ok"
    assert one.body
    assert one == other
    is_declared = "sev1" in line
    assert await _count(migrated_postgres_url, "SELECT count(*) FROM incidents") == is_declared
    if is_declared:
        await slack.sees((await slack.room(1))["id"], "Checkout is down")
        assert len(await slack.rooms()) == 1
        await slack.says_nothing_twice()


async def test_ten_starts_at_once_on_an_empty_database(make_place: MakePlace, postgres_url: str) -> None:
    place: Place = await make_place("socket", database=postgres_url, doors=5)
    migrations = [ended(place.folder, "-m", "bot", "migrate", **place.variables()) for _ in range(5)]
    runs = [place.run(door=door) for door in range(5)]
    told = await asyncio.gather(*migrations, *runs)
    for status, out, err in told[:5]:
        assert (status, out, err) == (0, "The database is up to date.\n", "")
    assert await _count(postgres_url, "SELECT count(*) FROM alembic_version WHERE version_num = $1", HEAD) == 1

    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    await place.slack.sees((await place.slack.room(1))["id"], "Checkout is down")
    assert await _count(postgres_url, "SELECT count(*) FROM processes") == 5
    running: list[Program] = told[5:]
    assert [await bot.stop() for bot in running] == [0] * 5
    assert await _count(postgres_url, "SELECT count(*) FROM processes") == 0


async def test_a_file_that_two_share_by_mistake_is_said(make_place: MakePlace) -> None:
    place: Place = await make_place("socket", doors=2)
    first = await place.run()
    second = await place.run(door=1)

    async def is_said() -> bool:
        return "works on the same SQLite file" in first.said and "works on the same SQLite file" in second.said

    await until(is_said, "a warning from both")
    assert f"(process {second.process.pid} on" in first.said
    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    await place.slack.sees((await place.slack.room(1))["id"], "Checkout is down")
    await place.slack.says_nothing_twice()


async def _count(database: str, query: str, *values: str) -> int:
    connection = await connect(database)
    try:
        return int(await connection.fetchval(query, *values))
    finally:
        await connection.close()
