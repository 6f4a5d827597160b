"""Two people with a form open at once: what one of them did not touch is left as the other has set it meanwhile."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, taken


async def test_an_update_moves_no_status_back_and_keeps_the_impact(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await bob.types("/incident update", it.room)
    bob.sees_modal("Post an update", "Checkout is down")
    await ada.types("/incident status", it.room)
    await ada.submits(status="mitigating", impact="Card payments fail")
    ada.is_told("*mitigating* now", where=it.room)
    it.room.expects("to *mitigating*", "Card payments fail")
    await bob.submits(text="The deploy is being rolled back")
    assert not bob.has_modal
    it.room.expects("Update #1", "Mitigating", "Card payments fail", "being rolled back")
    it.announcement.thread.expects("Update #1", "Mitigating", "Card payments fail")
    it.card.says("Mitigating", "Card payments fail")


async def test_a_note_beside_an_untouched_status_moves_nothing(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await ada.types("/incident status investigating", it.room)
    ada.is_told("*investigating* now", where=it.room)
    it.room.expects("to *investigating*")
    await bob.types("/incident status", it.room)
    await ada.types("/incident status monitoring", it.room)
    ada.is_told("*monitoring* now", where=it.room)
    it.room.expects("to *monitoring*")
    await bob.submits(text="Errors stay at zero")
    assert not bob.has_modal
    it.room.expects("Update #1", "Monitoring", "Errors stay at zero")
    it.announcement.thread.expects("Update #1", "Monitoring")
    it.card.says("Monitoring")


async def test_a_resolution_keeps_the_impact_that_was_told_meanwhile(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Post update", by=ada)
    await ada.submits(text="Looking", impact="Nobody can pay")
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await bob.types("/incident resolve", it.room)
    bob.sees_modal("Resolve", "Nobody can pay")
    await it.card.click("Post update", by=ada)
    await ada.submits(text="Rolled back", impact="40 carts were lost")
    it.room.expects("Update #2")
    it.announcement.thread.expects("Update #2")
    await bob.submits(fix="Rolled back")
    bob.is_told("INC-1 is resolved", where=it.room)
    it.room.expects("Resolved", "*Impact* 40 carts were lost").says_not("Nobody can pay")
    story.place("#incidents").expects("Resolved")


async def test_what_is_emptied_on_purpose_is_taken_away(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Post update", by=ada)
    await ada.submits(text="Looking", impact="Nobody can pay")
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await it.card.click("Post update", by=ada)
    await ada.submits(text="It was a false reading", impact="")
    it.room.expects("Update #2").says_not("Nobody can pay")
    it.announcement.thread.expects("Update #2")
    it.card.says_not("Nobody can pay")
