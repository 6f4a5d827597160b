"""What falls due is said: once, on time, to whom it concerns, and no more until somebody moved."""

from datetime import UTC, datetime

from tests.stories.kit import Person, Stage, Story, told
from tests.stories.opening import Opened, acknowledged, busy, opened, taken


async def test_not_acknowledged_in_time_is_said_in_both_channels(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    room, card = incident.room, incident.card
    await story.forward(minutes=4)
    room.expects_nothing()
    await story.forward(minutes=1)
    late = room.expects("Nobody has acknowledged", f"<@{ada.id}>")
    card.says("due since")
    incident.announcement.says("nobody has it yet", "due since")
    story.place("#incidents").expects("Nobody has acknowledged")
    await late.click("Acknowledge", by=bob)
    bob.is_told("what is known so far", where=room)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await story.forward(minutes=4)
    room.expects_nothing()


async def of_payments(story: Story, by: Person, words: str) -> Opened:
    """INC-1, which concerns checkout and so team payments."""
    it = await opened(story, by, words)
    await by.types("/incident service cart", it.room)
    by.is_told("checkout", where=it.room)
    it.room.expects("added checkout (team payments)")
    return it


async def test_the_owning_team_is_mentioned(story: Story, ada: Person) -> None:
    it = await of_payments(story, ada, "sev1 Cart is empty")
    await story.forward(minutes=5)
    it.room.expects("Nobody has acknowledged", "<!subteam^")
    story.place("#incidents").expects("Nobody has acknowledged")


async def test_of_a_test_the_team_is_not_called(story: Story, ada: Person) -> None:
    it = await of_payments(story, ada, "test sev1 Trying it out")
    await story.forward(minutes=5)
    it.room.expects("Nobody has acknowledged", f"<@{ada.id}>: press").says_not("subteam", "Team payments")
    it.announcement.thread.expects("Nobody has acknowledged", "Anybody who can help")


async def test_a_commander_is_asked_for_ten_minutes_after_the_acknowledgement(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    room = (await opened(story, ada)).room
    await acknowledged(story, bob, room)
    await story.forward(minutes=10)
    wanted = room.expects("commander")
    await wanted.click("Take command", by=cleo)
    cleo.is_told("what is known so far", where=room)
    cleo.is_told("You are incident commander of INC-1", where=room)
    room.expects(f"<@{cleo.id}> took command")


async def test_an_update_is_asked_for_in_steps_and_then_no_more(story: Story, ada: Person, bob: Person) -> None:
    room = (await opened(story, ada, "sev2 Checkout is down")).room
    await acknowledged(story, bob, room)
    await taken(story, bob, room)
    await busy(story, bob, room, 55)
    bob.dm.expects("INC-1", "update")
    await story.forward(minutes=5)
    room.expects("pdate due")
    await story.forward(minutes=15)
    bob.dm.expects("INC-1", "pdate")
    room.expects_nothing()
    await story.forward(minutes=15)
    story.place("#incidents").expects("INC-1", "pdate")
    await story.forward(minutes=25)
    room.expects_nothing()
    await story.forward(minutes=6)
    room.expects("Not mitigated")


async def test_an_update_in_time_leaves_everybody_in_peace(story: Story, ada: Person, bob: Person) -> None:
    room = (await opened(story, ada, "sev2 Checkout is down")).room
    await acknowledged(story, bob, room)
    await taken(story, bob, room)
    await busy(story, bob, room, 50)
    await bob.types("/incident update rolling back the deploy", room)
    bob.is_told("Update #1", where=room)
    room.expects("Update #1", "rolling back the deploy")
    story.place("#incidents").expects("Update #1")
    await busy(story, bob, room, 50)
    room.expects_nothing()


async def test_what_is_due_at_once_is_one_message_the_gravest_first(story: Story, ada: Person) -> None:
    room = (await opened(story, ada)).room
    story.clock.turn(story.clock.now().replace(minute=45))
    await story.settled()
    late = room.expects("Nobody has acknowledged", "Not mitigated", "pdate due")
    late.says("late")
    story.place("#incidents").expects("Nobody has acknowledged")
    assert late.buttons[0] == "Acknowledge"


async def test_not_mitigated_offers_to_raise(story: Story, ada: Person, bob: Person) -> None:
    room = (await opened(story, ada, "sev2 Checkout is down")).room
    await acknowledged(story, bob, room)
    await taken(story, bob, room)
    await bob.types("/incident snooze 2h", room)
    bob.is_told("INC-1", where=room)
    room.expects("moved the next update")
    await busy(story, bob, room, 120)
    offered = room.expects("Not mitigated", f"<@{bob.id}>")
    assert offered.buttons == ["Raise", "In hand"]
    await offered.click("Raise", by=bob)
    bob.is_told("SEV1", where=room)
    room.expects("SEV1")
    story.place("#incidents").expects("SEV1", "SEV2")


async def test_at_the_top_there_is_nothing_to_raise_to_and_in_hand_says_why(
    story: Story, ada: Person, bob: Person
) -> None:
    room = (await opened(story, ada)).room
    await acknowledged(story, bob, room)
    await taken(story, bob, room)
    await story.forward(minutes=15)
    offered = room.expects("Not mitigated")
    assert offered.buttons == ["In hand"]
    await offered.click("In hand", by=bob)
    bob.sees_modal("hand")
    await bob.submits(why="the rollback is half through")
    room.expects("the rollback is half through")
    await story.forward(minutes=5)
    room.expects_nothing()


async def test_nothing_closed_is_nagged(story: Story, ada: Person) -> None:
    room = (await opened(story, ada)).room
    await ada.types("/incident resolve rolled back", room)
    ada.is_told("INC-1", where=room)
    room.expects("rolled back")
    story.place("#incidents").expects("Resolved")
    await story.forward(minutes=24 * 60)
    room.expects_nothing()


async def test_a_business_severity_sleeps_outside_business_hours(stage: Stage) -> None:
    friday = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
    async with told(stage, start=friday) as story:
        ada = story.person("ada")
        room = (await opened(story, ada, "sev3 Checkout is down")).room
        await story.forward(minutes=60 * 24 * 2)
        room.expects_nothing()
        monday = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
        await story.forward(minutes=(monday - story.clock.now()).total_seconds() / 60)
        room.expects("Nobody has acknowledged")
