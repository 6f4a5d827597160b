"""Each event, in each place in which it may be said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.events import KINDS, Event
from bot.rules.incident import Incident
from bot.views.message import Message
from bot.views.messages import WORDINGS, render
from bot.views.messages.scene import Place
from bot.views.timeline import LINES, timeline_line
from tests.views.limits import message_problems
from tests.views.samples import ADA, BOB, CAROL, DAVE, EVENTS, GROUPS, POLICY, STATES, at, entry, text


def said(entries: list[Entry], incident: Incident, place: Place = "channel", **more: Any) -> Message:
    return render(entries, incident, POLICY, place=place, now=entries[0].at, groups=GROUPS, **more)


def together(state: str, *happened: Event, minutes: float = 10, by: str | None = BOB, **more: Any) -> Message:
    """Several events of one change."""
    entries = [entry(event, minutes, by=by, seq=seq) for seq, event in enumerate(happened, 2)]
    return said(entries, STATES[state], **more)


def words(message: Message) -> str:
    return "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")


def doors(message: Message) -> list[str]:
    return [each["action_id"] for block in message.blocks if block["type"] == "actions" for each in block["elements"]]


OF_OTHERS = {"reaching", "duty", "alerts", "rollouts", "watching", "feedback"}
"""Pages of events that happen to somebody, a team, an alert or the workspace: they are said elsewhere."""


@pytest.mark.parametrize("place", get_args(Place))
def test_said(place: Place, snapshot: SnapshotAssertion) -> None:
    messages = {name: said([happened], STATES[state], place) for name, (state, happened) in EVENTS.items()}
    assert {name: problems for name, message in messages.items() if (problems := message_problems(message))} == {}
    shown = {name: {"text": message.text, "blocks": list(message.blocks)} for name, message in messages.items()}
    assert shown == snapshot


def test_timeline(snapshot: SnapshotAssertion) -> None:
    assert {name: timeline_line(happened) for name, (_, happened) in EVENTS.items()} == snapshot


def test_every_kind_of_event_has_its_wordings() -> None:
    of_incidents = {kind for kind in KINDS.values() if _page(kind) not in OF_OTHERS}
    assert of_incidents <= set(WORDINGS)
    assert set(WORDINGS) == set(LINES) == {type(happened.event) for _, happened in EVENTS.values()}


def _page(kind: type[Event]) -> str:
    return kind.__module__.rpartition(".")[2]


@pytest.mark.parametrize("name", EVENTS)
def test_text_alone_says_which_incident(name: str) -> None:
    state, happened = EVENTS[name]
    incident = STATES[state]
    kind = {"test": "TEST ", "near miss": "Near miss "}.get(incident.kind, "")
    start = "INC-12: " if name == "former channel archived" else f"{kind}{incident.severity} INC-12 Checkout is down: "
    assert said([happened], incident).text.startswith(start)


def test_update_has_the_one_form() -> None:
    state, happened = EVENTS["updated"]
    lines = words(said([happened], STATES[state], doing=("restart db-2 <@U9>",))).splitlines()
    assert lines[0].endswith("· SEV1 · Update #3*")
    assert lines[1:3] == ["*Current status* Identified", "*Impact* 1 in 3 fails"]
    assert lines[3] == "*Actions* Pool exhausted,"
    assert lines[5] == "• restart db-2 &lt;@U9&gt;"
    assert lines[6].startswith("*Next update* <!date^")


def test_status_with_a_note_is_one_form() -> None:
    update = events.Updated(1, "SEV1", "identified", text("Found it"), text(""), at(40))
    message = together("identified", events.StatusChanged("investigating", "identified"), update)
    assert "*Current status* Identified (was investigating)" in words(message)
    assert "moved it" not in words(message)


def test_a_status_that_nobody_has_says_so() -> None:
    message = together("detected", events.StatusChanged("detected", "investigating"))
    assert "Nobody has it yet: press *Acknowledge* if you take it." in words(message)
    assert doors(message) == ["incident:acknowledge"]
    assert "Nobody has it" not in words(together("staffed", events.StatusChanged("investigating", "identified")))


def test_what_an_alert_reopens_nobody_has() -> None:
    message = together("detected", events.Reopened(text("CheckoutErrors fires again")), by=None)
    assert "Nobody has it: press *Acknowledge* if you take it." in words(message)
    assert "investigated" not in words(message)
    assert doors(message) == ["incident:acknowledge"]


def test_a_lowering_says_that_it_stops_the_paging() -> None:
    lowered = events.SeverityChanged("SEV2", "SEV3", False, text("a few customers"))
    assert "Nobody has it yet, and nobody is paged any more: press" in words(together("detected", lowered))
    still = events.SeverityChanged("SEV1", "SEV2", False, text("a few customers"))
    assert "Nobody has it yet: press" in words(together("detected", still))


def test_what_is_not_mitigated_is_said_once() -> None:
    page = events.Paged("payments", 3, (DAVE,), "mitigation", at(15))
    assert words(together("staffed", page, events.NotMitigated(at(15)), by=None)).count("itigated") == 1


def test_in_a_channel_that_is_paged_who_presses_was_asked() -> None:
    page = entry(events.Paged("payments", 1, (DAVE,), "begun", at(0), channels=("#payments",)), by=None)
    places = {place: doors(said([page], STATES["detected"], place)) for place in get_args(Place)}
    assert places["channel"] == ["incident:acknowledge"]
    assert places["thread"] == ["incident:acknowledge/sure"]


def test_raise_with_a_reason_gives_the_reason_once() -> None:
    raised = events.SeverityChanged("SEV2", "SEV1", True, text("All regions"))
    update = events.Updated(1, "SEV1", "identified", text("All regions"), text(""), at(40))
    assert words(together("identified", raised, update)).count("All regions") == 1


def test_taking_command_says_once_that_somebody_has_it() -> None:
    message = together("staffed", events.Acknowledged(BOB, implied=True), events.RoleAssigned("commander", BOB))
    assert f"<@{BOB}> took command and has it." in words(message)
    assert "after it was declared" not in words(message)


def test_a_sweep_is_one_message_the_gravest_first() -> None:
    soon = events.UpdateDue(at(30), at(30), 1, CAROL)
    late = events.NotAcknowledged(at(5))
    message = together("detected", soon, events.NotMitigated(at(15)), late, minutes=31, by=None)
    order = [words(message).index(part) for part in ("Nobody has acknowledged", "Not mitigated", "Update due")]
    assert order == sorted(order)
    page = "incident:escalate/further"
    assert doors(message)[:4] == ["incident:acknowledge", "incident:in_hand", page, "incident:update"]
    assert message_problems(message) == []
    styles = [each.get("style") for block in message.blocks if block["type"] == "actions" for each in block["elements"]]
    assert styles[1:] == [None] * len(styles[1:])


def test_a_late_reminder_admits_it() -> None:
    state, happened = EVENTS["update due"]
    message = render(
        [happened],
        STATES[state],
        POLICY,
        place="channel",
        now=at(120),
        late_by=timedelta(minutes=90),
    )
    assert "(late: this was due <!date^" in message.text


def test_of_several_reminders_each_admits_its_own_lateness() -> None:
    late, due = events.NotAcknowledged(at(5)), events.UpdateDue(at(30), at(30), 1, CAROL)
    message = together("detected", late, due, minutes=30, by=None, late_by=timedelta(minutes=25))
    assert message.text.count("(late:") == 1


def test_after_a_gap_it_is_said_once_why_all_of_it_comes_late() -> None:
    due = (events.NotAcknowledged(at(5)), events.NotMitigated(at(15)), events.UpdateDue(at(30), at(30), 1, CAROL))
    away = events.WasAway(at(2), at(39), ("acknowledgement", "mitigation", "update"))
    message = together("detected", *due, away, minutes=39, by=None, late_by=timedelta(minutes=34))
    assert "(late" not in message.text
    assert message.text.count("(due since <!date^") == 2, "of an update it is the promise that is named"
    assert message.text.index("press Acknowledge") < message.text.index("I was away <!date^")
    assert "meanwhile due: its acknowledgement, its mitigation and an update." in message.text
    assert message_problems(message) == []


def test_a_raise_is_asked_of_who_leads_not_of_who_owes_the_update() -> None:
    due = events.UpdateDue(at(30), at(30), 1, CAROL)
    message = together("staffed", events.NotMitigated(at(15)), due, minutes=30, by=None, asked=CAROL)
    assert f"<@{BOB}>: get more people in" in message.text
    assert f"<@{CAROL}>: press Post update" in message.text


def test_team_group_is_mentioned_in_the_room_alone() -> None:
    state, happened = EVENTS["not acknowledged"]
    assert "<!subteam^S1PAY>" in said([happened], STATES[state]).text
    assert "subteam" not in said([happened], STATES[state], "announce").text


def test_declarer_is_asked_where_no_group_is_known() -> None:
    state, happened = EVENTS["not acknowledged"]
    message = render([happened], STATES[state], POLICY, place="channel", now=at(5))
    assert "<@U1ADA>: press Acknowledge" in message.text


def test_raise_is_absent_at_the_top() -> None:
    top, below = (EVENTS[name] for name in ("not mitigated at the top", "not mitigated"))
    assert doors(said([top[1]], STATES[top[0]])) == ["incident:in_hand", "incident:escalate/further"]
    assert doors(said([below[1]], STATES[below[0]])) == ["incident:raise/SEV2", "incident:in_hand"]


def test_update_due_can_be_snoozed_until_twice() -> None:
    state, happened = EVENTS["update due"]
    expected = ["incident:update", "incident:snooze/15", "incident:snooze/30", "incident:snooze/60"]
    assert doors(said([happened], STATES[state])) == expected
    assert doors(said([happened], STATES["snoozed"])) == expected
    assert doors(said([happened], replace(STATES["snoozed"], snoozes=2))) == ["incident:update"]


def test_who_gets_a_role_is_sent_its_do_and_do_not() -> None:
    state, happened = EVENTS["made comms"]
    message = words(said([happened], STATES[state], "person"))
    assert "*Do*\n• Post an update before each promised time" in message
    assert "*Do not*\n• Promise a time for the fix" in message


def test_a_role_told_of_once_is_one_short_line_from_then_on() -> None:
    state, happened = EVENTS["made comms again"]
    message = said([happened], STATES[state], "person")
    assert "*Do*" not in words(message)
    assert doors(message) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("commander", ["update", "role", "status"]),
        ("comms", ["update", "snooze", "show"]),
        ("lead", ["status", "note", "event"]),
        ("scribe", ["event", "note", "show"]),
    ],
)
def test_who_gets_a_role_is_sent_three_buttons_that_fit_it(role: str, expected: list[str]) -> None:
    message = together("staffed", events.RoleAssigned(role, DAVE), place="person")
    assert doors(message) == [f"incident:{act}" for act in expected]


def test_who_handed_over_is_told_to_be_free() -> None:
    happened = entry(events.RoleAssigned("commander", DAVE, BOB), by=DAVE)
    message = said([happened], replace(STATES["staffed"], roles={"commander": DAVE}), "person", reader=BOB)
    assert f"<@{DAVE}> is its incident commander now: you are free of that." in words(message)
    assert doors(message) == []


def test_an_offer_of_command_carries_the_brief_and_two_buttons() -> None:
    state, happened = EVENTS["handoff offered"]
    history = [entry(events.Noted(text("Restarted db-2")), 6), happened]
    message = said([happened], STATES[state], "person", history=history, reader=DAVE)
    assert f"<@{BOB}> wants to hand command over to you:" in message.text
    assert "> the rollback runs &lt;!here&gt;" in words(message)
    assert "*Impact*" in words(message)
    assert doors(message) == ["incident:handoff_accept", "incident:handoff_decline"]
    assert doors(said([happened], STATES[state])) == []


@pytest.mark.parametrize("name", ["handoff declined", "handoff waiting"])
def test_who_offered_command_is_told_that_they_still_have_it(name: str) -> None:
    state, happened = EVENTS[name]
    message = said([happened], STATES[state], "person", reader=BOB)
    assert "you still have" in message.text
    assert doors(message) == ["incident:handoff"]


def test_a_burst_of_people_is_one_line() -> None:
    happened = (
        events.RoleAssigned("scribe", "U5EVE"),
        events.RoleAssigned("comms", BOB),
        events.RoleAssigned("commander", ADA),
        events.RoleAssigned("comms", CAROL, BOB),
        events.Joined(DAVE),
        events.Joined(ADA),
    )
    message = together("staffed", *happened)
    line = f"<@{ADA}> commands, <@{CAROL}> is communications lead, <@U5EVE> is scribe; <@{DAVE}> helps."
    assert words(message).splitlines()[0] == line


def test_who_takes_two_roles_in_a_burst_is_named_once() -> None:
    message = together("staffed", events.RoleAssigned("commander", ADA, BOB), events.RoleAssigned("lead", ADA))
    assert f"<@{ADA}> commands instead of <@{BOB}> and is technical lead." in words(message)


def test_several_edits_are_one_line() -> None:
    title = events.Edited("title", text("Checkout is down"), text("Cart is down"))
    users = events.Edited("users", text(""), text("1200"))
    gone = events.Edited("tickets", text("14"), text(""))
    message = together("with figures", title, users, gone)
    expected = f"<@{BOB}> changed the title to “Cart is down”; users to 1,200; tickets to nothing."
    assert words(message) == expected


def test_times_set_right_for_one_reason_are_one_line() -> None:
    began = events.MilestoneEdited("began", None, at(-20), text("As logged"))
    mitigated = events.MilestoneEdited("mitigated", at(20), at(15), text("As logged"))
    assert words(together("resolved", began, mitigated, minutes=70)).count("As logged") == 1


def test_a_correction_reads_by_itself_in_the_thread() -> None:
    state, happened = EVENTS["raise undone"]
    message = said([happened], STATES[state], "thread")
    assert "INC-12" in message.blocks[0]["text"]["text"]
    assert f"Correction: <@{BOB}> took back the raise, it is SEV2 again." in words(message)


def test_who_is_not_let_in_learns_the_number_alone() -> None:
    state, happened = EVENTS["access denied"]
    message = said([happened], STATES[state], "person", reader=DAVE)
    assert message.text == "INC-12: You are not let in for now. You may ask again in an hour."
    assert words(message) == "*INC-12*\nYou are not let in for now.\nYou may ask again in an hour."


def test_who_decides_on_access_lets_in_or_not() -> None:
    state, happened = EVENTS["access requested"]
    message = said([happened], STATES[state], "person", reader=BOB)
    assert doors(message) == [f"incident:grant/{DAVE}", f"incident:deny/{DAVE}"]


def test_the_last_word_in_a_channel_says_where_to_look() -> None:
    state, happened = EVENTS["archive requested"]
    message = said([happened], STATES[state], link="https://x.slack.com/archives/C0INC/p1")
    assert "there will be a fresh one" in message.text
    assert "<https://x.slack.com/archives/C0INC/p1|its announcement>" in words(message)


def test_each_extra_hat_has_a_button_to_find_somebody() -> None:
    one, two = (
        said([EVENTS[name][1]], STATES["staffed"], "person", reader=BOB)
        for name in ("one hat too many", "two hats too many")
    )
    assert doors(one) == ["incident:role/lead"]
    assert doors(two) == ["incident:role/lead", "incident:role/comms"]


FOLLOWED = ("updated", "status changed", "raised", "resolved", "reopened", "cancelled", "merged", "raise undone")


@pytest.mark.parametrize("name", FOLLOWED)
def test_followers_are_asked_for_nothing_and_may_stop(name: str) -> None:
    state, happened = EVENTS[name]
    incident = replace(STATES[state], followers=(DAVE,))
    message = said([happened], incident, "person", reader=DAVE)
    assert "INC-12" in message.blocks[0]["text"]["text"]
    assert "press" not in message.text
    assert "/incident" not in message.text
    assert doors(message) == (["incident:unfollow"] if incident.is_open or incident.is_merged else [])


def test_who_followed_a_merged_one_follows_the_other_and_may_stop() -> None:
    state, happened = EVENTS["merged"]
    message = said([happened], replace(STATES[state], followers=(DAVE,)), "person", reader=DAVE)
    assert "You follow INC-9 from now on." in message.text
    assert message.blocks[-1]["elements"][0]["value"] == "9"


def test_who_handed_over_is_told_what_they_still_are() -> None:
    incident = replace(STATES["staffed"], roles={"commander": DAVE, "lead": BOB})
    happened = entry(events.RoleAssigned("commander", DAVE, BOB), by=DAVE)
    assert "You are still its technical lead." in said([happened], incident, "person", reader=BOB).text


def test_a_reminder_to_a_follower_keeps_its_own_buttons() -> None:
    state, happened = EVENTS["update soon"]
    message = said([happened], replace(STATES[state], followers=(CAROL,)), "person", reader=CAROL)
    assert doors(message) == ["incident:update"]


def test_nothing_over_already_asks_to_be_acknowledged() -> None:
    for name in ("declared over", "declared a near miss"):
        state, happened = EVENTS[name]
        assert doors(said([happened], STATES[state])) == []
