"""Roles: who takes one is told what it asks, who is given one is told so privately, and invited to the channel."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, taken


async def test_command_makes_you_commander_and_acknowledges(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await bob.types("/incident command", incident.room)
    bob.is_told("You are incident commander of INC-1", "Do not", where=incident.room)
    incident.room.expects(f"<@{bob.id}> took command and has it")
    incident.card.says("Acknowledged", f"*Commander* <@{bob.id}>")
    incident.announcement.says(f"commander <@{bob.id}>")
    assert f"<@{bob.id}>" in incident.room.topic
    bob.dm.expects_nothing()


async def test_command_given_to_somebody_does_not_acknowledge_for_them(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident command @bob", incident.room)
    ada.is_told(f"<@{bob.id}> is incident commander", where=incident.room)
    incident.room.expects(f"<@{bob.id}> is the incident commander now", f"named by <@{ada.id}>")
    bob.dm.expects("You are its incident commander now", f"<#{incident.room.channel}>", "Do not", "Post update")
    incident.card.says("not acknowledged yet", f"*Commander* <@{bob.id}>")
    assert incident.room.members == ["ada", "bob", "tocsin"]


async def test_by_the_button_from_anybody(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    await incident.card.click("Take command", by=bob)
    bob.is_told("You are incident commander", where=incident.room)
    incident.room.expects(f"<@{bob.id}> took command")
    await cleo.types("/incident ic INC-1")
    cleo.is_told("You are incident commander")
    incident.room.expects(f"<@{cleo.id}> took command from <@{bob.id}>")
    await cleo.types("/incident command me", incident.room)
    cleo.is_told("You are incident commander of INC-1 already", where=incident.room)


async def test_a_lead_without_a_commander_may_be_made_one_with_a_button(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident lead @bob", incident.room)
    told = ada.is_told("technical lead", "No commander is set", where=incident.room)
    incident.room.expects(f"<@{bob.id}> is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    assert "Make @bob commander" in told.buttons
    await told.click("Make @bob commander", by=ada)
    ada.is_told(f"<@{bob.id}> is incident commander", where=incident.room)
    incident.room.expects(f"<@{bob.id}> is the incident commander now")
    bob.dm.expects("You are its incident commander now")
    incident.card.says(f"*Commander* <@{bob.id}> · *Lead* <@{bob.id}>")


async def test_in_a_thread_who_is_given_a_role_is_told_where_that_is(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("@tocsin role scribe @bob", "#incidents", thread=announcement)
    ada.is_told("scribe of INC-1", where="#incidents")
    announcement.thread.expects(f"<@{bob.id}> is the scribe now")
    bob.dm.expects("You are its scribe now", f"the thread of its announcement in <#{announcement.channel}>")


async def test_with_a_commander_nothing_is_offered(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    await ada.types("/incident role scribe @bob", incident.room)
    told = ada.is_told("scribe of INC-1", where=incident.room)
    assert told.buttons == []
    incident.room.expects(f"<@{bob.id}> is the scribe now")
    bob.dm.expects("You are its scribe now", "/incident event 14:05")


async def test_by_the_modal(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    await incident.card.click("Assign role", by=ada)
    ada.sees_modal("Assign a role", f"Incident commander is <@{ada.id}>", "Communications lead")
    await ada.submits(role="comms", person="cleo")
    assert not ada.has_modal
    incident.room.expects(f"<@{cleo.id}> is the communications lead now")
    cleo.dm.expects("You are its communications lead now", "Post update")
    assert "cleo" in incident.room.members
    await bob.types("/incident role comms", incident.room)
    bob.sees_modal("Assign a role")
    await bob.submits(person="cleo")
    assert "already" in bob.view.errors["Who?"]
    await bob.submits(person="bob")
    assert not bob.has_modal
    incident.room.expects(f"<@{bob.id}> took over as the communications lead from <@{cleo.id}>")


async def test_whoever_left_the_company_is_refused(story: Story, ada: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    story.sandbox.deactivate("cleo")
    await story.settled()
    story.bot.watch.look_again()
    await story.settled()
    await ada.types(f"/incident lead <@{cleo.id}>", incident.room)
    ada.is_told("is deactivated in Slack", "Name somebody else", where=incident.room)
    await incident.card.click("Assign role", by=ada)
    await ada.submits(role="lead", person=cleo.id)
    assert "@cleo is deactivated" in ada.view.errors["Who?"]
    incident.card.says_not(cleo.id)


async def test_a_bot_or_nobody_is_refused(story: Story, ada: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident command @tocsin", incident.room)
    ada.is_told("is a bot", where=incident.room)
    await ada.types("/incident lead @nobody", incident.room)
    ada.is_told("@nobody", "Slack's list", where=incident.room)
    await ada.types("/incident role boss @ada", incident.room)
    ada.is_told("“boss”", "commander, comms, lead, scribe", where=incident.room)
