"""PostgreSQL crashes under running bots: people are told within 3 s, nothing acknowledged is lost, all goes on."""

import asyncio

from tests.postgres import Server, connect
from tests.processes.conftest import MakePlace
from tests.processes.place import Place
from tests.processes.running import until

MANY = 8


async def _declare(place: Place, name: str) -> tuple[str, bool, float]:
    answer = await place.slack.act(
        "ada", "command", channel="general", text=f"declare sev1 {name}", command="/incident"
    )
    return name, answer["ok"], answer.get("milliseconds", 0)


async def test_it_crashes_and_comes_back(make_place: MakePlace, migrated_postgres_url: str, server: Server) -> None:
    place: Place = await make_place("socket", database=migrated_postgres_url, doors=2)
    slack = place.slack
    bots = await asyncio.gather(place.run(), place.run(door=1))
    await slack.types("ada", "/incident declare sev1 Before")
    await slack.sees((await slack.room(1))["id"], "Before")

    await slack.dials(latency=0.1)
    declares = [asyncio.create_task(_declare(place, f"Meanwhile {number}")) for number in range(MANY)]
    await asyncio.to_thread(server.crash)
    told = await asyncio.gather(*declares)
    answer = await slack.act(
        "ada", "command", channel="general", text="declare sev1 Into the void", command="/incident"
    )
    assert answer["ok"]

    async def is_said() -> bool:
        general = (await slack.channels())["general"]["id"]
        return any("log has it under" in each.words for each in await slack.read(general) if each.private_to)

    await until(is_said, "an apology")
    assert [await place.status("/healthz", door) for door in (0, 1)] == [200, 200]

    async def are_red() -> bool:
        return [await place.status("/readyz", door) for door in (0, 1)] == [503, 503]

    await until(are_red, "both bots not ready")
    await asyncio.to_thread(server.start)

    async def are_ready() -> bool:
        return [await place.status("/readyz", door) for door in (0, 1)] == [200, 200]

    await until(are_ready, "both bots ready again")
    assert all(bot.process.returncode is None for bot in bots)
    await slack.types("ada", "/incident declare sev1 After")
    connection = await connect(migrated_postgres_url)
    kept = {row["title"] for row in await connection.fetch("SELECT title FROM incidents")}
    await connection.close()
    general = (await slack.channels())["general"]["id"]
    words = "\n".join(each.words for each in await slack.read(general) if each.private_to)
    assert {"Before", "After"} <= kept
    assert {name for name, ok, _ in told if ok and f"{name}*" in words} <= kept

    async def all_have_a_channel() -> bool:
        return len(await slack.rooms()) == len(kept)

    await until(all_have_a_channel, "a channel for each that was kept")
    await slack.says_nothing_twice()
