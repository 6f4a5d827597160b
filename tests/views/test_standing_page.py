"""A page that stands in a direct message: each incident as it is for who reads it, and buttons only where one helps."""

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.paging.standing import Standing
from bot.rules.paging.wanted import Wanted
from bot.views.page import MOST
from bot.views.standing_page import standing_page
from tests.views.limits import message_problems
from tests.views.samples import BOB, CAROL, DAVE, POLICY, STATES, at
from tests.views.test_page import PAGED, THEN

NOW = at(70)
DETECTED, STAFFED = STATES["detected"], STATES["staffed"]
WAITS = Standing(DETECTED, CAROL, Wanted(DETECTED, PAGED, THEN), PAGED)
COMMAND = replace(PAGED, policy="", why="commander")
STANDS: dict[str, tuple[Standing, ...]] = {
    "nobody has it": (WAITS,),
    "somebody has it": (Standing(STAFFED, CAROL, paged=PAGED),),
    "they have it": (Standing(STAFFED, BOB, paged=PAGED),),
    "they have it, and it has no channel yet": (Standing(replace(STAFFED, channel=None), BOB, paged=PAGED),),
    "they passed it on": (Standing(STAFFED, CAROL, paged=PAGED, passed=True),),
    "they passed it on, and nobody has it": (Standing(DETECTED, CAROL, paged=PAGED, passed=True),),
    "they are coming": (Standing(STAFFED, DAVE, paged=replace(PAGED, why="asked"), comes=True),),
    "somebody commands it": (Standing(STAFFED, CAROL, paged=COMMAND),),
    "they command it": (Standing(replace(STAFFED, acknowledged_by=DAVE), BOB, paged=COMMAND),),
    "they command what somebody else has": (Standing(replace(STAFFED, acknowledged_by=DAVE), BOB, paged=PAGED),),
    "it pages nobody any more": (Standing(replace(DETECTED, severity="SEV3"), CAROL, paged=PAGED),),
    "resolved": (Standing(STATES["resolved"], CAROL, paged=PAGED),),
    "cancelled": (Standing(STATES["cancelled"], CAROL, paged=PAGED),),
    "merged": (Standing(replace(STATES["cancelled"], merged_into=9), CAROL, paged=PAGED),),
    "private": (Standing(STATES["private"], CAROL, hidden=True),),
    "several": (
        replace(WAITS, incident=replace(DETECTED, number=13)),
        Standing(STAFFED, CAROL, paged=PAGED),
        Standing(replace(STATES["resolved"], number=14), CAROL, paged=PAGED),
    ),
    "several, all over": (Standing(STAFFED, CAROL), Standing(replace(STATES["resolved"], number=14), CAROL)),
}


@pytest.mark.parametrize("found", STANDS.values(), ids=STANDS)
def test_how_it_stands(found: tuple[Standing, ...], snapshot: SnapshotAssertion) -> None:
    said = standing_page(found, (), POLICY, NOW)
    assert message_problems(said) == []
    assert {"text": said.text, "blocks": list(said.blocks)} == snapshot


def test_what_a_later_page_tells_of_is_not_told_twice() -> None:
    assert standing_page((), (12,), POLICY, NOW).text == "INC-12: see the later page, further down."
    beside = standing_page((WAITS,), tuple(range(13, 13 + MOST + 2)), POLICY, NOW)
    assert "INC-13, INC-14" in str(beside.blocks[-1])
    assert "and 2 more: see the later page" in str(beside.blocks[-1])
    assert beside.text.startswith("SEV1 INC-12 Checkout is down.")


def test_where_all_wait_they_are_counted_once() -> None:
    both = (WAITS, replace(WAITS, incident=replace(DETECTED, number=13)))
    said = standing_page(both, (), POLICY, NOW).text
    assert said == "2 incidents wait for you: SEV1 INC-12 Checkout is down; SEV1 INC-13 Checkout is down."


def test_more_than_a_message_holds_is_counted() -> None:
    many = [replace(WAITS, incident=replace(DETECTED, number=number)) for number in range(1, MOST + 4)]
    said = standing_page(many, (), POLICY, NOW)
    assert message_problems(said) == []
    assert "And 3 more" in str(said.blocks[-1])
