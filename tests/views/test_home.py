"""What somebody sees who opens the app."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.incident import Handoff, Incident, Said
from bot.rules.needs import NEEDS, Need
from bot.views.home import MOST_NEEDS, PAGE, Home, home
from tests.views.limits import view_problems
from tests.views.samples import ADA, BOB, CAROL, DAVE, POLICY, STATES, at

OFFERED = replace(STATES["staffed"], handoff=Handoff(BOB, CAROL, at(12), "The <vendor> calls back"))
ASKED = replace(
    STATES["private"],
    access={DAVE: at(5), "U9EVE": at(6), "U8MAX": at(7)},
    said={"denied U9EVE": Said(at(6), 1, at(8))},
)
NEEDED = (
    Need(STATES["detected"], "acknowledge"),
    Need(STATES["update due"], "update"),
    Need(OFFERED, "handoff"),
    Need(ASKED, "access"),
)


def seen(shown: Home, viewer: str = BOB) -> dict[str, Any]:
    view = home(viewer, shown, POLICY, at(20))
    assert view_problems(view) == []
    return view


def doors(view: dict[str, Any]) -> list[tuple[str, ...]]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [tuple(each["action_id"] for each in row) for row in rows]


def many(count: int) -> tuple[Incident, ...]:
    different = [incident for incident in STATES.values() if incident.is_open]
    return tuple(replace(different[number % len(different)], number=number + 1) for number in range(count))


def test_what_needs_somebody_comes_first(snapshot: SnapshotAssertion) -> None:
    assert seen(Home(NEEDED, (STATES["detected"], OFFERED), 2)) == snapshot


def test_every_state(snapshot: SnapshotAssertion) -> None:
    shown = tuple(incident for incident in STATES.values() if incident.is_open)
    pages = [
        seen(Home((), shown[start : start + PAGE], len(shown), start // PAGE)) for start in range(0, len(shown), PAGE)
    ]
    assert pages == snapshot


def test_nothing_is_open(snapshot: SnapshotAssertion) -> None:
    assert seen(Home()) == snapshot


def test_nothing_needs_them_though_something_is_open() -> None:
    sections = [block["text"]["text"] for block in seen(Home((), many(1), 1))["blocks"] if block["type"] == "section"]
    assert sections[0] == "Nothing needs you."


def test_every_need_has_its_button() -> None:
    assert {need.what for need in NEEDED} == set(NEEDS)
    assert doors(seen(Home(NEEDED)))[1:] == [
        ("incident:acknowledge",),
        ("incident:update",),
        ("incident:handoff_accept", "incident:handoff_decline"),
        (f"incident:grant/{DAVE}", f"incident:deny/{DAVE}"),
        ("incident:grant/U8MAX", "incident:deny/U8MAX"),
    ]


@pytest.mark.parametrize(
    ("page", "shown", "total", "turns"),
    [
        (0, 3, 3, []),
        (0, 15, 15, []),
        (0, 15, 40, [("Next", "incident:home/1")]),
        (1, 15, 40, [("Previous", "incident:home/0"), ("Next", "incident:home/2")]),
        (2, 10, 40, [("Previous", "incident:home/1")]),
        (3, 0, 40, [("Previous", "incident:home/2")]),
    ],
)
def test_pages(page: int, shown: int, total: int, turns: list[tuple[str, str]]) -> None:
    view = seen(Home((), many(shown), total, page))
    last = view["blocks"][-1].get("elements", [])
    pages = [
        (each["text"]["text"], each["action_id"])
        for each in last
        if each["type"] == "button" and each["action_id"].startswith("incident:home/")
    ]
    assert pages == turns
    assert json.loads(view["private_metadata"]) == {"page": page}


def test_it_never_exceeds_what_slack_takes() -> None:
    urgent = tuple(Need(replace(ASKED, number=number), "access") for number in range(300))
    view = seen(Home(urgent, many(PAGE), 5_000, 3))
    assert len(view["blocks"]) <= 2 + 1 + 2 * MOST_NEEDS + 1 + 2 + 2 * PAGE + 2


def test_what_somebody_holds_is_said_to_them() -> None:
    told = {
        viewer: seen(Home((), (STATES["staffed"],), 1), viewer)["blocks"][-2]["text"]["text"]
        for viewer in (BOB, CAROL, ADA)
    }
    assert "you are incident commander" in told[BOB]
    assert "you are communications lead" in told[CAROL]
    assert f"<@{BOB}> commands" in told[ADA]


def test_no_words_of_how_long_ago_go_stale() -> None:
    shown = Home((), many(PAGE), PAGE)
    view, later = (home(BOB, shown, POLICY, at(20) + timedelta(seconds=wait)) for wait in (0, 59))
    assert view == later
