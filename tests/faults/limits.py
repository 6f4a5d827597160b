"""Slack at its limits: one message a second, refusals and silence, a crowd that declares in one moment."""

from datetime import timedelta

from tests.bench.load import Taken
from tests.faults import acks
from tests.faults.count import Counted, counted
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, settled
from tests.processes.place import Place, configuration
from tests.processes.running import until
from tests.processes.workspace import Json

AS_SLACK_ALLOWS = configuration().replace("{channel_rate: 1000/s, burst: 100}", "{channel_rate: 1/s, burst: 5}")
PATIENCE = 300.0
"""Seconds within which everything is said, also where Slack takes a message a second."""

LATENCY = 0.1
BESIDE = 3
"""Declares beside the one that is told to wait."""


async def one_a_second(ground: Ground, tried: int) -> Outcome:
    """F3: so many declares at once, while each channel takes strictly one message a second."""
    place = await ground.place(AS_SLACK_ALLOWS)
    await place.slack.dials(channel_rate=1.0)
    await place.run()
    taken = await acks.at_once(await ground.load(place), [f"Crowd {n:03d}" for n in range(tried)])
    await settled(place, PATIENCE)
    refused = len([call for call in await place.slack.calls("chat.postMessage") if call["error"] == "ratelimited"])
    found = await counted(place, acks.titles(taken)) + acks.in_time(ground, taken)
    return found.outcome(
        tried, acks.worst(taken), (f"{refused} messages came too soon for Slack, and were sent again",)
    )


async def refusals(ground: Ground, seconds: int) -> Outcome:
    """F4: of Slack's answers 30 % are 429, 30 % are 500 and 10 % never come; before, one channel is told to wait."""
    place = await ground.place(AS_SLACK_ALLOWS)
    await place.run()
    waits, many = (30, seconds // 2) if ground.is_full else (8, 2 * seconds)
    taken = await _one_waits(ground, place, waits)
    await place.slack.dials(faults=_faults((1, 10, 30) if ground.is_full else (1, 2)))
    titles = [f"Storm {n:03d}" for n in range(many)]
    taken += await acks.spread(ground, place, titles, timedelta(seconds=seconds))
    await place.slack.dials(faults=[])
    await settled(place, PATIENCE)
    found = await counted(place, acks.titles(taken)) + await _held_up(place) + acks.in_time(ground, taken)
    refused = len([call for call in await place.slack.calls() if not call["ok"]])
    return found.outcome(
        len(taken), acks.worst(taken), (acks.p99(taken), f"{refused} calls failed, and were made again")
    )


def _faults(pauses: tuple[int, ...]) -> list[Json]:
    """Each strikes a part of what those before it left: 0.3, 0.3 and 0.1 of all calls."""
    parts = [*(("429", 0.3 / len(pauses), pause) for pause in pauses), ("500", 0.3, 1), ("hang", 0.1, 1)]
    found, left = [], 1.0
    for kind, part, pause in parts:
        found.append({"method": "*", "kind": kind, "share": part / left, "retry_after": pause})
        left -= part
    return found


async def _one_waits(ground: Ground, place: Place, seconds: int) -> list[Taken]:
    """One channel is told to wait for so long; meanwhile others are declared, whose cards come."""
    load = await ground.load(place)
    struck = {"method": "chat.postMessage", "kind": "429", "retry_after": seconds, "times": 1}
    await place.slack.dials(faults=[struck])
    taken = await acks.at_once(load, ["Told to wait"])

    async def is_struck() -> bool:
        return any(call["error"] == "ratelimited" for call in await place.slack.calls("chat.postMessage"))

    await until(is_struck, "a post that is told to wait")
    titles = [f"Beside {n}" for n in range(BESIDE)]
    taken += await acks.at_once(load, titles)

    async def have_cards() -> bool:
        return len(_rooms_of(await place.slack.calls("chat.postMessage"), titles)) == BESIDE

    await until(have_cards, "the cards of the others")
    return taken


def _rooms_of(calls: list[Json], titles: list[str]) -> dict[str, int]:
    """The titles whose card stands, and which of the calls that was."""
    found: dict[str, int] = {}
    for place, call in enumerate(calls):
        for title in titles if call["ok"] else ():
            if title in call["args"]["text"]:
                found.setdefault(title, place)
    return found


async def _held_up(place: Place) -> Counted:
    """Whether what was beside the first 429 came before the one that was told to wait."""
    calls = await place.slack.calls("chat.postMessage")
    struck = next(call for call in calls if call["error"] == "ratelimited")["args"]["metadata"]
    again = next(
        (n for n, call in enumerate(calls) if call["ok"] and call["args"].get("metadata") == struck), len(calls)
    )
    beside = _rooms_of(calls, [f"Beside {n}" for n in range(BESIDE)])
    return Counted(
        tuple(f"{title}: held up by another channel's wait" for title, at in beside.items() if at > again), ()
    )


async def burst(ground: Ground, tried: int) -> Outcome:
    """F6: so many declares in one moment, while Slack takes 100 ms for each call."""
    place = await ground.place()
    await place.run()
    await place.slack.dials(latency=LATENCY)
    taken = await acks.at_once(await ground.load(place), [f"Burst {n:03d}" for n in range(tried)])
    ground.says(f"{tried} acknowledged, the last after {acks.worst(taken) * 1000:.0f} ms")
    await settled(place, PATIENCE)
    found = await counted(place, acks.titles(taken)) + acks.in_time(ground, taken)
    return found.outcome(tried, acks.worst(taken), (acks.p99(taken),))


FAULTS = (
    Fault("F3", "one message a second a channel", one_a_second, short=8, full=32, seconds=90),
    Fault("F4", "30 % 429, 30 % 500, 10 % silence", refusals, short=4, full=600, seconds=800),
    Fault("F6", "a burst of declares, Slack at 100 ms", burst, short=24, full=200, seconds=40),
)
