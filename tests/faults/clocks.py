"""The wall clock jumps under a running bot: an hour ahead, an hour back, and over both changes of summer time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.faults import jumping
from tests.faults.count import NOTHING, Counted, counted, reminded
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.faults.jumping import set_clock
from tests.faults.killed import Declarer
from tests.faults.wall import set_in_earnest
from tests.processes.place import Place
from tests.processes.running import until

HOUR = 3600.0
BEFORE = 1800.0
"""Seconds before a change of the clocks at which is declared."""

SETTINGS = """
timezone: Europe/Madrid
slack: {channel_rate: 1000/s, burst: 100}
severities:
  - {name: SEV1, respond_within: 20m, update_every: 50m, escalate_after: 8h}
  - {name: SEV2, respond_within: 1s, update_every: 8h, escalate_after: 12h}
"""
"""Within an hour a SEV1 has two things due. A SEV2 marks a moment: what was due before it has been said before it."""


@dataclass(frozen=True, slots=True)
class Jumps:
    """What the clock does: how far off it is when something is declared, then where it jumps, in seconds."""

    what: str
    start: float
    then: tuple[float, ...]


def scenarios(now: datetime) -> Iterator[Jumps]:
    """In each an hour passes by the clock, in jumps."""
    yield Jumps("an hour ahead, back, and ahead again", 0, (HOUR, 0, HOUR))
    yield Jumps("an hour back, and on", 0, (-HOUR, 0, HOUR))
    for change in changes(now, ZoneInfo("Europe/Madrid")):
        start = (change - now).total_seconds() - BEFORE
        yield Jumps(f"over the change of {change:%d %B}", start, (start + HOUR, start, start + HOUR))


def changes(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """The next two changes of the clocks there, in UTC."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    hours = [hour + timedelta(hours=n) for n in range(366 * 24)]
    offsets = [each.astimezone(zone).utcoffset() for each in hours]
    return [hours[n] for n in range(1, len(hours)) if offsets[n] != offsets[n - 1]][:2]


async def jumps(ground: Ground, tried: int) -> Outcome:
    """F10: so many incidents in each scenario; what falls due is said once, whatever the clock does afterwards."""
    every = list(scenarios(datetime.now(UTC)))  # noqa: TID251 - it is set off from this clock
    if not ground.is_full:  # half of them on each database
        every = every[("sqlite", "postgresql").index(ground.database) :: 2]
    found = NOTHING
    for each in every:
        ground.says(each.what)
        one = await _jumped(ground, each, tried)
        found += Counted(
            tuple(f"{each.what}: {said}" for said in one.lost), tuple(f"{each.what}: {said}" for said in one.doubled)
        )
    if not ground.is_full:
        return found.outcome(len(every) * tried)
    ground.says("the machine's own clock")
    earnest = await set_in_earnest(ground, tried)
    if earnest is None:
        return found.outcome(len(every) * tried, notes=("no compiler: the bot's own clock alone was set",))
    return (found + earnest).outcome((len(every) + 1) * tried)


async def _jumped(ground: Ground, each: Jumps, tried: int) -> Counted:
    place = await ground.place(SETTINGS)
    set_clock(place.folder, each.start)
    await place.run("-P", str(Path(str(jumping.__file__))))
    declarer = Declarer(place)
    for number in range(tried):
        await declarer.declares(f"Outage {number:02d}")
    await settled(place)
    for number, jump in enumerate(each.then, 1):
        set_clock(place.folder, jump)
        await _marked(place, number)
    await settled(place)
    found = await counted(place, declarer.acknowledged) + await reminded(place, "NotAcknowledged")
    found += await reminded(place, "UpdateDue", among="severity = 'SEV1'")
    await place.end()
    return found


async def _marked(place: Place, number: int) -> None:
    """What is due at this moment has been said, and then the marker, which falls due last."""
    title = f"Marker {number}"
    answer = await place.slack.act(
        "ada", "command", channel="general", text=f"declare sev2 {title}", command="/incident"
    )
    assert answer["ok"], answer

    async def look() -> bool:
        return bool(await rows(place, MARKED.format(title=title)))

    await until(look, f"the reminder of {title}")


MARKED = """
SELECT 1 FROM timeline, incidents
WHERE timeline.kind = 'NotAcknowledged' AND title = '{title}' AND subject = 'incident:' || number
"""

FAULTS = (Fault("F10", "the clock jumps an hour, and over summer time", jumps, short=3, full=50, seconds=120),)
