"""`/readyz` says what is late and what does not answer; while all is well the heartbeat's address is called."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import Bot
from tests.processes.running import until
from tests.stories.kit import Stage, Story, told
from tests.stories.opening import opened
from tests.stories.outages import allow_offline, caught_up, impatient


async def readiness(bot: Bot) -> tuple[int, list[str]]:
    """What `/readyz` answers."""
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/readyz") as answer:
        found: dict[str, Any] = await answer.json()
        return answer.status, found["why"]


async def is_ready(bot: Bot) -> bool:
    return (await readiness(bot))[0] == 200


async def audited(story: Story) -> None:
    """A minute of machine time has passed."""
    assert await story.bot.auditor.once()
    await story.bot.auditor.audited()


@pytest.fixture
async def heard() -> AsyncIterator[tuple[str, list[str]]]:
    """An address to call, and the calls that came."""
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response()

    site = web.Application()
    site.router.add_get("/ping", answer)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/ping", calls
    await runner.cleanup()


async def test_the_heart_beats_while_all_is_well(stage: Stage, heard: tuple[str, list[str]]) -> None:
    address, calls = heard
    async with told(stage, configuration={"heartbeat": address}) as story:
        await opened(story, story.person("ada"))
        assert await readiness(story.bot) == (200, [])
        await audited(story)
        assert calls == ["/ping"]
        await stage.execute("UPDATE incidents SET channel = NULL, announced = '{}'")
        await story.forward(minutes=2)
        await audited(story)
        status, why = await readiness(story.bot)
        assert status == 503
        assert why == ["Open incidents with neither a channel nor an announcement: 1. The log names them."]
        assert calls == ["/ping"]
        await stage.execute("UPDATE incidents SET channel = 'C9'")
        await audited(story)
        assert await readiness(story.bot) == (200, [])
        assert calls == ["/ping"] * 2


async def test_while_slack_is_away_that_is_what_is_said(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        allow_offline(story)
        story.sandbox.dials.offline = True
        for number in range(1, 5):
            await ada.types(f"/incident declare sev1 Trouble {number}")
            ada.is_told(f"*INC-{number}* is declared")
        await story.forward(minutes=4)
        for bot in story.bots:
            await bot.auditor.once()
            assert bot.auditor.findings == (), "what is tried again and again is not late"
        said = [sentence for bot in story.bots for sentence in (await readiness(bot))[1]]
        assert any(each.startswith("Slack has not answered the last ") for each in said), said
        story.sandbox.dials.offline = False
        await caught_up(story)
        for bot in story.bots:
            await bot.auditor.audited()  # who has nothing to say asks whether it is back
            await until(lambda bot=bot: is_ready(bot), "ready again")
        for number in range(1, 5):
            story.place("#incidents").expects(f"Trouble {number}")
            story.room(number).expects(f"Trouble {number}")
