"""Made private: what was said in the thread of its announcement, in the channel too, tells nothing more."""

from tests.stories.kit import Person, Story
from tests.stories.made_private import expect_hidden
from tests.stories.merging import merged
from tests.stories.opening import opened


async def test_each_update_in_the_thread_is_replaced(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident update Mallory reads the customers' table", incident.room)
    ada.is_told("Update #1", where=incident.room)
    incident.room.expects("Mallory")
    shown = story.place("#incidents").expects("Update #1", "Mallory")
    await bob.says("Is it serious?", "#incidents", thread=incident.announcement)
    await ada.types(f"/incident private <@{bob.id}>", incident.room)
    ada.is_told("INC-1", "is private now", where=incident.room)
    incident.room.expects("INC-1 is private now", "Request access")
    story.room(1).expects("INC-1")
    story.room(1).expects("made it private")
    story.room(1).expects("Before this")
    shown.says("INC-1 is private now: what stood here is hidden").says_not("Mallory", "Checkout")
    incident.announcement.says("INC-1 is private").says_not("Checkout")


async def test_where_the_thread_cannot_be_read_who_works_on_it_is_told(story: Story, ada: Person) -> None:
    incident = await opened(story, ada)
    story.allow("conversations.replies", "not_in_channel")
    await story.removes_bot(story.place("#incidents"))
    await ada.types("/incident private", incident.room)
    await ada.submits()
    private = story.room(1)
    incident.room.expects("INC-1 is private now")
    private.expects("INC-1")
    private.expects("made it private")
    private.expects("Before this")
    private.expects("could not hide what was said in the thread of its announcement")


async def test_what_had_gone_into_it_tells_its_number_alone(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    first, second = await merged(story, ada, bob)
    await ada.types(f"/incident private <@{bob.id}>", first.room)
    ada.is_told("INC-1", "is private now", where=first.room)
    expect_hidden(story, first.room)
    await cleo.types("/incident show INC-2")
    cleo.is_told("merged it into INC-1", "Carts fail").says_not("Checkout")
    second.announcement.says("merged into INC-1").says_not("Checkout")
