"""Declares while Slack takes 100 ms for each call and limits nothing."""

from datetime import datetime

from tests.bench.figures import Figure, progress, share
from tests.bench.load import Load, Taken, milliseconds
from tests.processes.place import Place
from tests.processes.running import until

LATENCY = 0.1
ALONE = 100
HANDS = 32
EACH = 4
DRAINED = 60.0
"""Seconds after which everything that was declared is delivered."""


async def measured(place: Place, load: Load) -> list[Figure]:
    """Alone, each after the last is delivered; then 32 hands with four each."""
    await place.slack.dials(latency=LATENCY)
    progress(f"{ALONE} declares, one by one, Slack at {LATENCY * 1000:.0f} ms")
    alone = []
    for number in range(ALONE):
        alone.append(await load.send(f"declare sev1 Alone {number:03d}"))
        await _delivered(place, "alone", number + 1)
    first = await _first_messages(place, alone)
    calls = len(await place.slack.calls())
    progress(f"{HANDS * EACH} declares, {HANDS} at once, Slack at {LATENCY * 1000:.0f} ms")
    crowd, seconds = await load.at_once(HANDS, EACH, lambda n: f"declare sev1 Crowd {n:03d}")
    await _delivered(place, "crowd", len(crowd))
    calls = len(await place.slack.calls()) - calls
    await place.slack.dials(latency=0)
    ms, crowd_ms = milliseconds(alone), milliseconds(crowd)
    return [
        Figure("declare, alone, acknowledged p50", share(ms, 0.5), "ms", at_most=10),
        Figure("declare, alone, acknowledged p99", share(ms, 0.99), "ms", at_most=50),
        Figure("declare, alone, first message p50", share(first, 0.5), "ms", at_most=130),
        Figure("declare, 32 at once, acknowledged p99", share(crowd_ms, 0.99), "ms", at_most=300),
        Figure("declare, 32 at once, slowest", max(crowd_ms), "ms", at_most=3000),
        Figure("declare, 32 at once, acknowledged", len(crowd) / seconds, "/s", at_least=30),
        Figure("Web API calls a declare", calls / len(crowd), "", at_most=8),
    ]


async def _first_messages(place: Place, declared: list[Taken]) -> list[float]:
    """Milliseconds from each command to Slack's answer to the post of its announcement."""
    home = (await place.slack.channels())["incidents"]["id"]
    found = []
    posts = [call for call in await place.slack.calls("chat.postMessage") if call["args"]["channel"] == home]
    for taken in declared:
        title = taken.text.removeprefix("declare sev1 ")
        at = next(call["at"] for call in posts if title in call["args"]["text"])
        # The sandbox notes a call in the middle of its latency.
        found.append((datetime.fromisoformat(at).timestamp() + LATENCY / 2 - taken.left) * 1000)
    return found


async def _delivered(place: Place, word: str, many: int) -> None:
    """Waits until so many channels named by the word have their topic and bookmark, which come last."""

    async def look() -> bool:
        rooms = [room for room in await place.slack.rooms() if f"-{word}-" in room["name"]]
        return len([room for room in rooms if room["topic"] and room["bookmarks"] and room["member"]]) == many

    await until(look, f"{many} declares delivered", DRAINED)
