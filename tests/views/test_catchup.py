"""What who comes late is shown, and what who takes over is told."""

import re
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.views.brief import brief
from bot.views.catchup import catchup
from bot.views.message import Message
from tests.views.limits import message_problems
from tests.views.samples import ADA, BOB, CAROL, POLICY, STATES, at, entry, text

LONG = "The connection pool of db-2 is exhausted since the deploy, and rolling back takes a while. " * 4
STORY: tuple[Entry, ...] = (
    entry(events.Declared(text("Checkout is down"), "SEV1", ("checkout",)), 0, by=ADA, seq=1),
    entry(events.RoomMade("C12", "inc-12-checkout-is-down"), 0, by=None, seq=2),
    entry(events.Acknowledged(BOB), 3, seq=3),
    entry(events.RoleAssigned("commander", BOB), 4, seq=4),
    entry(events.RoleAssigned("comms", CAROL), 5, seq=5),
    entry(events.Noted(text("Disk of db-2 is at 97 % <!channel>")), 6, seq=6),
    entry(events.EventRecorded(text("Deploy 4711 went out"), at(-15)), 8, seq=7),
    entry(events.StatusChanged("acknowledged", "identified"), 10, seq=8),
    entry(events.Updated(1, "SEV1", "identified", text("Pool exhausted"), text("1 in 3 fails"), at(40)), 10, seq=9),
    entry(events.SeverityChanged("SEV2", "SEV1", True, text("All regions")), 12, seq=10),
    entry(events.StatusChanged("identified", "mitigating"), 14, seq=11),
    entry(events.Noted(text(LONG)), 15, seq=12),
    entry(events.UpdateSoon(at(40), CAROL), 18, by=None, seq=13),
)
IDENTIFIED = replace(STATES["identified"], figures={"users": "1200", "tickets": "40"})


def shown(message: Message) -> dict[str, Any]:
    assert message_problems(message) == []
    return {"text": message.text, "blocks": list(message.blocks)}


def lines(message: Message) -> list[str]:
    """What stands on the screen, line by line, as a phone breaks it: 48 characters each, mentions as names."""
    written = [
        line for block in message.blocks if block["type"] == "section" for line in block["text"]["text"].split("\n")
    ]
    seen = [re.sub(r"<[^<>]*\|([^<>]*)>|<[@#]\w+>", lambda found: found[1] or "@somebody", line) for line in written]
    return [part for line in seen for part in re.findall(r".{1,48}", line)]


def test_at_first_the_whole(snapshot: SnapshotAssertion) -> None:
    looks = {
        "under way": catchup(IDENTIFIED, STORY, POLICY, at(20)),
        "nobody has it": catchup(STATES["detected"], STORY[:1], POLICY, at(2)),
        "update due": catchup(STATES["update due"], STORY, POLICY, at(41)),
        "resolved": catchup(STATES["resolved"], STORY, POLICY, at(70)),
        "merged": catchup(replace(STATES["cancelled"], merged_into=9), STORY[:2], POLICY, at(20)),
        "private": catchup(STATES["private"], STORY[:1], POLICY, at(20)),
    }
    assert {name: shown(message) for name, message in looks.items()} == snapshot


def test_later_what_is_new(snapshot: SnapshotAssertion) -> None:
    looks = {
        "some": catchup(IDENTIFIED, STORY, POLICY, at(20), since_seq=9),
        "many": catchup(IDENTIFIED, STORY, POLICY, at(20), since_seq=1),
        "nothing": catchup(IDENTIFIED, STORY, POLICY, at(20), since_seq=12),
    }
    assert {name: shown(message) for name, message in looks.items()} == snapshot


def test_what_an_absorbed_one_brought_is_not_new_again() -> None:
    other = replace(STORY[-2], subject="incident:9", seq=90)
    message = catchup(IDENTIFIED, (*STORY, other), POLICY, at(20), since_seq=12)
    assert "Nothing new since you looked." in message.blocks[0]["text"]["text"]


@pytest.mark.parametrize("incident", [IDENTIFIED, *STATES.values()])
@pytest.mark.parametrize("since", [None, 1])
def test_it_fits_one_screen(incident: Incident, since: int | None) -> None:
    message = catchup(incident, STORY, POLICY, at(20), since_seq=since)
    written = [block["text"]["text"].count("\n") + 1 for block in message.blocks if block["type"] == "section"]
    assert sum(written) < 25
    assert len(lines(message)) < 25


def test_who_is_at_work_may_post_and_others_may_help() -> None:
    offered = {
        who: [
            each["action_id"] for each in catchup(IDENTIFIED, STORY, POLICY, at(20), None, who).blocks[-1]["elements"]
        ]
        for who in (BOB, "U9NEW", None)
    }
    assert offered == {
        BOB: ["incident:show", "incident:update"],
        "U9NEW": ["incident:show", "incident:join"],
        None: ["incident:show", "incident:join"],
    }


def test_brief(snapshot: SnapshotAssertion) -> None:
    told = {
        "under way": brief(IDENTIFIED, STORY, POLICY, at(20)),
        "nothing tried": brief(STATES["detected"], STORY[:1], POLICY, at(2)),
        "update due": brief(STATES["update due"], STORY, POLICY, at(41)),
        "monitoring": brief(STATES["monitoring"], STORY, POLICY, at(30)),
        "business hours": brief(STATES["business hours, acknowledged"], STORY[:1], POLICY, at(30)),
    }
    assert {name: list(lines) for name, lines in told.items()} == snapshot
