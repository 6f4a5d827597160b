"""Resolving: what fixed it is said, how long it took, the announcement shrinks to one line, nobody is nagged."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, resolved


async def test_by_the_verb_with_how_long_it_took(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=4)
    await bob.types("/incident resolve Rolled back deploy <4711>", it.room)
    bob.is_told("INC-1 is resolved after 4 min", "Reminders have stopped", "/incident reopen INC-1 why", where=it.room)
    it.room.expects("Resolved", f"<@{bob.id}>", "after 4 min", "*Fix* Rolled back deploy <4711>", "not known yet")
    story.place("#incidents").expects("Resolved", "after 4 min", "Rolled back deploy <4711>")
    it.card.says("*Resolved*", "after 4 min", "*Fixed by* Rolled back deploy <4711>")
    assert it.card.buttons == []
    assert it.card.menu == ["Reopen", "Add note", "Record an event", "Edit", "Show all"]
    assert "resolved" in it.room.topic.casefold()


async def test_the_announcement_shrinks_to_one_line(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room, fix="Rolled back")
    (block,) = it.announcement.message.blocks
    assert "\n" not in block["text"]["text"]
    it.announcement.says("✅", "INC-1", "Checkout is down", "resolved after", "Rolled back", f"<#{it.room.channel}>")
    assert it.announcement.buttons == []


async def test_by_the_modal_with_impact_and_cause(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident resolve", it.room)
    bob.sees_modal("Resolve", "Checkout is down", "What fixed it?", "Root cause, if known")
    await bob.submits(fix="Restarted it", impact="40 carts lost", cause="A leak in 4711")
    assert not bob.has_modal
    bob.is_told("INC-1 is resolved", "Undo", where=it.room)
    it.room.expects("*Fix* Restarted it", "*Impact* 40 carts lost", "*Cause* A leak in 4711")
    story.place("#incidents").expects("Restarted it")
    it.card.says("40 carts lost", "*Cause* A leak in 4711")


async def test_the_modal_knows_the_impact_that_was_told(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Post update", by=ada)
    await ada.submits(text="Looking", impact="Nobody can pay")
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await it.card.click("Resolve", by=ada)
    ada.sees_modal("Resolve", '"initial_value": "Nobody can pay"')
    await ada.submits(fix="Rolled back")
    ada.is_told("INC-1 is resolved", "Undo", where=it.room)
    it.room.expects("Resolved", "*Impact* Nobody can pay")
    story.place("#incidents").expects("Resolved")


async def test_without_what_fixed_it_it_is_refused_beside_its_field_and_mended(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident close", it.room)
    await ada.submits(fix="  ")
    assert "Say what fixed it" in ada.view.errors["What fixed it?"]
    it.room.expects_nothing()
    await ada.submits(fix="Restarted it")
    ada.is_told("INC-1 is resolved", "Undo", where=it.room)
    assert not ada.has_modal
    it.room.expects("Resolved", "Restarted it")
    story.place("#incidents").expects("Resolved")


async def test_what_was_skipped_is_set_then_and_marked_implied(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await ada.types("/incident show", it.room)
    ada.is_told("acknowledged", "mitigated", "(implied)", "resolved", where=it.room)


async def test_nobody_is_nagged_afterwards_and_a_second_time_is_refused(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await story.forward(minutes=2 * 24 * 60)
    it.room.expects_nothing()
    await bob.types("/incident resolve me too", it.room)
    bob.is_told("INC-1 is already resolved", "/incident reopen INC-1 why", where=it.room)


async def test_resolved_meanwhile_the_modal_says_so(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident resolve", it.room)
    await resolved(story, ada, it.room)
    await bob.submits(fix="Restarted it")
    bob.sees_modal("Tocsin", "INC-1 is already resolved")


async def test_in_a_thread_it_is_said_there_and_shown_in_the_channel(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("/incident INC-1 resolve Painted it")
    ada.is_told("INC-1 is resolved")
    over = announcement.thread.expects("Resolved", "Painted it")
    assert over.message.broadcast
    announcement.says("✅", "Painted it")
