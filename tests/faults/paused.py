"""The bot's process is paused while reminders fall due: a laptop's lid, a machine that is moved."""

import asyncio
import signal
from collections import Counter

from tests.faults.count import Counted, counted, reminded
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.faults.killed import Declarer
from tests.processes.place import Place, configuration
from tests.processes.running import until

MANY, FEW = 50, 8
NOTICED = 60
"""From so many seconds on a pause is admitted in the reminder."""


async def paused(ground: Ground, seconds: int) -> Outcome:
    """F9: everything falls due while it is paused; each is said once, late says so, and nothing more."""
    many = MANY if ground.is_full else FEW
    place = await ground.place(configuration(respond=f"{seconds // 2}s"))
    bot, declarer = await place.run(), Declarer(place)
    for number in range(many):
        await declarer.declares(f"Outage {number:02d}")
    await settled(place)
    before = len(await place.slack.calls("chat.postMessage"))
    bot.process.send_signal(signal.SIGSTOP)
    ground.says(f"paused for {seconds} s")
    await asyncio.sleep(seconds)  # the fault itself
    [[said]] = await rows(place, "SELECT count(*) FROM timeline WHERE kind = 'NotAcknowledged'")
    assert said == 0, "Somebody let the bot go on meanwhile (a shell that ends continues what it started)"
    bot.process.send_signal(signal.SIGCONT)
    await _reminded(place, many)
    await settled(place)
    found = await counted(place, declarer.acknowledged) + await reminded(place, "NotAcknowledged")
    found += await _storm(place, before)
    if seconds > 2 * NOTICED:
        found += await _unmarked(place, before)
    return found.outcome(many)


async def _reminded(place: Place, many: int) -> None:
    async def look() -> bool:
        [[said]] = await rows(place, "SELECT count(DISTINCT subject) FROM timeline WHERE kind = 'NotAcknowledged'")
        return bool(said == many)

    await until(look, f"{many} reminders on the record")


async def _storm(place: Place, before: int) -> Counted:
    """No incident speaks twice in one place."""
    subjects = dict(await rows(place, "SELECT id, subject FROM outbox"))
    calls = [call for call in (await place.slack.calls("chat.postMessage"))[before:] if call["ok"]]
    said = Counter(
        (call["args"]["channel"], subjects[call["args"]["metadata"]["event_payload"]["id"]]) for call in calls
    )
    return Counted((), tuple(f"{name}: {times} messages in {at}" for (at, name), times in said.items() if times > 1))


async def _unmarked(place: Place, before: int) -> Counted:
    """Each reminder admits that it is late."""
    calls = [call for call in (await place.slack.calls("chat.postMessage"))[before:] if call["ok"]]
    bare = [
        call["args"]["text"]
        for call in calls
        if "due since" not in str(call["args"]) and "this was due" not in str(call["args"])
    ]
    return Counted(tuple(f"not marked late: {text[:160]!r}" for text in bare), ())


FAULTS = (Fault("F9", "paused while reminders fall due", paused, short=6, full=600, seconds=650, waits=True),)
