"""Outside an incident's places, without a number, a picker asks which one is meant, and goes on with what was said."""

from tests.stories.kit import Person, Story
from tests.stories.opening import many, opened, privately, resolved


async def test_it_offers_the_open_ones_and_goes_on_at_once(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada)
    it = await opened(story, ada, "sev2 Search is slow", 2)
    over = await opened(story, ada, "sev1 Login fails", 3)
    await resolved(story, ada, over.room)
    await bob.types("/incident update the index is being rebuilt")
    view = bob.sees_modal("Which incident?", "INC-1 SEV1 Checkout is down", "INC-2 SEV2 Search is slow")
    assert "INC-3" not in str(view.content)
    await bob.submits(incident="2")
    assert not bob.has_modal
    it.room.expects(f"<@{bob.id}>", "the index is being rebuilt")
    it.announcement.thread.expects("the index is being rebuilt")


async def test_for_a_note_the_closed_ones_too(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await bob.types("/incident note it was the certificate")
    bob.sees_modal("Which incident?", "INC-1 SEV1 Checkout is down", "Resolved")
    await bob.submits(incident="1")
    assert not bob.has_modal
    it.room.expects("it was the certificate")


async def test_it_goes_on_to_the_modal_that_asks_for_more(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada)
    it = await opened(story, ada, "sev2 Search is slow", 2)
    await bob.types("/incident update")
    bob.sees_modal("Which incident?")
    await bob.submits(incident="2")
    bob.sees_modal("Post an update", "Search is slow", "Update #1")
    await bob.submits(text="Rebuilding the index")
    assert not bob.has_modal
    it.room.expects("Update #1", "Rebuilding the index")
    it.announcement.thread.expects("Update #1")


async def test_of_one_it_is_chosen_already(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident command")
    bob.sees_modal("Which incident?", '"initial_option"')
    await bob.submits()
    bob.is_told("You are incident commander of INC-1", "Undo")
    it.room.expects(f"<@{bob.id}> took command")


async def test_a_refusal_is_said_in_its_place(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident ack", it.room)
    ada.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await bob.types("/incident ack")
    await bob.submits(incident="1")
    bob.sees_modal("Tocsin", f"<@{ada.id}> already has INC-1")


async def test_what_was_asked_to_see_is_shown(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada)
    await bob.types("/incident show")
    await bob.submits(incident="1")
    bob.sees_modal("Tocsin", "Checkout is down", "not acknowledged yet", "Timeline")


async def test_with_nothing_open_it_says_how_to_declare(story: Story, ada: Person) -> None:
    await ada.types("/incident ack")
    ada.sees_modal("Which incident?", "No incident is open", "/incident declare")


async def test_private_ones_are_offered_to_who_is_in_them(story: Story, ada: Person, bob: Person) -> None:
    await privately(story, ada)
    await bob.types("/incident ack")
    bob.sees_modal("Which incident?", "No incident is open")
    await ada.types("/incident ack")
    ada.sees_modal("Which incident?", "Somebody got in")
    await ada.submits(incident="1")
    ada.is_told("You have INC-1")
    story.room(1).expects("has it")


async def test_of_many_every_one_is_offered_the_gravest_first(story: Story, ada: Person, bob: Person) -> None:
    await many(story, ada)
    it = await opened(story, ada, "sev1 Checkout is down", 201)
    await bob.types("/incident note it was the certificate")
    view = bob.sees_modal("Which incident?", "INC-201 SEV1 Checkout is down", "1–100", "201–201")
    offered = str(view.content)
    assert offered.index("INC-201 ") < offered.index("INC-200 ") < offered.index("INC-1 ")
    await bob.submits(incident="201")
    assert not bob.has_modal
    it.room.expects("it was the certificate")
    await bob.types("/incident note it was the cache")
    await bob.submits(incident="1")
    assert not bob.has_modal
    story.place("#incidents").expects("it was the cache")


async def test_of_many_the_other_one_to_merge_into(story: Story, ada: Person, bob: Person) -> None:
    await many(story, ada, 150)
    it = await opened(story, ada, "sev1 Checkout is down", 151)
    await bob.types("/incident merge", it.room)
    bob.sees_modal("Merge", "INC-150 ", "INC-1 ", "101–150")
    await bob.submits(into="3")
    assert not bob.has_modal
    await story.settled()
    it.room.expects("INC-3")
    it.announcement.thread.expects("INC-3")
    bob.is_told("INC-151", where=it.room)
    story.place("#incidents").expects("INC-151", "into this one")


async def test_the_one_of_the_place_is_understood(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await opened(story, ada, "sev2 Search is slow", 2)
    await bob.types("/incident update", it.room)
    bob.sees_modal("Post an update", "Checkout is down")


async def test_closed_while_it_is_chosen(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await opened(story, ada, "sev2 Search is slow", 2)
    await bob.types("/incident ack")
    bob.sees_modal("Which incident?")
    await resolved(story, ada, it.room)
    await bob.submits(incident="1")
    bob.sees_modal("Tocsin", "INC-1 is already resolved")
