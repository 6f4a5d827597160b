"""A private incident: its own private channel, no announcement, and for outsiders it does not exist, at any door."""

import json
import re

from handlers.verbs import VERBS
from tests.stories.kit import Person, Place, Shown, Story, words

DOORS = (
    "ack",
    "unack",
    "status monitoring",
    "severity sev2",
    "command",
    "command @bob",
    "lead @bob",
    "role scribe @bob",
    "service checkout",
    "update all is well",
    "note hello",
    "event 09:00 it began",
    "snooze 30m",
    "resolve done",
    "reopen again",
    "cancel test",
    "archive",
    "handoff @cleo",
    "join",
    "follow",
    "unfollow",
    "private @cleo",
    "undo",
    "edit",
    "merge INC-2",
    "escalate @bob",
    "catchup",
    "show",
)
"""Every verb about an incident, with all that it needs."""

FORMS = (
    *("status", "severity", "lead", "role", "service", "update", "note", "event", "snooze", "resolve", "reopen"),
    *("edit", "merge", "handoff", "private", "escalate"),
)


async def secret(story: Story, ada: Person) -> tuple[Place, Shown]:
    """INC-1, known to Ada alone: its channel and its card."""
    await ada.types("/incident declare private sev1 Somebody got in")
    ada.is_told("INC-1", "nothing is announced")
    room = story.room(1)
    return room, room.expects("Somebody got in", "Private")


async def test_declared_in_a_line_nothing_is_announced(story: Story, ada: Person) -> None:
    room, card = await secret(story, ada)
    assert story.sandbox.channel(room.channel).private
    assert room.members == ["ada", "tocsin"]
    story.place("#incidents").expects_nothing()
    assert "Acknowledge" in card.buttons
    await ada.types("/incident list")
    ada.is_told("INC-1", "🔒", "Somebody got in")
    await ada.types("/incident resolve locked them out", room)
    ada.is_told("resolved", where=room)
    room.expects("Resolved", "locked them out")
    story.place("#incidents").expects_nothing()


async def test_by_the_tick_box_even_where_the_severity_lives_in_a_thread(story: Story, ada: Person) -> None:
    await ada.types("/incident declare")
    await ada.submits(title="A key leaked", severity="SEV4", services=["checkout"], private=["private"])
    ada.sees_modal("Tocsin", "INC-1", "nothing is announced")
    room = story.room(1)
    assert story.sandbox.channel(room.channel).private
    room.expects("A key leaked", "Private")
    story.place("#incidents").expects_nothing()
    story.place("#payments").expects_nothing()


async def test_reminders_and_a_raise_stay_inside(story: Story, ada: Person) -> None:
    await ada.types("/incident declare private sev2 A key leaked")
    ada.is_told("INC-1")
    room = story.room(1)
    room.expects("A key leaked")
    await ada.types("/incident severity sev1 It is in use", room)
    ada.is_told("*SEV1* now", where=room)
    room.expects("raised it from SEV2 to *SEV1*", "Update #1", "It is in use")
    await ada.types("/incident command", room)
    ada.is_told("You are incident commander", where=room)
    room.expects("took command")
    await story.forward(minutes=120)
    room.expects("Not mitigated")
    ada.dm.expects("promised for")
    room.expects("Update due")
    ada.dm.expects("has not been posted")
    ada.dm.expects("last reminder")
    story.place("#incidents").expects_nothing()


async def test_an_outsider_is_told_what_is_told_of_none(story: Story, ada: Person, bob: Person) -> None:
    room, card = await secret(story, ada)
    before = words(card.message)
    for line in DOORS:
        verb, _, rest = line.partition(" ")
        told = await answer(bob, f"INC-1 {line}")
        assert told == await answer(bob, f"INC-99 {line}") == await answer(bob, f"{verb} inc-1 {rest}"), line
    assert words(card.message) == before
    room.expects_nothing()


def test_no_verb_is_left_out() -> None:
    about = {verb.name for verb in VERBS if verb.run}
    assert about == {each.partition(" ")[0] for each in DOORS}


async def test_nor_does_a_mention_or_a_shortcut(story: Story, ada: Person, bob: Person) -> None:
    await secret(story, ada)
    said = await bob.says("@tocsin INC-1 show", "#incidents")
    one = bob.is_told("There is no INC-1.", where="#incidents").message.text
    await bob.says("@tocsin INC-99 show", "#incidents")
    assert one.replace("INC-1.", "INC-99.") == bob.is_told("There is no INC-99.", where="#incidents").message.text
    await bob.uses("Add to incident timeline", on=said)
    bob.sees_modal("Which incident?", "No incident is open")


async def test_nor_does_a_form_tell_it(story: Story, ada: Person, bob: Person) -> None:
    await secret(story, ada)
    for verb in FORMS:
        assert await answer(bob, f"INC-1 {verb}") == await answer(bob, f"INC-99 {verb}"), verb


async def test_nor_the_list_nor_the_picker_nor_a_search(story: Story, ada: Person, bob: Person) -> None:
    await secret(story, ada)
    for line in ("list", "list all", "list sev1", "list somebody", "search got in", "list mine"):
        await bob.types(f"/incident {line}")
        bob.is_told("o incident").says_not("INC-1", "Somebody")
    await bob.types("/incident ack")
    bob.sees_modal("Which incident?", "No incident is open")


async def test_nor_a_button_that_was_kept_from_elsewhere(story: Story, ada: Person, bob: Person) -> None:
    """A button's value is only a number: one forged, or kept from before somebody left, opens nothing."""
    room, card = await secret(story, ada)
    other = await kept_button(story, bob)
    await other.click("Acknowledge", by=bob)
    bob.is_told("There is no INC-1.")
    room.expects_nothing()
    card.says("not acknowledged yet")


async def kept_button(story: Story, bob: Person) -> Shown:
    """A reply to Bob whose buttons are about INC-1 now."""
    await bob.types("/incident declare sev2 Something else")
    told = bob.is_told("INC-2")
    story.place("#incidents").expects("Something else")
    story.room(2).expects("Something else")
    for block in told.message.blocks:
        for element in block.get("elements", []):
            element["value"] = "1"
    return told


async def test_who_is_given_a_role_is_in(story: Story, ada: Person, bob: Person) -> None:
    room, _ = await secret(story, ada)
    await ada.types("/incident lead @bob", room)
    ada.is_told("technical lead", where=room)
    room.expects(f"<@{bob.id}> is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    assert "bob" in room.members
    await bob.types("/incident show INC-1")
    bob.is_told("Somebody got in", "Timeline")
    await bob.types("/incident ack", room)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")


async def test_who_is_brought_into_the_channel_is_in_and_who_leaves_is_out(
    story: Story, ada: Person, cleo: Person
) -> None:
    room, _ = await secret(story, ada)
    await ada.brings(cleo, room)
    await cleo.types("/incident list")
    cleo.is_told("Somebody got in")
    await story.sandbox.leave(cleo.id, room.channel)
    await story.settled()
    await cleo.types("/incident show INC-1")
    cleo.is_told("There is no INC-1.")


async def answer(by: Person, line: str) -> str:
    """All that a line brings, its number taken out: a message only they see, or a modal."""
    ack = await by.types(f"/incident {line}")
    assert ack is not None
    told = ack.text
    if told:
        by.is_told(told.partition("`")[0].partition("<")[0])
    else:
        told = re.sub(r'"block_id": "[^"]*"', "", json.dumps(by.view.content))
        await by.story.sandbox.close_view(by.id)
    return told.replace("INC-99", "INC-1")
