"""Roles: who takes one is told what it asks, who is given one is told so privately, and invited to the channel."""

import asyncio

from tests.stories.kit import Person, Story, words
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


async def test_who_presses_second_is_asked_first(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    await bob.joins(incident.room)
    await cleo.joins(incident.room)
    card = story.sandbox.click
    at = incident.room.channel, incident.card.ts
    await asyncio.gather(card(bob.id, *at, label="Take command"), card(cleo.id, *at, label="Take command"))
    await story.settled()
    taker, other = (bob, cleo) if f"*Commander* <@{bob.id}>" in words(incident.card.message) else (cleo, bob)
    incident.room.expects(f"<@{taker.id}> took command")
    taker.is_told("You are incident commander of INC-1", where=incident.room)
    asked = other.is_told(f"<@{taker.id}> commands INC-1 by now", "ask them", where=incident.room)
    await asked.click("Take over all the same", by=other)
    asked.says("You are incident commander of INC-1")
    incident.room.expects(f"<@{other.id}> took command from <@{taker.id}>")
    incident.card.says(f"*Commander* <@{other.id}>")


async def test_a_lead_without_a_commander_may_be_made_one_with_a_button(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident lead @bob", incident.room)
    told = ada.is_told("technical lead", "Nobody commands INC-1 yet", where=incident.room)
    line = incident.room.expects(f"<@{bob.id}> is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    assert "Make @bob commander" in told.buttons
    await told.click("Make @bob commander", by=ada)
    ada.is_told(f"<@{bob.id}> is incident commander", where=incident.room)
    line.says(f"<@{bob.id}> commands and is technical lead")
    bob.dm.expects("You are its incident commander now")
    bob.dm.expects("You command a SEV1 and are also its technical lead")
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
    assert told.buttons == ["Undo"]
    incident.room.expects(f"<@{bob.id}> is the scribe now")
    bob.dm.expects("You are its scribe now", "/incident event 14:05")


async def test_by_the_modal(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    await incident.card.click("Assign role", by=ada)
    ada.sees_modal("Assign a role", f"Incident commander is <@{ada.id}>", "Communications lead")
    await ada.submits(role="comms", person="cleo")
    assert not ada.has_modal
    ada.is_told(f"<@{cleo.id}> is communications lead of INC-1 now", where=incident.room)
    line = incident.room.expects(f"<@{cleo.id}> is the communications lead now")
    cleo.dm.expects("You are its communications lead now", "Post update")
    assert "cleo" in incident.room.members
    await bob.types("/incident role comms", incident.room)
    bob.sees_modal("Assign a role")
    await bob.submits(person="cleo")
    assert "already" in bob.view.errors["Who?"]
    await bob.submits(person="bob")
    assert not bob.has_modal
    bob.is_told(f"You are communications lead of INC-1 now; you took over from <@{cleo.id}>", where=incident.room)
    line.says(f"<@{bob.id}> is communications lead").says_not(cleo.id)


async def test_whoever_left_the_company_is_refused(story: Story, ada: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    story.sandbox.deactivate("cleo")
    await story.settled()
    story.bot.workspace.look_again()
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


DO, DO_NOT = "*Do*", "*Do not*"
BUTTONS = {
    "commander": ["Post update", "Assign role", "Change status"],
    "comms": ["Post update", "Snooze the update", "Show all"],
    "lead": ["Change status", "Add note", "Record an event"],
    "scribe": ["Record an event", "Add note", "Show all"],
}


async def test_who_gets_a_role_is_sent_its_duties_and_buttons_once(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    for role, buttons in BUTTONS.items():
        await ada.types(f"/incident role {role} @bob", incident.room)
        ada.is_told("is sent what that means", where=incident.room)
        sent = bob.dm.expects("You are its", f"named by <@{ada.id}>", DO, DO_NOT)
        assert sent.buttons == buttons
    incident.room.expects(f"<@{bob.id}> commands instead of <@{ada.id}>, is communications lead, is technical lead")
    bob.dm.expects("You command a SEV1 and are also its communications lead", "You are not asked again")
    await story.forward(minutes=2)
    await ada.types("/incident lead @cleo", incident.room)
    ada.is_told(f"<@{cleo.id}> is technical lead", where=incident.room)
    line = incident.room.expects(f"<@{cleo.id}> took over as the technical lead from <@{bob.id}>")
    cleo.dm.expects("You are its technical lead now", DO, DO_NOT)
    await ada.types("/incident lead @bob", incident.room)
    told = ada.is_told(f"<@{bob.id}> is technical lead", where=incident.room)
    told.says_not("what that means")
    line.says(f"<@{bob.id}> is technical lead")
    again = bob.dm.expects("You are its technical lead now", "Work goes on in")
    again.says_not(DO, "Start here")
    assert again.buttons == []


async def test_who_takes_a_role_a_second_time_is_told_in_a_line(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    for person, fragments in ((ada, (DO, DO_NOT)), (bob, (DO, DO_NOT)), (ada, ("You know what it asks of you",))):
        await person.types("/incident role scribe me", incident.room)
        told = person.is_told("You are scribe of INC-1", *fragments, where=incident.room)
        assert told.buttons == [*BUTTONS["scribe"], "Undo"]
    told.says_not(DO)
    incident.room.expects(f"<@{ada.id}> is scribe").says_not(bob.id)


async def test_a_burst_of_changes_is_one_message_edited(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    before = len(incident.room.messages())
    for said, person in (("lead @bob", bob), ("role comms @cleo", cleo), ("role scribe @bob", bob)):
        await ada.types(f"/incident {said}", incident.room)
        ada.is_told("what that means", where=incident.room)
        person.dm.expects("You are its")
        await story.forward(minutes=0.5)
    line = incident.room.expects(f"<@{cleo.id}> is communications lead", f"<@{bob.id}> is technical lead and is scribe")
    assert len(incident.room.messages()) == before + 1
    await story.forward(minutes=1)
    await ada.types("/incident lead @cleo", incident.room)
    ada.is_told("what that means", where=incident.room)
    cleo.dm.expects("You are its technical lead")
    incident.room.expects(f"<@{cleo.id}> took over as the technical lead from <@{bob.id}>")
    line.says(f"<@{bob.id}> is technical lead and is scribe")


async def test_a_correction_ends_the_burst(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    await ada.types("/incident lead @bob", incident.room)
    told = ada.is_told("what that means", where=incident.room)
    bob.dm.expects("You are its technical lead now")
    line = incident.room.expects(f"<@{bob.id}> is the technical lead now")
    await told.click("Undo", by=ada)
    told.says("Taken back", "nobody is technical lead")
    incident.room.expects("Correction", f"took back the naming of <@{bob.id}>", "nobody is technical lead now")
    bob.dm.expects("Correction", "took back that you are its technical lead", "nobody is now")
    await ada.types("/incident role scribe @cleo", incident.room)
    ada.is_told("what that means", where=incident.room)
    cleo.dm.expects("You are its scribe")
    incident.room.expects(f"<@{cleo.id}> is the scribe now")
    line.says_not(cleo.id)


async def test_two_hats_of_a_sev1_are_told_once_with_somebody_to_find(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    await ada.types("/incident role comms me", incident.room)
    ada.is_told("You are communications lead", where=incident.room)
    incident.room.expects(f"<@{ada.id}> is the communications lead now")
    told = ada.dm.expects("You command a SEV1 and are also its communications lead", "You are not asked again")
    assert told.buttons == ["Find somebody"]
    await told.click("Find somebody", by=ada)
    ada.sees_modal("Assign a role")
    await ada.submits(person="bob")
    assert not ada.has_modal
    ada.is_told(f"<@{bob.id}> is communications lead", where=ada.dm)
    bob.dm.expects("You are its communications lead now")
    await story.forward(minutes=5)
    await ada.types("/incident lead me", incident.room)
    ada.is_told("You are technical lead", where=incident.room)
    incident.room.expects(f"<@{ada.id}> is the technical lead now")
    ada.dm.expects_nothing()


async def test_the_next_commander_with_two_hats_is_told_as_well(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await taken(story, ada, incident.room)
    for said in ("lead me", "command @bob", "lead @bob", "command me", "lead me"):
        await ada.types(f"/incident {said}", incident.room)
    for _ in range(5):
        ada.is_told(" of INC-1 now", where=incident.room)
    incident.room.expects("technical lead")
    ada.dm.expects("You command a SEV1 and are also its technical lead")
    ada.dm.expects_nothing()
    bob.dm.expects("You are its incident commander now")
    bob.dm.expects("You are its technical lead now")
    bob.dm.expects("You command a SEV1 and are also its technical lead")
    bob.dm.expects_nothing()


async def test_two_hats_of_a_lesser_one_are_nobodys_business(story: Story, ada: Person) -> None:
    incident = await opened(story, ada, "sev2 Checkout is slow")
    await taken(story, ada, incident.room)
    await ada.types("/incident role comms me", incident.room)
    ada.is_told("You are communications lead", where=incident.room)
    incident.room.expects(f"<@{ada.id}> is the communications lead now")
    ada.dm.expects_nothing()


async def test_raised_to_a_sev1_two_hats_are_too_many(story: Story, ada: Person) -> None:
    incident = await opened(story, ada, "sev2 Checkout is slow")
    await taken(story, ada, incident.room)
    await ada.types("/incident lead me", incident.room)
    ada.is_told("You are technical lead", where=incident.room)
    incident.room.expects(f"<@{ada.id}> is the technical lead now")
    await ada.types("/incident severity sev1 Nobody can pay", incident.room)
    ada.is_told("*SEV1* now", where=incident.room)
    incident.room.expects("raised it from SEV2")
    incident.announcement.thread.expects("raised it from SEV2")
    ada.dm.expects("You command a SEV1 and are also its technical lead")
