"""Who is paged when nobody answers, who may stop that, who says that they cannot, and paging by hand."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.kit import Person, Place, Shown, Stage, Story, told
from tests.stories.oncall import on_call
from tests.stories.opening import acknowledged

NOBODY_LEFT = {"name": "payments", "levels": [{"page": "primary"}, {"page": "secondary"}]}


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """Whatever is declared pages Bob, then Cleo, then Ada."""
    async with told(stage, configuration=on_call(default_policy="payments")) as told_story:
        yield told_story


async def declared(story: Story, ada: Person, words: str = "sev1 Checkout is down") -> tuple[Place, Shown]:
    """INC-1, declared by Ada: its channel, its card."""
    await ada.types(f"/incident declare {words}")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Checkout is down")
    return story.room(1), story.room(1).expects("Checkout is down")


async def paged(story: Story, ada: Person, bob: Person, words: str = "sev1 Checkout is down") -> tuple[Place, Shown]:
    """INC-1, for which Bob was paged a moment ago."""
    room, card = await declared(story, ada, words)
    card.says(f"📟 Paging <@{bob.id}>, next")
    bob.is_paged("INC-1", "Checkout is down")
    return room, card


async def test_level_1_is_silent_and_level_2_acknowledges(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, card = await paged(story, ada, bob)
    card.says(f"📟 Paging <@{bob.id}>, next <@{cleo.id}> at")
    assert "bob" in room.members
    await story.forward(minutes=5)
    room.expects("Nobody has acknowledged it within 5 min", f"No answer: paging <@{cleo.id}> (payments, level 2)")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")
    page = cleo.is_paged("INC-1", "Checkout is down")
    cleo.is_told("what is known so far", where=room)
    card.says(f"📟 Paging <@{cleo.id}>, next <@{ada.id}> at")
    await page.click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where=cleo.dm)
    room.expects(f"<@{cleo.id}> has it")
    card.says_not("📟")
    await story.forward(minutes=6)
    ada.is_not_paged()


async def test_who_is_on_a_further_level_takes_it_without_a_question(story: Story, ada: Person, bob: Person) -> None:
    room, card = await paged(story, ada, bob)
    await card.click("Acknowledge", by=ada)
    ada.is_told("You have INC-1", where=room)
    room.expects(f"<@{ada.id}> has it")


async def test_who_was_not_asked_is_asked_whether_they_take_it(stage: Stage) -> None:
    policy = {**NOBODY_LEFT, "levels": [{"page": "primary"}]}
    async with told(stage, configuration=on_call(policies=[policy], default_policy="payments")) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        room, card = await paged_alone(story, ada, bob)
        await cleo.types("/incident ack", room)
        question = cleo.is_told(f"This stops the paging of <@{bob.id}>. Are you taking it?", where=room)
        card.says("not acknowledged yet")
        await question.click("Only looking", by=cleo)
        question.says("You follow INC-1")
        card.says("not acknowledged yet", f"📟 Paging <@{bob.id}>")
        await card.click("Acknowledge", by=ada)
        question = ada.is_told("Are you taking it?", where=room)
        await question.click("I'm on it", by=ada)
        question.says("You have INC-1")
        room.expects(f"<@{ada.id}> has it")
        card.says(f"<@{ada.id}> has it").says_not("📟")


async def paged_alone(story: Story, ada: Person, bob: Person) -> tuple[Place, Shown]:
    room, card = await declared(story, ada)
    card.says(f"📟 Paging <@{bob.id}>; nobody is left after that")
    bob.is_paged("INC-1", "Checkout is down")
    return room, card


async def test_who_cannot_hands_it_to_the_next(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, card = await declared(story, ada)
    card.says(f"📟 Paging <@{bob.id}>")
    page = bob.is_paged("INC-1")
    await page.click("Can't, next please", by=bob)
    bob.is_told("you do not take INC-1. Whoever is next is paged now; if that is nobody", where=bob.dm)
    room.expects(f"<@{bob.id}> was paged and cannot take it")
    room.expects(f"📟 Paging <@{cleo.id}>")
    cleo.is_paged("INC-1")
    card.says(f"📟 Paging <@{cleo.id}>")


async def test_nobody_answers_and_that_is_said_in_the_open(stage: Stage) -> None:
    async with told(stage, configuration=on_call(policies=[NOBODY_LEFT], default_policy="payments")) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        room, card = await paged(story, ada, bob, "sev2 Checkout is down")
        await story.forward(minutes=5)
        room.expects(f"No answer: paging <@{cleo.id}>", "Nobody is left after that")
        cleo.is_paged("INC-1")
        cleo.is_told("what is known so far", where=room)
        await story.forward(minutes=10)
        room.expects(
            "Nobody has acknowledged it within 15 min", "🚨 Nobody answered: all levels of payments were paged"
        )
        loud = story.place("#incidents").expects("🚨 Nobody answered", "INC-1")
        assert "Acknowledge" in loud.buttons
        card.says_not("📟").says("🚨 *Nobody answered*")


async def test_a_test_pages_nobody_and_tells_who_declared_it(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare test sev1 Trying it out")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Trying it out")
    room = story.room(1)
    room.expects("Trying it out")
    ada.has_message("This is a test. I would page", f"<@{bob.id}>", "payments, level 1")
    bob.is_not_paged()
    await acknowledged(story, ada, room)


async def test_raised_it_pages_and_lowered_it_stops(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    await ada.types("/incident declare sev3 Checkout is slow")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Checkout is slow")
    room = story.room(1)
    card = room.expects("Checkout is slow")

    async def raises() -> None:
        """Ada raises it, and Bob is paged for that."""
        await ada.types("/incident severity sev1", room)
        ada.is_told("SEV1", where=room)
        room.expects("raised it from SEV3 to *SEV1*")
        story.place("#incidents").expects("SEV3 to *SEV1*")
        room.expects(f"📟 Paging <@{bob.id}> (payments, level 1)")
        bob.is_paged("INC-1")

    bob.is_not_paged()
    await story.forward(minutes=1)
    await raises()
    await ada.types("/incident severity sev3", room)
    ada.is_told("SEV3", where=room)
    room.expects("lowered it from SEV1 to *SEV3*")
    card.says_not("📟")
    await story.forward(minutes=6)
    cleo.is_not_paged()
    await raises()
    card.says(f"📟 Paging <@{bob.id}>, next <@{cleo.id}> at")


async def test_taken_back_the_next_level_is_paged_at_once(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, _ = await paged(story, ada, bob)
    await acknowledged(story, bob, room)
    await bob.types("/incident unack", room)
    bob.is_told("nobody has it", where=room)
    room.expects("nobody has it now")
    room.expects(f"📟 Paging <@{cleo.id}> (payments, level 2)")
    cleo.is_paged("INC-1")


async def test_who_takes_it_from_somebody_names_them(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, _ = await paged(story, ada, bob)
    await acknowledged(story, bob, room)
    await ada.types("/incident unack", room)
    ada.is_told(f"You took back the acknowledgement of <@{bob.id}>: nobody has INC-1 now", where=room)
    room.expects(f"<@{ada.id}> took back the acknowledgement of <@{bob.id}>: nobody has it now")
    room.expects(f"📟 Paging <@{cleo.id}> (payments, level 2)")
    cleo.is_paged("INC-1")


async def test_by_hand_by_name_by_level_and_by_modal(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room, _ = await paged(story, ada, bob)
    await acknowledged(story, bob, room)
    await bob.types("/incident escalate further the database", room)
    bob.is_told(f"You paged <@{cleo.id}> for INC-1", where=room)
    room.expects(f"📟 <@{bob.id}> pages <@{cleo.id}> (payments, level 2): the database.")
    cleo.has_message("INC-1", "the database")
    await bob.types("/incident page", room)
    bob.sees_modal("Page somebody", "Who is on call", "The next level")
    await bob.submits(people=[ada.id], why="You know the vendor")
    room.expects(f"📟 <@{bob.id}> pages <@{ada.id}>: You know the vendor.")
    ada.has_message("INC-1")
    await bob.types("/incident escalate nobody", room)
    bob.is_told("I know no team “nobody”", where=room)


async def test_with_no_policy_configured_nobody_is_paged_and_the_card_says_so(stage: Stage) -> None:
    async with told(stage) as story:
        ada = story.person("ada")
        _, card = await declared(story, ada)
        card.says("Nobody is paged: no escalation policy is configured.")
        await card.click("Acknowledge", by=ada)
        ada.is_told("You have INC-1", where=story.room(1))
        story.room(1).expects("has it")
        card.says_not("Nobody is paged")


async def test_the_commander_is_told_before_more_are_paged(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    room, _ = await paged(story, ada, bob)
    await bob.types("/incident command", room)
    bob.is_told("You are incident commander", where=room)
    room.expects(f"<@{bob.id}> took command")
    await story.forward(minutes=12)
    word = bob.has_message("Not mitigated yet: at", "In hand")
    await word.click("In hand", by=bob)
    bob.sees_modal("It is in hand")
    await bob.submits(why="The rollback runs")
    room.expects("The rollback runs")
    await story.forward(minutes=5)
    cleo.is_not_paged()


async def test_not_mitigated_the_next_level_is_paged_and_page_further_goes_on(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    room, card = await paged(story, ada, bob)
    await card.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await story.forward(minutes=13)
    room.expects("still no commander")
    await story.forward(minutes=2)
    late = room.expects("Not mitigated after 15 min", f"📟 Paging <@{cleo.id}>")
    cleo.has_message("INC-1", "Checkout is down")
    cleo.is_told("what is known so far", where=room)
    await late.click("Page further", by=bob)
    bob.is_told(f"You paged <@{ada.id}>", where=room)
    room.expects(f"<@{bob.id}> pages <@{ada.id}> (payments, level 3)")
    ada.has_message("INC-1")
