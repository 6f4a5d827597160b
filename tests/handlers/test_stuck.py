"""A database that takes nothing: whoever typed, pressed or handed in something is answered all the same."""

import asyncio
import json
import threading

from slack_bolt import BoltResponse

from handlers.bolt import build, dispatched
from handlers.parts import Parts
from tests.corpus import corpus

LONG = 60.0
"""Seconds after which somebody was not answered, even on a busy machine."""

DOORS = {name: each for name, each in corpus().items() if each["kind"] != "events_api"}
"""Every door but events: those are acknowledged once they are dealt with, and told again by Slack until then."""


async def test_every_door_answers_while_the_database_is_stuck(parts: Parts) -> None:
    app, gate = build(parts), threading.Event()
    stuck = asyncio.create_task(parts.incidents.changes.store.write(lambda _connection: gate.wait(2 * LONG)))

    async def asked(number: int, name: str) -> tuple[str, BoltResponse]:
        written = json.dumps(DOORS[name]["payload"]).replace("T0001", "T1")
        payload = json.loads(written) | {"trigger_id": f"{number}.1.x"}
        return name, await dispatched(app, payload)

    try:
        async with asyncio.timeout(LONG):
            answers = await asyncio.gather(*(asked(number, name) for number, name in enumerate(DOORS)))
        assert not stuck.done()
    finally:
        gate.set()
    await stuck
    await parts.running.idle()
    assert {name: answer.status for name, answer in answers if answer.status != 200} == {}
    assert "Still working on it" in dict(answers)["slash declare"].body
