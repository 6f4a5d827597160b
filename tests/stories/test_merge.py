"""Two incidents that are one: the later goes into the other with all that is in it."""

from tests.stories.kit import Person, Stage, Story
from tests.stories.merging import both, expect_merged, merged
from tests.stories.opening import opened
from tests.stories.outages import allow_offline, caught_up, impatient
from tests.stories.repeated import told_each_time

VERBS = (
    "ack",
    "unack",
    "status monitoring",
    "severity sev2",
    "command",
    "lead @bob",
    "role scribe @bob",
    "handoff @bob",
    "service checkout",
    "update all is well",
    "note hello",
    "event 09:00 it began",
    "snooze 30m",
    "resolve done",
    "cancel duplicate",
    "join",
    "follow",
    "private @bob",
    "merge INC-1",
    "edit",
)
"""What belongs to the incident that goes on, with all that it needs."""


async def test_by_a_word_and_everything_points_to_the_other(story: Story, ada: Person, bob: Person) -> None:
    first, second = await merged(story, ada, bob)
    second.card.says("Merged into INC-1", "work goes on there")
    assert second.card.buttons == []
    assert "merged into INC-1" in second.room.topic
    second.announcement.says("merged into INC-1", f"<#{second.room.channel}>")
    assert not second.announcement.buttons
    assert not second.room.is_archived
    first.card.says("with INC-2")
    await ada.types("/incident list")
    ada.is_told("1 incident open", "INC-1").says_not("INC-2")
    await ada.types("/incident list all")
    ada.is_told("2 incidents", "INC-2", "merged into INC-1")


