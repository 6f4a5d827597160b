"""Who is paged and cannot be reached any more is passed at once; where nobody is left to be paged, that is said."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.stories.kit import Person, Place, Stage, Story, told
from tests.stories.oncall import on_call

BOTH = {"name": "payments", "levels": [{"page": ["primary", "secondary"]}, {"page": "ada"}]}
ONE = {"name": "payments", "levels": [{"page": "primary"}]}


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """Whatever is declared pages Bob, then Cleo, then Ada."""
    async with told(stage, configuration=on_call(default_policy="payments")) as told_story:
        yield told_story


async def declared(story: Story, ada: Person, words: str) -> Place:
    """INC-1, declared by Ada: its channel."""
    await ada.types(f"/incident declare {words} Checkout is down")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")
    return story.room(1)


async def test_deactivated_while_their_level_waits(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room = await declared(story, ada, "sev1")
    bob.is_paged("INC-1")
    await story.forward(minutes=2)
    await story.deactivates(bob)
    room.expects(f"📟 Paging <@{cleo.id}> (payments, level 2). <@{bob.id}> could not be reached.")
    cleo.is_paged("INC-1", "who was paged cannot be reached")
    await story.forward(minutes=3)
    room.expects("Nobody has acknowledged it within 5 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")
    ada.is_not_paged()
    await cleo.types("/incident ack", room)
    cleo.is_told("You have INC-1", where=room)
    room.expects(f"<@{cleo.id}> has it")
    await story.deactivates(cleo)
    ada.is_not_paged()


async def test_no_way_reaches_anybody_on_their_level(stage: Stage) -> None:
    async with told(stage, configuration=on_call(policies=[BOTH], default_policy="payments")) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        who = story.sandbox.ws.who
        story.sandbox.ws.who = replace(who, events=frozenset(who.events or ()) - {"user_change"})
        for person in (bob, cleo):
            story.sandbox.deactivate(person.id)
        for method, error in (("conversations.invite", "cant_invite"), ("chat.postMessage", "user_disabled")):
            story.allow(method, error)
        room = await declared(story, ada, "sev2")
        for person in (bob, cleo):
            room.expects(f"I could not page <@{person.id}> by Slack")
        room.expects(f"📟 Paging <@{ada.id}> (payments, level 2)", f"<@{bob.id}>", f"<@{cleo.id}> could not be reached")
        ada.is_paged("INC-1", "who was paged cannot be reached")


async def test_nobody_is_left_to_be_paged_for_want_of_a_commander(stage: Stage) -> None:
    async with told(stage, configuration=on_call(policies=[ONE], default_policy="payments")) as story:
        ada, bob = (story.person(name) for name in ("ada", "bob"))
        room = await declared(story, ada, "sev2")
        await bob.is_paged("INC-1").click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        room.expects(f"<@{bob.id}> has it")
        await story.forward(minutes=10)
        room.expects("still no commander")
        await story.forward(minutes=10)
        left = room.expects("Still no commander, and nobody is left to be paged (payments)", "press *Take command*")
        story.place("#incidents").expects("Still no commander, and nobody is left to be paged")
        await story.forward(minutes=30)
        await left.click("Take command", by=bob)
        bob.is_told("You are incident commander of INC-1", where=room)
        room.expects(f"<@{bob.id}> took command")
