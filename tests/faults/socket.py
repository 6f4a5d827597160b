"""F18: Socket Mode dropped again and again, half open for minutes, two connections at once, while somebody types."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice

from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows
from tests.processes.place import Place
from tests.processes.running import SOON, until

TYPING_EVERY = 0.05
BACK_WITHIN = 2.0
FOUND_WITHIN = 60.0
"""Seconds within which a connection that says nothing is replaced."""


@dataclass
class Typing:
    """Ada types a note, and another one, and another one."""

    place: Place
    room: str
    typed: int = 0
    acknowledged: list[str] = field(default_factory=list)
    slowest: float = 0.0

    async def once(self) -> None:
        """One note; what Slack shows as failed is typed no second time."""
        self.typed += 1
        text = f"Note {self.typed:06}"
        said = await self.place.slack.act("ada", "command", channel=self.room, text=f"note {text}", command="/incident")
        if said.get("ok"):
            self.acknowledged.append(text)
            self.slowest = max(self.slowest, said["milliseconds"] / 1000)

    async def outcome(self, tried: int, *notes: str) -> Outcome:
        """What was acknowledged must be in the timeline, and nothing twice."""
        found = await rows(self.place, "SELECT words FROM timeline WHERE kind = 'Noted'")
        kept = Counter(json.loads(words)["text"] for (words,) in found)
        lost = tuple(f"{text}: acknowledged, and not there" for text in self.acknowledged if not kept[text])
        doubled = tuple(f"{text}: {times} times" for text, times in kept.items() if times > 1)
        notes = (*notes, f"{len(self.acknowledged)} of {self.typed} notes acknowledged")
        return Outcome(tried, len(lost), len(doubled), self.slowest, wrong=(*lost, *doubled), notes=notes)

    async def goes_through(self) -> None:
        """Notes are acknowledged again."""
        before = len(self.acknowledged)

        async def is_heard() -> bool:
            return len(self.acknowledged) > before

        await until(is_heard, "an acknowledgement")


@asynccontextmanager
async def typing(ground: Ground, *, by_itself: bool = True) -> AsyncIterator[Typing]:
    """A bot on Socket Mode with an incident, in whose channel Ada types all the time."""
    place = await ground.place(transport="socket")
    await place.run()
    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    ada = Typing(place, (await place.slack.room(1))["id"])

    async def on_and_on() -> None:
        while True:
            await ada.once()
            await asyncio.sleep(TYPING_EVERY)

    if not by_itself:
        yield ada
        return
    going_on = asyncio.create_task(on_and_on())
    try:
        yield ada
    finally:
        going_on.cancel()
        await asyncio.gather(going_on, return_exceptions=True)


async def replaced(place: Place, how: str, within: float = SOON) -> float:
    """Disturbs the connection; the seconds until there is another one."""
    made, _ = await place.slack.connections()
    began = time.monotonic()
    await place.slack.disturbs(how)

    async def is_back() -> bool:
        return (await place.slack.connections())[0] > made

    await until(is_back, f"another connection after {how}", within)
    return time.monotonic() - began


async def dropped(ground: Ground, times: int) -> Outcome:
    """Closed, cut and refreshed in turn; each time there is another connection, and notes go through it."""
    async with typing(ground) as ada:
        away = []
        for done, how in enumerate(islice(cycle(("drop", "cut", "refresh")), times)):
            away.append(await replaced(ada.place, how))
            await ada.goes_through()
            if done % 20 == 0:
                ground.says(f"disturbed {done} times")
    late = sum(each > BACK_WITHIN for each in away)
    return await ada.outcome(times, f"back after {max(away):.1f} s at most", f"{late} times after more than 2 s")


async def half_open(ground: Ground, seconds: int) -> Outcome:
    """Nothing comes any more and nothing is closed, on one connection after the other; in the end all is well."""
    async with typing(ground) as ada:
        found, end = [], time.monotonic() + seconds
        while not found or time.monotonic() < end:
            found.append(await replaced(ada.place, "deaf", FOUND_WITHIN))
            ground.says(f"found after {found[-1]:.0f} s")
        await ada.goes_through()
        assert await ada.place.status("/readyz") == 200
    return await ada.outcome(len(found), f"found after {max(found):.1f} s at most")


async def two_at_once(ground: Ground, notes: int) -> Outcome:
    """The old connection still serves beside the new one, and each note comes four times, through both of them."""
    async with typing(ground, by_itself=False) as ada:
        await replaced(ada.place, "refresh")
        await ada.place.slack.dials(redeliver=3)
        for _ in range(notes):
            await ada.once()
        _, at_once = await ada.place.slack.connections()
    return await ada.outcome(notes, f"{at_once} connections at the end")


ONE = ("sqlite",)
FAULTS = (
    Fault("F18", "the socket is dropped", dropped, short=6, full=100, databases=ONE, seconds=150, waits=True),
    Fault("F18", "the socket is half open", half_open, short=1, full=300, databases=ONE, seconds=330, waits=True),
    Fault("F18", "two sockets at once", two_at_once, short=20, full=1_000, databases=ONE, seconds=30),
)