async def test_by_the_menu_the_modal_names_both(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await second.card.click("More…", by=bob)
    await bob.presses("Merge into another")
    bob.sees_modal("Merge", "INC-2 Carts fail goes into", "INC-1 SEV1 Checkout is down", "one of its own again")
    await bob.submits()
    bob.is_told("INC-2 is part of INC-1 now", where=second.room)
    expect_merged(story, bob, first, second)


async def test_a_word_alone_asks_for_the_other(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.types("/incident merge", second.room)
    bob.sees_modal("Merge", "INC-2 Carts fail goes into")
    await bob.submits(into="1")
    bob.is_told("INC-2 is part of INC-1 now", where=second.room)
    expect_merged(story, bob, first, second)


async def test_from_anywhere_both_are_named(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.types("/incident merge INC-2 into INC-1")
    bob.is_told("INC-2 is part of INC-1 now")
    expect_merged(story, bob, first, second)


async def test_from_anywhere_with_one_named_the_picker_asks_which_goes(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.types("/incident merge INC-1")
    bob.sees_modal("Which incident?", "INC-2 SEV1 Carts fail")
    await bob.submits(incident="2")
    assert not bob.has_modal
    bob.is_told("INC-2 is part of INC-1 now")
    expect_merged(story, bob, first, second)


async def test_by_a_mention(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.types("@tocsin merge INC-1", second.room)
    bob.is_told("INC-2 is part of INC-1 now", where=second.room)
    expect_merged(story, bob, first, second)


async def test_timeline_notes_services_and_people_go_along_with_their_times(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    first, second = await both(story, ada, bob)
    noted = int(story.clock.now().timestamp())
    await bob.types("/incident note the cart service is out of memory", second.room)
    bob.is_told("Noted", where=second.room)
    second.room.expects("out of memory")
    await bob.types("/incident service checkout", second.room)
    bob.is_told("checkout is on INC-2", where=second.room)
    second.room.expects("checkout")
    await cleo.types("/incident follow INC-2")
    cleo.is_told("You follow INC-2")
    await story.forward(minutes=2)
    await bob.types("/incident merge INC-1", second.room)
    bob.is_told("INC-2 is part of INC-1 now", where=second.room)
    expect_merged(story, bob, first, second)
    cleo.dm.expects("INC-2", "merged it into *INC-1*")
    first.card.says("checkout", f"<@{bob.id}>", "with INC-2")
    assert "bob" in first.room.members
    first.room.expects("Not mitigated")
    await ada.types("/incident show", first.room)
    ada.is_told(f"<!date^{noted}^", f"INC-2: <@{bob.id}> noted: the cart service is out of memory", where=first.room)
    await ada.types("/incident update Rolling back", first.room)
    ada.is_told("Update #1", where=first.room)
    first.room.expects("Rolling back")
    first.announcement.thread.expects("Rolling back")
    cleo.dm.expects("INC-1", "Rolling back")


async def test_its_clocks_stop_and_those_of_the_other_go_on(story: Story, ada: Person, bob: Person) -> None:
    first, second = await merged(story, ada, bob)
    await story.forward(minutes=20)
    first.room.expects("Not mitigated")
    ada.dm.expects("promised for")
    first.room.expects("Update due")
    second.room.expects_nothing()
    bob.dm.expects_nothing()


async def test_what_is_said_in_its_channel_is_told_where_to_go(story: Story, ada: Person, bob: Person) -> None:
    _, second = await merged(story, ada, bob)
    for line in VERBS:
        await bob.types(f"/incident {line}", second.room)
        if bob.has_modal:
            bob.sees_modal("", "INC-2 was merged into INC-1. Say it there")
            await story.sandbox.close_view(bob.id)
        else:
            bob.is_told("INC-2 was merged into INC-1. Say it there", where=second.room)
    await bob.types("@tocsin update all is well", second.room)
    bob.is_told("INC-2 was merged into INC-1", where=second.room)
    second.room.expects_nothing()
    await bob.types("/incident show", second.room)
    bob.is_told("Merged into INC-1", "Carts fail", where=second.room)


async def test_told_twice_it_is_merged_once(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.types("/incident merge", second.room)
    story.sandbox.dials.redeliver = 3
    await bob.submits(into="1")
    told_each_time(bob, second.room, "INC-2 is part of INC-1 now")
    expect_merged(story, bob, first, second)


async def test_one_that_lives_in_a_thread_too(story: Story, ada: Person, bob: Person) -> None:
    first = await opened(story, ada)
    await bob.types("/incident declare sev4 The logo is broken")
    told = bob.is_told("*INC-2* is declared", "Join INC-1")
    announcement = story.place("#incidents").expects("The logo is broken")
    await told.click("Join INC-1", by=bob)
    told.says("INC-2 is part of INC-1 now")
    announcement.thread.expects("merged it into *INC-1*", f"<#{first.room.channel}>")
    announcement.says("merged into INC-1")
    first.room.expects("merged *INC-2*")
    await bob.types("@tocsin update still broken", "#incidents", thread=announcement)
    bob.is_told("INC-2 was merged into INC-1", where="#incidents")


async def test_while_slack_is_away_everything_follows(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada, bob = story.person("ada"), story.person("bob")
        allow_offline(story)
        story.sandbox.dials.offline = True
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("*INC-1* is declared")
        await bob.types("/incident declare sev1 Carts fail")
        told = bob.is_told("*INC-2* is declared", "Join INC-1")
        story.sandbox.dials.offline = False
        await told.click("Join INC-1", by=bob)
        await caught_up(story)
        first, second = story.room(1), story.room(2)
        told.says("INC-2 is part of INC-1 now")
        story.place("#incidents").expects("Checkout is down")
        announcement = story.place("#incidents").expects("Carts fail", "merged into INC-1")
        announcement.thread.expects("merged it into *INC-1*")
        first.expects("Checkout is down", f"<@{bob.id}>", "with INC-2")
        first.expects("merged *INC-2* Carts fail into this one")
        second.expects("Merged into INC-1")
        second.expects("merged it into *INC-1*")
        assert "bob" in first.members


async def test_into_a_milder_one_the_raise_is_offered(story: Story, ada: Person, bob: Person) -> None:
    first = await opened(story, ada, "sev3 Search is slow")
    second = await opened(story, bob, "sev1 Search is down", 2)
    await bob.types("/incident merge INC-1", second.room)
    bob.is_told("INC-2 is part of INC-1 now", where=second.room)
    second.room.expects("merged it into *INC-1*")
    second.announcement.thread.expects("merged it into *INC-1*")
    said = first.room.expects("into this one", "It was SEV1, this one is SEV3")
    await said.click("Raise to SEV1", by=ada)
    first.room.expects("raised it from SEV3 to *SEV1*")
    story.place("#incidents").expects("raised it from SEV3 to *SEV1*")
    ada.is_told("INC-1 is *SEV1* now", where=first.room)
