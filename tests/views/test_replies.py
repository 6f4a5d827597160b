"""What only the caller sees."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.events import Event
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
    return Answer(12, incident.title, incident.severity, incident.private, incident.commander, entries=(happened,))


def doors(message: Message) -> list[str]:
    return [each["action_id"] for block in message.blocks if block["type"] == "actions" for each in block["elements"]]


def test_a_question_has_a_button_for_each_answer() -> None:
    message = replies.asks("This stops the paging of <@U4DAVE>. Are you taking it?", "acknowledge", 12)
    assert message.text == "This stops the paging of <@U4DAVE>. Are you taking it?"
    assert doors(message) == ["incident:acknowledge/sure", "incident:follow/looking"]
    assert message_problems(message) == []


def test_what_is_asked_beside_what_was_done_has_the_buttons_of_its_answers() -> None:
    question = "Nobody has INC-12 yet: the paging of <@U4DAVE> goes on. Are you taking it?"
    update = events.Updated(1, "SEV1", "detected", text("Looking"), text(""), at(40))
    for happened, begins in (
        (events.StatusChanged("detected", "identified"), "INC-12 is *identified* now (was detected)."),
        (update, "Update #1 of INC-12 is posted (detected). You promised the next one by"),
    ):
        told = Answer(12, "Checkout is down", "SEV1", entries=(entry(happened),), asks="acknowledge", question=question)
        message = replies.done(told, POLICY, NAMES)
        assert message.text.startswith(begins)
        assert message.text.endswith(question)
        assert doors(message) == ["incident:acknowledge/sure", "incident:follow/looking"]
        assert message_problems(message) == []
        assert doors(replies.done(replace(told, undo=7), POLICY, NAMES))[2:] == ["incident:undo/7"]


def test_done(snapshot: SnapshotAssertion) -> None:
    assert {name: shown(replies.done(answer(name), POLICY, NAMES)) for name in DONE} == snapshot


SECOND_DAY: dict[str, tuple[Event, ...]] = {
    "test declared": (events.Declared(text("Trying it out"), "SEV1", kind="test"),),
    "over when declared": (
        events.Declared(text("Search was slow"), "SEV2", over=True),
        events.Resolved(text("Restarted"), at(-60), at=at(-20)),
    ),
    "near miss": (
        events.Declared(text("Disk nearly full"), "SEV2", kind="near miss", over=True),
        events.Resolved(text("An alert"), at(-60), at=at(-60)),
    ),
    "over in private": (events.Declared(text("Leak"), "SEV2", private=True, over=True),),
    "reopened with a fresh channel": (events.Reopened(text("It is back")), events.RoomReplaced("C12")),
    "took command again": (events.RoleAssigned("commander", BOB, CAROL, brief=False),),
    "scribe": (events.RoleAssigned("scribe", BOB),),
    "somebody's second time": (events.RoleAssigned("comms", CAROL, brief=False),),
    "hand-over offered": (events.HandoffOffered(BOB, CAROL, text("The vendor calls back")),),
    "hand-over declined": (events.HandoffDeclined(CAROL, BOB),),
    "helps": (events.Joined(BOB),),
    "follows": (events.Followed(BOB),),
    "follows no more": (events.Unfollowed(BOB),),
    "made private": (events.MadePrivate((BOB, CAROL), "C12"),),
    "made private before it had a channel": (events.MadePrivate((BOB,)),),
    "made private while somebody is paged": (events.MadePrivate((BOB, CAROL, DAVE), "C12", paged=(CAROL, DAVE)),),
    "asked to see it": (events.AccessRequested(BOB, CAROL),),
    "let in": (events.AccessGranted(DAVE),),
    "kept out": (events.AccessDenied(DAVE),),
    "edited": (
        events.Edited("title", text("Checkout is down"), text("Carts <are> empty")),
        events.Edited("users", text(""), text("1200")),
        events.Edited("affected", text("All of Europe"), text("")),
        events.MilestoneEdited("began", None, at(-30), text("The graphs show it")),
        events.MilestoneEdited("detected", at(0), at(-5), text("The graphs show it")),
    ),
    "merged": (events.Merged(9, text("Carts & more"), "C9"),),
    "merged into a thread": (events.Merged(9, text("Carts & more")),),
    "absorbed": (events.Absorbed(9, text("Carts & more"), (BOB,)),),
    "separated": (events.Separated(9, text("Carts & more")),),
    "broke the glass": (events.GlassBroken(BOB, "breakglass", text("Ada is asleep")),),
    "passed by broken glass": (events.GlassBroken(BOB, "note", text("Ada is asleep")), events.Noted(text("Found it"))),
    "archived": (events.ArchiveRequested("C12"),),
    "kept": (events.ChannelKept("C12"),),
}
"""What people do on a team's second day, as one change each."""

