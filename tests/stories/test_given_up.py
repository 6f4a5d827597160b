"""What can never be sent is given up in the open: written down, said once to somebody, and the incident goes on.

Slack's own word of what happened (archived, deactivated) does not reach the bot here: it finds out when it sends.
"""

from dataclasses import replace

from bot.rules.events import GaveUp
from bot.sandbox.methods.membership import enter
from tests.stories.kit import Person, Story
from tests.stories.opening import opened, privately, taken
from tests.stories.outages import caught_up

OUTSIDE = {"channel_archive", "channel_unarchive", "group_archive", "group_unarchive", "user_change"}


async def given_up(story: Story) -> list[tuple[str, str]]:
    """What the timeline of INC-1 says was given up, and why."""
    events = [entry.event for entry in await story.bot.incidents.timeline(1, 100)]
    return [(event.what, event.reason) for event in events if isinstance(event, GaveUp)]


async def test_who_is_deactivated_cannot_be_invited_and_the_channel_is_told(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    deaf(story)
    it = await opened(story, ada)
    story.sandbox.deactivate(bob.id)
    story.allow("conversations.invite", "cant_invite")
    story.allow("chat.postMessage", "user_disabled")
    await ada.types(f"/incident lead <@{bob.id}>", it.room)
    ada.is_told("technical lead", where=it.room)
    line = it.room.expects("technical lead")
    it.room.expects("I could not", f"<@{bob.id}>", f"<@{ada.id}>: ")
    assert sorted(await given_up(story)) == [("invite", "cant_invite"), ("message", "user_disabled")]
    await ada.types(f"/incident lead <@{cleo.id}>", it.room)
    ada.is_told("technical lead", where=it.room)
    line.says(f"<@{cleo.id}>", "technical lead").says_not(f"<@{bob.id}> is")
    cleo.dm.expects("technical lead")


async def test_the_incidents_channel_archived_its_work_goes_on_in_the_announcements_thread(
    story: Story, ada: Person, bob: Person
) -> None:
    deaf(story)
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    allow_lost(story)
    story.sandbox.archive(it.room.channel, ada.id)
    await bob.types("/incident INC-1 note the first after it")
    bob.is_told("Noted")
    lost = it.announcement.thread.expects(
        "I could not send a message", "is_archived", f"<@{ada.id}>: unarchive", "go on here"
    )
    assert not lost.message.broadcast
    it.announcement.says(f"<@{ada.id}> has it", "Next update")
    assert it.announcement.buttons == ["Post update", "Change status", "Resolve", "I can help", "Follow"]
    await bob.types("@tocsin note the second", "#incidents", thread=it.announcement)
    bob.is_told("Noted", where="#incidents")
    it.announcement.thread.expects("the second")
    await bob.types("/incident INC-1 update Rolling back")
    bob.is_told("Update #1")
    it.announcement.thread.expects("Update #1", "Rolling back")
    await story.forward(minutes=15)
    it.announcement.thread.expects("Not mitigated")
    await ada.types("/incident INC-1 resolve rolled back")
    ada.is_told("is resolved")
    it.announcement.thread.expects("Resolved")
    assert "is_archived" in {reason for _, reason in await given_up(story)}


async def test_back_in_its_channel_the_work_goes_on_there(story: Story, ada: Person, bob: Person) -> None:
    deaf(story)
    it = await opened(story, ada)
    allow_lost(story)
    story.allow("conversations.invite", "already_in_channel")
    story.sandbox.archive(it.room.channel, ada.id)
    await bob.types("/incident INC-1 note the first after it")
    bob.is_told("Noted")
    it.announcement.thread.expects("I could not send a message")
    story.sandbox.unarchive(it.room.channel, ada.id)
    enter(story.sandbox.ws, story.sandbox.channel(it.room.channel), story.sandbox.bot_user, inviter=ada.id)
    await story.settled()
    await bob.types("/incident ack", it.room)
    bob.is_told("You have INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> has it")
    it.card.says(f"<@{bob.id}> has it")


async def test_a_private_incidents_channel_archived_who_leads_is_told_and_nobody_else(
    story: Story, ada: Person
) -> None:
    deaf(story)
    room, _card = await privately(story, ada)
    allow_lost(story)
    story.sandbox.archive(room.channel, ada.id)
    for number in range(3):
        await ada.types(f"/incident INC-1 note step {number}.")
        ada.is_told("Noted")
    ada.dm.expects("I could not send a message", "`/incident show INC-1` tells how it stands")
    ada.dm.expects_nothing()
    assert len(await given_up(story)) == 3


async def test_the_announcement_channel_archived_the_incidents_channel_is_told_once(
    story: Story, ada: Person, bob: Person
) -> None:
    allow_lost(story)
    story.sandbox.archive("incidents", ada.id)
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("*INC-1* is declared")
    room = story.room(1)
    card = room.expects("Checkout is down")
    room.expects("I could not post or edit the announcement", "is_archived")
    await card.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await ada.types("/incident update Rolling back", room)
    ada.is_told("Update #1", where=room)
    room.expects("Update #1")
    await ada.types("/incident resolve rolled back", room)
    ada.is_told("is resolved", where=room)
    room.expects("Resolved")
    assert await given_up(story) == [("announcement", "is_archived")]


async def test_archived_later_it_is_said_once_an_hour_at_most(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    allow_lost(story)
    story.sandbox.archive("incidents", ada.id)
    for number in range(1, 4):
        await ada.types(f"/incident update step {number}.", it.room)
        ada.is_told(f"Update #{number}", where=it.room)
        it.room.expects(f"Update #{number}")
    it.room.expects("I could not", "is_archived")
    it.room.expects_nothing()
    assert len(await given_up(story)) >= 3


async def test_without_its_thread_a_small_one_gets_a_channel(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    allow_lost(story)
    story.sandbox.archive(announcement.channel, ada.id)
    await bob.types("/incident INC-1 ack")
    bob.is_told("You have INC-1")
    room = story.room(1)
    room.expects("Wrong colour", f"<@{bob.id}> has it")
    room.expects("I could not")
    assert room.members == ["ada", "bob", "tocsin"]


async def test_without_any_place_somebody_is_told_and_nothing_loops(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    allow_lost(story)
    story.sandbox.archive("incidents", ada.id)
    story.sandbox.archive(it.room.channel, ada.id)
    for number in range(3):
        await ada.types(f"/incident INC-1 note step {number}.")
        ada.is_told("Noted")
    ada.dm.expects("INC-1", "I could not")
    ada.dm.expects_nothing()


async def test_where_no_channel_can_be_made_the_announcements_thread_is_the_place(
    story: Story, ada: Person, bob: Person
) -> None:
    for suffix in ("", "-2", "-3", "-4", "-5"):
        story.sandbox.add_channel(f"inc-1-checkout-is-down{suffix}", members=[bob.id], with_bot=False)
    story.allow("conversations.create", "name_taken")
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("*INC-1* is declared")
    announcement = story.place("#incidents").expects("Checkout is down")
    announcement.thread.expects("I could not make its channel", "name_taken", f"<@{ada.id}>")
    await announcement.click("Take command", by=bob)
    bob.is_told("You are incident commander", where="#incidents")
    announcement.thread.expects(f"<@{bob.id}> took command")


async def test_where_neither_place_can_be_made_who_declared_it_is_told(story: Story, ada: Person, bob: Person) -> None:
    for suffix in ("", "-2", "-3", "-4", "-5"):
        story.sandbox.add_channel(f"inc-1-checkout-is-down{suffix}", members=[bob.id], with_bot=False)
    story.allow("conversations.create", "name_taken")
    allow_lost(story)
    story.sandbox.archive("incidents", ada.id)
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("*INC-1* is declared")
    ada.dm.expects("INC-1", "I could not")
    assert sorted(await given_up(story)) == [("announcement", "is_archived"), ("room", "name_taken")]


async def test_where_the_commander_cannot_be_told_the_next_one_is(story: Story, ada: Person, bob: Person) -> None:
    deaf(story)
    room, _card = await privately(story, ada)
    await ada.types(f"/incident command <@{bob.id}>", room)
    ada.is_told("commander", where=room)
    room.expects(f"<@{bob.id}>")
    bob.dm.expects("INC-1")
    allow_lost(story)
    story.allow("chat.postMessage", "user_disabled")
    story.sandbox.archive(room.channel, ada.id)
    story.sandbox.deactivate(bob.id)
    await ada.types("/incident INC-1 note the disk is full")
    ada.is_told("Noted")
    ada.dm.expects("I could not send a message", f"to <@{bob.id}>", "user_disabled")
    assert [reason for _, reason in await given_up(story)] == ["channel_not_found", "user_disabled"]


async def test_with_nobody_left_to_be_told_it_is_an_error_in_the_log(story: Story, ada: Person) -> None:
    deaf(story)
    room, _card = await privately(story, ada)
    allow_lost(story)
    story.allow("chat.postMessage", "user_disabled")
    story.sandbox.archive(room.channel, ada.id)
    story.sandbox.deactivate(ada.id)
    await story.forward(minutes=5)
    assert story.errors.lines, "the log says nothing"
    while story.errors.lines:  # of the card, too, where that is tried before its channel is known to be archived
        assert "Nobody in Slack could be told" in story.errors.lines.pop()


async def test_while_the_token_is_revoked_nothing_is_given_up(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    story.allow("chat.postMessage", "token_revoked")
    story.sandbox.dials.revoked = True
    await ada.types("/incident note disk is full", it.room)
    ada.is_told("Noted", where=it.room)
    story.sandbox.dials.revoked = False
    await caught_up(story)
    it.room.expects("disk is full")
    assert await given_up(story) == []


def deaf(story: Story) -> None:
    """The app was installed before it asked to be told of these."""
    who = story.sandbox.ws.who
    story.sandbox.ws.who = replace(who, events=frozenset(who.events or ()) - OUTSIDE)


def allow_lost(story: Story) -> None:
    """Calls to a place that is gone are part of the story."""
    for method in ("chat.postMessage", "chat.update", "conversations.setTopic", "conversations.invite"):
        for reason in ("is_archived", "is_inactive", "not_in_channel", "channel_not_found"):
            story.allow(method, reason)
