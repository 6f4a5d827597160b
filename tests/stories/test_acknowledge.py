"""Acknowledging: who has it is named, by whichever door; taken back it is nobody's; of two at once one wins."""

import asyncio

from tests.stories.kit import Person, Place, Shown, Story


async def declared(story: Story, ada: Person) -> tuple[Shown, Place, Shown]:
    """INC-1, declared by Ada: its announcement, its channel, its card."""
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Checkout is down")
    return announcement, story.room(1), story.room(1).expects("Checkout is down")


async def test_by_the_button_on_the_card(story: Story, ada: Person, bob: Person) -> None:
    announcement, room, card = await declared(story, ada)
    await card.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    card.says("Acknowledged", f"<@{bob.id}> has it")
    assert "Acknowledge" not in card.buttons
    announcement.says(f"<@{bob.id}> has it")
    assert announcement.buttons == ["I can help", "Follow"]
    assert room.members == ["ada", "bob", "tocsin"]


async def test_by_the_verb_in_the_channel_and_with_the_number_elsewhere(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    _, room, card = await declared(story, ada)
    await bob.types("/incident ack", room)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await cleo.types("/incident INC-1 ack")
    cleo.is_told(f"<@{bob.id}> already has INC-1")
    await bob.types("/incident ack inc-1")
    bob.is_told("You already have INC-1")
    card.says(f"<@{bob.id}> has it")


async def test_from_the_announcement(story: Story, ada: Person, cleo: Person) -> None:
    announcement, room, _ = await declared(story, ada)
    await announcement.click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where="#incidents")
    room.expects(f"<@{cleo.id}> has it")
    assert "cleo" in room.members


async def test_from_the_reply_to_the_declaration(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev2 Search is slow")
    told = ada.is_told("INC-1")
    story.place("#incidents").expects("Search is slow")
    story.room(1).expects("Search is slow")
    await told.click("Acknowledge", by=ada)
    ada.is_told("You have INC-1")
    story.room(1).expects(f"<@{ada.id}> has it")


async def test_outside_its_channel_a_picker_asks_which(story: Story, ada: Person, bob: Person) -> None:
    _, room, _ = await declared(story, ada)
    await bob.types("/incident ack")
    bob.sees_modal("Which incident?", "INC-1")
    await bob.submits(incident="1")
    assert not bob.has_modal
    assert "Undo" in bob.is_told("You have INC-1").buttons
    room.expects(f"<@{bob.id}> has it")


async def test_taken_back_it_is_nobodys_and_the_clock_runs_on(story: Story, ada: Person, bob: Person) -> None:
    announcement, room, card = await declared(story, ada)
    await bob.types("/incident ack", room)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await story.forward(minutes=3)
    await bob.types("/incident unack", room)
    bob.is_told("nobody has it", where=room)
    given_back = room.expects("nobody has it now")
    card.says("not acknowledged yet")
    announcement.says("nobody has it yet")
    await story.forward(minutes=2)
    room.expects("Nobody has acknowledged it within 5 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")
    await given_back.click("Acknowledge", by=ada)
    ada.is_told("You have INC-1", where=room)
    room.expects(f"<@{ada.id}> has it, 5 min after")


async def test_taken_back_from_the_menu(story: Story, ada: Person, bob: Person) -> None:
    _, room, card = await declared(story, ada)
    await card.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await card.click("More…", by=bob)
    bob.sees_modal("More", "Un-acknowledge")
    await bob.presses("Un-acknowledge")
    bob.sees_modal("Tocsin", "nobody has it")
    room.expects("nobody has it now")
    await bob.types("/incident unack", room)
    bob.is_told("Nobody has acknowledged INC-1 yet", where=room)


async def test_two_people_at_once_one_wins_and_the_other_is_told_who(story: Story, ada: Person, bob: Person) -> None:
    _, room, card = await declared(story, ada)
    await bob.joins(room)
    await asyncio.gather(card.click("Acknowledge", by=ada), card.click("Acknowledge", by=bob))
    entry = room.expects("has it")
    winner, other = (ada, bob) if f"<@{ada.id}>" in entry.message.text else (bob, ada)
    winner.is_told("You have INC-1", where=room)
    other.is_told(f"<@{winner.id}> already has INC-1", where=room)


async def test_pressed_again_by_a_redelivery_it_is_said_once(story: Story, ada: Person, bob: Person) -> None:
    _, room, card = await declared(story, ada)
    story.sandbox.dials.redeliver = 2
    await card.click("Acknowledge", by=bob)
    room.expects(f"<@{bob.id}> has it")
    for told in Place(story, room.channel, viewer=bob.id).messages():
        assert "You have INC-1" in told.text
        bob.is_told("You have INC-1", where=room)


async def test_what_is_over_cannot_be_acknowledged(story: Story, ada: Person, bob: Person) -> None:
    _, room, _ = await declared(story, ada)
    await ada.types("/incident resolve restarted it", room)
    ada.is_told("resolved", where=room)
    room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    await bob.types("/incident ack", room)
    bob.is_told("INC-1 is already resolved", "reopen", where=room)
