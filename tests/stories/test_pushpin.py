"""📌 on a message puts it into the timeline: with its own time, author and address, once, said to who set it."""

from bot.rules.events import EventRecorded
from tests.stories.kit import Person, Shown, Story
from tests.stories.opening import opened
from tests.stories.repeated import told_each_time


async def pins(story: Story, by: Person, message: Shown) -> None:
    """They set a pushpin under a message."""
    await story.sandbox.react(by.id, message.channel, message.ts, "pushpin")
    await story.settled()


def address(message: Shown, thread: Shown | None = None) -> str:
    """The end of a message's address."""
    below = f"?thread_ts={thread.ts}&cid={message.channel}" if thread else ""
    return f"/archives/{message.channel}/p{message.ts.replace('.', '')}{below}"


async def test_in_the_incidents_channel_with_its_own_time_author_and_address(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    said = await bob.says("The <deploy> of 09:55 & nothing else", it.room)
    await story.forward(minutes=3)
    await pins(story, ada, said)
    told = ada.is_told("Written into the timeline of INC-1", "The <deploy> of 09:55 & nothing else", where=it.room)
    told.says(f"<!date^{int(said.ts.partition('.')[0])}^")
    it.room.expects_nothing()
    await ada.types("/incident show", it.room)
    ada.is_told(f"<@{bob.id}>: The <deploy> of 09:55 & nothing else (<http", address(said), where=it.room)
    entry = (await story.bot.incidents.timeline(1, 1))[0]
    assert entry.tells_of.timestamp() == float(said.ts)
    assert entry.person == ada.id
    assert entry.source == "emoji"


async def test_in_the_announcements_thread(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("Customers of ours see it too", "#incidents", thread=it.announcement)
    await pins(story, bob, said)
    told = bob.is_told("Written into the timeline of INC-1", where="#incidents")
    assert told.message.thread_ts == it.announcement.ts
    await bob.types("/incident INC-1 show")
    bob.is_told("Customers of ours see it too", address(said, it.announcement))


async def test_a_reply_in_a_thread_of_the_channel(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    asked = await bob.says("What has changed?", it.room)
    said = await ada.says("Deploy 4711", it.room, thread=asked)
    await pins(story, bob, said)
    told = bob.is_told("Deploy 4711", where=it.room)
    assert told.message.thread_ts == asked.ts


async def test_elsewhere_and_with_another_emoji_nothing_happens(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    lunch = await bob.says("Lunch?", "#incidents")
    await pins(story, ada, lunch)
    said = await bob.says("On it", it.room)
    await story.sandbox.react(ada.id, said.channel, said.ts, "thumbsup")
    await story.settled()
    assert await events_of(story) == []


async def test_told_again_by_slack_it_is_written_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("Deploy 4711", it.room)
    story.sandbox.dials.redeliver = 3
    await pins(story, ada, said)
    told_each_time(ada, it.room, "Written into the timeline")
    assert await events_of(story) == ["Deploy 4711"]


async def test_by_two_people_it_is_written_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("Deploy 4711", it.room)
    await pins(story, ada, said)
    ada.is_told("Written into the timeline", where=it.room)
    await pins(story, bob, said)
    bob.is_told("Written into the timeline", where=it.room)
    assert await events_of(story) == ["Deploy 4711"]


async def test_a_message_of_the_bots_own(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident update Rolling back", it.room)
    ada.is_told("Update #1", where=it.room)
    it.announcement.thread.expects("Update #1")
    await pins(story, ada, it.room.expects("Update #1"))
    ada.is_told("Written into the timeline", where=it.room)


async def events_of(story: Story) -> list[str]:
    """What was put into the timeline of INC-1."""
    entries = await story.bot.incidents.timeline(1, 100)
    return [each.event.text for each in entries if isinstance(each.event, EventRecorded)]
