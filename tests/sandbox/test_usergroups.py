"""User groups: which there are, who is in them, and what is told when that changes."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import App, TurnedClock, web_client

GROUP = "S0001"
GROUP_EVENTS = ("subteam_updated", "subteam_members_changed")


async def test_members_only_when_asked_for(client: AsyncWebClient) -> None:
    bare, whole = [
        (await client.usergroups_list(include_users=wanted, include_count=wanted))["usergroups"][0]
        for wanted in (False, True)
    ]
    assert bare["handle"] == whole["handle"] == "payments-oncall"
    assert not {"users", "user_count"} & set(bare)
    assert (whole["users"], whole["user_count"]) == (["U0002", "U0004"], 2)


async def test_it_is_kept_to_who_is_told(client: AsyncWebClient) -> None:
    answer = await client.usergroups_users_update(usergroup=GROUP, users=["U0001", "U0001", "U0003"])
    assert answer["usergroup"]["users"] == ["U0001", "U0003"]
    assert (await client.usergroups_users_list(usergroup=GROUP))["users"] == ["U0001", "U0003"]


@pytest.mark.parametrize(
    ("group", "users", "error"),
    [
        ("S9", "U0001", "no_such_subteam"),
        (GROUP, "", "no_users_provided"),
        (GROUP, "U0001,U9", "invalid_users"),
        (GROUP, "U0003", "invalid_users"),
        (GROUP, "U0000BOT", "invalid_users"),
    ],
)
async def test_refusals(sandbox: Sandbox, client: AsyncWebClient, group: str, users: str, error: str) -> None:
    sandbox.deactivate("cleo")
    with pytest.raises(SlackApiError, match=error):
        await client.usergroups_users_update(usergroup=group, users=users)
    assert sandbox.ws.usergroups[GROUP].members == ("U0002", "U0004")


async def test_who_may_not_is_told(
    sandbox: Sandbox, client: AsyncWebClient, clock: TurnedClock, session: aiohttp.ClientSession
) -> None:
    sandbox.dials.refused = {"usergroups.users.update": "permission_denied"}
    with pytest.raises(SlackApiError, match="permission_denied"):
        await client.usergroups_users_update(usergroup=GROUP, users="U0001")
    other = Sandbox(clock, scopes=["usergroups:read"])
    await other.start()
    with pytest.raises(SlackApiError, match="missing_scope"):
        await web_client(other, session).usergroups_users_update(usergroup=GROUP, users="U0001")
    await other.stop()


async def test_a_change_is_told(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    for kind in (*GROUP_EVENTS, "user_change"):

        @app.bolt.event(kind)
        async def taken() -> None: ...

    await client.usergroups_users_update(usergroup=GROUP, users="U0001,U0002")
    sandbox.deactivate("bob")
    await sandbox.quiet()
    told = [event["event"] for event in app.events if event["event"]["type"] in GROUP_EVENTS]
    assert [each["type"] for each in told] == [*GROUP_EVENTS, *GROUP_EVENTS]
    assert (told[1]["subteam_id"], told[1]["added_users"], told[1]["removed_users"]) == (GROUP, ["U0001"], ["U0004"])
    assert told[3]["removed_users"] == ["U0002"]
    assert told[2]["subteam"]["users"] == ["U0001"]


async def test_addresses_are_told_only_to_who_may_read_them(clock: TurnedClock, session: aiohttp.ClientSession) -> None:
    for scopes, seen in ((["users:read"], False), (["users:read", "users:read.email"], True)):
        sandbox = Sandbox(clock, scopes=scopes)
        ada = sandbox.add_user("ada", "Ada Marín")
        await sandbox.start()
        client = web_client(sandbox, session)
        profile = (await client.users_info(user=ada))["user"]["profile"]
        assert profile.get("email") == ("ada@tocsin-demo.example" if seen else None)
        if seen:
            found = await client.users_lookupByEmail(email="Ada@tocsin-demo.example")
            assert found["user"]["id"] == ada
        await sandbox.stop()
