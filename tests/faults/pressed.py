"""F12: two people press one button in the same moment. One wins, the other is told who, and it is written once."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from bot.views.replies import still_working
from tests.faults import acks
from tests.faults.count import NOTHING, Counted
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place

BATCH = 50
BUTTON = "Acknowledge"
PEOPLE = ("ada", "bob")
PATIENCE = 300.0
ACKNOWLEDGED = "SELECT subject, actor FROM timeline WHERE kind = 'Acknowledged'"


async def pressed(ground: Ground, tried: int) -> Outcome:
    """Batches of incidents; in each of them both press at once, on PostgreSQL one at each of two bots."""
    doors = 2 if ground.database == "postgresql" else 1
    place = await ground.place(doors=doors)
    await asyncio.gather(*(place.run(door=door) for door in range(doors)))
    ids = {await place.slack.person(name): name for name in PEOPLE}
    found, worst, won = NOTHING, 0.0, Counter[str]()
    for first in range(0, tried, BATCH):
        numbers = range(first + 1, min(first + BATCH, tried) + 1)
        await acks.at_once(await ground.load(place), [f"Button {number:04d}" for number in numbers])
        await settled(place, PATIENCE)
        rooms = await place.slack.rooms()
        by_number = {number: room["id"] for room in rooms if (number := int(room["name"].split("-")[1])) in numbers}
        took = await asyncio.gather(*(_both(place, *each) for each in by_number.items()))
        await settled(place, PATIENCE)
        winners = await _winners(place, ids)
        found += _written_once(winners, numbers)
        found += await _all_told(place, by_number, winners, ids)
        won.update(winners[number][0] for number in numbers if winners.get(number))
        worst = max(worst, *took)
        ground.says(f"{numbers[-1]} of {tried}: {len(found.lost)} lost, {len(found.doubled)} doubled")
    note = ", ".join(f"{name} won {times} times" for name, times in sorted(won.items()))
    return found.outcome(tried, worst, (note,))


async def _both(place: Place, number: int, channel: str) -> float:
    """Both press on the card, now one first, now the other; seconds until both were acknowledged."""
    card = (await place.slack.read(channel))[0]
    press = {"channel": channel, "ts": card.ts, "label": BUTTON}
    answers = await asyncio.gather(*(place.slack.act(name, "click", **press) for name in PEOPLE[:: number % 2 * 2 - 1]))
    assert all(answer["ok"] for answer in answers), answers
    return float(max(answer["milliseconds"] for answer in answers)) / 1000


async def _winners(place: Place, ids: dict[str, str]) -> dict[int, list[str]]:
    """Who has it according to the timeline, by number of the incident."""
    found: dict[int, list[str]] = {}
    for subject, actor in await rows(place, ACKNOWLEDGED):
        found.setdefault(int(subject.partition(":")[2]), []).append(ids[actor.partition(":")[2]])
    return found


def _written_once(winners: dict[int, list[str]], numbers: Sequence[int]) -> Counted:
    lost = tuple(f"INC-{number}: nobody has it" for number in numbers if not winners.get(number))
    doubled = tuple(f"INC-{number}: {winners[number]}" for number in numbers if len(winners.get(number, [])) > 1)
    return Counted(lost, doubled)


async def _all_told(place: Place, rooms: dict[int, str], winners: dict[int, list[str]], ids: dict[str, str]) -> Counted:
    """The one is told so, the other who it is; the channel hears of it once."""
    lost, doubled, names = [], [], {name: user for user, name in ids.items()}
    for number, channel in rooms.items():
        winner = winners.get(number, ["nobody"])[0]
        for name in PEOPLE:
            said = await place.slack.read(channel, name)
            own = [each.words for each in said if each.private_to and still_working().text not in each.words]
            wanted = "You have" if name == winner else f"<@{names.get(winner)}> already has"
            lost += [] if len(own) == 1 and wanted in own[0] else [f"INC-{number}: {name} was told {own}"]
        card, *others = [each.text for each in said if not each.private_to]
        heard = [text for text in others if f"<@{names.get(winner)}> has it" in text]
        lost += [f"INC-{number}: its card does not say so"] if "has it" not in card else []
        doubled += [f"INC-{number}: said {len(heard)} times"] if len(heard) > 1 else []
    return Counted(tuple(lost), tuple(doubled))


FAULTS = (Fault("F12", "two press one button at once", pressed, short=20, full=1000, seconds=180),)
