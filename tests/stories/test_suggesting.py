"""Where a commander is wanted people are suggested, with the reason; who is asked is paged, and commands once they
take it."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import payloads
from bot.sandbox.choosing import Aim, find
from bot.sandbox.records import Json
from tests.stories.kit import Person, Place, Shown, Stage, Story, told
from tests.stories.oncall import on_call

CLEO = "*@cleo*: on call for payments"


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """Whatever is declared pages Bob first; Cleo is on call beside him."""
    async with told(stage, configuration=on_call(default_policy="payments")) as told_story:
        yield told_story


async def acknowledged(story: Story, ada: Person, bob: Person, *, private: bool = False) -> tuple[Place, Shown]:
    """INC-1, a SEV2 that Ada declared, and for which Bob was paged, who has it; nobody commands it."""
    await ada.types(f"/incident declare {'private ' if private else ''}sev2 Checkout is slow")
    ada.is_told("INC-1")
    if not private:
        story.place("#incidents").expects("Checkout is slow")
    room = story.room(1)
    card = room.expects("Checkout is slow", f"📟 Paging <@{bob.id}>")
    page = bob.is_paged("INC-1")
    await page.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=bob.dm)
    room.expects(f"<@{bob.id}> has it")
    return room, card


def pressing(story: Story, who: Person, shown: Shown, label: str) -> Json:
    """What Slack sends when somebody presses a button of a message as it stands now."""
    ws, message = story.sandbox.ws, shown.message
    block, element = find(message.blocks, Aim(label=label))
    act = payloads.action(ws, block["block_id"], element, {})
    url = story.sandbox.responses.make(who.id, shown.channel, shown.ts)
    return payloads.on_message(ws, ws.person(who.id), message, act, url)


async def test_who_is_asked_is_paged_and_takes_command(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, card = await acknowledged(story, ada, bob)
    await card.click("Assign role", by=ada)
    ada.sees_modal("Assign a role", "To command: @cleo (on call for payments, 17:00 for them, leads nothing else)")
    await story.forward(minutes=10)
    wanted = room.expects("still no commander", f"{CLEO}, 17:10 for them, leads nothing else")
    assert wanted.buttons == ["Take command", "Ask @cleo"]
    cleo.is_not_paged()
    await wanted.click("Ask @cleo", by=ada)
    ada.is_told(f"You asked <@{cleo.id}> to command INC-1", where=room)
    room.expects(f"<@{ada.id}> asks <@{cleo.id}> to take command")
    cleo.is_told("what is known so far", where=room)
    card.says_not(f"*Commander* <@{cleo.id}>")
    page = cleo.has_message(
        f"You are paged: it has no commander, and <@{ada.id}> asks you to take command", f"<@{bob.id}> has it"
    )
    await wanted.click("Ask @cleo", by=ada)
    ada.is_told(f"<@{cleo.id}> was paged for INC-1 just now", where=room)
    await page.click("Take command", by=cleo)
    cleo.is_told("You are incident commander", where=cleo.dm)
    room.expects(f"<@{cleo.id}> took command")
    await wanted.click("Ask @cleo", by=bob)
    bob.is_told(f"<@{cleo.id}> commands INC-1 by now", where=room)


async def test_who_presses_while_somebody_else_takes_command_is_asked(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    room, card = await acknowledged(story, ada, bob)
    await story.forward(minutes=10)
    await room.expects("still no commander").click("Ask @cleo", by=ada)
    ada.is_told(f"You asked <@{cleo.id}> to command INC-1", where=room)
    room.expects(f"<@{ada.id}> asks <@{cleo.id}> to take command")
    cleo.is_told("what is known so far", where=room)
    page = cleo.has_message("it has no commander")
    pressed = pressing(story, cleo, page, "Take command")
    await ada.types("/incident command", room)
    ada.is_told("You are incident commander", where=room)
    room.expects(f"<@{ada.id}> took command")
    assert not page.buttons
    await story.sandbox.delivery.ask("interactive", pressed)  # what she saw a moment ago
    await story.settled()
    question = cleo.is_told(f"<@{ada.id}> commands INC-1 by now", "ask them before you take it over", where=cleo.dm)
    assert question.buttons == ["Take over all the same"]
    await question.click("Take over all the same", by=cleo)
    question.says("You are incident commander")
    card.says(f"*Commander* <@{cleo.id}>")


async def test_where_the_commander_is_silent(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, _ = await acknowledged(story, ada, bob)
    await bob.types("/incident command", room)
    bob.is_told("You are incident commander", where=room)
    room.expects(f"<@{bob.id}> took command")
    await story.forward(minutes=30)
    bob.has_message("Still with us?")
    await story.forward(minutes=10)
    wanted = room.expects(f"<@{bob.id}> commands it and does not answer", CLEO)
    await wanted.click("Ask @cleo", by=ada)
    ada.is_told(f"You asked <@{cleo.id}> to command INC-1", where=room)
    room.expects(f"<@{ada.id}> asks <@{cleo.id}> to take command")
    cleo.is_told("what is known so far", where=room)
    cleo.has_message("its commander does not answer", "Take command")


async def test_of_a_private_one_nobody_outside_is_named(story: Story, ada: Person, bob: Person) -> None:
    room, card = await acknowledged(story, ada, bob, private=True)
    await card.click("Assign role", by=ada)
    assert "cleo" not in str(ada.sees_modal("Assign a role").content)
    await story.forward(minutes=10)
    wanted = room.expects("still no commander")
    assert wanted.buttons == ["Take command"]


async def test_who_hands_command_over_is_told_who_might_take_it(story: Story, ada: Person, bob: Person) -> None:
    room, _ = await acknowledged(story, ada, bob)
    await bob.types("/incident command", room)
    bob.is_told("You are incident commander", where=room)
    room.expects(f"<@{bob.id}> took command")
    await bob.types("/incident handoff", room)
    bob.sees_modal("Hand over command", "To command: @cleo (on call for payments, 17:00 for them, leads nothing else)")
