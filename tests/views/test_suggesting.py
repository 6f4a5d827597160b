"""Who might command, as it is read: under the reminder, under the deputy's offer, under the input, on the page."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from syrupy.assertion import SnapshotAssertion

from bot.rules.change import Answer
from bot.rules.events import CommanderWanted, DeputyWanted, Event, Paged
from bot.rules.paging.suggesting import Suggestion
from bot.rules.paging.wanted import Wanted
from bot.views import modals, replies
from bot.views.message import Message
from bot.views.messages import render
from bot.views.page import direct
from bot.views.suggesting import hint, reason
from bot.views.timeline import timeline_line
from tests.views.limits import message_problems, view_problems
from tests.views.samples import ADA, BOB, CAROL, DAVE, GROUPS, POLICY, STATES, at, entry

MADRID, SINGAPORE = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Singapore")
FOUND = (
    Suggestion(CAROL, "carol", at(13).astimezone(MADRID), on_call=("payments",)),
    Suggestion(DAVE, "dave <!here> & co", at(13).astimezone(SINGAPORE), turns=("payments", "search"), nights=2),
    Suggestion(ADA, "", at(13).astimezone(MADRID), leads=(9, 11), is_free=False, nights=1),
)
SECRET = replace(FOUND[0], is_free=False)


def said(event: Event, state: str, *, by: str | None = None, found: tuple[Suggestion, ...] = FOUND) -> Message:
    happened = entry(event, 13, by=by)
    return render([happened], STATES[state], POLICY, place="channel", now=at(13), groups=GROUPS, suggested=found)


def shown(message: Message) -> dict[str, Any]:
    assert message_problems(message) == []
    return {"text": message.text, "blocks": list(message.blocks)}


def test_in_messages(snapshot: SnapshotAssertion) -> None:
    leaderless = "acknowledged without a commander"
    assert {
        "commander wanted": shown(said(CommanderWanted(at(13)), leaderless)),
        "nobody to suggest": shown(said(CommanderWanted(at(13)), leaderless, found=())),
        "deputy wanted": shown(said(DeputyWanted(BOB, at(13), DAVE), "staffed", found=FOUND[:1])),
        "asked by hand": shown(said(Paged("", 0, (CAROL,), "commander", at(13)), leaderless, by=BOB)),
        "paged by its level": shown(said(Paged("payments", 2, (CAROL,), "commander", at(13)), leaderless)),
    } == snapshot


def test_on_the_page_of_who_is_asked(snapshot: SnapshotAssertion) -> None:
    leaderless, led = STATES["acknowledged without a commander"], STATES["staffed"]
    pages = {
        "nobody commands": Wanted(leaderless, Paged("", 0, (CAROL,), "commander", at(13))),
        "the commander is silent": Wanted(led, Paged("", 0, (CAROL,), "deputy", at(13))),
    }
    assert {name: shown(direct((each,), POLICY, at(13))) for name, each in pages.items()} == snapshot


def test_who_asked_is_told_what_comes_of_it(snapshot: SnapshotAssertion) -> None:
    asked = entry(Paged("", 0, (CAROL,), "commander", at(13)), 13, by=BOB)
    answer = Answer(12, "INC-12 Checkout is down", entries=(asked,))
    assert shown(replies.done(answer, POLICY, {})) == snapshot


def test_in_the_timeline() -> None:
    asked = entry(Paged("", 0, (CAROL,), "deputy", at(13)), 13, by=BOB)
    assert f"<@{BOB}> paged <@{CAROL}> to take command" in timeline_line(asked)


def under_the_input(state: str, chosen: str | None) -> str:
    view = modals.role(STATES[state], POLICY, chosen=chosen, suggested=FOUND)
    assert view_problems(view) == []
    told: str = view["blocks"][-1]["hint"]["text"]
    return told


def test_under_the_input_where_a_commander_is_chosen() -> None:
    for state, chosen, is_told in (
        ("detected", None, True),
        ("detected", "commander", True),
        ("detected", "scribe", False),
        ("staffed", None, False),
        ("staffed", "commander", True),
    ):
        assert (hint(FOUND) in under_the_input(state, chosen)) == is_told, (state, chosen)


def test_reasons() -> None:
    assert [reason(each) for each in (*FOUND, SECRET)] == [
        "on call for payments, 13:13 for them, leads nothing else",
        "takes turns for payments and search, 20:13 for them, leads nothing else, paged on 2 nights this week",
        "works on it, 13:13 for them, leads INC-9 and INC-11, paged on 1 night this week",
        "on call for payments, 13:13 for them",
    ]


def test_who_has_no_name_is_in_no_hint() -> None:
    assert hint(FOUND[2:]) == ""
    assert hint(FOUND[:1]) == "To command: @carol (on call for payments, 13:13 for them, leads nothing else)."


def test_under_the_input_where_command_is_handed_over() -> None:
    view = modals.handoff(STATES["staffed"], POLICY, suggested=FOUND)
    assert view_problems(view) == []
    told = [block["hint"]["text"] for block in view["blocks"] if block.get("block_id", "").startswith("person")]
    assert told == [hint(FOUND)]
