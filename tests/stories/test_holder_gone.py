"""Who holds a role and leaves the channel, or is deactivated, is noticed: somebody is asked for, where people work."""

from tests.stories.kit import Person, Place, Story
from tests.stories.opening import Opened, opened, privately, taken


async def staffed(story: Story, ada: Person, lead: Person) -> Opened:
    """INC-1, commanded by Ada, with a technical lead."""
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await ada.types(f"/incident lead @{lead.name}", it.room)
    ada.is_told("technical lead", where=it.room)
    it.room.expects("technical lead")
    lead.dm.expects("You are its technical lead now")
    return it


async def test_the_lead_leaves_the_channel(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await staffed(story, ada, bob)
    await bob.leaves(it.room)
    asked = it.room.expects(f"<@{bob.id}> left the channel and is still its technical lead", f"<@{ada.id}>: name")
    assert asked.buttons == ["Assign role"]
    it.card.says(f"*Lead* <@{bob.id}>")
    await asked.click("Assign role", by=ada)
    ada.sees_modal("Assign a role")
    await ada.submits(person="cleo")
    ada.is_told(f"<@{cleo.id}> is technical lead", where=it.room)
    it.room.expects(f"<@{cleo.id}> took over as the technical lead from <@{bob.id}>")
    cleo.dm.expects("You are its technical lead now")
    it.card.says(f"*Lead* <@{cleo.id}>")
    assert it.room.members == ["ada", "cleo", "tocsin"], "who left is not fetched back"


async def test_the_commander_leaves_the_channel(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, bob, it.room)
    await bob.leaves(it.room)
    asked = it.room.expects(f"<@{bob.id}> left the channel and is still its incident commander", "press *Take command*")
    assert asked.buttons == ["Take command"]
    await asked.click("Take command", by=ada)
    ada.is_told("You are incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{ada.id}> took command from <@{bob.id}>")


async def test_who_holds_nothing_may_leave_unnoticed(story: Story, ada: Person, bob: Person) -> None:
    it = await staffed(story, ada, bob)
    await story.person("cleo").joins(it.room)
    await story.person("cleo").leaves(it.room)
    it.room.expects_nothing()


async def test_who_leaves_what_is_over_is_not_missed(story: Story, ada: Person, bob: Person) -> None:
    it = await staffed(story, ada, bob)
    await ada.types("/incident resolve rolled back", it.room)
    ada.is_told("is resolved", where=it.room)
    it.room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    await bob.leaves(it.room)
    await ada.leaves(it.room)
    it.room.expects_nothing()


async def test_deactivated_the_lead_is_free(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await staffed(story, ada, bob)
    await story.deactivates(bob)
    asked = it.room.expects(f"<@{bob.id}> was deactivated in Slack", "technical lead: nobody is now", f"<@{ada.id}>: ")
    it.card.says_not(f"*Lead* <@{bob.id}>")
    await asked.click("Assign role", by=ada)
    await ada.submits(person="cleo")
    ada.is_told(f"<@{cleo.id}> is technical lead", where=it.room)
    it.room.expects(f"<@{cleo.id}> is the technical lead now")
    cleo.dm.expects("You are its technical lead now")


async def test_deactivated_the_commander_of_a_sev1_is_asked_for_again(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, bob, it.room)
    await story.deactivates(bob)
    asked = it.room.expects(f"<@{bob.id}> was deactivated in Slack", "nobody is now", "press *Take command*")
    it.card.says("*Commander* nobody")
    it.announcement.says_not(f"commander <@{bob.id}>")
    await story.forward(minutes=10)
    it.room.expects("SEV1 and still no commander")
    await asked.click("Take command", by=ada)
    ada.is_told("You are incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{ada.id}> took command")


async def test_who_holds_several_roles_is_asked_for_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    for words in ("command @bob", "lead @bob"):
        await ada.types(f"/incident {words}", it.room)
        ada.is_told(f"<@{bob.id}> is", where=it.room)
        bob.dm.expects("You are its")
    it.room.expects(f"<@{bob.id}> commands and is technical lead")
    await bob.leaves(it.room)
    asked = it.room.expects("left the channel and is still its incident commander and technical lead")
    asked.says("Whoever leads: press *Take command* and name somebody with *Assign role*")
    assert asked.buttons == ["Take command", "Assign role"]


async def test_it_is_noticed_in_each_incident(story: Story, ada: Person, bob: Person) -> None:
    rooms: list[Place] = []
    for number, title in ((1, "Checkout is slow"), (2, "Search is slow")):
        it = await opened(story, ada, f"sev2 {title}", number)
        await ada.types("/incident role scribe @bob", it.room)
        ada.is_told("scribe", where=it.room)
        it.room.expects("scribe")
        bob.dm.expects("scribe")
        rooms.append(it.room)
    await story.deactivates(bob)
    for room in rooms:
        room.expects(f"<@{bob.id}> was deactivated in Slack", "scribe: nobody is now")


async def test_in_a_private_one_it_is_said_inside(story: Story, ada: Person, bob: Person) -> None:
    room, card = await privately(story, ada)
    await taken(story, ada, room)
    await ada.types("/incident lead @bob", room)
    ada.is_told("technical lead", where=room)
    room.expects("technical lead")
    bob.dm.expects("technical lead")
    await bob.leaves(room)
    room.expects(f"<@{bob.id}> left the channel and is still its technical lead")
    await bob.types("/incident INC-1 show")
    bob.is_told("There is no INC-1")
    card.says(f"*Lead* <@{bob.id}>")


async def test_in_a_thread_a_deactivated_holder_is_asked_for_there(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("@tocsin role scribe @bob", "#incidents", thread=announcement)
    ada.is_told("scribe of INC-1", where="#incidents")
    announcement.thread.expects(f"<@{bob.id}> is the scribe now")
    bob.dm.expects("You are its scribe now")
    await bob.leaves(story.place("#incidents"))
    announcement.thread.expects_nothing()
    await story.deactivates(bob)
    announcement.thread.expects(f"<@{bob.id}> was deactivated in Slack", "scribe: nobody is now")


async def test_activated_again_they_may_be_named_again(story: Story, ada: Person, bob: Person) -> None:
    it = await staffed(story, ada, bob)
    await story.deactivates(bob)
    it.room.expects("was deactivated in Slack")
    await ada.types(f"/incident lead <@{bob.id}>", it.room)
    ada.is_told("is deactivated in Slack", where=it.room)
    await story.reactivates(bob)
    await ada.types(f"/incident lead <@{bob.id}>", it.room)
    ada.is_told("technical lead", where=it.room)
    it.room.expects(f"<@{bob.id}> is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    assert "bob" in it.room.members
