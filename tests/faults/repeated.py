"""F11: every request comes four times, one by one or at once, to one bot or to two: one effect, the same answer."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle

import aiohttp
from aiohttp import web

from tests.faults.count import NOTHING, Counted, sight, weighed
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place
from tests.processes.running import free_port, until

TIMES = 4
EXPECTED = {"Declared": 1, "Acknowledged": 1, "Noted": 2, "Resolved": 1}
"""What people did in a round: two commands, a button, a form, a mention."""

PASSED_ON = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")


@dataclass
class Repeater:
    """Stands between Slack and the bots, and passes each request on four times."""

    session: aiohttp.ClientSession
    port: int = field(default_factory=free_port)
    doors: list[str] = field(default_factory=list)
    at_once: bool = False
    passed: int = 0
    differing: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where Slack is told to send its requests."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    async def handle(self, request: web.Request) -> web.Response:
        """The answer, which has to be the same each time."""
        sent = await request.read()
        headers = {name: request.headers[name] for name in PASSED_ON}
        doors = [door for door, _ in zip(cycle(self.doors), range(TIMES), strict=False)]
        if self.at_once:
            answers = list(await asyncio.gather(*(self._asked(door, sent, headers) for door in doors)))
        else:
            answers = [await self._asked(door, sent, headers) for door in doors]
        self.passed += TIMES
        self.differing += [f"first {answers[0]}, then {each}" for each in answers if each != answers[0]]
        status, text, kind = answers[0]
        return web.Response(status=status, text=text, content_type=kind)

    async def _asked(self, door: str, sent: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
        async with self.session.post(door, data=sent, headers=headers) as answer:
            return answer.status, await answer.text(), answer.content_type


@asynccontextmanager
async def repeating(session: aiohttp.ClientSession) -> AsyncIterator[Repeater]:
    """It listens until the block ends."""
    repeater, site = Repeater(session), web.Application()
    site.router.add_post("/slack/events", repeater.handle)
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", repeater.port).start()
        yield repeater
    finally:
        await runner.cleanup()


async def repeated(ground: Ground, rounds: int) -> Outcome:
    """Rounds of a command, a button, a form, a mention and another command; at once in every second of them."""
    bots = 2 if ground.database == "postgresql" else 1
    async with repeating(ground.session) as repeater:
        place = await ground.place(doors=bots, through=repeater.url)
        repeater.doors = [f"{place.address(door)}/slack/events" for door in range(bots)]
        await asyncio.gather(*(place.run(door=door) for door in range(bots)))
        found = NOTHING
        for number in range(1, rounds + 1):
            repeater.at_once = bool(number % 2)
            found += await _round(place, number)
            ground.says(f"round {number} of {rounds}: {len(repeater.differing)} answers differ")
        await settled(place)
        found += weighed(await sight(place), [_title(number) for number in range(1, rounds + 1)])
        found += Counted((), tuple(repeater.differing))
        return found.outcome(repeater.passed, notes=(f"{bots} bots, {rounds} rounds of 5 acts",))


def _title(number: int) -> str:
    return f"Again {number:03d}"


async def _round(place: Place, number: int) -> Counted:
    slack = place.slack
    await slack.types("ada", f"/incident declare sev1 {_title(number)}")
    room = str((await slack.room(number))["id"])
    await settled(place)
    card = (await slack.read(room))[0]
    await slack.presses("bob", card, "Acknowledge")
    await slack.types("ada", "/incident note", room)
    await _hands_in(place, "In a form")
    said = await slack.act("bob", "say", channel=room, text=f"<@{slack.about['bot_user']}> note By a mention")
    assert said["ok"], said
    await until(lambda: _has(place, number, "Noted", 2), "both notes")
    await slack.types("ada", "/incident resolve Over", room)
    await settled(place)
    return await _once(place, number) + await _same_words(place, room)


async def _hands_in(place: Place, text: str) -> None:
    """Ada fills in the form, once its fields are there."""

    async def look() -> bool:
        form = await place.slack.form("ada")
        return form is not None and any(block.get("block_id") == "text" for block in form["blocks"])

    await until(look, "a form")
    value = {"type": "plain_text_input", "value": text}
    answer = await place.slack.act("ada", "submit", state={"text": {"text": value}})
    assert answer["ok"], answer


async def _kinds(place: Place, number: int) -> Counter[str]:
    found = await rows(place, f"SELECT kind FROM timeline WHERE subject = 'incident:{number}'")
    return Counter(kind for [kind] in found)


async def _has(place: Place, number: int, kind: str, many: int) -> bool:
    return (await _kinds(place, number))[kind] >= many


async def _once(place: Place, number: int) -> Counted:
    """Each act is in the timeline, once."""
    kinds = await _kinds(place, number)
    lost = tuple(f"INC-{number}: {kind} {kinds[kind]} times" for kind in EXPECTED if kinds[kind] < EXPECTED[kind])
    return Counted(
        lost, tuple(f"INC-{number}: {kind} {kinds[kind]} times" for kind in EXPECTED if kinds[kind] > EXPECTED[kind])
    )


async def _same_words(place: Place, room: str) -> Counted:
    """What somebody alone is shown of one act has the same words each time: Bob pressed once, and noted once."""
    said = {each.words for each in await place.slack.read(room, "bob") if each.private_to}
    return Counted((), (f"Bob was told: {sorted(said)}",) if len(said) > 2 else ())


FAULTS = (Fault("F11", "each request four times", repeated, short=2, full=60, seconds=150),)
