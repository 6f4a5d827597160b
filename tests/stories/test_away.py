"""Tocsin was away: what fell due meanwhile is said late, with why, once; who missed nothing hears nothing."""

from datetime import timedelta

from bot.rules.events import WasAway
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.opening import acknowledged, opened, privately, taken


def pass_by(story: Story, minutes: float) -> None:
    """Time passes by, and no bot is there to see it."""
    story.clock.turn(story.clock.now() + timedelta(minutes=minutes))


async def gaps(story: Story, number: int = 1) -> list[tuple[str, ...]]:
    """What each gap that the timeline tells of had due in it."""
    events = [entry.event for entry in await story.bot.incidents.timeline(number, 100)]
    return [event.due for event in events if isinstance(event, WasAway)]


async def test_what_fell_due_while_it_was_away_is_said_with_why(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=2)
    since = int(story.clock.now().timestamp())
    async with story.nobody_runs():
        pass_by(story, 17)
    until = int(story.clock.now().timestamp())
    late = it.room.expects("Nobody has acknowledged it", "Not mitigated", f"(due since <!date^{since + 3 * 60}^")
    late.says(f"I was away <!date^{since}^", f"\N{EN DASH}<!date^{until}^", "its acknowledgement and its mitigation.")
    story.place("#incidents").expects("Nobody has acknowledged it", "I was away", "its acknowledgement")
    assert "Acknowledge" in late.buttons
    assert await gaps(story) == [("acknowledgement", "mitigation")]


async def test_it_is_said_once_however_often_it_starts(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    async with story.nobody_runs():
        pass_by(story, 7)
    it.room.expects("Nobody has acknowledged it", "I was away")
    story.place("#incidents").expects("I was away")
    async with story.nobody_runs():
        pass_by(story, 0.5)
    await story.forward(minutes=8)
    it.room.expects("Not mitigated").says_not("I was away")
    assert await gaps(story) == [("acknowledgement",)]


async def test_who_missed_nothing_hears_nothing(story: Story, ada: Person, bob: Person) -> None:
    missed = await opened(story, ada)
    other = await opened(story, bob, "sev2 Search is slow", number=2)
    async with story.nobody_runs():
        pass_by(story, 7)
    missed.room.expects("Nobody has acknowledged it", "I was away")
    story.place("#incidents").expects("I was away")
    other.room.expects_nothing()
    assert await gaps(story, 2) == []
    await story.forward(minutes=8)
    missed.room.expects("Not mitigated")
    other.room.expects("Nobody has acknowledged it").says_not("I was away")
    story.place("#incidents").expects("Nobody has acknowledged it").says_not("I was away")


async def test_a_restart_within_a_minute_is_no_gap(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=4.5)
    async with story.nobody_runs():
        pass_by(story, 0.9)
    it.room.expects("Nobody has acknowledged it").says_not("I was away")
    story.place("#incidents").expects("Nobody has acknowledged it").says_not("I was away")


async def test_a_turned_clock_is_no_gap(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    story.clock.turn(story.clock.now() + timedelta(minutes=10))
    await story.settled()
    it.room.expects("Nobody has acknowledged it", "(late: ").says_not("I was away")
    story.place("#incidents").expects("Nobody has acknowledged it", "(late: ")


async def test_the_commander_who_is_asked_alone_is_told_alone(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    await acknowledged(story, bob, it.room)
    await taken(story, bob, it.room)
    async with story.nobody_runs():
        pass_by(story, 57)
    bob.dm.expects("The next update is promised", "I was away", "a word before the next update")
    it.room.expects_nothing()


async def test_a_private_one_tells_its_own_channel_alone(story: Story, ada: Person) -> None:
    room, _card = await privately(story, ada)
    async with story.nobody_runs():
        pass_by(story, 7)
    room.expects("Nobody has acknowledged it", "I was away")
    story.place("#incidents").expects_nothing()


async def test_what_was_closed_before_hears_nothing(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel false alarm", it.room)
    ada.is_told("cancelled", where=it.room)
    it.room.expects("cancelled")
    it.announcement.thread.expects("cancelled")
    async with story.nobody_runs():
        pass_by(story, 60)
    it.room.expects_nothing()
    assert await gaps(story) == []


async def test_over_socket_mode_too(stage: Stage) -> None:
    async with told(stage, transport="socket") as story:
        it = await opened(story, story.person("ada"))
        async with story.nobody_runs():
            pass_by(story, 7)
        it.room.expects("Nobody has acknowledged it", "I was away")
        story.place("#incidents").expects("I was away")
