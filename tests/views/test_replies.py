"""What only the caller sees."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.incident import Incident
from bot.views import replies
from bot.views.message import Message
from tests.views.limits import message_problems
from tests.views.samples import BOB, CAROL, DAVE, EVENTS, NAMES, POLICY, STATES, at, entry, text

DONE = [name for name, (_, happened) in EVENTS.items() if happened.person and name not in {"joined", "left"}]


@dataclass(frozen=True)
class Verb:
    name: str
    aliases: tuple[str, ...]
    usage: str
    help: str


VERBS = (
    Verb("declare", ("new", "open"), "declare [private] [sev1] <title>", "Says that something is wrong."),
    Verb("ack", (), "ack [INC-12]", "You have it."),
)


def shown(message: Message) -> dict[str, Any]:
    assert message_problems(message) == []
    return {"text": message.text, "blocks": list(message.blocks)}


def answer(name: str) -> Answer:
    state, happened = EVENTS[name]
    incident = STATES[state]
    return Answer(12, incident.title, incident.severity, incident.private, incident.commander, (happened,))


def doors(message: Message) -> list[str]:
    return [each["action_id"] for block in message.blocks if block["type"] == "actions" for each in block["elements"]]


def test_done(snapshot: SnapshotAssertion) -> None:
    assert {name: shown(replies.done(answer(name), POLICY, NAMES)) for name in DONE} == snapshot


def test_made_privately(snapshot: SnapshotAssertion) -> None:
    event = events.Declared(text("Leaked & <b>"), "SEV2", private=True)
    made = Answer(13, "Leaked & <b>", "SEV2", True, None, (entry(event, 0),))
    assert shown(replies.made(made, POLICY)) == snapshot


def test_nothing_happened() -> None:
    assert replies.done(Answer(12), POLICY).text.startswith("INC-12 is as it was.")


def test_lead_without_a_commander_offers_to_make_one() -> None:
    message = replies.done(answer("made lead without a commander"), POLICY, NAMES)
    row = message.blocks[-1]["elements"]
    assert row[0]["action_id"] == f"incident:command/{DAVE}"
    assert row[0]["text"]["text"] == "Make @dave commander"
    assert row[0]["value"] == "12"
    unknown = replies.done(answer("made lead without a commander"), POLICY)
    assert unknown.blocks[-1]["elements"][0]["text"]["text"] == "Make them commander"


def test_lead_with_a_commander_offers_nothing() -> None:
    assert doors(replies.done(answer("made scribe"), POLICY, NAMES)) == []


def test_a_reply_is_about_the_update_rather_than_the_status_it_sets() -> None:
    update = events.Updated(4, "SEV1", "identified", text("Found it"), text(""), at(40))
    happened = (entry(events.StatusChanged("investigating", "identified")), entry(update))
    message = replies.done(Answer(12, "Checkout is down", "SEV1", False, BOB, happened), POLICY)
    assert message.text.startswith("Update #4 of INC-12 is posted (identified).")


def test_refused_keeps_names_and_defuses_words() -> None:
    message = replies.refused(f"<@{CAROL}> already has “<!channel>” & more.")
    assert message.text == f"<@{CAROL}> already has “&lt;!channel&gt;” &amp; more."
    assert replies.beside_field(f"<@{CAROL}> is a bot. `x`", NAMES) == "@carol is a bot. x"
    assert replies.beside_field("<@U9>, <b>") == "@that person, <b>"


def test_short_replies(snapshot: SnapshotAssertion) -> None:
    messages = {
        "still working": replies.still_working(),
        "apology": replies.apology("a1b2c3"),
        "opens": replies.opens("incident:update", 12),
        "opens a declaration": replies.opens("incident:declare", words="Checkout is down"),
        "say": replies.say("All is well."),
    }
    assert {name: shown(message) for name, message in messages.items()} == snapshot


def many(count: int) -> list[Incident]:
    """Open incidents, the most severe first, each numbered."""
    different = [incident for incident in STATES.values() if incident.is_open]
    found = [replace(different[number % len(different)], number=number + 1) for number in range(count)]
    return sorted(found, key=lambda incident: POLICY.rank(incident.severity))


@pytest.mark.parametrize("count", [1, 3, 200])
def test_listing(count: int, snapshot: SnapshotAssertion) -> None:
    assert shown(replies.listing(many(count), POLICY, at(50))) == snapshot


def test_listing_of_closed_ones(snapshot: SnapshotAssertion) -> None:
    incidents = [STATES[name] for name in ("staffed", "resolved", "cancelled", "thread, resolved")]
    assert shown(replies.listing(incidents, POLICY, at(90), total=40, words="all")) == snapshot


def test_listing_says_how_many_more_there_are() -> None:
    message = replies.listing(many(50), POLICY, at(50), total=200)
    note = message.blocks[-1]["elements"][0]["text"]
    assert note.startswith("and 180 more — `/incident list sev1` narrows it")
    asked = replies.listing(many(50), POLICY, at(50), total=200, words="sev1")
    assert "`/incident list sev1 mine` narrows it" in asked.blocks[-1]["elements"][0]["text"]


def test_listing_of_nothing_says_how_to_declare(snapshot: SnapshotAssertion) -> None:
    asked = ("", "sev9 <!here>", "all")
    assert {words: shown(replies.listing([], POLICY, at(0), words=words)) for words in asked} == snapshot


def test_shown(snapshot: SnapshotAssertion) -> None:
    entries = [happened for _, happened in EVENTS.values()]
    looks = {
        state: shown(replies.shown(incident, entries[: 3 if incident.is_open else 25], POLICY, at(80)))
        for state, incident in STATES.items()
    }
    assert looks == snapshot


def test_help(snapshot: SnapshotAssertion) -> None:
    command = replace(POLICY, command="/fire")
    told = {
        "help": shown(replies.help_(VERBS, command)),
        "unknown": shown(replies.help_(VERBS, POLICY, unknown="akc <!here>", nearest="ack")),
        "far off": shown(replies.help_(VERBS, POLICY, unknown="🤷")),
    }
    assert told == snapshot
