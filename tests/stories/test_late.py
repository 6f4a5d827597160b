"""Held up while something fell due: said once when Slack is back, and marked late; or withdrawn, if no longer true."""

from tests.stories.kit import Stage
from tests.stories.opening import busy, opened, taken
from tests.stories.outages import allow_offline, caught_up, impatient


async def test_said_once_and_marked_late(stage: Stage) -> None:
    async with impatient(stage) as story:
        it = await opened(story, story.person("ada"))
        due = int(story.clock.now().timestamp()) + 5 * 60
        allow_offline(story)
        story.sandbox.dials.offline = True
        await story.forward(minutes=9)
        it.room.expects_nothing()
        story.sandbox.dials.offline = False
        await caught_up(story)
        late = it.room.expects("Nobody has acknowledged it", f"(late: this was due <!date^{due}^")
        story.place("#incidents").expects("Nobody has acknowledged it", "(late: ")
        assert "Acknowledge" in late.buttons


async def test_what_is_no_longer_true_is_withdrawn(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada, bob = story.person("ada"), story.person("bob")
        it = await opened(story, ada)
        await bob.joins(it.room)
        allow_offline(story)
        story.sandbox.dials.offline = True
        await story.forward(minutes=9)
        await bob.types("/incident ack", it.room)
        bob.is_told("You have INC-1", where=it.room)
        story.sandbox.dials.offline = False
        await caught_up(story)
        it.room.expects(f"<@{bob.id}> has it")
        it.card.says(f"<@{bob.id}> has it")
        it.announcement.says(f"<@{bob.id}> has it")


async def test_after_a_gap_only_the_first_missing_step_speaks(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        it = await opened(story, ada, "sev2 Checkout is slow")
        await taken(story, ada, it.room)
        await busy(story, ada, it.room, 54)
        story.clock.turn(story.clock.now().replace(hour=10, minute=50))
        await story.settled()
        it.room.expects("Update due", "(late: ")
        ada.dm.expects_nothing()
        story.place("#incidents").expects_nothing()


async def test_declared_while_slack_is_away_everything_follows(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        allow_offline(story)
        story.sandbox.dials.offline = True
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("*INC-1* is declared")
        story.sandbox.dials.offline = False
        await caught_up(story)
        story.place("#incidents").expects("Checkout is down", f"<#{story.room(1).channel}>")
        story.room(1).expects("Checkout is down")
        assert story.room(1).members == ["ada", "tocsin"]
