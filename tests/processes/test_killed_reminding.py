"""Killed while reminders fall due: each is said, once, by whoever runs next."""

import re
from collections import Counter

from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration
from tests.processes.running import until
from tests.processes.workspace import Said

MANY = 12
IN_DOUBT = 30.0
DUE = re.compile(r"Nobody has acknowledged it")


async def test_killed_while_reminders_are_due(make_place: MakePlace) -> None:
    place: Place = await make_place("http", configuration(respond="8s"))
    slack = place.slack
    first = await place.run()
    for number in range(MANY):
        await slack.types("ada", f"/incident declare sev1 Outage {number:02d}")
    rooms = [(await slack.room(number))["id"] for number in range(1, MANY + 1)]

    async def is_said() -> list[Said]:
        return [each for each in await slack.read("incidents") if DUE.search(each.words)]

    await slack.dials(latency=0.3)
    await until(is_said, "the first reminder")
    await first.kill()
    await slack.dials(latency=0)
    second = await place.run()

    async def reminded() -> bool:
        there = [each for room in rooms for each in await slack.read(room) if DUE.search(each.words)]
        return len(there) == MANY == len(await is_said())

    await until(reminded, "each reminder in its channel and where it was announced", IN_DOUBT)
    times = Counter(re.findall(r"INC-\d+", each.text)[0] for each in await is_said())
    assert set(times.values()) == {1}
    await slack.says_nothing_twice()
    assert "Traceback" not in second.said, second.said


async def test_killed_between_it_goes_on_where_it_was(make_place: MakePlace) -> None:
    place: Place = await make_place("socket", configuration(update="6s"))
    slack = place.slack
    first = await place.run()
    await slack.types("ada", "/incident declare sev1 Checkout is down")
    room = (await slack.room(1))["id"]
    card = await slack.sees(room, "Checkout is down")
    await slack.presses("bob", card, "Acknowledge")
    await slack.sees(room, "has it")
    await first.kill()
    assert await place.status("/healthz") == 0

    await place.run()
    reminded = await slack.sees(room, "Update due", "Snooze 15 min")
    await slack.presses("bob", reminded, "Snooze 15 min")
    await slack.sees(room, "moved the next update")
    await slack.types("ada", "/incident update Still looking", room)
    await slack.sees(room, "Update #1", "Still looking")
    await slack.says_nothing_twice()
    assert len(await slack.rooms()) == 1
