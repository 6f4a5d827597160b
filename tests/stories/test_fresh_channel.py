"""Reopened after its channel was lost, an incident gets a fresh one; each leads to the other as far as Slack allows."""

import pytest

from tests.stories.kit import Person, Story
from tests.stories.opening import Opened, opened, privately, resolved, taken


async def closed(story: Story, ada: Person, bob: Person) -> Opened:
    """INC-1, commanded by Ada with Bob as its lead, and resolved."""
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await ada.types("/incident lead @bob", it.room)
    ada.is_told("technical lead", where=it.room)
    it.room.expects("technical lead")
    bob.dm.expects("technical lead")
    await resolved(story, ada, it.room)
    return it


async def test_archived_it_gets_a_fresh_one_linked_both_ways(story: Story, ada: Person, bob: Person) -> None:
    it = await closed(story, ada, bob)
    await story.archives(it.room)
    await ada.types("/incident INC-1 reopen the errors are back")
    ada.is_told("INC-1 is open again", "It gets a fresh channel")
    fresh = story.room(1)
    assert fresh.channel != it.room.channel
    assert fresh.name == "inc-1-checkout-is-down-2"
    assert fresh.members == ["ada", "bob", "tocsin"]
    card = fresh.expects("Investigating", f"*Commander* <@{ada.id}>", f"*Lead* <@{bob.id}>")
    fresh.expects("reopened it: the errors are back", f"fresh channel: <#{it.room.channel}> is archived")
    fresh.expects(f"*Before this:* <#{it.room.channel}>")
    it.announcement.says("Investigating", f"<#{fresh.channel}>").says_not(f"<#{it.room.channel}>")
    story.place("#incidents").expects("reopened it: the errors are back")
    assert "investigating" in fresh.topic
    assert story.sandbox.ws.channels[fresh.channel].bookmarks
    await bob.types("/incident update Rolling back again", fresh)
    bob.is_told("Update #1", where=fresh)
    fresh.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    card.says("Next update")


async def test_archived_by_the_button_its_last_word_leads_to_the_announcement(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await closed(story, ada, bob)
    await ada.types("/incident archive", it.room)
    ada.is_told("is being archived", where=it.room)
    it.room.expects("archives this channel", "there will be a fresh one", "its announcement", it.announcement.ts[:10])
    assert it.room.is_archived
    await ada.types("/incident INC-1 reopen it is back")
    ada.is_told("INC-1 is open again")
    fresh = story.room(1)
    fresh.expects("Investigating")
    fresh.expects("reopened it: it is back")
    fresh.expects("*Before this:*", f"<#{it.room.channel}>")
    story.place("#incidents").expects("reopened it: it is back")


@pytest.mark.parametrize(
    ("act", "why"),
    [("deletes", "the one it had was deleted"), ("removes_bot", "any more"), ("archives", "is archived")],
)
async def test_however_it_was_lost(story: Story, ada: Person, bob: Person, act: str, why: str) -> None:
    it = await closed(story, ada, bob)
    await getattr(story, act)(it.room)
    await bob.types("/incident INC-1 reopen it is back")
    bob.is_told("INC-1 is open again", "It gets a fresh channel")
    fresh = story.room(1)
    assert fresh.channel != it.room.channel
    fresh.expects("Investigating")
    fresh.expects("reopened it: it is back", why)
    fresh.expects("*Before this:*")
    story.place("#incidents").expects("reopened it: it is back")


async def test_lost_while_it_was_open_too(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.archives(it.room)
    it.announcement.thread.expects("was archived", "Work goes on here")
    await ada.types("/incident INC-1 resolve rolled back")
    ada.is_told("is resolved")
    it.announcement.thread.expects("Resolved")
    await ada.types("/incident INC-1 reopen it is back")
    ada.is_told("INC-1 is open again", "It gets a fresh channel")
    fresh = story.room(1)
    fresh.expects("Investigating")
    fresh.expects("reopened it: it is back")
    fresh.expects("*Before this:*")
    story.place("#incidents").expects("reopened it: it is back")


async def test_a_private_one_gets_a_private_one(story: Story, ada: Person, bob: Person) -> None:
    room, _card = await privately(story, ada)
    await ada.types("/incident lead @bob", room)
    ada.is_told("technical lead", where=room)
    room.expects("technical lead")
    bob.dm.expects("technical lead")
    await ada.types("/incident resolve locked out", room)
    ada.is_told("is resolved", where=room)
    room.expects("Resolved")
    await story.archives(room)
    await bob.types("/incident INC-1 reopen they are in again")
    bob.is_told("INC-1 is open again", "It gets a fresh channel")
    fresh = story.room(1)
    assert story.sandbox.channel(fresh.channel).private
    assert fresh.members == ["ada", "bob", "tocsin"]
    fresh.expects("Somebody got in", "Investigating")
    fresh.expects("reopened it: they are in again")
    fresh.expects(f"*Before this:* <#{room.channel}>")
    story.place("#incidents").expects_nothing()


async def test_twice(story: Story, ada: Person, bob: Person) -> None:
    it = await closed(story, ada, bob)
    rooms = [it.room]
    for time in (2, 3):
        await story.archives(rooms[-1])
        await ada.types(f"/incident INC-1 reopen it is back, {time}")
        ada.is_told("It gets a fresh channel")
        fresh = story.room(1)
        assert fresh.name == f"inc-1-checkout-is-down-{time}"
        fresh.expects("Investigating")
        fresh.expects(f"reopened it: it is back, {time}")
        fresh.expects("*Before this:*", *(f"<#{room.channel}>" for room in rooms))
        story.place("#incidents").expects(f"reopened it: it is back, {time}")
        await resolved(story, ada, fresh, f"rolled back, {time}")
        rooms.append(fresh)


async def test_with_its_channel_it_keeps_it(story: Story, ada: Person, bob: Person) -> None:
    it = await closed(story, ada, bob)
    await story.archives(it.room)
    await story.unarchives(it.room)
    await ada.brings(story.person("tocsin"), it.room)
    await ada.types("/incident reopen it is back", it.room)
    ada.is_told("INC-1 is open again", where=it.room).says_not("fresh channel")
    it.room.expects("reopened it: it is back")
    story.place("#incidents").expects("reopened it: it is back")
    assert story.room(1).channel == it.room.channel


async def test_a_small_one_stays_in_its_thread(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("/incident INC-1 resolve repainted")
    ada.is_told("is resolved")
    announcement.thread.expects("Resolved")
    await ada.types("/incident INC-1 reopen it is green")
    ada.is_told("INC-1 is open again").says_not("fresh channel")
    announcement.thread.expects("reopened it")
