"""Do Not Disturb: who asked for it and until when, as the Web API and an event tell it."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, SandboxRefused
from tests.sandbox.conftest import MIDNIGHT, App, TurnedClock, web_client
from tests.sandbox.test_page import ask, tell

OFF = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
HOUR = timedelta(hours=1)


def status(answer: dict[str, object]) -> dict[str, object]:
    return {name: answer[name] for name in OFF}


async def test_on_until_it_ends(sandbox: Sandbox, client: AsyncWebClient, clock: TurnedClock) -> None:
    assert status((await client.dnd_info(user="U0001")).data) == OFF
    sandbox.do_not_disturb("ada", MIDNIGHT + HOUR)
    begins = int(MIDNIGHT.timestamp())
    on = {"dnd_enabled": True, "next_dnd_start_ts": begins, "next_dnd_end_ts": begins + 3600}
    assert status((await client.dnd_info(user="U0001")).data) == on
    assert (await client.dnd_teamInfo(users=["U0001", "U0002", "U9"]))["users"] == {"U0001": on, "U0002": OFF}
    await clock.forward(minutes=60)
    assert status((await client.dnd_info(user="U0001")).data) == OFF


async def test_enabled_is_not_yet_begun(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.do_not_disturb("ada", MIDNIGHT + 9 * HOUR, MIDNIGHT + HOUR)
    answer = await client.dnd_info(user="U0001")
    assert answer["dnd_enabled"]
    assert answer["next_dnd_start_ts"] == int((MIDNIGHT + HOUR).timestamp())
    sandbox.do_not_disturb("ada", None)
    assert status((await client.dnd_info(user="U0001")).data) == OFF


async def test_what_cannot_be(sandbox: Sandbox, client: AsyncWebClient) -> None:
    with pytest.raises(SandboxRefused, match="end after it begins"):
        sandbox.do_not_disturb("ada", MIDNIGHT)
    with pytest.raises(SlackApiError, match="no_users_provided"):
        await client.dnd_teamInfo(users="")
    with pytest.raises(SlackApiError, match="too_many_users"):
        await client.dnd_teamInfo(users=[f"U{number}" for number in range(51)])
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.dnd_info(user="U9")


async def test_without_its_scope(clock: TurnedClock, session: aiohttp.ClientSession) -> None:
    sandbox = Sandbox(clock, scopes=["users:read"])
    await sandbox.start()
    with pytest.raises(SlackApiError, match="missing_scope"):
        await web_client(sandbox, session).dnd_info()
    await sandbox.stop()


async def test_a_change_is_told(sandbox: Sandbox, app: App) -> None:
    @app.bolt.event("dnd_updated_user")
    async def taken() -> None: ...

    sandbox.do_not_disturb("bob", MIDNIGHT + HOUR)
    sandbox.do_not_disturb("bob", None)
    await sandbox.quiet()
    told = [event["event"] for event in app.events if event["event"]["type"] == "dnd_updated_user"]
    assert [(each["user"], each["dnd_status"]["dnd_enabled"]) for each in told] == [("U0002", True), ("U0002", False)]


async def test_the_page_turns_it_on_and_off(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async def shown() -> str | None:
        users = (await ask(sandbox, session, "state"))["users"]
        return next(each["undisturbed"] for each in users if each["name"] == "bob")

    async def turned(minutes: int) -> bool:
        said = {"as": "ada", "act": "do_not_disturb", "user": "bob", "minutes": minutes}
        return bool((await tell(sandbox, session, "act", **said))["ok"])

    assert await turned(60)
    assert await shown() == (MIDNIGHT + HOUR).isoformat()
    assert await turned(0)
    assert await shown() is None
