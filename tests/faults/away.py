"""Slack's Web API is away: what is declared meanwhile is stored, told at once, and made up for afterwards."""

from datetime import timedelta

from tests.faults import acks
from tests.faults.count import Counted, counted
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, settled

MANY = 100
PATIENCE = 300.0
"""Seconds within which everything is made up for."""


async def outage(ground: Ground, seconds: int) -> Outcome:
    """F5: the API ends every connection, for so long; then everything is said, in order."""
    place = await ground.place()
    await place.run()
    await place.slack.dials(offline=True)
    titles = [f"Outage {n:03d}" for n in range(MANY if ground.is_full else 2 * seconds)]
    taken = await acks.spread(ground, place, titles, timedelta(seconds=seconds))
    assert not await place.slack.rooms()
    await place.slack.dials(offline=False)
    ground.says("Slack is back")
    await settled(place, PATIENCE)
    untold = tuple(f"{each.text}: answered {each.said[:80]!r}" for each in taken if "INC-" not in each.said)
    found = await counted(place, acks.titles(taken)) + Counted(untold, ()) + acks.in_time(ground, taken)
    return found.outcome(len(titles), acks.worst(taken), (acks.p99(taken),))


FAULTS = (Fault("F5", "Slack's Web API away", outage, short=4, full=3600, seconds=3700, waits=True),)
