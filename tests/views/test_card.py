"""The card, the announcement and the topic are true in every state, and never longer than a phone bears."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.incident import Handoff, Incident
from bot.rules.paging.by_hand import Ahead
from bot.views import acts
from bot.views.announcement import announcement
from bot.views.card import card
from bot.views.labels import lasted, plainly, spoken
from bot.views.links import links
from bot.views.message import Message
from bot.views.modals import more
from bot.views.topic import topic
from tests.views.limits import message_problems
from tests.views.samples import ADA, BOB, CAROL, DAVE, POLICY, STATES, at, declared, with_channel

FULL = replace(
    STATES["business hours, acknowledged"],
    private=True,
    roles={"commander": ADA, "comms": BOB, "lead": CAROL, "scribe": DAVE},
    responders=tuple(f"U{number}" for number in range(20)),
    affected="a" * 3000,
    impact="i\n" * 3000,
    snoozes=1,
    kind="test",
    figures={"users": "1200", "revenue": "3 k€/h", "tickets": "14"},
    handoff=Handoff(ADA, DAVE, at(3)),
    absorbed=tuple(range(13, 30)),
    former_channels=("C11",),
)


def shown(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def elements(message: Message, kind: str) -> list[dict[str, Any]]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [element for row in rows for element in row["elements"] if element["type"] == kind]


def lines(message: Message) -> int:
    """Lines on a screen: of text, and one for each row of buttons."""
    count = 0
    for block in message.blocks:
        texts = [block["text"]] if block["type"] == "section" else block["elements"]
        count += 1 if block["type"] == "actions" else sum(text["text"].count("\n") + 1 for text in texts)
    return count


def test_card(snapshot: SnapshotAssertion) -> None:
    assert {state: shown(card(incident, POLICY, at(5))) for state, incident in STATES.items()} == snapshot


def test_whom_it_pages() -> None:
    paging = card(STATES["paging"], POLICY, at(5), Ahead((CAROL,), at(15), ("U9EVE", "#payments")))
    assert f"📟 Paging <@{CAROL}>, next <@U9EVE> and #payments at <!date^" in str(paging.blocks[0])
    again = card(STATES["paging"], POLICY, at(5), Ahead((CAROL,), at(15), (CAROL,)))
    assert f"📟 Paging <@{CAROL}>, again at <!date^" in str(again.blocks[0])
    last = card(STATES["paging"], POLICY, at(5), Ahead((CAROL,), at(15)))
    assert f"📟 Paging <@{CAROL}>; nobody is left after that" in str(last.blocks[0])


def test_that_nobody_is_paged_is_said_small_while_nobody_has_it() -> None:
    nobody = "Nobody is paged: no escalation policy is configured."
    assert nobody in str(card(STATES["no service"], POLICY, at(5)).blocks[1])
    for state in ("detected", "business hours", "resolved", "staffed"):
        assert nobody not in str(card(STATES[state], POLICY, at(5)).blocks)


def test_announcement(snapshot: SnapshotAssertion) -> None:
    assert {state: shown(announcement(incident, POLICY)) for state, incident in STATES.items()} == snapshot


def test_topic(snapshot: SnapshotAssertion) -> None:
    assert {state: topic(incident, POLICY) for state, incident in STATES.items()} == snapshot


def test_links(snapshot: SnapshotAssertion) -> None:
    message = links(STATES["detected"], POLICY)
    assert message is not None
    assert shown(message) == snapshot


def test_no_links_without_dashboards() -> None:
    assert links(STATES["no service"], POLICY) is None


@pytest.mark.parametrize("incident", [*STATES.values(), FULL])
def test_card_is_small(incident: Incident) -> None:
    message = card(incident, POLICY, at(4))
    assert message_problems(message) == []
    assert lines(message) <= 12
    assert len(elements(message, "button")) <= 3
    assert len(elements(message, "overflow")) == 1


@pytest.mark.parametrize("incident", STATES.values())
def test_every_act_that_fits_is_within_reach(incident: Incident) -> None:
    message = card(incident, POLICY, at(4))
    on_card = {element["action_id"] for element in elements(message, "button")}
    on_card |= {option["value"].split()[0] for menu in elements(message, "overflow") for option in menu["options"]}
    if "incident:more" in on_card:
        blocks = more(incident, POLICY)["blocks"]
        on_card |= {each["action_id"] for block in blocks if block["type"] == "actions" for each in block["elements"]}
    fitting = {act.door for act in acts.ACTS.values() if act.fits in acts.states(incident, POLICY)}
    assert on_card - {"incident:more"} == fitting


def test_closed_card_offers_to_reopen_and_nothing_that_needs_an_open_one() -> None:
    message = card(STATES["resolved"], POLICY, at(80))
    assert elements(message, "button") == []
    labels = [option["text"]["text"] for option in elements(message, "overflow")[0]["options"]]
    assert labels == ["Reopen", "Add note", "Record an event", "Edit", "Show all"]


def test_merged_card_offers_the_way_back_alone() -> None:
    message = card(STATES["merged"], POLICY, at(80))
    assert elements(message, "button") == []
    labels = [option["text"]["text"] for option in elements(message, "overflow")[0]["options"]]
    assert labels == ["Reopen", "Show all"]


def test_closed_announcement_is_one_line() -> None:
    for state in ("resolved", "cancelled", "thread, resolved", "merged", "over already", "near miss"):
        message = announcement(STATES[state], POLICY)
        assert len(message.blocks) == 1
        assert "\n" not in message.blocks[0]["text"]["text"]


def doors(message: Message) -> list[str]:
    return [element["action_id"] for element in elements(message, "button")]


def test_acknowledge_leaves_the_announcement_once_somebody_has_it() -> None:
    others = ["incident:join", "incident:follow"]
    assert doors(announcement(STATES["detected"], POLICY)) == ["incident:acknowledge", *others]
    assert doors(announcement(STATES["staffed"], POLICY)) == others
    assert doors(announcement(STATES["no channel yet"], POLICY)) == ["incident:acknowledge"]


def test_announcement_of_a_private_one_tells_nothing_but_its_number() -> None:
    for incident in (STATES["made private"], replace(STATES["resolved"], private=True)):
        message = announcement(incident, POLICY)
        assert message.text == "🔒 INC-12 is private."
        assert message.blocks[0]["text"]["text"] == "🔒 INC-12 is private."
        assert [element["text"]["text"] for element in elements(message, "button")] == ["Request access"]


def test_announcement_of_what_was_over_is_one_line() -> None:
    line, untold = (
        announcement(STATES[state], POLICY).blocks[0]["text"]["text"]
        for state in ("over already", "over already, fix untold")
    )
    assert line.endswith("— resolved, over already when it was declared, lasted 40 min: Rolled back")
    assert untold.endswith("— resolved, over already when it was declared, lasted 40 min")


def test_announcement_of_a_merged_one_names_the_other() -> None:
    assert "— merged into INC-9" in announcement(STATES["merged"], POLICY).blocks[0]["text"]["text"]


@pytest.mark.parametrize("state", ["test", "test, acknowledged"])
def test_a_test_says_so_everywhere(state: str) -> None:
    incident = STATES[state]
    faces = (card(incident, POLICY, at(4)), announcement(incident, POLICY))
    assert all(face.text.startswith("TEST ") for face in faces)
    assert all(face.blocks[0]["text"]["text"].startswith("🧪 *TEST* ") for face in faces)
    assert topic(incident, POLICY).startswith("🧪 TEST · ")
    assert plainly(incident, 75).startswith("TEST INC-12")


def test_figures_stand_with_the_impact() -> None:
    lines = card(STATES["with figures"], POLICY, at(9)).blocks[0]["text"]["text"].splitlines()
    assert "*Impact* 1 in 3 fails · 1,200 users · revenue 3 k€/h · 1 ticket" in lines


def test_command_that_is_offered_stands_on_the_card() -> None:
    shown = card(STATES["command offered"], POLICY, at(9)).blocks[0]["text"]["text"]
    assert f"*Commander* <@{BOB}> · Command offered to <@{DAVE}>" in shown


def test_what_is_over_already_lasted_from_when_it_was_detected_or_began() -> None:
    over = STATES["over already"]
    assert lasted(over, at(-10)) == timedelta(minutes=40)
    caught = {**over.milestones, "detected": over.milestones["resolved"]}
    assert lasted(replace(over, milestones=caught), at(-10)) == timedelta(minutes=50)
    del caught["began"]
    assert lasted(replace(over, milestones=caught), at(-10)) == timedelta()


def test_a_fresh_channel_links_the_one_before() -> None:
    message = links(replace(STATES["fresh channel"], services=()), POLICY)
    assert message is not None
    assert message.blocks[0]["text"]["text"] == "*Before this:* <#C12>"


def test_keep_awake_is_offered_while_clocks_stand_still() -> None:
    asleep, awake = (
        elements(card(STATES[state], POLICY, at(4)), "button") for state in ("business hours", "kept awake")
    )
    assert "incident:keep_awake" in [button["action_id"] for button in asleep]
    assert "incident:keep_awake" not in [button["action_id"] for button in awake]


def test_card_turns_update_due_at_the_promise() -> None:
    before, after_it = (card(STATES["staffed"], POLICY, at(minutes)) for minutes in (29, 30))
    assert "Update due" not in before.blocks[0]["text"]["text"]
    assert "Update due" in after_it.blocks[0]["text"]["text"]
    assert after_it.text.endswith(f"an update is due. <@{CAROL}>, post one.")


def test_private_card_says_so() -> None:
    message = card(STATES["private"], POLICY, at(1))
    assert "🔒" in message.blocks[0]["text"]["text"]
    assert "🔒" in topic(STATES["private"], POLICY)


def test_card_without_a_commander_says_what_to_press() -> None:
    message = card(STATES["acknowledged without a commander"], POLICY, at(4))
    assert "nobody, press *Take command*" in message.blocks[0]["text"]["text"]


@pytest.mark.parametrize("incident", [each for each in STATES.values() if each.room == "thread" and each.is_open])
def test_thread_announcement_is_the_card_and_a_row_for_others(incident: Incident) -> None:
    message = announcement(incident, POLICY)
    assert message.blocks[:-1] == card(incident, POLICY, incident.promised_at).blocks
    assert [element["action_id"] for element in message.blocks[-1]["elements"]] == ["incident:join", "incident:follow"]
    assert message_problems(message) == []


def test_thread_announcement_is_small() -> None:
    everything = replace(FULL, private=False, kind="test", room="thread", figures={"users": "1200"})
    assert lines(announcement(everything, POLICY)) <= 12


def test_topic_is_short() -> None:
    assert len(topic(with_channel(declared(title="Ω" * 3000)), POLICY)) <= 250


def test_a_title_that_ends_like_a_sentence_is_followed_by_more() -> None:
    incident = replace(STATES["detected"], title="The server is on fire.")
    assert spoken(incident).endswith(" The server is on fire")
    assert "fire.:" not in card(incident, POLICY, at(1)).text
