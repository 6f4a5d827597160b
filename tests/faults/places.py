"""F14: a person, a channel, the bot or its token is gone. Work goes on, it is written down, and people see where."""

from dataclasses import dataclass

from tests.faults.count import NOTHING, Counted
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground, rows, settled
from tests.processes.place import Place
from tests.processes.running import until
from tests.processes.workspace import Json, Said

ROOM, THREAD = "room", "thread"
"""Where work goes on: in the incident's channel, or in the thread of its announcement."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What happens, as an act of Ada's; what its timeline says of it, what people see, and where work goes on."""

    what: str
    act: str
    more: Json
    kind: str
    said: str
    goes_on: str


LOSSES = (
    Loss("the lead is deactivated", "deactivate", {"user": "cleo"}, "HolderGone", "was deactivated", ROOM),
    Loss("its channel is renamed", "rename", {"name": "war-room"}, "RoomRenamed", "", ROOM),
    Loss("its channel is archived", "archive", {}, "RoomArchived", "was archived", THREAD),
    Loss("its channel is deleted", "delete", {}, "RoomGone", "was deleted", THREAD),
    Loss("the bot is removed from it", "remove_app", {}, "RoomGone", "removed", THREAD),
)


async def gone(ground: Ground, rounds: int) -> Outcome:
    """Each round every loss, each to an incident of its own; then the token, to all of them that are left."""
    place = await ground.place()
    await place.run()
    found, number = NOTHING, 0
    for each in range(rounds):
        for loss in LOSSES:
            number += 1
            found += await _lost(place, loss, number)
        number += 1
        found += await _revoked(place, number)
        ground.says(f"round {each + 1}: {len(found.lost)} lost")
    await settled(place)
    bot = place.bots[-1]
    found += Counted(("the log holds a Traceback",), ()) if "Traceback" in bot.said else NOTHING
    return found.outcome(number, notes=(", ".join(each.what for each in LOSSES) + ", the token is revoked",))


async def _declared(place: Place, number: int) -> tuple[str, Said]:
    """An incident, its channel, and its announcement."""
    title = f"Outage {number:03d}"
    await place.slack.types("ada", f"/incident declare sev1 {title}")
    room = str((await place.slack.room(number))["id"])
    await place.slack.sees(room, title)
    announcement = await place.slack.sees("incidents", title)
    await settled(place)
    return room, announcement


async def _lost(place: Place, loss: Loss, number: int) -> Counted:
    room, announcement = await _declared(place, number)
    slack, more = place.slack, dict(loss.more)
    if "user" in more:
        await slack.types("ada", f"/incident INC-{number} lead <@{await slack.person(more['user'])}>")
        await settled(place)
    if "name" in more:
        more["name"] += f"-{number}"
    answer = await slack.act("ada", loss.act, channel=room, **more)
    assert answer["ok"], (loss.what, answer)
    wrong = [] if await _written(place, number, loss.kind) else [f"{loss.what}: the timeline has no {loss.kind}"]
    await slack.types("bob", f"/incident INC-{number} note Noted afterwards")
    await slack.types("bob", f"/incident INC-{number} update Told afterwards")
    await settled(place)
    where = room if loss.goes_on == ROOM else "incidents"
    there = [each for each in await slack.read(where) if where == room or each.thread == announcement.ts]
    for wanted in (loss.said, "Noted afterwards", "Told afterwards"):
        wrong += [] if any(wanted in each.words for each in there) else [f"{loss.what}: nobody reads {wanted!r}"]
    await slack.types("ada", f"/incident INC-{number} resolve Over")
    wrong += [] if await _written(place, number, "Resolved") else [f"{loss.what}: it cannot be resolved"]
    if "user" in more:
        await slack.act("ada", "activate", user=more["user"])
    return Counted(tuple(wrong), ())


async def _revoked(place: Place, number: int) -> Counted:
    """Commands go on; once there is a token again all is said, and nothing was given up."""
    room, _ = await _declared(place, number)
    await place.slack.dials(revoked=True)
    await place.slack.types("bob", f"/incident INC-{number} note Noted meanwhile")

    async def refused() -> bool:
        return any(call["error"] == "token_revoked" for call in await place.slack.calls("chat.postMessage"))

    await until(refused, "a refused call")
    await place.slack.dials(revoked=False)
    await settled(place)
    said = await place.slack.read(room)
    wrong = [] if any("Noted meanwhile" in each.words for each in said) else ["revoked: the note was not said"]
    wrong += ["revoked: something was given up"] if await _kinds(place, number) & {"GaveUp"} else []
    return Counted(tuple(wrong), ())


async def _written(place: Place, number: int, kind: str) -> bool:
    """Whether the timeline says so, within reason."""

    async def look() -> bool:
        return kind in await _kinds(place, number)

    try:
        await until(look, kind, 20.0)
    except AssertionError:
        return False
    return True


async def _kinds(place: Place, number: int) -> set[str]:
    return {kind for [kind] in await rows(place, f"SELECT kind FROM timeline WHERE subject = 'incident:{number}'")}


FAULTS = (Fault("F14", "people, channels, the token are gone", gone, short=1, full=10, seconds=120),)
