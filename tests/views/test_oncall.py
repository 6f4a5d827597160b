"""On call, as people read it: who it is, their own shifts, cover, the hand-off, the forms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.entries import Entry
from bot.rules.events import (
    CoverClosed,
    CoverFound,
    CoverWanted,
    Event,
    NotesLeft,
    ShiftBegan,
    ShiftEnded,
    ShiftGivenBack,
    ShiftSoon,
    ShiftTaken,
    Words,
)
from bot.rules.oncall.duty import Cover, Handover, Line
from bot.rules.oncall.rotation import Layer, Rotation
from bot.rules.oncall.seats import Seat, Turn
from bot.rules.oncall.shifts import Override
from bot.rules.oncall.warnings import Warned
from bot.views import oncall, shifts
from bot.views.message import Message
from bot.views.modals import oncall as modals
from tests.views.limits import message_problems, view_problems
from tests.views.samples import ADA, BOB, CAROL, POLICY, STATES, at

WEEK = timedelta(days=7)
NOW, END = at(0), at(0) + WEEK
NASTY = "Look at <!channel> & *db-2*"
LAYER = Layer(("bob", "carol"), WEEK, datetime.fromisoformat("2026-01-05 09:00"))
ROTATIONS = tuple(Rotation(name, POLICY.calendar.timezone, "payments", (LAYER,)) for name in ("primary", "secondary"))
CONFIGURED = replace(POLICY, rotations=ROTATIONS)
SEATS = (
    Seat("primary", "payments", Turn(BOB, NOW - WEEK, END), Turn(CAROL, END, END + WEEK), (ADA,)),
    Seat("nights", "nights", None, Turn("dan <x>", END, END + WEEK), (), (Override(3, "nights", ADA, at(60), END),)),
    Seat("gone", "payments", None, None),
)
GAPS = (Seat("primary", "payments", Turn(BOB, NOW, at(60), gone=True), Turn(CAROL, at(120), END)),)
SWAP = CoverWanted(4, "primary", CAROL, END, END + WEEK, BOB, END + WEEK, END + 2 * WEEK)
SWAPPED = CoverFound(4, "primary", CAROL, BOB, END, END + WEEK, END + WEEK, END + 2 * WEEK)
TAKEN = ShiftTaken(3, "primary", ADA, CAROL, at(60), END, (BOB,))


def entries(*events: Event, actor: str = "clock") -> tuple[Entry, ...]:
    return tuple(
        Entry("team:payments", seq, NOW, NOW, actor, "clock", event) for seq, event in enumerate(events, start=1)
    )


def told(reader: str, *events: Event, actor: str = "clock", **more: Any) -> Message:
    scene = shifts.Told(entries(*events, actor=actor), reader, "payments", NOW, CONFIGURED, **more)
    found = shifts.told(scene)
    assert found
    return found


LED = {
    "led": (STATES["identified"],),
    "successor": CAROL,
    "pages": (STATES["detected"], replace(STATES["resolved"], number=14)),
}
WANTED = Cover(4, "primary", BOB, at(60), END, NOW)
HANDED = Handover(NOW, (Line("primary", BOB, CAROL, END), Line("nights", None, None, None)), {BOB: NASTY})
MEND = (Warned("few", "Rotation primary has 2 people", "add somebody", ("payments",)),)
MESSAGES: dict[str, Callable[[], Message]] = {
    "who is on call": lambda: oncall.table(SEATS, NOW, CONFIGURED),
    "hours without anybody, and who has left": lambda: oncall.table(GAPS, NOW, CONFIGURED),
    "a calendar that cannot be read": lambda: oncall.table(SEATS, NOW, CONFIGURED, {"nights": "It <cannot> be read."}),
    "many rotations": lambda: oncall.table([replace(SEATS[1], rotation=f"r{n}") for n in range(60)], NOW, CONFIGURED),
    "many overrides": lambda: oncall.table(
        [
            replace(
                SEATS[1], overrides=tuple(Override(n, "nights", ADA, at(60 * n), at(60 * n + 30)) for n in range(17))
            )
        ],
        NOW,
        CONFIGURED,
    ),
    "nothing configured": lambda: oncall.table((), NOW, POLICY),
    "a shift is near": lambda: told(BOB, ShiftSoon("primary", BOB, at(24 * 60), END)),
    "a shift begins": lambda: told(BOB, ShiftBegan("primary", BOB, NOW, END)),
    "a shift of some hours begins": lambda: told(BOB, ShiftBegan("primary", BOB, NOW, END, hours=True)),
    "a shift of some hours is near": lambda: told(BOB, ShiftSoon("primary", BOB, at(60), END, hours=True)),
    "a shift goes on": lambda: told(BOB, ShiftBegan("primary", BOB, NOW, END, whole=False)),
    "one ends, one begins": lambda: told(
        BOB, ShiftEnded("primary", BOB, NOW - WEEK, NOW), ShiftBegan("secondary", BOB, NOW, END), **LED
    ),
    "a short one ends in command": lambda: told(BOB, ShiftEnded("primary", BOB, NOW, NOW, short=True), **LED),
    "given to you": lambda: told(ADA, TAKEN),
    "taken from you": lambda: told(BOB, TAKEN),
    "yours again": lambda: told(BOB, ShiftGivenBack(3, "primary", ADA, CAROL, NOW, END, (BOB,))),
    "a swap is asked": lambda: told(BOB, SWAP),
    "somebody takes it": lambda: told(BOB, CoverFound(4, "primary", BOB, ADA, at(60), END)),
    "a swap is accepted": lambda: told(CAROL, SWAPPED, actor=f"slack:{BOB}"),
    "you accept a swap": lambda: oncall.done(entries(SWAPPED, actor=f"slack:{BOB}"), "payments", NOW),
    "nobody takes it": lambda: told(BOB, CoverClosed(4, "primary", BOB, at(60), END)),
    "they cannot": lambda: told(BOB, CoverClosed(4, "primary", BOB, at(60), END, CAROL)),
    "a swap is taken back": lambda: told(BOB, CoverClosed(4, "primary", CAROL, END, END + WEEK, CAROL, BOB)),
    "notes": lambda: told(CAROL, NotesLeft((CAROL,), Words(NASTY)), actor=f"slack:{BOB}"),
    "cover wanted": lambda: shifts.cover(WANTED, "payments", NOW),
    "cover found": lambda: shifts.cover(replace(WANTED, by=ADA, closed=True), "payments", NOW),
    "cover closed": lambda: shifts.cover(replace(WANTED, closed=True), "payments", NOW),
    "hand-off": lambda: shifts.handover(HANDED, [STATES["identified"]], MEND, CONFIGURED),
    "quiet hand-off": lambda: shifts.handover(replace(HANDED, notes={}), [], (), CONFIGURED),
    "a group is refused": lambda: shifts.group_refused("@on<call>", "missing_scope", ["primary"]),
    "you took it": lambda: oncall.done(entries(TAKEN, actor=f"slack:{ADA}"), "payments", NOW),
    "you gave it": lambda: oncall.done(entries(TAKEN, actor=f"slack:{CAROL}"), "payments", NOW),
    "you left notes before anybody came": lambda: oncall.done(
        entries(NotesLeft((), Words("Look")), actor=f"slack:{BOB}"), "payments", NOW
    ),
    "you asked one": lambda: oncall.done(entries(SWAP, actor=f"slack:{CAROL}"), "payments", NOW),
}
VIEWS: dict[str, Callable[[], dict[str, Any]]] = {
    "take a shift": lambda: modals.override(ROTATIONS, NOW, chosen="secondary", person=BOB),
    "take a shift of the only one": lambda: modals.override(ROTATIONS[:1], NOW, start=at(60), end=at(120)),
    "ask for cover": lambda: modals.cover(ROTATIONS),
    "leave notes": lambda: modals.notes("payments", NASTY),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_message(name: str, snapshot: SnapshotAssertion) -> None:
    found = MESSAGES[name]()
    assert message_problems(found) == []
    assert {"text": found.text, "blocks": list(found.blocks)} == snapshot


@pytest.mark.parametrize("name", VIEWS)
def test_modal(name: str, snapshot: SnapshotAssertion) -> None:
    view = VIEWS[name]()
    assert view_problems(view) == []
    assert view == snapshot


def test_a_short_shift_that_leaves_nothing_says_nothing() -> None:
    ended = entries(ShiftEnded("primary", BOB, NOW, NOW, short=True))
    assert shifts.told(shifts.Told(ended, BOB, "payments", NOW, CONFIGURED)) is None


def test_who_was_not_paged_is_not_asked_about_pages() -> None:
    found = told(BOB, ShiftEnded("primary", BOB, NOW - WEEK, NOW), successor=CAROL)
    assert found is not None
    assert "Hand over what is open." in str(found.blocks)
    assert "useless" not in str(found.blocks)
    assert "below" not in str(found.blocks)


def test_all_pages_of_a_heavy_shift_are_asked_about_or_counted() -> None:
    pages = [replace(STATES["resolved"], number=number) for number in range(1, 24)]
    found = told(BOB, ShiftEnded("primary", BOB, NOW - WEEK, NOW), successor=CAROL, pages=pages)
    assert message_problems(found) == []
    asked = [block for block in found.blocks if "It was useless" in str(block)]
    assert len(asked) == 20
    assert "And 3 more." in str(found.blocks)
