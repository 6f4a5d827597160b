"""Seven days after the end archiving the channel is offered, once, and never done unless somebody says so."""

from tests.stories.kit import Person, Shown, Stage, Story, told
from tests.stories.merging import merged
from tests.stories.opening import Opened, opened, privately, resolved

DAY = 24 * 60
WEEK = 7 * DAY


async def closed(story: Story, by: Person) -> Opened:
    """INC-1, resolved on a Monday at 10:00."""
    it = await opened(story, by)
    await resolved(story, by, it.room)
    return it


async def offered(story: Story, it: Opened) -> Shown:
    """A week passes; the question."""
    await story.forward(minutes=WEEK)
    return it.room.expects("This incident was closed", "Shall this channel be archived?")


async def test_a_week_later_it_is_offered_once_and_nothing_is_done(story: Story, ada: Person) -> None:
    it = await closed(story, ada)
    await story.forward(minutes=WEEK - 1)
    it.room.expects_nothing()
    await story.forward(minutes=1)
    asked = it.room.expects("This incident was closed", "*Archive* ends writing here; all of it can still be read")
    assert asked.buttons == ["Archive", "Keep"]
    await story.forward(minutes=3 * WEEK)
    it.room.expects_nothing()
    assert not it.room.is_archived


async def test_archive_posts_the_last_word_and_archives(story: Story, ada: Person, bob: Person) -> None:
    it = await closed(story, ada)
    asked = await offered(story, it)
    await asked.click("Archive", by=bob)
    bob.is_told("is being archived", "stays readable", where=it.room)
    it.room.expects(f"<@{bob.id}> archives this channel", "there will be a fresh one", "its announcement")
    assert it.room.is_archived
    it.announcement.thread.expects_nothing()
    await bob.types("/incident INC-1 archive")
    bob.is_told("is archived already")


async def test_keep_keeps_it_and_it_is_not_asked_again(story: Story, ada: Person, bob: Person) -> None:
    it = await closed(story, ada)
    asked = await offered(story, it)
    await asked.click("Keep", by=bob)
    bob.is_told("stays as it is", "It is not asked again", where=it.room)
    await asked.click("Keep", by=ada)
    ada.is_told("is kept already", "`/incident archive INC-1`", where=it.room)
    await story.forward(minutes=2 * WEEK)
    it.room.expects_nothing()
    await bob.types("/incident archive", it.room)
    bob.is_told("is being archived", where=it.room)
    it.room.expects("archives this channel")
    assert it.room.is_archived


async def test_reopened_it_is_asked_a_week_after_its_new_end(story: Story, ada: Person) -> None:
    it = await closed(story, ada)
    await story.forward(minutes=3 * DAY)
    await ada.types("/incident reopen it is back", it.room)
    ada.is_told("open again", where=it.room)
    it.room.expects("reopened it")
    story.place("#incidents").expects("reopened it")
    await resolved(story, ada, it.room, "rolled back again")
    await story.forward(minutes=6 * DAY)
    it.room.expects_nothing()
    await story.forward(minutes=DAY)
    it.room.expects("Shall this channel be archived?")


async def test_pressed_on_what_was_reopened_it_is_refused(story: Story, ada: Person) -> None:
    it = await closed(story, ada)
    asked = await offered(story, it)
    await ada.types("/incident reopen it is back", it.room)
    ada.is_told("open again", where=it.room)
    it.room.expects("reopened it")
    story.place("#incidents").expects("reopened it")
    await asked.click("Archive", by=ada)
    ada.is_told("INC-1 is open", "is where its people work", where=it.room)
    assert not it.room.is_archived


async def test_what_people_archived_themselves_is_not_asked_about(story: Story, ada: Person) -> None:
    it = await closed(story, ada)
    await story.archives(it.room)
    await story.forward(minutes=2 * WEEK)
    it.announcement.thread.expects_nothing()


async def test_a_cancelled_one_too(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel false alarm", it.room)
    ada.is_told("is cancelled", where=it.room)
    it.room.expects("cancelled it")
    it.announcement.thread.expects("cancelled it")
    asked = await offered(story, it)
    await asked.click("Archive", by=ada)
    ada.is_told("is being archived", where=it.room)
    it.room.expects("archives this channel")
    assert it.room.is_archived


async def test_a_merged_one_too(story: Story, ada: Person, bob: Person) -> None:
    first, second = await merged(story, ada, bob)
    await resolved(story, ada, first.room)
    asked = await offered(story, second)
    first.room.expects("Shall this channel be archived?")
    await asked.click("Archive", by=bob)
    bob.is_told("INC-2 is being archived", where=second.room)
    second.room.expects("archives this channel")
    assert second.room.is_archived
    assert not first.room.is_archived


async def test_a_private_one_is_asked_inside(story: Story, ada: Person) -> None:
    room, _card = await privately(story, ada)
    await ada.types("/incident resolve locked out", room)
    ada.is_told("is resolved", where=room)
    room.expects("Resolved")
    await story.forward(minutes=WEEK)
    asked = room.expects("Shall this channel be archived?")
    await asked.click("Archive", by=ada)
    ada.is_told("is being archived", where=room)
    room.expects("archives this channel").says_not("announcement")
    assert room.is_archived
    story.place("#incidents").expects_nothing()


async def test_a_small_one_without_a_channel_is_not_asked_about(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("/incident INC-1 resolve repainted")
    ada.is_told("is resolved")
    announcement.thread.expects("Resolved")
    await story.forward(minutes=2 * WEEK)
    await ada.types("/incident INC-1 archive")
    ada.is_told("INC-1 has no channel of its own")


async def test_an_open_one_is_not_archived(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident archive", it.room)
    ada.is_told("INC-1 is open", "`/incident resolve INC-1 …` closes it first", where=it.room)
    assert not it.room.is_archived


async def test_switched_off_it_is_never_offered(stage: Stage) -> None:
    async with told(stage, configuration={"channels": {"archive_after": None}}) as story:
        ada = story.person("ada")
        it = await closed(story, ada)
        await story.forward(minutes=4 * WEEK)
        it.room.expects_nothing()
        await ada.types("/incident archive", it.room)
        ada.is_told("is being archived", where=it.room)
        it.room.expects("archives this channel")
        assert it.room.is_archived


async def test_a_day_later_where_that_is_configured(stage: Stage) -> None:
    async with told(stage, configuration={"channels": {"archive_after": "1d"}}) as story:
        it = await closed(story, story.person("ada"))
        await story.forward(minutes=DAY)
        it.room.expects("Shall this channel be archived?")


async def test_it_waits_for_the_morning(story: Story, ada: Person) -> None:
    await story.forward(minutes=13 * 60)
    it = await closed(story, ada)
    await story.forward(minutes=WEEK)
    it.room.expects_nothing()
    await story.forward(minutes=12 * 60)
    it.room.expects("Shall this channel be archived?")
