"""People change in Slack, few or a thousand at once: the workspace is looked at where that may tell whom to page.

A whole look is many calls of Slack's, so that many changes are one.
"""

from tests.processes.running import until
from tests.stories.kit import Stage, Story, told
from tests.stories.oncall import on_call

HANDLES = [{"name": name, "slack": f"@{name}"} for name in ("ada", "bob", "cleo")]
MANY = [f"extra{number}" for number in range(8)]


def looks(story: Story) -> int:
    """How often everybody was asked for."""
    return sum(call.method == "users.list" for call in story.sandbox.calls)


async def leave_and_come_back(story: Story, *names: str) -> None:
    for name in names:
        story.sandbox.deactivate(name)
        story.sandbox.reactivate(name)
    await story.settled()


async def test_who_is_not_on_call_is_known_by_what_slack_tells_of_them(stage: Stage) -> None:
    async with told(stage, configuration=on_call(people=HANDLES), also=MANY) as story:
        for bot in story.bots:
            bot.workspace.pause = 0
        before = looks(story)
        for name in MANY:
            story.sandbox.deactivate(name)
        await story.settled()
        gone = await story.bot.workspace.person(story.person(MANY[-1]).id)
        assert gone
        assert not gone.active
        await leave_and_come_back(story, "bob")
        await until(lambda: _looked(story, before), "a look for the sake of Bob")
        await story.settled()
        assert looks(story) - before <= 2  # for each of Bob's two changes at most


async def _looked(story: Story, before: int) -> bool:
    return looks(story) > before


async def test_many_changes_of_those_on_call_are_one_look_of_one_bot(stage: Stage) -> None:
    async with told(stage, configuration=on_call(people=HANDLES), also=MANY) as story:
        before = looks(story)
        for _ in range(5):
            await leave_and_come_back(story, "ada", "bob", "cleo")
        assert looks(story) == before
        for bot in story.bots:
            bot.workspace.pause = 0
        story.bot.workspace.look_again()  # as though the time had passed
        await until(lambda: _looked(story, before), "one look for all")
        await story.settled()
        assert looks(story) == before + 1


async def test_what_changes_during_a_look_is_looked_at_once_more(stage: Stage) -> None:
    async with told(stage, configuration=on_call(people=HANDLES)) as story:
        before = looks(story)
        for bot in story.bots:
            bot.workspace.pause = 0
        story.sandbox.dials.latency = 0.05
        story.bot.workspace.look_again()
        await until(lambda: _looked(story, before), "a look has begun")
        await leave_and_come_back(story, "bob")
        await until(lambda: _looked(story, before + 1), "the look after it")
        story.sandbox.dials.latency = 0
        await story.settled()
