"""A role that was given, taken over or handed over is taken back: who was told of it hears that too."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, taken


async def test_a_role_given_is_taken_back_and_who_had_it_is_told(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, ada)
    await ada.types(f"/incident lead <@{bob.id}>", it.room)
    told = ada.is_told("technical lead of INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    await told.click("Undo", by=ada)
    told.says("Taken back: nobody is technical lead of INC-1")
    it.room.expects("Correction", f"<@{ada.id}>", "nobody is technical lead now")
    freed = bob.dm.expects("Correction", "took back that you are its technical lead", "INC-1")
    assert freed.buttons == []
    it.card.says_not(f"<@{bob.id}>")


async def test_a_role_taken_over_goes_back_to_who_held_it(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.forward(minutes=3)
    await bob.types("/incident command", it.room)
    told = bob.is_told("You are incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    await told.click("Undo", by=bob)
    told.says(f"<@{ada.id}> is incident commander of INC-1 again")
    it.room.expects("Correction", f"<@{ada.id}> is incident commander again")
    ada.dm.expects("Correction", "you are its incident commander again")
    it.card.says(f"*Commander* <@{ada.id}>")
    it.announcement.says(f"commander <@{ada.id}>")
    assert f"commander <@{ada.id}>" in it.room.topic


async def test_command_taken_is_given_back_with_the_acknowledgement(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Take command", by=bob)
    told = bob.is_told("You are incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> took command and has it")
    await told.click("Undo", by=bob)
    told.says("Taken back: nobody is incident commander of INC-1")
    it.room.expects(
        "Correction", f"<@{bob.id}> is not incident commander after all", "Nobody has it: press Acknowledge"
    )
    it.card.says("not acknowledged yet", "*Commander* nobody")


async def test_a_handover_is_taken_back_and_the_offer_stands_again(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.forward(minutes=3)
    await ada.types(f"/incident handoff <@{bob.id}>", it.room)
    ada.is_told("INC-1", where=it.room)
    it.room.expects("offers command")
    offer = bob.dm.expects("I have command")
    await offer.click("I have command", by=bob)
    told = bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")
    await told.click("Undo", by=bob)
    told.says(f"<@{ada.id}> is incident commander of INC-1 again")
    it.room.expects("Correction", f"<@{ada.id}> is incident commander again")
    ada.dm.expects("Correction", "you are its incident commander again")
    it.card.says(f"*Commander* <@{ada.id}>", f"Command offered to <@{bob.id}>")
