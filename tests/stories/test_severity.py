"""Severity: a raise is announced and gets its channel, a lowering keeps it; with a reason it is an update."""

from tests.stories.kit import Person, Place, Shown, Story


async def declared(story: Story, by: Person, severity: str, where: str = "#incidents") -> tuple[Shown, Place]:
    """INC-1, and where its announcement is; its channel's card is expected too."""
    await by.types(f"/incident declare {severity} Checkout is slow")
    by.is_told("INC-1")
    announcement = story.place(where).expects("Checkout is slow")
    room = story.room(1)
    room.expects("Checkout is slow")
    return announcement, room


async def test_a_thread_raised_gets_a_channel_and_both_are_linked(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("SEV4", "Wrong colour")
    await announcement.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where="#incidents")
    announcement.thread.expects("has it")
    await bob.types("/incident INC-1 severity sev2")
    bob.is_told("INC-1 is *SEV2* now")
    room = story.room(1)
    card = room.expects("SEV2", "Wrong colour")
    assert "Take command" in card.buttons
    assert room.members == ["ada", "bob", "tocsin"]
    assert "SEV2" in room.topic
    announcement.says("SEV2", f"<#{room.channel}>")
    link = announcement.ts.replace(".", "")
    assert any(link in mark.link for mark in story.sandbox.channel(room.channel).bookmarks)
    room.expects("raised it from SEV4 to *SEV2*")
    raised = announcement.thread.expects("raised it from SEV4 to *SEV2*", "Help is wanted in")
    assert raised.message.broadcast


async def test_a_lowering_keeps_the_channel_and_says_it_there_alone(story: Story, ada: Person) -> None:
    announcement, room = await declared(story, ada, "sev2")
    await ada.types("/incident severity sev4", room)
    ada.is_told("INC-1 is *SEV4* now", where=room)
    room.expects("lowered it from SEV2 to *SEV4*")
    announcement.says("SEV4", f"<#{room.channel}>").says_not("SEV2")
    assert "SEV4" in room.topic
    assert not story.sandbox.channel(room.channel).archived


async def test_raised_from_its_team_to_everybody(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev3")
    await ada.submits(title="Some carts are empty", services=["checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    first = story.place("#payments").expects("SEV3", "Some carts are empty")
    room = story.room(1)
    card = room.expects("SEV3", "Some carts are empty")
    await room_raise(bob, card, "SEV1")
    second = story.place("#incidents").expects("SEV1", "Some carts are empty", f"<#{room.channel}>")
    room.expects("raised it from SEV3 to *SEV1*")
    story.place("#incidents").expects_nothing()
    story.place("#payments").expects_nothing()
    first.says("SEV1")
    await ada.types("/incident resolve restarted it", room)
    ada.is_told("resolved", where=room)
    room.expects("Resolved")
    second.thread.expects("Resolved")
    first.says("resolved")
    second.says("resolved")


async def test_raised_out_of_its_teams_thread_who_worked_there_is_told(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4")
    await ada.submits(title="Wrong colour", services=["checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    before = story.place("#payments").expects("SEV4", "Wrong colour")
    await bob.types("@tocsin severity sev1 Nobody can pay", "#payments", thread=before)
    bob.is_told("INC-1 is *SEV1* now", where="#payments")
    before.thread.expects("raised it from SEV4 to *SEV1*", "Help is wanted in")
    before.says("SEV1", f"<#{story.room(1).channel}>")
    story.room(1).expects("SEV1", "Wrong colour", "Acknowledge")
    story.room(1).expects("raised it from SEV4 to *SEV1*", "Update #1", "Nobody can pay")
    after = story.place("#incidents").expects("SEV1", "Wrong colour", "Acknowledge")
    update = after.thread.expects("Update #1", "Nobody can pay")
    assert not update.message.broadcast


async def test_raised_out_of_a_thread_without_noise_who_worked_there_is_told(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("SEV4", "Wrong colour")
    await ada.types("/incident INC-1 severity sev3")
    ada.is_told("*SEV3* now")
    story.room(1).expects("SEV3", "Wrong colour", "Acknowledge")
    story.room(1).expects("raised it from SEV4 to *SEV3*")
    moved = announcement.thread.expects("raised it from SEV4 to *SEV3*", "Help is wanted in")
    assert not moved.message.broadcast


async def room_raise(by: Person, card: Shown, severity: str) -> None:
    await card.click("Change severity", by=by)
    by.sees_modal("Change severity", "Somebody got in who should not have")
    await by.submits(severity=severity)
    assert not by.has_modal
    by.is_told(f"INC-1 is *{severity}* now", "Undo", where=Place(by.story, card.channel))


async def test_with_a_reason_it_is_an_update(story: Story, ada: Person) -> None:
    announcement, room = await declared(story, ada, "sev2")
    await ada.types("/incident severity sev1 All regions are affected now", room)
    ada.is_told("INC-1 is *SEV1* now", where=room)
    room.expects("raised it from SEV2 to *SEV1*", "Update #1", "All regions are affected now")
    announcement.thread.expects("raised it from SEV2 to *SEV1*", "Update #1", "All regions are affected now")


async def test_by_the_verb_alone_the_modal_asks_and_tells_what_is_wrong(story: Story, ada: Person) -> None:
    _, room = await declared(story, ada, "sev2")
    await ada.types("/incident severity", room)
    ada.sees_modal("Change severity")
    await ada.types("/incident INC-1 sev sev3")
    ada.is_told("INC-1 is *SEV3* now")
    room.expects("lowered it from SEV2 to *SEV3*")
    await ada.submits(severity="SEV3")
    assert "already" in ada.view.errors["New severity"]
    await ada.submits(severity="SEV4", why="Hardly anybody notices")
    assert not ada.has_modal
    ada.is_told("INC-1 is *SEV4* now", "Undo", where=room)
    room.expects("to *SEV4*", "Update #1", "Hardly anybody notices")
    story.place("#incidents").expects("Update #1")


async def test_known_by_alias_and_unknown_with_the_known_ones(story: Story, ada: Person) -> None:
    _, room = await declared(story, ada, "p2")
    await ada.types("/incident severity P1", room)
    ada.is_told("INC-1 is *SEV1* now", where=room)
    room.expects("to *SEV1*")
    story.place("#incidents").expects("to *SEV1*")
    await ada.types("/incident severity sev9 because", room)
    ada.is_told("“sev9”", "SEV1, SEV2, SEV3, SEV4", where=room)
    await ada.types("/incident severity sev1", room)
    ada.is_told("INC-1 is SEV1 already", where=room)
