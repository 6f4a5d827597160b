"""A commander of whom nothing is heard is asked, and then a deputy."""

import pytest

from tests.stories.kit import Person, Place, Shown, Story


async def commanded(story: Story, ada: Person, bob: Person) -> Place:
    """INC-1, a SEV2 that Ada declared and Bob commands; Ada is in it."""
    await ada.types("/incident declare sev2 Checkout is slow")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Checkout is slow")
    room = story.room(1)
    room.expects("Checkout is slow")
    await ada.types("/incident ack", room)
    ada.is_told("You have INC-1", where=room)
    room.expects(f"<@{ada.id}> has it")
    await bob.types("/incident command", room)
    bob.is_told("You are incident commander", where=room)
    room.expects(f"<@{bob.id}> took command")
    return room


async def test_silent_they_are_asked_and_then_somebody_else_takes_command(
    story: Story, ada: Person, bob: Person
) -> None:
    room = await commanded(story, ada, bob)
    await story.forward(minutes=30)
    bob.has_message("Still with us?", "I'm here")
    await story.forward(minutes=10)
    room.expects(f"<@{bob.id}> commands it and does not answer", f"<@{ada.id}> is asked to take command")
    offer = ada.has_message("does not answer", "You are asked to take command", "*Promised*")
    await offer.click("Take command", by=ada)
    ada.is_told("You are incident commander", where=ada.dm)
    room.expects(f"<@{ada.id}> took command")


async def test_an_answer_is_quiet_for_an_hour(story: Story, ada: Person, bob: Person) -> None:
    room = await commanded(story, ada, bob)
    await story.forward(minutes=30)
    question = bob.has_message("Still with us?")
    await question.click("I'm here", by=bob)
    bob.is_told("I do not ask again for an hour", where=bob.dm)
    await story.forward(minutes=24)
    room.expects_nothing()
    bob.is_not_paged()


async def test_what_they_write_is_a_sign(story: Story, ada: Person, bob: Person) -> None:
    room = await commanded(story, ada, bob)
    await story.forward(minutes=25)
    await bob.says("I am in the logs of db-2", room)
    await story.forward(minutes=29)
    bob.is_not_paged()


async def test_a_huddle_is_a_sign(story: Story, ada: Person, bob: Person) -> None:
    await commanded(story, ada, bob)
    await story.forward(minutes=25)
    await bob.huddles()
    await story.forward(minutes=29)
    bob.is_not_paged()


@pytest.mark.parametrize("label", ["Post update", "More…"])
async def test_whatever_they_press_is_a_sign_though_nothing_comes_of_it(
    story: Story, ada: Person, bob: Person, label: str
) -> None:
    room = await commanded(story, ada, bob)
    await story.forward(minutes=25)
    card = Shown(story, room.channel, room.messages()[0].ts)
    await card.click(label, by=bob)
    assert bob.has_modal
    await story.forward(minutes=29)
    bob.is_not_paged()


async def test_that_they_look_at_it_is_a_sign(story: Story, ada: Person, bob: Person) -> None:
    room = await commanded(story, ada, bob)
    for words, shown in (("/incident show", "became incident commander"), ("/incident catchup", "what is known")):
        await story.forward(minutes=20)
        await bob.types(words, room)
        bob.is_told(shown, where=room)
    await story.forward(minutes=14)
    bob.is_not_paged()


async def test_what_is_refused_to_them_is_a_sign(story: Story, ada: Person, bob: Person) -> None:
    room = await commanded(story, ada, bob)
    await story.forward(minutes=25)
    await bob.types("/incident ack", room)
    bob.is_told(f"<@{ada.id}> already has INC-1", where=room)
    await story.forward(minutes=29)
    bob.is_not_paged()
