"""Coming to help: invited into the channel, listed as a responder; it acknowledges nothing."""

from tests.stories.kit import Person, Story
from tests.stories.opening import Opened, opened, privately, resolved, taken


async def in_thread(story: Story, by: Person) -> Opened:
    """INC-1, whose people work in the thread of its announcement, which is its card as well."""
    await by.types("/incident declare sev4 A label is wrong")
    by.is_told("*INC-1* is declared")
    announcement = story.place("#incidents").expects("INC-1* ")
    return Opened(announcement, story.place("#incidents"), announcement)


async def test_under_the_announcement_one_is_invited_and_listed(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await it.announcement.click("I can help", by=cleo)
    told = cleo.is_told("You help with INC-1 now", "invited", where="#incidents")
    assert told.buttons == ["Catch up"]
    assert "cleo" in it.room.members
    it.card.says("*Responders*", f"<@{cleo.id}>", "not acknowledged yet")
    it.room.expects_nothing()
    await told.click("Catch up", by=cleo)
    shown = cleo.is_told("Checkout is down", "what is known so far", where="#incidents")
    assert shown.buttons == ["Show all", "Post update"]


async def test_by_word(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.types("/incident join INC-1")
    cleo.is_told("You help with INC-1 now")
    assert "cleo" in it.room.members
    it.card.says("*Responders*", f"<@{cleo.id}>")
    await cleo.types("/incident show INC-1")
    cleo.is_told(f"*Responders* <@{cleo.id}>", f"<@{cleo.id}> came to help")


async def test_a_second_time_nothing_happens(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    for number in range(2):
        await it.announcement.click("I can help", by=cleo)
        said = "You are a responder of INC-1 already" if number else "You help with INC-1 now"
        cleo.is_told(said, where="#incidents")
    await ada.types("/incident ack", it.room)
    ada.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await ada.types("/incident join", it.room)
    ada.is_told("You are a responder of INC-1 already", "`/incident update INC-1", where=it.room)


async def test_who_is_in_the_channel_already(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.types("/incident join", it.room)
    cleo.is_told("You help with INC-1 now", where=it.room)
    it.card.says(f"<@{cleo.id}>")
    it.room.expects_nothing()


async def test_of_a_thread_the_helper_is_said_there(story: Story, ada: Person, cleo: Person) -> None:
    it = await in_thread(story, ada)
    assert "I can help" in it.announcement.buttons
    await it.announcement.click("I can help", by=cleo)
    cleo.is_told("You help with INC-1 now", "in the thread of its announcement", where="#incidents")
    it.announcement.thread.expects(f"<@{cleo.id}> helps")
    it.card.says("*Responders*", f"<@{cleo.id}>")


async def test_several_who_come_to_a_thread_are_one_line(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await in_thread(story, ada)
    for person in (ada, bob, cleo):
        await it.announcement.click("I can help", by=person)
        person.is_told("You help with INC-1 now", where="#incidents")
    people = f"<@{ada.id}>, <@{bob.id}> and <@{cleo.id}> help"
    it.announcement.thread.expects(people)
    it.card.says(f"<@{ada.id}> <@{bob.id}> <@{cleo.id}>")


async def test_who_leads_is_asked_to_say_what_they_can_do(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await in_thread(story, ada)
    await bob.types("/incident ack INC-1")
    bob.is_told("You have INC-1")
    it.announcement.thread.expects("has it")
    await it.announcement.click("I can help", by=cleo)
    cleo.is_told("You help with INC-1 now", where="#incidents")
    it.announcement.thread.expects(f"<@{cleo.id}> helps", f"<@{bob.id}>, tell them where to start")


async def test_in_an_incident_that_others_command_the_helper_may_act(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await it.announcement.click("I can help", by=cleo)
    cleo.is_told("You help with INC-1 now", where="#incidents")
    it.announcement.says(f"commander <@{ada.id}>")
    await ada.types("/incident list mine")
    ada.is_told("INC-1")
    await cleo.types("/incident list mine")
    cleo.is_told("INC-1")


async def test_a_closed_one_needs_nobody(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    assert "I can help" not in it.announcement.buttons
    await cleo.types("/incident join INC-1")
    cleo.is_told("INC-1 is already resolved", "`/incident reopen INC-1 why`")


async def test_under_what_somebody_was_about_to_declare_once_more(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada, "sev1 Checkout is down")
    await cleo.types("/incident declare")
    cleo.sees_modal("Declare", "INC-1", "Join INC-1")
    await cleo.presses("Join INC-1")
    cleo.sees_modal("Tocsin", "You help with INC-1 now")
    assert "cleo" in it.room.members


async def test_a_private_one_is_unknown_to_who_is_not_in_it(story: Story, ada: Person, cleo: Person) -> None:
    await privately(story, ada)
    await cleo.types("/incident join INC-1")
    cleo.is_told("There is no INC-1.")
    assert "cleo" not in story.room(1).members


async def test_without_a_number_a_picker_asks_which(story: Story, ada: Person, cleo: Person) -> None:
    await opened(story, ada)
    it = await opened(story, ada, "sev2 Search is slow", 2)
    await cleo.types("/incident join")
    cleo.sees_modal("Which incident?", "INC-1", "INC-2")
    await cleo.submits(incident="2")
    cleo.sees_modal("Tocsin", "You help with INC-2 now", "Catch up")
    assert "cleo" in it.room.members
