"""The Web API refuses what Slack refuses, with Slack's own codes, and records every call."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import TurnedClock, web_client

LONG = "x" * 40_001
NO_EVENT: dict[str, Any] = {"event_payload": {}}


async def refused(client: AsyncWebClient, method: str, **args: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as no:
        await client.api_call(method, json=args)
    answer: dict[str, Any] = no.value.response.data
    return answer


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMesage", {}, "unknown_method"),
        ("chat.postMessage", {"text": "a"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C9", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "#nowhere", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "#secret", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "#old", "text": "a"}, "is_archived"),
        ("chat.postMessage", {"channel": "#incidents"}, "no_text"),
        ("chat.postMessage", {"channel": "#incidents", "text": LONG}, "msg_too_long"),
        ("chat.postMessage", {"channel": "#incidents", "text": "a", "blocks": {}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "#incidents", "text": "a", "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "#incidents", "text": "a", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"channel": "#incidents", "text": "a", "metadata": NO_EVENT}, "invalid_metadata_format"),
        ("chat.postEphemeral", {"channel": "#incidents", "text": "a", "user": "U9"}, "user_not_in_channel"),
        ("chat.update", {"channel": "{incidents}", "ts": "1.0", "text": "a"}, "message_not_found"),
        ("chat.update", {"channel": "{incidents}", "ts": "{ada's}", "text": "a"}, "cant_update_message"),
        ("chat.delete", {"channel": "{incidents}", "ts": "{ada's}"}, "cant_delete_message"),
        ("conversations.create", {"name": ""}, "invalid_name_required"),
        ("conversations.create", {"name": "Upper"}, "invalid_name_specials"),
        ("conversations.create", {"name": "a b"}, "invalid_name_specials"),
        ("conversations.create", {"name": "--"}, "invalid_name_punctuation"),
        ("conversations.create", {"name": "a" * 81}, "invalid_name_maxlength"),
        ("conversations.create", {"name": "incidents"}, "name_taken"),
        ("conversations.create", {"name": "old"}, "name_taken"),
        ("conversations.unarchive", {"channel": "{old}"}, "not_in_channel"),
        ("conversations.archive", {"channel": "{general}"}, "cant_archive_general"),
        ("conversations.setTopic", {"channel": "{incidents}", "topic": "x" * 251}, "too_long"),
        ("conversations.setTopic", {"channel": "{general}", "topic": "x"}, "not_in_channel"),
        ("conversations.invite", {"channel": "{payments}", "users": "U9"}, "user_not_found"),
        ("conversations.invite", {"channel": "{payments}", "users": "U0000BOT"}, "cant_invite_self"),
        ("conversations.invite", {"channel": "{payments}", "users": "{ada}"}, "already_in_channel"),
        ("conversations.invite", {"channel": "{payments}", "users": "{gone}"}, "cant_invite"),
        ("conversations.invite", {"channel": "{payments}", "users": "{guest}"}, "user_is_restricted"),
        ("conversations.history", {"channel": "{general}"}, "not_in_channel"),
        ("conversations.history", {"channel": "{incidents}", "limit": 0}, "invalid_limit"),
        ("conversations.history", {"channel": "{incidents}", "cursor": "x"}, "invalid_cursor"),
        ("conversations.history", {"channel": "{incidents}", "oldest": "x"}, "invalid_ts_oldest"),
        ("conversations.replies", {"channel": "{incidents}", "ts": "1.0"}, "thread_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "{gone}"}, "user_disabled"),
        ("conversations.list", {"types": "rooms"}, "invalid_types"),
        ("chat.postMessage", {"channel": "{gone}", "text": "a"}, "user_disabled"),
        ("users.info", {"user": "U9"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "x@y.example"}, "users_not_found"),
        ("usergroups.users.list", {"usergroup": "S9"}, "no_such_subteam"),
        ("bots.info", {"bot": "B9"}, "bot_not_found"),
        ("views.open", {"trigger_id": "1", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ("views.update", {"view_id": "V9", "view": {"type": "modal"}}, "not_found"),
        ("views.publish", {"user_id": "U9", "view": {"type": "home", "blocks": []}}, "user_not_found"),
        ("pins.add", {"channel": "{incidents}", "timestamp": "1.0"}, "message_not_found"),
        ("pins.remove", {"channel": "{incidents}", "timestamp": "{ada's}"}, "no_pin"),
        ("reactions.add", {"channel": "{incidents}", "timestamp": "{ada's}", "name": "a b"}, "invalid_name"),
        ("reactions.remove", {"channel": "{incidents}", "timestamp": "{ada's}", "name": "eyes"}, "no_reaction"),
        ("bookmarks.add", {"channel_id": "{incidents}", "title": "t", "type": "link"}, "invalid_link"),
        ("bookmarks.edit", {"channel_id": "{incidents}", "bookmark_id": "Bk9"}, "not_found"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
        ("api.test", {"error": "my_error"}, "my_error"),
    ],
)
async def test_refusals(
    sandbox: Sandbox, client: AsyncWebClient, method: str, args: dict[str, Any], error: str
) -> None:
    names = await populate(sandbox)
    named = {f"{{{name}}}": found for name, found in names.items()}
    filled = {k: named.get(v, v) if isinstance(v, str) else v for k, v in args.items()}
    answer = await refused(client, method, **filled)
    assert answer["error"] == error
    call = sandbox.calls[-1]
    assert (call.method, call.ok, call.error, call.status) == (method, False, error, 200)


async def populate(sandbox: Sandbox) -> dict[str, str]:
    """More of a workspace: a deactivated user, a guest, an archived and a private channel. Returns ids by name."""
    gone = sandbox.add_user("gone", "Gone Away")
    sandbox.add_user("guest", "Gil Guest", guest=True)
    sandbox.deactivate(gone)
    sandbox.add_channel("old")
    sandbox.archive("old", by="ada")
    sandbox.add_channel("secret", private=True, members=["ada"], with_bot=False)
    said = await sandbox.say("ada", "incidents", "hello")
    users = {user.name: user.id for user in sandbox.ws.users.values()}
    return users | {c.name: c.id for c in sandbox.ws.channels.values()} | {"ada's": said}


async def test_tokens(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    assert (await refused(web_client(sandbox, session, ""), "auth.test"))["error"] == "not_authed"
    assert (await refused(web_client(sandbox, session, "xoxb-other"), "auth.test"))["error"] == "invalid_auth"
    sandbox.dials.revoked = True
    assert (await refused(web_client(sandbox, session), "auth.test"))["error"] == "token_revoked"


async def test_a_missing_argument_is_named(client: AsyncWebClient) -> None:
    answer = await refused(client, "chat.postMessage", text="a")
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_scopes(clock: TurnedClock, session: aiohttp.ClientSession) -> None:
    sandbox = Sandbox(clock, scopes=["chat:write", "channels:read"])
    sandbox.add_channel("here")
    sandbox.add_channel("elsewhere", with_bot=False)
    await sandbox.start()
    client = web_client(sandbox, session)
    answer = await refused(client, "conversations.create", name="new")
    assert (answer["error"], answer["provided"]) == ("missing_scope", "channels:read,chat:write")
    assert "channels:manage" in answer["needed"]
    assert (await refused(client, "chat.postMessage", channel="#elsewhere", text="a"))["error"] == "not_in_channel"
    answered = await client.auth_test()
    assert answered.headers["x-oauth-scopes"] == "channels:read,chat:write"
    assert (await client.conversations_list(types="public_channel"))["channels"]
    assert (await refused(client, "conversations.list", types="private_channel"))["needed"] == "groups:read"
    await sandbox.stop()


async def test_forms_queries_and_json_are_all_read(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    blocks = json.dumps([{"type": "divider"}])
    form = {"channel": "#incidents", "text": "a", "blocks": blocks, "token": sandbox.bot_token}
    async with session.post(f"{sandbox.api_url}chat.postMessage", data=form) as answer:
        assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with session.get(f"{sandbox.api_url}users.info", params={"user": "U0001"}, headers=headers) as answer:
        assert (await answer.json())["user"]["name"] == "ada"
    async with session.post(
        f"{sandbox.api_url}api.test", data=b"{", headers={"Content-Type": "application/json"}
    ) as bad:
        assert (await bad.json())["error"] == "invalid_json"
    assert "token" not in sandbox.calls[0].args


async def test_who_we_are(sandbox: Sandbox, client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert me["team_id"] == "T0001"
    assert (me["user_id"], me["bot_id"]) == (sandbox.bot_user, sandbox.bot_id)
    assert (await client.bots_info())["bot"]["user_id"] == sandbox.bot_user
    assert (await client.team_info())["team"]["domain"] == "tocsin-demo"
    people = (await client.users_list())["members"]
    assert [p["name"] for p in people] == ["tocsin", "ada", "bob", "cleo", "dan"]
    assert people[2]["tz"] == "America/New_York"
    assert people[2]["tz_offset"] == -5 * 3600
    groups = (await client.usergroups_list(include_users=True))["usergroups"]
    assert groups[0]["handle"] == "payments-oncall"
    group = groups[0]["id"]
    assert len((await client.usergroups_users_list(usergroup=group))["users"]) == 2
    await client.usergroups_users_update(usergroup=group, users="U0001")
    assert (await client.usergroups_users_list(usergroup=group))["users"] == ["U0001"]
    assert (await client.users_getPresence(user="U0001"))["presence"] == "active"
    assert (await client.users_lookupByEmail(email="ada@tocsin-demo.example"))["user"]["id"] == "U0001"
