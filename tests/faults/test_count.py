"""The bench's own scales: what is missing counts as lost, what is there twice as doubled."""

from dataclasses import replace

import pytest

from tests.faults.count import Sight, weighed
from tests.processes.workspace import Json

ROOM: Json = {"id": "C1", "name": "inc-1-a", "topic": "t", "bookmarks": [{}], "member": True}
WHOLE = Sight(
    incidents=((1, "A", "C1"),),
    outbox=(
        (1, "incident:1", "incident:1/setup", None, "room", "sent"),
        (2, "incident:1", "incident:1/channel", "card", "card", "sent"),
        (3, "incident:1", "announce", "top", "announcement", "sent"),
        (4, "incident:1", "incident:1/channel", None, "message", "sent"),
        (5, "incident:1", "card", "card", "card", "sent"),
        (6, "incident:1", "announce", None, "message", "withdrawn"),
    ),
    rooms={1: [ROOM]},
    posts=((2, "C1", "card"), (3, "C0", "top"), (4, "C1", "said")),
)


def _with_row(number: int, state: str) -> Sight:
    return replace(WHOLE, outbox=tuple((*row[:5], state) if row[0] == number else row for row in WHOLE.outbox))


def _with_room(**changed: object) -> Sight:
    return replace(WHOLE, rooms={1: [ROOM | changed]})


def test_a_whole_incident_is_neither() -> None:
    found = weighed(WHOLE, ["A"])
    assert (found.lost, found.doubled) == ((), ())


@pytest.mark.parametrize(
    "seen",
    [
        replace(WHOLE, incidents=((1, "B", "C1"),)),
        replace(WHOLE, rooms={}),
        replace(WHOLE, posts=WHOLE.posts[:2]),
        replace(WHOLE, posts=WHOLE.posts[1:]),
        replace(WHOLE, posts=(WHOLE.posts[2], WHOLE.posts[0], WHOLE.posts[1])),
        _with_room(topic=""),
        _with_room(bookmarks=[]),
        _with_room(member=False),
        _with_row(4, "waiting"),
        _with_row(4, "sending"),
        _with_row(4, "given_up"),
    ],
    ids=[
        "command",
        "room",
        "message",
        "card",
        "order",
        "topic",
        "bookmark",
        "member",
        "waiting",
        "doubtful",
        "given up",
    ],
)
def test_what_is_missing_is_lost(seen: Sight) -> None:
    found = weighed(seen, ["A"])
    assert found.lost
    assert not found.doubled


@pytest.mark.parametrize(
    "seen",
    [
        replace(WHOLE, posts=(*WHOLE.posts, WHOLE.posts[2])),
        replace(WHOLE, rooms={1: [ROOM, ROOM | {"id": "C2"}]}),
        _with_room(bookmarks=[{}, {}]),
        replace(
            WHOLE,
            incidents=((1, "A", "C1"), (2, "A", "C2")),
            rooms={1: [ROOM], 2: [ROOM | {"id": "C2"}]},
            outbox=(
                *WHOLE.outbox,
                (7, "incident:2", "incident:2/channel", "card", "card", "sent"),
                (8, "incident:2", "announce", "top", "announcement", "sent"),
            ),
            posts=(*WHOLE.posts, (7, "C2", "card"), (8, "C0", "top")),
        ),
    ],
    ids=["message", "room", "bookmark", "incident"],
)
def test_what_is_there_twice_is_doubled(seen: Sight) -> None:
    found = weighed(seen, ["A"])
    assert found.doubled
    assert not found.lost
