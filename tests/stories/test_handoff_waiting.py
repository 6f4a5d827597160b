"""While command is offered, time passes and others act: the offer holds, is replaced, or comes to nothing."""

import pytest

from tests.stories.handing import LEAVES, TAKES, commanded, offered
from tests.stories.kit import Person, Story


async def test_ten_minutes_without_an_answer_who_offered_is_told_once(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await story.forward(minutes=9)
    ada.dm.expects_nothing()
    await story.forward(minutes=1)
    ada.dm.expects(f"<@{bob.id}> has not answered for 10 min", "you still have command")
    await story.forward(minutes=4)
    ada.dm.expects_nothing()
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command")
    ada.dm.expects("you are free of that")


async def test_taken_by_somebody_else_meanwhile(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await cleo.types("/incident command", it.room)
    cleo.is_told("You are incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{cleo.id}> took command from <@{ada.id}>")
    it.card.says_not("offered to")
    await sent.click(TAKES, by=bob)
    bob.is_told("No offer of command of INC-1 waits for you any more", f"<@{cleo.id}> commands it", where=bob.dm)
    await story.forward(minutes=10)
    it.card.says(f"*Commander* <@{cleo.id}>")


async def test_a_new_offer_takes_the_place_of_the_old(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    first = await offered(ada, bob, it.room)
    await ada.types("/incident handoff @cleo", it.room)
    ada.is_told(f"until <@{cleo.id}> takes it", where=it.room)
    it.room.expects(f"offers command to <@{cleo.id}>")
    second = cleo.dm.expects("wants to hand command over to you")
    await first.click(TAKES, by=bob)
    bob.is_told(f"is offered to <@{cleo.id}> now", f"<@{ada.id}> has it until then", where=bob.dm)
    await second.click(TAKES, by=cleo)
    cleo.is_told("You are incident commander of INC-1", where=cleo.dm)
    it.room.expects(f"<@{cleo.id}> took command from <@{ada.id}>")
    ada.dm.expects(f"<@{cleo.id}> is its incident commander now")


async def test_the_same_offer_twice_is_said_once(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    await offered(ada, bob, it.room)
    await ada.types("/incident handoff @bob", it.room)
    ada.is_told(f"You offered <@{bob.id}> command of INC-1 already", where=it.room)


async def test_who_is_deactivated_while_it_is_offered_does_not_take_it(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    await offered(ada, bob, it.room)
    await story.deactivates(bob)
    ada.dm.expects(f"<@{bob.id}> does not take command: you still have it")
    it.card.says_not("offered to")
    await story.forward(minutes=10)


@pytest.mark.parametrize(("answer", "holder"), [(TAKES, "bob"), (LEAVES, None)])
async def test_who_offered_it_is_deactivated_the_offer_stands(
    story: Story, ada: Person, bob: Person, answer: str, holder: str | None
) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await story.deactivates(ada)
    it.room.expects(f"<@{ada.id}> was deactivated in Slack", "nobody is now", "press *Take command*")
    await story.forward(minutes=10)
    it.room.expects("still no commander")
    await sent.click(answer, by=bob)
    if holder:
        bob.is_told("You are incident commander of INC-1", where=bob.dm)
        it.room.expects(f"<@{bob.id}> took command")
    else:
        bob.is_told("You leave command of INC-1", "nobody has it now", where=bob.dm)
    it.card.says(f"*Commander* <@{bob.id}>" if holder else "*Commander* nobody")


async def test_named_by_a_third_while_it_is_offered(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    await offered(ada, bob, it.room)
    await cleo.types("/incident command @bob", it.room)
    cleo.is_told(f"<@{bob.id}> is incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> took over as the incident commander from <@{ada.id}>", f"named by <@{cleo.id}>")
    bob.dm.expects("You are its incident commander now")
    ada.dm.expects(f"<@{bob.id}> is its incident commander now: you are free of that")


async def test_resolved_while_it_is_offered_nothing_waits(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await ada.types("/incident resolve rolled back", it.room)
    ada.is_told("is resolved", where=it.room)
    it.room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    await sent.click(TAKES, by=bob)
    bob.is_told("INC-1 is already resolved", where=bob.dm)
    await story.forward(minutes=10)
    ada.dm.expects_nothing()


async def test_taken_and_undone_the_old_one_has_it_again(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await sent.click(TAKES, by=bob)
    told = bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")
    await told.click("Undo", by=bob)
    told.says("Taken back", f"<@{ada.id}> is incident commander of INC-1 again")
    it.room.expects(f"<@{bob.id}> is not incident commander after all", f"<@{ada.id}> is incident commander again")
    ada.dm.expects("Correction", "you are its incident commander again")
    it.card.says(f"*Commander* <@{ada.id}>", f"offered to <@{bob.id}>")
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")
