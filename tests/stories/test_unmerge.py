"""What was merged comes out again: by *Undo* within five minutes, by reopening at any time."""

from tests.stories.kit import Person, Story
from tests.stories.made_private import expect_hidden
from tests.stories.merging import both, expect_merged, merged


async def test_reopened_it_is_one_of_its_own_again(story: Story, ada: Person, bob: Person) -> None:
    first, second = await merged(story, ada, bob)
    await bob.types("/incident reopen", second.room)
    bob.sees_modal("Reopen")
    await bob.submits(why="Another cause")
    second.room.expects(f"<@{bob.id}> reopened it: Another cause")
    story.place("#incidents").expects("INC-2", "reopened it")
    first.room.expects(f"<@{bob.id}> took *INC-2* Carts fail out again")
    second.card.says(f"<@{bob.id}> has it", "Next update")
    first.card.says_not("INC-2")
    await bob.types("/incident note back here", second.room)
    bob.is_told("Noted in the timeline of INC-2", where=second.room)
    second.room.expects("back here")
    await ada.types("/incident show", first.room)
    ada.is_told("out again", where=first.room).says_not("back here")


async def test_taken_back_within_five_minutes_by_the_button(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.types("/incident merge INC-1", second.room)
    told = bob.is_told("INC-2 is part of INC-1 now", "*Undo* takes it back within 5 min", where=second.room)
    expect_merged(story, bob, first, second)
    await story.forward(minutes=4)
    await told.click("Undo", by=bob)
    told.says("Taken back: INC-2 is one of its own again")
    second.room.expects(f"Correction: <@{bob.id}> took back the merge into INC-1", "press *Acknowledge*")
    second.announcement.thread.expects("took back the merge into INC-1")
    first.room.expects("took *INC-2* Carts fail out again")
    first.room.expects("Not mitigated")
    second.card.says("not acknowledged yet", "Next update")
    second.announcement.says("nobody has it yet")
    first.card.says_not("INC-2")


async def test_taken_back_too_late_by_another_or_twice(story: Story, ada: Person, bob: Person) -> None:
    first, second = await merged(story, ada, bob)
    await ada.types("/incident undo INC-2")
    ada.is_told(f"<@{bob.id}> did that last on INC-2, so only they can take it back")
    await story.forward(minutes=6)
    first.room.expects("Not mitigated")
    await bob.types("/incident undo", second.room)
    bob.is_told("five minutes, and they have passed", where=second.room)
    await bob.types("/incident reopen two after all", second.room)
    bob.is_told("INC-2 is open again", where=second.room)
    second.room.expects("two after all")
    story.place("#incidents").expects("two after all")
    first.room.expects("out again")
    await bob.types("/incident undo INC-2")
    bob.is_told("There is nothing to take back on INC-2")


async def test_out_of_one_that_is_private_by_now_who_was_left_out_may_take_it(
    story: Story, ada: Person, bob: Person
) -> None:
    first, second = await merged(story, ada, bob)
    await ada.types("/incident private @ada", first.room)
    ada.is_told("*INC-1* is private now", where=first.room)
    expect_hidden(story, first.room)
    await bob.types("/incident show INC-1")
    bob.is_told("There is no INC-1")
    await bob.types("/incident reopen two after all", second.room)
    bob.is_told("INC-2 is open again", where=second.room).says_not("INC-1")
    second.room.expects("reopened it: two after all")
    story.place("#incidents").expects("INC-2", "reopened it")
    story.room(1).expects(f"<@{bob.id}> took *INC-2* Carts fail out again")
