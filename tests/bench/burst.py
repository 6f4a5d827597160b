"""Two hundred people declare in one moment, while Slack takes 100 ms for each call."""

from tests.bench.declares import LATENCY
from tests.bench.figures import Figure, progress, share
from tests.bench.load import SLACKS_LIMIT, Load, milliseconds
from tests.processes.place import Place

MANY = 200


async def measured(place: Place, load: Load) -> list[Figure]:
    """How long each of them waits for an acknowledgement."""
    await place.slack.dials(latency=LATENCY)
    progress(f"{MANY} declares in a burst, Slack at {LATENCY * 1000:.0f} ms")
    taken, _ = await load.at_once(MANY, 1, lambda n: f"declare sev2 Burst {n:03d}")
    await place.slack.dials(latency=0)
    ms = milliseconds(taken)
    return [
        Figure(f"{MANY} declares in a burst, acknowledged p99", share(ms, 0.99), "ms", at_most=500),
        Figure(f"{MANY} declares in a burst, slowest", max(ms), "ms", at_most=SLACKS_LIMIT * 1000),
    ]
