"""The card, the announcement and the topic are true in every state, and never longer than a phone bears."""

from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.incident import Incident
from bot.views import acts
from bot.views.announcement import announcement
from bot.views.card import card
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
    assert labels == ["Reopen", "Add note", "Record an event", "Show all"]


def test_closed_announcement_is_one_line() -> None:
    for state in ("resolved", "cancelled", "thread, resolved"):
        message = announcement(STATES[state], POLICY)
        assert len(message.blocks) == 1
        assert "\n" not in message.blocks[0]["text"]["text"]


def test_acknowledge_leaves_the_announcement_once_somebody_has_it() -> None:
    assert len(elements(announcement(STATES["detected"], POLICY), "button")) == 1
    assert elements(announcement(STATES["staffed"], POLICY), "button") == []


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


def test_thread_announcement_is_the_card() -> None:
    incident = declared("SEV4")
    assert announcement(incident, POLICY).blocks == card(incident, POLICY, incident.promised_at).blocks


def test_topic_is_short() -> None:
    assert len(topic(with_channel(declared(title="Ω" * 3000)), POLICY)) <= 250