TAKEN_BACK = (
    events.Undone("Acknowledged", BOB, ""),
    events.Undone("StatusChanged", "identified", "investigating"),
    events.Undone("SeverityChanged", "SEV1", "SEV2"),
    events.Undone("RoleAssigned", CAROL, DAVE, "lead"),
    events.Undone("RoleAssigned", CAROL, "", "comms"),
    events.Undone("Resolved", "resolved", "monitoring"),
    events.Undone("Cancelled", "cancelled", "detected"),
    events.Undone("Merged", "INC-9", "investigating"),
    events.Undone("SomethingNew", "", ""),
)


def told(*happened: Event, undo: int | None = None) -> Message:
    entries = tuple(entry(event, seq=seq) for seq, event in enumerate(happened, 2))
    return replies.done(Answer(12, "Checkout is down", "SEV1", False, BOB, undo=undo, entries=entries), POLICY, NAMES)


def test_second_day(snapshot: SnapshotAssertion) -> None:
    assert {name: shown(told(*happened)) for name, happened in SECOND_DAY.items()} == snapshot


def test_taken_back(snapshot: SnapshotAssertion) -> None:
    assert {f"{event.kind} {event.role}".strip(): told(event).text for event in TAKEN_BACK} == snapshot


UNDOABLE: tuple[Event, ...] = (
    events.Acknowledged(BOB),
    events.StatusChanged("investigating", "identified"),
    events.SeverityChanged("SEV2", "SEV1", True),
    events.RoleAssigned("comms", CAROL),
    events.Resolved(text("Rolled back"), at(0)),
    events.Cancelled("false alarm"),
    events.Merged(9, text("Carts")),
)


@pytest.mark.parametrize("event", UNDOABLE, ids=lambda event: type(event).__name__)
def test_undo_stands_last_while_it_may_be_taken_back(event: Event) -> None:
    message = told(event, undo=7)
    row = next(block for block in message.blocks if block["type"] == "actions")
    assert (row["elements"][-1]["action_id"], row["elements"][-1]["value"]) == ("incident:undo/7", "12")
    assert row["elements"][-1]["text"]["text"] == "Undo"
    assert "incident:undo/7" not in doors(told(event))


def test_what_many_hear_of_says_how_long_it_can_be_taken_back() -> None:
    loud = [event for event in UNDOABLE if told(event, undo=7).blocks[-1]["type"] == "context"]
    assert [type(event) for event in loud] == [
        events.SeverityChanged,
        events.Resolved,
        events.Cancelled,
        events.Merged,
    ]
    note = told(UNDOABLE[2], undo=7).blocks[-1]["elements"][0]["text"]
    assert note.startswith("*Undo* takes it back within 5 min")


def test_made_private_asks_whether_to_archive_the_channel_that_was_public() -> None:
    message = told(events.MadePrivate((BOB,), "C12"))
    assert doors(message) == ["incident:archive/C12", "incident:keep_channel/C12"]


def test_a_request_for_access_names_nothing() -> None:
    message = told(events.AccessRequested(DAVE, CAROL))
    assert CAROL not in message.text
    assert "Checkout" not in message.text


def test_own_role_has_three_buttons() -> None:
    for role in ("commander", "comms", "lead", "scribe"):
        assert len(doors(told(events.RoleAssigned(role, BOB)))) == 3


