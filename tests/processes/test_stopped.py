"""SIGTERM: the bot is gone within five seconds, and what was acknowledged is done by the next one."""

import asyncio

import pytest

from tests.processes.conftest import MakePlace
from tests.processes.place import Place
from tests.processes.running import until

FAREWELL = 5.0
"""Seconds from SIGTERM to the end."""


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_stopped_in_the_middle_of_declares(make_place: MakePlace, transport: str) -> None:
    place: Place = await make_place(transport)
    slack = place.slack
    first = await place.run()
    await slack.dials(latency=0.3)
    answers = await asyncio.gather(*(slack.types("ada", f"/incident declare sev1 Outage {n}") for n in range(8)))
    assert len(answers) == 8
    assert await first.stop(FAREWELL) == 0
    assert "Traceback" not in first.said, first.said
    await slack.dials(latency=0)

    await place.run()
    rooms = [await slack.room(number) for number in range(1, 9)]
    for room in rooms:
        await slack.sees(room["id"], "Outage", seconds=30)

    async def announced() -> bool:
        return len([each for each in await slack.read("incidents") if not each.thread]) == len(rooms)

    await until(announced, "an announcement for each")
    assert len(await slack.rooms()) == 8
    await slack.says_nothing_twice()


async def test_stopped_while_slack_does_not_answer(make_place: MakePlace) -> None:
    place: Place = await make_place()
    first = await place.run()
    await place.slack.dials(faults=[{"method": "*", "kind": "hang"}])
    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    assert await first.stop(FAREWELL) == 0
