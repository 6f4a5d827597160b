"""What happens to a channel outside is followed: renamed, archived, deleted, left by the bot, and back again."""

import pytest

from tests.stories.kit import Person, Place, Shown, Story
from tests.stories.opening import opened, privately, resolved, taken


async def secret(story: Story, by: Person) -> tuple[Place, Shown]:
    """INC-1, private and commanded by them: its channel and its card."""
    room, card = await privately(story, by)
    await taken(story, by, room)
    return room, card


async def test_renamed_its_words_go_on_there(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.renames(it.room, "war-room")
    it.room.expects_nothing()
    await bob.types("/incident ack", it.room)
    bob.is_told("You have INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> has it")
    await bob.types("/incident INC-1 show")
    bob.is_told("Checkout is down", "The channel was renamed to #war-room")


async def test_archived_while_it_is_open_work_goes_on_in_the_thread(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.archives(it.room, by=bob)
    lost = it.announcement.thread.expects(f"Its channel <#{it.room.channel}> was archived", "Work goes on here")
    assert not lost.message.broadcast
    it.announcement.says(f"<@{ada.id}> has it", "Next update")
    assert it.announcement.buttons[:3] == ["Post update", "Change status", "Resolve"]
    await bob.types("/incident INC-1 note the disk is full")
    bob.is_told("Noted")
    it.announcement.thread.expects("the disk is full")
    await story.forward(minutes=15)
    it.announcement.thread.expects("Not mitigated")


async def test_unarchived_and_invited_back_work_goes_on_in_it(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.archives(it.room)
    it.announcement.thread.expects("was archived")
    await story.unarchives(it.room)
    it.announcement.thread.expects("is open again, and I am not in it", "Invite me to it")
    await ada.types("/incident INC-1 note in between")
    ada.is_told("Noted")
    it.announcement.thread.expects("in between")
    story.allow("conversations.invite", "already_in_channel")
    await ada.brings(story.person("tocsin"), it.room)
    await bob.types("/incident update Rolling back", it.room)
    bob.is_told("Update #1", where=it.room)
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await bob.types("/incident status monitoring", it.room)
    bob.is_told("monitoring", where=it.room)
    it.room.expects("*monitoring*")
    it.card.says("Monitoring")


@pytest.mark.parametrize(
    ("act", "says"), [("deletes", "was deleted"), ("removes_bot", "I was removed from its channel")]
)
async def test_gone_while_it_is_open_work_goes_on_in_the_thread(
    story: Story, ada: Person, bob: Person, act: str, says: str
) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await getattr(story, act)(it.room)
    it.announcement.thread.expects(says, "Work goes on here")
    await bob.types("/incident INC-1 note the disk is full")
    bob.is_told("Noted")
    it.announcement.thread.expects("the disk is full")
    await ada.types("/incident INC-1 resolve rolled back")
    ada.is_told("is resolved")
    it.announcement.thread.expects("Resolved")


async def test_invited_back_after_it_was_removed_work_goes_on_there(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.removes_bot(it.room)
    it.announcement.thread.expects(f"I was removed from its channel <#{it.room.channel}>", "Invite me there again")
    story.allow("conversations.invite", "already_in_channel")
    await ada.brings(story.person("tocsin"), it.room)
    await ada.types("/incident update Rolling back", it.room)
    ada.is_told("Update #1", where=it.room)
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")


@pytest.mark.parametrize("act", ["archives", "deletes", "removes_bot"])
async def test_closed_nothing_is_said_of_it(story: Story, ada: Person, bob: Person, act: str) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await resolved(story, ada, it.room)
    await getattr(story, act)(it.room)
    it.announcement.thread.expects_nothing()
    await bob.types("/incident INC-1 show")
    bob.is_told("Checkout is down", "Resolved")
    await story.forward(minutes=60)
    ada.dm.expects_nothing()


async def test_renamed_while_it_is_closed(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await story.renames(it.room, "done-1")
    await ada.types("/incident note the bill came", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("the bill came")


@pytest.mark.parametrize(("act", "says"), [("archives", "was archived"), ("deletes", "was deleted")])
async def test_a_private_ones_channel_lost_who_leads_is_told_alone(
    story: Story, ada: Person, act: str, says: str
) -> None:
    room, _ = await secret(story, ada)
    await getattr(story, act)(room)
    ada.dm.expects(says, "`/incident show INC-1` tells how it stands")
    story.place("#incidents").expects_nothing()


async def test_removed_from_a_private_ones_channel_and_brought_back(story: Story, ada: Person) -> None:
    room, card = await secret(story, ada)
    await story.removes_bot(room)
    ada.dm.expects("I was removed from its channel", "Invite me")
    for method in ("chat.postMessage", "chat.update", "conversations.setTopic"):
        story.allow(method, "channel_not_found")
    await ada.types("/incident INC-1 status monitoring")
    ada.is_told("monitoring")
    ada.dm.expects_nothing()
    await ada.brings(story.person("tocsin"), room)
    card.says("Monitoring")
    assert "monitoring" in room.topic
    await ada.types("/incident update The door is shut", room)
    ada.is_told("Update #1", where=room)
    room.expects("Update #1")
    story.place("#incidents").expects_nothing()


async def test_a_private_ones_channel_archived_once_it_is_closed(story: Story, ada: Person) -> None:
    room, _ = await secret(story, ada)
    await ada.types("/incident resolve locked out", room)
    ada.is_told("is resolved", where=room)
    room.expects("Resolved")
    await story.archives(room)
    ada.dm.expects_nothing()


async def test_the_channel_of_no_incident_is_nobodys_business(story: Story, ada: Person) -> None:
    place = story.place("#payments")
    await story.renames(place, "pay")
    await story.archives(place)
    await story.unarchives(place)
    await story.deletes(place)


@pytest.mark.parametrize("act", ["archives", "deletes", "removes_bot"])
async def test_what_is_noted_once_it_is_closed_and_lost_stands_in_the_timeline(
    story: Story, ada: Person, bob: Person, act: str
) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await getattr(story, act)(it.room)
    await bob.types("/incident INC-1 note the bill came")
    bob.is_told("Noted")
    await bob.types("/incident INC-1 show")
    bob.is_told("the bill came")
    it.announcement.thread.expects_nothing()


async def test_with_the_announcement_channel_lost_as_well_who_leads_is_told(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    for method in ("chat.postMessage", "chat.update"):
        story.allow(method, "is_archived")
        story.allow(method, "is_inactive")
    await story.archives(story.place("#incidents"))
    await story.archives(it.room)
    ada.dm.expects("INC-1", "`/incident show INC-1` tells how it stands")
    await ada.types("/incident INC-1 note the disk is full")
    ada.is_told("Noted")
    ada.dm.expects_nothing()
