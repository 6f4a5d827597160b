"""While Slack is away the work goes on at a terminal; once it is back, all of it is told once, with its true times."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.cli.incident.record import Record, opened
from bot.rules import lifecycle, notes, updates
from bot.rules.refused import Refused
from bot.views.terminal import Paper
from tests.stories.kit import Stage, Story
from tests.stories.opening import opened as opened_in_slack
from tests.stories.opening import privately
from tests.stories.outages import allow_offline, caught_up, impatient


@asynccontextmanager
async def terminal(story: Story, stage: Stage, name: str) -> AsyncIterator[Record]:
    """Somebody at a terminal, beside the bots, on the same database."""
    paper = Paper(story.bot.incidents.policy, story.clock.now())
    async with opened(stage.database, name, story.clock, paper) as record:
        yield record


def at(story: Story) -> str:
    """The moment, as a message says it to each reader."""
    return f"<!date^{int(story.clock.now().timestamp())}^"


async def test_a_whole_incident_is_told_once_with_its_true_times(stage: Stage) -> None:
    async with impatient(stage) as story:
        bob = story.person("bob").id
        allow_offline(story)
        story.sandbox.dials.offline = True
        async with terminal(story, stage, "Ada") as ada:
            declared = await ada.incidents.declare(ada.origin, title="Checkout is down", severity="SEV1")
            told = await ada.answered(declared)
        assert told[0].text == "INC-1 is declared: SEV1 Checkout is down"
        declared_at = at(story)
        await story.forward(minutes=2)
        acknowledged_at = at(story)
        async with terminal(story, stage, "bob") as record:
            told = await record.act(1, lifecycle.acknowledge)
            assert told[0].text == "bob has INC-1 now, 2 min after it was declared: Checkout is down"
            await story.forward(minutes=20)  # that it has no commander falls due, and that it is not mitigated
            updated_at = at(story)
            await record.act(1, updates.update, text="Rolling back")
            await story.forward(minutes=1)
            resolved_at = at(story)
            told = await record.act(1, lifecycle.resolve, fix="Rolled back")
        assert told[0].text == "INC-1 is resolved after 23 min. Reminders have stopped."
        await story.forward(minutes=20)
        story.sandbox.dials.offline = False
        await caught_up(story)
        room, announced = story.room(1), story.place("#incidents")
        late = f"At {acknowledged_at}"
        room.expects("INC-1* Checkout is down")
        has_it = room.expects(late, "from the command line (told late):", f"<@{bob}> has it, 2 min after")
        assert not has_it.buttons
        room.expects(f"At {updated_at}", "(told late)", "Update #1", "Rolling back").says_not("told late): *")
        room.expects(f"At {resolved_at}", "(told late)", "Resolved", "after 23 min", "Rolled back")
        announced.expects("INC-1* Checkout is down", "resolved after 23 min")
        announced.expects(f"At {updated_at}", "Update #1")
        announced.expects(f"At {resolved_at}", "Resolved")
        assert declared_at < acknowledged_at


async def test_with_slack_there_it_is_told_at_once_and_whence(stage: Stage) -> None:
    async with impatient(stage) as story:
        it = await opened_in_slack(story, story.person("ada"))
        async with terminal(story, stage, "Bob") as bob:
            await bob.act(1, lifecycle.acknowledge)
            await story.settled()
            it.room.expects("From the command line: ", f"<@{bob.person.id}> has it").says_not("told late")
            await bob.act(1, notes.note, text="Disk is <full> & slow")
        await story.settled()
        it.room.expects("From the command line: 📝", "Disk is <full> & slow")
        it.card.says(f"<@{bob.person.id}> has it")
        await story.person("ada").types("/incident show", it.room)
        story.person("ada").is_told("acknowledged _(from the command line)_", where=it.room)


async def test_what_others_have_overtaken_is_not_advised(stage: Stage) -> None:
    async with impatient(stage) as story:
        it = await opened_in_slack(story, story.person("ada"), "sev3 Checkout is slow")
        allow_offline(story)
        story.sandbox.dials.offline = True
        async with terminal(story, stage, "ada") as ada:
            await ada.act(1, lifecycle.change_status, status="identified")
            await story.forward(minutes=3)
            await ada.act(1, lifecycle.change_status, status="monitoring")
            await story.forward(minutes=3)
        story.sandbox.dials.offline = False
        await caught_up(story)
        it.room.expects("to *identified*").says_not("rollback or flag")
        it.room.expects("to *monitoring*").says("Watch the figures")


async def test_who_may_not_see_it_in_slack_does_not_see_it_here(stage: Stage) -> None:
    async with impatient(stage) as story:
        await privately(story, story.person("ada"))
        async with terminal(story, stage, "cleo") as cleo:
            with pytest.raises(Refused, match="There is no INC-1"):
                await cleo.known(1)
            with pytest.raises(Refused, match="There is no INC-1"):
                await cleo.act(1, lifecycle.acknowledge)
            assert await cleo.incidents.listed(cleo.person.id, {}, 10) == ([], 0)
        async with terminal(story, stage, "ada") as ada:
            assert (await ada.known(1)).title == "Somebody got in"
