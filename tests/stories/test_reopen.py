"""Reopening: with a reason, back to investigating, roles kept, every clock from that moment."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, resolved, taken


async def test_by_the_verb_roles_are_kept_and_it_is_announced(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await resolved(story, ada, it.room)
    await story.forward(minutes=90)
    await bob.types("/incident reopen the errors are back", it.room)
    bob.is_told("INC-1 is open again, being investigated, and you have it", where=it.room)
    it.room.expects(f"<@{bob.id}> reopened it: the errors are back", f"<@{ada.id}> still commands")
    story.place("#incidents").expects("reopened it: the errors are back", f"<#{it.room.channel}>")
    it.card.says("Investigating", f"<@{bob.id}> has it", f"*Commander* <@{ada.id}>")
    it.announcement.says("Investigating", f"commander <@{ada.id}>")
    assert "investigating" in it.room.topic


async def test_the_clocks_begin_anew(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await resolved(story, ada, it.room)
    await story.forward(minutes=90)
    await ada.types("/incident reopen the errors are back", it.room)
    ada.is_told("INC-1 is open again", where=it.room)
    it.room.expects("reopened it")
    story.place("#incidents").expects("reopened it")
    await story.forward(minutes=14)
    it.room.expects_nothing()
    await story.forward(minutes=1)
    it.room.expects("Not mitigated after 15 min")
    await story.forward(minutes=10)
    ada.dm.expects("next update is promised")
    await story.forward(minutes=5)
    it.room.expects("Update due")


async def test_by_the_menu_and_its_modal(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await it.card.click("Reopen", by=bob)
    bob.sees_modal("Reopen", "Checkout is down", "Why?")
    await bob.submits(why=" ")
    assert "Say why" in bob.view.errors["Why?"]
    await bob.submits(why="The errors are back")
    assert not bob.has_modal
    it.room.expects("reopened it", "The errors are back")
    story.place("#incidents").expects("reopened it")
    assert "Post update" in [*it.card.buttons, *it.card.menu]


async def test_elsewhere_the_picker_offers_closed_ones(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await bob.types("/incident reopen it is back")
    bob.sees_modal("Which incident?", "INC-1")
    await bob.submits(incident="1")
    assert not bob.has_modal
    it.room.expects("reopened it: it is back")
    story.place("#incidents").expects("reopened it")


async def test_a_cancelled_one_too(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel false alarm", it.room)
    ada.is_told("INC-1 is cancelled", where=it.room)
    it.room.expects("cancelled it (false alarm)")
    it.announcement.thread.expects("cancelled it")
    await ada.types("/incident reopen it was none", it.room)
    ada.is_told("INC-1 is open again", where=it.room)
    it.room.expects("reopened it")
    story.place("#incidents").expects("reopened it")
    it.card.says("Investigating")


async def test_an_open_one_is_refused(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident reopen it is back", it.room)
    ada.is_told("INC-1 is open: detected", where=it.room)
