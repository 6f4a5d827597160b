"""Channels: made, filled, headed, archived; private ones do not exist for whoever is not in them."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, SandboxRefused


async def test_the_bot_makes_a_channel_and_heads_it(sandbox: Sandbox, client: AsyncWebClient) -> None:
    made = (await client.conversations_create(name="inc-1-checkout"))["channel"]
    assert made["creator"] == sandbox.bot_user
    await client.conversations_invite(channel=made["id"], users="U0001,U0002")
    await client.conversations_setTopic(channel=made["id"], topic="SEV1")
    await client.conversations_setPurpose(channel=made["id"], purpose="why")
    channel = sandbox.channel("inc-1-checkout")
    assert channel.members == [sandbox.bot_user, "U0001", "U0002"]
    assert (channel.topic, channel.purpose, channel.created) == ("SEV1", "why", 1767225600)
    members = await client.conversations_members(channel=made["id"])
    assert members["members"] == channel.members
    info = await client.conversations_info(channel=made["id"], include_num_members=True)
    assert (info["channel"]["num_members"], info["channel"]["is_member"]) == (3, True)
    await client.conversations_rename(channel=made["id"], name="inc-1-paying")
    await client.conversations_kick(channel=made["id"], user="U0002")
    await client.conversations_archive(channel=made["id"])
    assert sandbox.channel("inc-1-paying").archived
    assert sandbox.bot_user not in channel.members


async def test_one_who_cannot_be_invited_keeps_all_out_unless_forced(sandbox: Sandbox, client: AsyncWebClient) -> None:
    made = (await client.conversations_create(name="inc-2", is_private=True))["channel"]["id"]
    with pytest.raises(SlackApiError) as no:
        await client.conversations_invite(channel=made, users="U0001,U9")
    assert no.value.response["errors"] == [{"user": "U9", "ok": False, "error": "user_not_found"}]
    assert sandbox.channel(made).members == [sandbox.bot_user]
    await client.conversations_invite(channel=made, users="U0001,U9", force=True)
    assert "U0001" in sandbox.channel(made).members


async def test_a_private_channel_is_seen_by_its_members_only(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.add_channel("secret", private=True, members=["ada"], with_bot=False)
    named = await client.conversations_list(types="public_channel,private_channel,im")
    assert "secret" not in [c.get("name") for c in named["channels"]]
    assert sandbox.messages("ada", "secret") == []
    with pytest.raises(SandboxRefused, match="Bob Okafor cannot see secret"):
        sandbox.messages("bob", "secret")
    with pytest.raises(SandboxRefused):
        await sandbox.say("bob", "secret", "hello")


async def test_the_bot_joins_and_leaves(sandbox: Sandbox, client: AsyncWebClient) -> None:
    general = sandbox.channel("general").id
    await client.conversations_join(channel=general)
    assert (await client.conversations_join(channel=general))["warning"] == "already_in_channel"
    payments = sandbox.channel("payments").id
    await client.conversations_leave(channel=payments)
    assert (await client.conversations_leave(channel=payments))["not_in_channel"] is True
    mine = await client.users_conversations()
    assert sorted(c["name"] for c in mine["channels"]) == ["general", "incidents"]


async def test_a_person_who_writes_in_a_public_channel_joins_it(sandbox: Sandbox) -> None:
    await sandbox.say("cleo", "payments", "hello")
    assert sandbox.ws.person("cleo").id in sandbox.channel("payments").members
    await sandbox.leave("cleo", "payments")
    assert sandbox.ws.person("cleo").id not in sandbox.channel("payments").members
    await sandbox.join("cleo", "payments")
    sandbox.archive("payments", by="ada")
    with pytest.raises(SandboxRefused, match="archived"):
        await sandbox.say("cleo", "payments", "hello")
    sandbox.unarchive("payments", by="ada")
    assert sandbox.bot_user not in sandbox.channel("payments").members
