"""`@Tocsin …` is the same grammar: in channels and threads; where there is more to say a button opens the modal."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened


async def test_in_the_incidents_channel(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("@tocsin ack", it.room)
    bob.is_told("You have INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> has it")
    await bob.types("@tocsin: update Rolling back", it.room)
    bob.is_told("Update #1", where=it.room)
    it.room.expects("Update #1", "Rolling back")
    it.announcement.thread.expects("Update #1")


async def test_in_a_thread_of_the_channel_it_is_answered_there(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("Who has it?", it.room)
    await bob.types("@tocsin show", it.room, thread=said)
    told = bob.is_told("INC-1", "not acknowledged yet", where=it.room)
    assert told.message.thread_ts == said.ts


async def test_in_the_announcements_thread_the_incident_is_understood(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada)
    second = await opened(story, ada, "sev2 Search is slow", 2)
    await bob.types("@tocsin status investigating the index is rebuilt", "#incidents", thread=second.announcement)
    told = bob.is_told("Update #1 of INC-2", where="#incidents")
    assert told.message.thread_ts == second.announcement.ts
    second.room.expects("Update #1", "the index is rebuilt")
    second.announcement.thread.expects("Update #1")


async def test_in_another_thread_with_its_number(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("Is it known?", "#payments")
    await bob.types("@tocsin INC-1 note payments see it too", "#payments", thread=said)
    told = bob.is_told("Noted in the timeline of INC-1", where="#payments")
    assert told.message.thread_ts == said.ts
    it.room.expects("payments see it too")
    await bob.types("hey @tocsin, note INC-1 they still do", "#payments", thread=said)
    bob.is_told("Noted in the timeline of INC-1", where="#payments")
    it.room.expects("they still do")


async def test_a_person_is_named_by_a_mention_too(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types(f"@tocsin lead <@{bob.id}>", it.room)
    ada.is_told("technical lead of INC-1", "Make @bob commander", where=it.room)
    it.room.expects(f"<@{bob.id}> is the technical lead now")
    bob.dm.expects("technical lead")


async def test_where_there_is_more_to_say_a_button_opens_the_modal(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("@tocsin update", it.room)
    assert not bob.has_modal
    offered = bob.is_told("Post an update", "Press the button", where=it.room)
    await offered.click("Post an update", by=bob)
    bob.sees_modal("Post an update", "Checkout is down")
    await bob.submits(text="Rolling back")
    it.room.expects("Update #1", "Rolling back")
    it.announcement.thread.expects("Update #1")


async def test_of_the_announcements_thread_the_button_knows_the_incident(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await opened(story, ada, "sev2 Search is slow", 2)
    await bob.types("@tocsin resolve", "#incidents", thread=it.announcement)
    offered = bob.is_told("Resolve", where="#incidents")
    assert offered.message.thread_ts == it.announcement.ts
    await offered.click("Resolve", by=bob)
    bob.sees_modal("Resolve", "Checkout is down")
    await bob.submits(fix="Rolled back")
    told = bob.is_told("INC-1 is resolved", where="#incidents")
    assert told.message.thread_ts == it.announcement.ts
    it.room.expects("Resolved", "Rolled back")
    story.place("#incidents").expects("Resolved", "Rolled back")


async def test_declared_by_a_mention(story: Story, ada: Person) -> None:
    await ada.types("@tocsin declare sev1 Checkout is down", "#incidents")
    ada.is_told("*INC-1* is declared", where="#incidents")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")
    await ada.types("@tocsin declare", "#incidents")
    offered = ada.is_told("Declare", "Press the button", where="#incidents")
    await offered.click("Declare", by=ada)
    await ada.submits(title="Search is slow", severity="SEV2")
    ada.sees_modal("Tocsin", "INC-2")
    story.place("#incidents").expects("Search is slow")
    story.room(2).expects("Search is slow")


async def test_elsewhere_without_a_number_a_button_lets_choose(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("@tocsin ack", "#payments")
    offered = bob.is_told("Which incident?", where="#payments")
    await offered.click("Choose the incident", by=bob)
    bob.sees_modal("Which incident?", "INC-1")
    await bob.submits(incident="1")
    assert not bob.has_modal
    bob.is_told("You have INC-1", where="#payments")
    it.room.expects(f"<@{bob.id}> has it")