def alike() -> list[Incident]:
    return [replace(STATES["staffed"], number=9, title="Carts & more"), replace(STATES["detected"], number=11)]


def test_made_asks_whether_it_is_the_same(snapshot: SnapshotAssertion) -> None:
    made = Answer(12, "Checkout is down", "SEV1", entries=(EVENTS["declared"][1],))
    message = replies.made(made, POLICY, alike(), at(20))
    assert doors(message)[-3:] == ["incident:merge/9", "incident:merge/11", "incident:another"]
    assert shown(message) == snapshot
    assert replies.made(made, POLICY) == replies.done(made, POLICY)


def test_another_is_said_without_the_question() -> None:
    assert doors(replies.another(STATES["detected"])) == ["incident:acknowledge", "incident:command"]
    assert doors(replies.another(STATES["staffed"])) == []


def test_made_privately(snapshot: SnapshotAssertion) -> None:
    event = events.Declared(text("Leaked & <b>"), "SEV2", private=True)
    made = Answer(13, "Leaked & <b>", "SEV2", True, None, entries=(entry(event, 0),))
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
    message = replies.done(Answer(12, "Checkout is down", "SEV1", False, BOB, entries=happened), POLICY)
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
        "refused, and passable": replies.refused(f"Only the commander can: that is <@{CAROL}>.", passable=True),
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


def test_listing_says_where_one_is_and_what_narrows_it() -> None:
    message = replies.listing(many(50), POLICY, at(50), total=200)
    assert message.blocks[-2]["elements"][0]["text"] == (
        "*1–20 of 200* · Say more after `/incident list` to narrow it: `sev1`, `mine`, `service:name`, "
        "`commander:@name` or words of the title. `all` adds closed ones and `tests` shows tests."
    )
    words = f"sev1 mine service:a all tests commander:<@{BOB}>"
    asked = replies.listing(many(50), POLICY, at(50), total=200, words=words)
    note = asked.blocks[-2]["elements"][0]["text"]
    assert note == "*1–20 of 200* · Say more after `/incident list` to narrow it: words of the title."
    assert f"commander:<@{BOB}>”" in asked.text


def turning(message: Message) -> list[tuple[str, str, str]]:
    row = message.blocks[-1]
    buttons = row["elements"] if row["type"] == "actions" else []
    return [(each["text"]["text"], each["action_id"], each.get("value", "")) for each in buttons]


def test_listing_turns_pages() -> None:
    first = replies.listing(many(20), POLICY, at(50), total=45, words="all sev1")
    assert turning(first) == [("Next", "incident:list/20", "all sev1")]
    middle = replies.listing(many(20), POLICY, at(50), total=45, words="all sev1", offset=20)
    assert turning(middle) == [
        ("Previous", "incident:list/0", "all sev1"),
        ("Next", "incident:list/40", "all sev1"),
    ]
    last = replies.listing(many(5), POLICY, at(50), total=45, offset=40)
    assert turning(last) == [("Previous", "incident:list/20", "")]
    assert last.text.startswith("Incidents 41–45 of 45 open.")
    assert turning(replies.listing(many(20), POLICY, at(50), total=20)) == []


def test_listing_that_became_shorter_leads_back() -> None:
    assert turning(replies.listing([], POLICY, at(50), total=45, words="mine", offset=60)) == [
        ("From the first", "incident:list/0", "mine")
    ]


def test_listing_marks_tests_and_what_is_private(snapshot: SnapshotAssertion) -> None:
    shaped = [
        replace(STATES["staffed"], kind="test"),
        STATES["private"],
        replace(STATES["resolved"], kind="near miss"),
        replace(STATES["cancelled"], merged_into=9),
    ]
    assert shown(replies.listing(shaped, POLICY, at(90), words="all tests")) == snapshot


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
        "help": shown(replies.help_({"Course": VERBS}, command)),
        "unknown": shown(replies.help_({"Course": VERBS}, POLICY, unknown="akc <!here>", nearest="ack")),
        "far off": shown(replies.help_({"Course": VERBS}, POLICY, unknown="🤷")),
    }
    assert told == snapshot
