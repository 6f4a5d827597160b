"""Killed at any moment and started again: nothing acknowledged is missing, nothing is said twice."""

import asyncio
from collections import Counter

from tests.processes.conftest import MakePlace
from tests.processes.place import Place
from tests.processes.running import until
from tests.processes.workspace import Json, Workspace

IN_DOUBT = 60.0
"""Seconds until a call that was on its way at the kill has been looked up: its lease, and some time to do so."""

LATENCY = 0.2


async def _declare(slack: Workspace, name: str) -> str | None:
    """Declares, and answers with the title where that was acknowledged."""
    answer = await slack.act("ada", "command", channel="general", text=f"declare sev1 {name}", command="/incident")
    return name if answer["ok"] else None


async def _declares(place: Place, many: int, apart: float) -> list["asyncio.Task[str | None]"]:
    """Begins declares one after another, so that each is at another moment when the bot is killed."""
    started = []
    for number in range(many):
        started.append(asyncio.create_task(_declare(place.slack, f"Outage {number:02d}")))
        await asyncio.sleep(apart)  # the distance between two moments, not a wait
    return started


async def _is_complete(slack: Workspace, room: Json) -> bool:
    said = await slack.read(room["id"])
    number = room["name"].split("-")[1]
    announced = [each for each in await slack.read("incidents") if f"INC-{number} " in each.text and not each.thread]
    return bool(
        [each for each in said if f"INC-{number} " in each.text]
        and any(f"<#{room['id']}>" in each.words for each in announced)
        and room["topic"]
        and room["bookmarks"]
        and room["member"]
    )


async def _all_complete(slack: Workspace) -> list[Json]:
    """The rooms, once each has its card, announcement, topic, bookmark and declarer."""
    rooms: list[Json] = []

    async def look() -> bool:
        rooms[:] = await slack.rooms()
        return bool(rooms) and all([await _is_complete(slack, room) for room in rooms])

    await until(look, "all that a declare brings", IN_DOUBT)
    return rooms


async def test_killed_at_many_moments_of_a_declare(make_place: MakePlace) -> None:
    place: Place = await make_place()
    slack = place.slack
    first = await place.run()
    await slack.dials(latency=LATENCY)
    declares = await _declares(place, 24, LATENCY / 4)

    async def half_are_acknowledged() -> bool:
        return len([each for each in declares if each.done() and each.result()]) > 12

    await until(half_are_acknowledged, "an answer to half of them")
    await first.kill()
    acknowledged = {name for name in await asyncio.gather(*declares) if name}

    second = await place.run()

    async def each_has_a_room() -> bool:
        return len(await slack.rooms()) >= len(acknowledged)

    await until(each_has_a_room, "a channel for each acknowledged declare", IN_DOUBT)
    rooms = await _all_complete(slack)
    names = Counter(room["name"].split("-", 2)[2].replace("-", " ").capitalize() for room in rooms)
    assert acknowledged <= set(names)
    assert set(names.values()) == {1}
    assert all(len(room["bookmarks"]) == 1 for room in rooms)
    await slack.says_nothing_twice()
    assert "Traceback" not in second.said, second.said
