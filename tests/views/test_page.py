"""A page as it is read: in Slack, on a locked phone, in a mail, in a text message; and how somebody is reached."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.alerts.newest import Newest
from bot.rules.automation.automatic import NOTE
from bot.rules.events import Paged, Words
from bot.rules.paging.levels import Reached
from bot.rules.paging.reaching import Reach, Tried, Way
from bot.rules.paging.wanted import Next, Wanted
from bot.views.page import MOST, SHORTEST, Told, direct, plain, tried, tried_plainly
from bot.views.press import asks, says
from bot.views.reach import choose, reach
from bot.views.terminal.paper import Paper
from tests.views.limits import message_problems, view_problems
from tests.views.samples import BOB, CAROL, DAVE, NAMES, POLICY, STATES, at

NOW = at(10)
PAGED = Paged("payments", 1, (BOB,), "begun", at(10))
THEN = Next(at(15), Reached(people=(CAROL,), services=("search",)))
ALERT = Newest("5 % of <checkouts> fail\nsince the last rollout")
FULL = replace(ALERT, title="Disk<Full>", alone=False)
LINK = "https://tocsin.example.com/page/abc"
WANTED: dict[str, tuple[Wanted, ...]] = {
    "one": (Wanted(STATES["detected"], PAGED, THEN),),
    "the last level, by hand, with a note": (
        Wanted(STATES["detected"], replace(PAGED, why="asked", note=Words("Look at <the> graph")), Next(at(15))),
    ),
    "the same one again": (Wanted(STATES["detected"], PAGED, Next(at(15), Reached(people=(BOB,)))),),
    "of another team": (Wanted(STATES["detected"], replace(PAGED, why="service"), THEN),),
    "somebody has it": (Wanted(STATES["staffed"], replace(PAGED, why="mitigation")),),
    "a shadow": (Wanted(STATES["detected"], replace(PAGED, shadows=(DAVE,)), THEN, shadow=True),),
    "an alert opened it": (Wanted(STATES["detected"], PAGED, THEN, newest=ALERT),),
    "several alerts": (Wanted(STATES["detected"], PAGED, THEN, newest=FULL),),
    "several that are alike": (Wanted(STATES["detected"], PAGED, THEN, newest=replace(ALERT, alone=False)),),
    "it fires no longer": (Wanted(STATES["detected"], PAGED, THEN, newest=replace(ALERT, over=True)),),
    "somebody reported it": (Wanted(STATES["detected"], PAGED, THEN, newest=replace(ALERT, reported=True)),),
    "two": (Wanted(STATES["detected"], PAGED, THEN), Wanted(replace(STATES["detected"], number=13), PAGED, THEN)),
}
LOUD = Reach(
    BOB,
    ways=(Way("slack"), Way("sms", "+34600112233"), Way("mail", "bo@example.com"), Way("ntfy", "bo-pager")),
    tried={"slack": Tried(at(1), answered=at(2)), "sms": Tried(at(1), failed="http_400"), "mail": Tried(at(1))},
)
OFFERED = ("slack", "mail", "ntfy", "sms", "voice", "webhook")


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_a_page(wanted: tuple[Wanted, ...], snapshot: SnapshotAssertion) -> None:
    said = direct(wanted, POLICY, NOW)
    assert message_problems(said) == []
    told = plain(wanted, Paper(POLICY, NOW, NAMES), LINK)
    assert {"text": said.text, "blocks": list(said.blocks), "plain": vars_of(told)} == snapshot


def vars_of(told: Told) -> dict[str, str]:
    return {name: getattr(told, name) for name in ("subject", "text", "short", "aloud")}


def test_more_than_a_message_holds_is_counted() -> None:
    many = tuple(Wanted(replace(STATES["detected"], number=number), PAGED, THEN) for number in range(1, MOST + 4))
    said = direct(many, POLICY, NOW)
    assert message_problems(said) == []
    assert "And 3 more" in str(said.blocks[-1])
    assert "And 3 more: see them in Slack." in plain(many, Paper(POLICY, NOW), LINK).text


def test_without_links_it_says_where_to_acknowledge() -> None:
    told = plain(WANTED["one"], Paper(POLICY, NOW, NAMES))
    assert all("in Slack" in each for each in (told.text, told.short, told.aloud))


def test_times_are_those_of_who_is_paged() -> None:
    told = plain(WANTED["one"], Paper(POLICY, NOW, NAMES, timezone=ZoneInfo("America/New_York")), LINK)
    assert "next, at 07:15" in told.text
    assert "Times are those of America/New_York." in told.text
    assert "carol and PagerDuty (search) are next, at 07:15." in told.aloud


def test_whose_times_they_are_is_said_only_where_one_is_told() -> None:
    told = plain(WANTED["somebody has it"], Paper(POLICY, NOW, NAMES), LINK)
    assert "Times are those of" not in told.text
    assert "Times are those of" in plain((*WANTED["somebody has it"], *WANTED["one"]), Paper(POLICY, NOW), LINK).text


def test_a_long_alert_is_cut_and_leaves_room_for_who_is_next() -> None:
    (each,) = WANTED["an alert opened it"]
    long = replace(each, newest=replace(ALERT, says="checkout fails " * 400))
    assert message_problems(direct((long,), POLICY, NOW)) == []
    told = plain((long,), Paper(POLICY, NOW, NAMES), LINK)
    assert len(told.short) <= SHORTEST
    assert "next, at 13:15. The alert says: checkout fails" in told.short
    assert told.aloud.endswith("are next, at 13:15.")
    crowded = replace(long, incident=replace(long.incident, title="Checkout " * 14))
    assert "next, at 13:15" in plain((crowded,), Paper(POLICY, NOW, NAMES), LINK).short


def test_a_try(snapshot: SnapshotAssertion) -> None:
    assert {"slack": list(tried("slack").blocks), "plain": vars_of(tried_plainly(LINK))} == snapshot


def test_the_page_behind_a_link_escapes(snapshot: SnapshotAssertion) -> None:
    assert "<b>" not in asks("<b>", "<b>", ["<b>"], "<b>") + says("<b>", ["<b>"])
    assert asks("You are paged", "bob", ["SEV1 INC-12 Checkout is down. Nobody has it yet."], "Acknowledge") == snapshot


@pytest.mark.parametrize("offered", [OFFERED, ("slack",)], ids=["all", "Slack alone"])
def test_how_to_reach_me(offered: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    view = choose(LOUD, offered)
    assert view_problems(view) == []
    assert all("Nothing more" in str(each) for each in view["blocks"] if str(each.get("block_id")) in {"way2", "way3"})
    shown = {"loud": list(reach(LOUD, offered, NOW)), "quiet": list(reach(Reach(BOB), offered, NOW)), "modal": view}
    assert shown == snapshot


STORM = tuple(
    Wanted(replace(STATES["detected"], number=number, title=f"Service {number} of the shop is down"), PAGED, THEN)
    for number in range(1, 101)
)
LONG = f"https://tocsin.example.com/page/{'x' * 150}"


@pytest.mark.parametrize("wanted", [*WANTED.values(), STORM], ids=[*WANTED, "a storm"])
@pytest.mark.parametrize("address", [LINK, LONG, ""], ids=["a link", "a long link", "no link"])
def test_a_text_message_is_two_parts_at_most_with_its_link_whole(wanted: tuple[Wanted, ...], address: str) -> None:
    told = plain(wanted, Paper(POLICY, NOW, NAMES), address)
    assert len(told.short) <= SHORTEST
    assert address in told.short or wanted[0].shadow
    assert "SEV1 INC-" in told.short
    assert len(told.aloud) <= SHORTEST


def test_where_a_commander_is_wanted_everything_says_take_command() -> None:
    wanted = replace(PAGED, policy="", why="commander")
    told = plain((Wanted(STATES["staffed"], wanted, by=CAROL),), Paper(POLICY, NOW, NAMES), LINK)
    assert (told.label, told.key) == ("Take command", "Press 1 to take command.")
    assert all(f"Take command: {LINK}" in each for each in (told.text, told.short))
    assert told.below == "You are paged: it has no commander, and carol asks you to take command. bob has it."
    assert "Take command in Slack." in plain((Wanted(STATES["staffed"], wanted),), Paper(POLICY, NOW, NAMES)).text


def test_for_different_things_the_one_button_is_to_answer() -> None:
    two = (*WANTED["one"], *WANTED["somebody has it"])
    told = plain(two, Paper(POLICY, NOW, NAMES), LINK)
    assert (told.label, told.key, f"Answer: {LINK}" in told.short) == ("Answer", "Press 1 to answer.", True)
    assert direct(two, POLICY, NOW).text.endswith("Answer each.")


def test_by_hand_it_says_by_whom() -> None:
    asked = replace(PAGED, why="asked", note=Words("Look at the graph"))
    by_hand = direct((Wanted(STATES["staffed"], asked, by=CAROL),), POLICY, NOW)
    assert f"You are paged: <@{CAROL}> asks for you." in by_hand.text
    assert "> Look at the graph" in str(by_hand.blocks)
    by_rule = direct((Wanted(STATES["staffed"], replace(asked, note=NOTE), by=CAROL),), POLICY, NOW)
    assert "You are paged: a rule of the configuration asks for you." in by_rule.text
    assert f"<@{CAROL}>" not in by_rule.text + str(by_rule.blocks)


def test_a_raise_pages_for_what_somebody_has() -> None:
    said = direct((Wanted(STATES["staffed"], PAGED),), POLICY, NOW)
    assert "You are paged: it is SEV1 now." in said.text
    assert "nobody has it" not in said.text
