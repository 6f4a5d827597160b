"""What Tocsin learns of the workspace: people and places, however many; what is missing is told."""

import aiohttp

from bot.sandbox import Fault
from tests.stories.kit import Stage, told


async def test_a_configured_channel_that_is_not_there_is_told_on_readyz(stage: Stage) -> None:
    async with (
        told(stage, configuration={"channels": {"announce": "#nowhere"}}) as story,
        aiohttp.ClientSession() as session,
        session.get(f"{story.bot.url}/readyz") as answer,
    ):
        assert answer.status == 503
        assert (await answer.json())["why"] == ["There is no channel #nowhere that Tocsin can see."]


async def test_a_limit_in_the_middle_of_the_people_is_waited_for(stage: Stage) -> None:
    async with told(stage) as story:
        for number in range(250):
            story.sandbox.add_user(f"extra{number}", f"Extra {number}")
        await story.settled()
        story.sandbox.dials.faults.append(Fault("users.list", "429", times=1, retry_after=1))
        story.allow("users.list", "ratelimited")
        story.bot.workspace.ready.clear()
        story.bot.workspace.look_again()
        await story.bot.workspace.ready.wait()
        last = await story.bot.workspace.person(story.person("extra249").id)
        assert last
        assert last.name
