"""An open incident is made private: a new channel with the people chosen, and elsewhere only that it is private."""

from tests.stories.kit import Person, Stage, Story
from tests.stories.made_private import HIDDEN, expect_hidden, hidden
from tests.stories.opening import acknowledged, opened, taken
from tests.stories.outages import allow_offline, caught_up, impatient


async def test_by_a_word_with_the_people_who_may_see_it(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await ada.types("/incident private @bob", it.room)
    told = ada.is_told(
        f"🔒 *INC-1* is private now: <@{ada.id}> and <@{bob.id}> may see it",
        f"<#{it.room.channel}> was public: anybody in the workspace may have read it",
        where=it.room,
    )
    assert told.buttons == ["Archive it", "Leave it"]
    expect_hidden(story, it.room)
    room = story.room(1)
    assert story.sandbox.channel(room.channel).private
    assert room.members == ["ada", "bob", "tocsin"]
    assert "🔒" in room.topic
    it.announcement.says("🔒 INC-1 is private.").says_not(HIDDEN, "SEV1", "#C")
    assert it.announcement.buttons == ["Request access"]
    it.card.says("INC-1 is private now").says_not(HIDDEN)
    assert not it.room.is_archived


async def test_by_the_modal_who_is_at_work_on_it_is_chosen_already(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await taken(story, bob, it.room)
    await it.card.click("More…", by=bob)
    await bob.presses("Make private")
    bob.sees_modal("private", f'"initial_users": ["{bob.id}"]', "“INC-1 is private”", "It cannot be made public again")
    await bob.submits(people=[cleo.id])
    bob.sees_modal("Tocsin", "*INC-1* is private now", "Archive it")
    expect_hidden(story, it.room)
    assert story.room(1).members == ["bob", "cleo", "tocsin"]


async def test_who_has_it_goes_on_seeing_it_even_when_not_named(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await acknowledged(story, cleo, it.room)
    await taken(story, ada, it.room)
    await ada.types("/incident private @bob", it.room)
    ada.is_told(f"<@{ada.id}>, <@{cleo.id}> and <@{bob.id}> may see it", where=it.room)
    expect_hidden(story, it.room)
    assert story.room(1).members == ["ada", "bob", "cleo", "tocsin"]


async def test_the_old_channel_is_archived_when_that_is_asked(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await ada.types("/incident private", it.room)
    await ada.submits(people=[bob.id])
    expect_hidden(story, it.room)
    await ada.presses("Archive it")
    ada.sees_modal("Tocsin", f"<#{it.room.channel}> of INC-1 is being archived", "stays readable")
    assert it.room.is_archived
    room = story.room(1)
    assert not room.is_archived
    await ada.types("/incident note still at it", room)
    ada.is_told("Noted", where=room)
    room.expects("still at it")


async def test_or_from_the_new_channel_by_anybody_in_it_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await ada.types("/incident private @bob", it.room)
    told = ada.is_told("is private now", where=it.room)
    it.room.expects("INC-1 is private now")
    room = story.room(1)
    room.expects(HIDDEN, "Private")
    room.expects("Before this")
    asked = room.expects("made it private", "Archive that channel?")
    await asked.click("Archive the old channel", by=bob)
    bob.is_told("is being archived", where=room)
    assert it.room.is_archived
    story.allow("response_url", "is_archived")
    await told.click("Archive it", by=ada)
    ada.dm.expects("is archived already")


async def test_or_it_is_left(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await ada.types("/incident private @bob", it.room)
    told = ada.is_told("is private now", where=it.room)
    expect_hidden(story, it.room)
    await told.click("Leave it", by=ada)
    ada.is_told("stays as it is", where=it.room)
    assert not it.room.is_archived


async def test_what_was_said_in_the_thread_and_below_it_is_hidden_too(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await taken(story, ada, it.room)
    await ada.types("/incident update The key is revoked", it.room)
    ada.is_told("Update #1", where=it.room)
    it.room.expects("The key is revoked")
    update = it.announcement.thread.expects("The key is revoked")
    await ada.types("/incident private @bob", it.room)
    ada.is_told("is private now", where=it.room)
    expect_hidden(story, it.room)
    update.says("INC-1 is private now").says_not(HIDDEN, "The key is revoked")


async def test_one_that_lives_in_a_thread_gets_a_channel(story: Story, ada: Person, bob: Person) -> None:
    await ada.types(f"/incident declare sev4 {HIDDEN}")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects(HIDDEN)
    await announcement.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where="#incidents")
    said = announcement.thread.expects("has it")
    await bob.types("/incident INC-1 private @ada")
    told = bob.is_told("*INC-1* is private now", "may have read what was said of it")
    assert not told.buttons
    room = story.room(1)
    room.expects(HIDDEN, "Private", f"<@{bob.id}> has it")
    room.expects("made it private").says_not("Archive")
    announcement.says("INC-1 is private.").says_not(HIDDEN)
    said.says_not(HIDDEN)
    assert room.members == ["ada", "bob", "tocsin"]


async def test_announced_in_two_places_both_say_only_that(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    await ada.types("/incident declare sev3")
    await ada.submits(title=HIDDEN, services=["checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    first = story.place("#payments").expects(HIDDEN)
    room = story.room(1)
    room.expects(HIDDEN)
    await ada.types("/incident severity sev1 They are in the vault", room)
    ada.is_told("*SEV1* now", where=room)
    room.expects("raised it", "the vault")
    second = story.place("#incidents").expects(HIDDEN, "SEV1")
    update = second.thread.expects("the vault")
    await ada.types("/incident private @bob", room)
    ada.is_told("is private now", where=room)
    expect_hidden(story, room)
    for each in (first, second, update):
        each.says("INC-1 is private").says_not(HIDDEN, "vault")


async def test_who_cannot_take_part_is_not_chosen(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    story.sandbox.deactivate(cleo.id)
    await ada.types(f"/incident private <@{story.sandbox.bot_user}>", it.room)
    ada.is_told("is a bot. Name a person.", where=it.room)
    await ada.types(f"/incident private <@{bob.id}> <@{cleo.id}>", it.room)
    ada.is_told(f"<@{cleo.id}> is deactivated in Slack", where=it.room)
    await ada.types("/incident private @zoe", it.room)
    ada.is_told("I do not know “@zoe”", where=it.room)
    await ada.types("/incident private", it.room)
    await ada.submits(people=[story.sandbox.bot_user])
    assert "is a bot" in ada.view.errors["Who may see it?"]
    it.announcement.says(HIDDEN)
    assert story.room(1).channel == it.room.channel


async def test_nor_is_what_is_private_or_closed_made_so_again(story: Story, ada: Person, bob: Person) -> None:
    it = await hidden(story, ada, bob)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("INC-1 is private already", "invited into its channel may see it", where=it.room)
    await ada.types("/incident resolve Locked out", it.room)
    ada.is_told("is resolved", where=it.room)
    it.room.expects("Resolved")
    await ada.types("/incident private @bob", it.room)
    ada.is_told("INC-1 is already resolved", where=it.room)


async def test_what_waited_while_slack_was_away_does_not_reach_the_old_channel(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        it = await opened(story, ada, f"sev1 {HIDDEN}")
        await taken(story, ada, it.room)
        allow_offline(story)
        story.allow("conversations.setTopic", "offline")
        story.sandbox.dials.offline = True
        await ada.types("/incident update The key of the vault is known", it.room)
        ada.is_told("Update #1", where=it.room)
        await ada.types("/incident note It was the intern", it.room)
        ada.is_told("Noted", where=it.room)
        await ada.types("/incident private @bob", it.room)
        ada.is_told("is private now", where=it.room)
        story.sandbox.dials.offline = False
        await caught_up(story)
        expect_hidden(story, it.room)
        it.announcement.says("INC-1 is private.").says_not(HIDDEN)
        it.announcement.thread.expects_nothing()
        await ada.types("/incident show", story.room(1))
        ada.is_told("The key of the vault", "It was the intern", where=story.room(1))


async def test_made_private_before_its_channel_and_announcement_are_made_nothing_is_announced(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        allow_offline(story)
        story.sandbox.dials.offline = True
        await ada.types(f"/incident declare sev1 {HIDDEN}")
        ada.is_told("*INC-1* is declared")
        await ada.types("/incident INC-1 private @bob")
        told = ada.is_told("*INC-1* is private now")
        assert not told.buttons
        story.sandbox.dials.offline = False
        await caught_up(story)
        story.place("#incidents").expects_nothing()
        rooms = [each for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-")]
        assert [each.private for each in rooms] == [True]
        room = story.room(1)
        room.expects(HIDDEN, "Private")
        room.expects("made it private")
        assert room.members == ["ada", "bob", "tocsin"]


async def test_told_twice_it_is_made_private_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await ada.types("/incident private", it.room)
    story.sandbox.dials.redeliver = 3
    await ada.submits(people=[bob.id])
    ada.sees_modal("Tocsin", "is private now")
    expect_hidden(story, it.room)
    assert len([each for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-1-")]) == 2
