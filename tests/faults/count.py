"""What was lost and what was doubled: counted from Slack's calls and channels, and from the database."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.faults.fault import Outcome
from tests.faults.ground import rows
from tests.processes.place import Place
from tests.processes.workspace import Json

INCIDENTS = "SELECT number, title, channel FROM incidents ORDER BY number"
OUTBOX = "SELECT id, subject, lane, slot, kind, state FROM outbox ORDER BY id"
ONE_POST_EACH = {"message", "card", "announcement"}
"""Kinds of rows that put a message into a channel, or edit the one that stands in their slot."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence for everything that is missing, and for everything that is there once too often."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]

    def outcome(
        self, tried: int, worst_ack: float | None = None, notes: tuple[str, ...] = (), allowed: int = 0
    ) -> Outcome:
        """The same as the outcome of a fault."""
        wrong = (*self.lost, *self.doubled)
        return Outcome(tried, len(self.lost), len(self.doubled), worst_ack, allowed, wrong, notes)

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.lost + other.lost, self.doubled + other.doubled)


NOTHING = Counted((), ())


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything that is counted, read once."""

    incidents: tuple[tuple[int, str, str | None], ...]
    outbox: tuple[tuple[Any, ...], ...]
    rooms: Mapping[int, list[Json]]
    posts: tuple[tuple[int, str, str], ...]
    """Messages that delivery posted, in the order of Slack: id of the outbox row, channel, text."""


async def sight(place: Place) -> Sight:
    """Reads the database, the channels and the calls."""
    rooms: dict[int, list[Json]] = {}
    for room in await place.slack.rooms():
        rooms.setdefault(int(room["name"].split("-")[1]), []).append(room)
    incidents = await rows(place, INCIDENTS)
    outbox = await rows(place, OUTBOX)
    posts = [
        (int(mark["event_payload"]["id"]), call["args"]["channel"], call["args"]["text"])
        for call in await place.slack.calls("chat.postMessage")
        if call["ok"] and (mark := call["args"].get("metadata"))
    ]
    return Sight(tuple(incidents), tuple(outbox), rooms, tuple(posts))


async def counted(place: Place, acknowledged: Collection[str]) -> Counted:
    """Counts after declares, each with a title of its own, when everything has settled."""
    broken = tuple(f"{bot.log.name} holds a Traceback" for bot in place.bots[-1:] if "Traceback" in bot.said)
    return weighed(await sight(place), acknowledged) + Counted(broken, ())


def weighed(seen: Sight, acknowledged: Collection[str]) -> Counted:
    """The same of what was seen."""
    lost = (*_not_kept(seen, acknowledged), *_incomplete(seen), *_unsaid(seen), *_out_of_order(seen))
    return Counted(lost, (*_kept_twice(seen), *_said_twice(seen)))


async def reminded(place: Place, kind: str, among: str = "1 = 1") -> Counted:
    """Counts in the timelines: every incident (of those that this SQL picks) was reminded of this once."""
    said = await rows(place, f"SELECT subject FROM timeline WHERE kind = '{kind}'")
    times = Counter(subject for [subject] in said)
    picked = await rows(place, f"SELECT number FROM incidents WHERE {among} ORDER BY number")
    subjects = [f"incident:{number}" for [number] in picked]
    lost = tuple(f"{name}: no {kind}" for name in subjects if not times[name])
    return Counted(lost, tuple(f"{name}: {kind} {many} times" for name, many in times.items() if many > 1))


def _not_kept(seen: Sight, acknowledged: Collection[str]) -> Iterator[str]:
    titles = {title for _, title, _ in seen.incidents}
    for title in acknowledged:
        if title not in titles:
            yield f"{title}: acknowledged, and not stored"


def _kept_twice(seen: Sight) -> Iterator[str]:
    for title, times in Counter(title for _, title, _ in seen.incidents).items():
        if times > 1:
            yield f"{title}: {times} incidents"
    for number, _, _ in seen.incidents:
        for room in seen.rooms.get(number, [])[1:]:
            yield f"INC-{number}: a further channel {room['name']}"
        for room in seen.rooms.get(number, []):
            if len(room["bookmarks"]) > 1:
                yield f"INC-{number}: {len(room['bookmarks'])} bookmarks"


def _incomplete(seen: Sight) -> Iterator[str]:
    """Each incident has its announcement, and its channel with card, topic, bookmark and the one who declared it."""
    cards = Counter(channel for _, channel, _ in seen.posts)
    kinds = {row_id: (subject, kind) for row_id, subject, _, _, kind, _ in seen.outbox}
    stand = Counter(kinds[row_id] for row_id, _, _ in seen.posts if row_id in kinds)
    for number, _, channel in seen.incidents:
        rooms = seen.rooms.get(number, [])
        missing = [part for part in ("topic", "bookmarks", "member") if rooms and not rooms[0][part]]
        if not rooms or rooms[0]["id"] != channel:
            missing.append("channel")
        elif not cards[str(channel)]:
            missing.append("messages")
        missing += [kind for kind in ("card", "announcement") if not stand[f"incident:{number}", kind]]
        if missing:
            yield f"INC-{number}: no {', '.join(missing)}"


def _unsaid(seen: Sight) -> Iterator[str]:
    """Every row has ended, none was given up, and what is to stand in a channel stands there."""
    posted = {row_id for row_id, _, _ in seen.posts}
    slots = {(row[1], row[3]) for row in seen.outbox if row[0] in posted and row[3]}
    for row_id, subject, lane, slot, kind, state in seen.outbox:
        if state in {"waiting", "sending", "given_up"}:
            yield f"row {row_id} ({kind} in {lane}): {state}"
        elif state == "sent" and kind in ONE_POST_EACH and row_id not in posted and (subject, slot) not in slots:
            yield f"row {row_id} ({kind} in {lane}): sent, and nothing stands"


def _said_twice(seen: Sight) -> Iterator[str]:
    for row_id, times in Counter(row_id for row_id, _, _ in seen.posts).items():
        if times > 1:
            yield f"row {row_id}: {times} messages"


def _out_of_order(seen: Sight) -> Iterator[str]:
    """Within a lane what was decided first stands first."""
    lanes = {row[0]: row[2] for row in seen.outbox}
    last: dict[str, int] = {}
    for row_id, _, _ in seen.posts:
        lane = lanes.get(row_id, "")
        if row_id < last.get(lane, 0):
            yield f"row {row_id} in {lane}: after {last[lane]}"
        last[lane] = max(row_id, last.get(lane, 0))
