"""Status: forward and back while it is open, by verb, button and modal; with a note it is an update as well."""

from tests.stories.kit import Person, Place, Shown, Story


async def declared(story: Story, ada: Person) -> tuple[Shown, Place, Shown]:
    """INC-1, declared by Ada: its announcement, its channel, its card."""
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Checkout is down")
    return announcement, story.room(1), story.room(1).expects("Checkout is down")


async def test_moved_on_by_the_verb_it_is_acknowledged_too(story: Story, ada: Person, bob: Person) -> None:
    announcement, room, card = await declared(story, ada)
    await bob.types("/incident status investigating", room)
    bob.is_told("INC-1 is *investigating* now", where=room)
    room.expects("to *investigating*", "has it")
    card.says("Investigating", f"<@{bob.id}> has it")
    announcement.says("Investigating", f"<@{bob.id}> has it")
    assert "investigating" in room.topic


async def test_with_a_note_it_is_an_update(story: Story, ada: Person) -> None:
    announcement, room, card = await declared(story, ada)
    await ada.types("/incident status Identified: A bad deploy at 14:00", room)
    ada.is_told("Update #1", where=room)
    room.expects("Update #1", "Identified (was detected)", "A bad deploy at 14:00", "Next update")
    update = announcement.thread.expects("Update #1", "A bad deploy at 14:00")
    assert update.message.broadcast
    card.says("Identified")


async def test_by_the_button_and_its_modal(story: Story, ada: Person, bob: Person) -> None:
    announcement, room, card = await declared(story, ada)
    await card.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=room)
    room.expects("has it")
    await card.click("Change status", by=bob)
    bob.sees_modal("Change status", "Checkout is down", "A fix or rollback is under way")
    await bob.submits(status="mitigating", impact="No cart can be paid")
    assert not bob.has_modal
    bob.is_told("INC-1 is *mitigating* now", "Undo", where=room)
    room.expects("from acknowledged to *mitigating*", "No cart can be paid")
    card.says("Mitigating", "No cart can be paid")
    announcement.says("Mitigating", "No cart can be paid")


async def test_the_modal_says_beside_its_field_what_is_wrong_and_is_mended(story: Story, ada: Person) -> None:
    _, room, card = await declared(story, ada)
    await ada.types("/incident status monitoring", room)
    ada.is_told("monitoring", where=room)
    room.expects("*monitoring*")
    await card.click("Change status", by=ada)
    await ada.submits(status="monitoring")
    assert "already monitoring" in ada.view.errors["Note"]
    await ada.submits(text="Errors stay at zero")
    assert not ada.has_modal
    room.expects("Update #1", "Monitoring", "Errors stay at zero")
    story.place("#incidents").expects("Update #1")


async def test_back_again(story: Story, ada: Person) -> None:
    _, room, card = await declared(story, ada)
    for phase in ("monitoring", "mitigating"):
        await ada.types(f"/incident status {phase}", room)
        ada.is_told(f"*{phase}* now", where=room)
        room.expects(f"*{phase}*")
    card.says("Mitigating")
    await ada.types("/incident show", room)
    ada.is_told("Milestones", "acknowledged", where=room).says_not("mitigated <")


async def test_without_a_word_the_modal_asks(story: Story, ada: Person) -> None:
    _, room, _ = await declared(story, ada)
    await ada.types("/incident status", room)
    ada.sees_modal("Change status")
    await ada.submits(status="investigating", text="Looking at the logs")
    ada.is_told("Update #1 of INC-1", "Undo", where=room)
    room.expects("Update #1", "Investigating", "Looking at the logs")
    story.place("#incidents").expects("Update #1")


async def test_resolved_asks_what_fixed_it(story: Story, ada: Person) -> None:
    _, room, _ = await declared(story, ada)
    await ada.types("/incident status resolved", room)
    ada.sees_modal("Resolve", "What fixed it?")
    await ada.submits(fix="Rolled back")
    ada.is_told("INC-1 is resolved", "Undo", where=room)
    room.expects("Resolved", "Rolled back")
    story.place("#incidents").expects("Resolved", "Rolled back")


async def test_words_that_are_no_phase_get_the_known_ones(story: Story, ada: Person) -> None:
    _, room, _ = await declared(story, ada)
    await ada.types("/incident status mitigatin the fix is out", room)
    ada.is_told("“mitigatin”", "investigating, identified, mitigating, monitoring, resolved", where=room)
    await ada.types("/incident status detected", room)
    ada.is_told("unack", where=room)
    await ada.types("/incident status cancelled", room)
    ada.is_told("cancel", where=room)
    await ada.types("/incident status Acknowledged", room)
    ada.is_told("You have INC-1", where=room)
    room.expects("has it")
    await ada.types("/incident status acknowledged", room)
    ada.is_told("already acknowledged", where=room)
