"""What people change outside the app, and what the app is told of it: channels renamed, archived, deleted; people."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, SandboxRefused
from tests.sandbox.test_page import tell

Told = list[dict[str, Any]]


@pytest.fixture
def told(sandbox: Sandbox) -> Told:
    """The events that the app is told, without their times."""
    events: Told = []
    sandbox.ws.emit = lambda event: events.append({k: v for k, v in event.items() if k != "event_ts"})
    return events


def last(told: Told, *kinds: str) -> Told:
    found = [event for event in told if event["type"] in kinds]
    told.clear()
    return found


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return str(no.value.response["error"])


async def test_a_channel_is_renamed(sandbox: Sandbox, told: Told) -> None:
    payments = sandbox.channel("payments")
    sandbox.rename("payments", "money")
    shown = {"id": payments.id, "name": "money", "created": payments.created}
    assert told == [{"type": "channel_rename", "channel": shown}]
    for name, code in (("general", "name_taken"), ("Money!", "invalid_name_specials")):
        with pytest.raises(SandboxRefused, match=code):
            sandbox.rename("money", name)


async def test_a_private_channel_tells_only_those_in_it(sandbox: Sandbox, told: Told) -> None:
    secret = sandbox.add_channel("secret", private=True, members=["ada"])
    sandbox.add_channel("closed", private=True, members=["ada"], with_bot=False)
    told.clear()
    sandbox.rename("secret", "hush")
    sandbox.rename("closed", "shut")
    sandbox.archive("hush", by="ada")
    sandbox.unarchive("hush", by="ada")
    sandbox.delete_channel("hush")
    assert [event["type"] for event in told] == ["group_rename", "group_archive"]
    assert (told[0]["channel"]["id"], told[1]["channel"]) == (secret, secret)


async def test_an_archived_channel_takes_no_more(sandbox: Sandbox, client: AsyncWebClient, told: Told) -> None:
    payments, ada = sandbox.channel("payments"), sandbox.ws.person("ada")
    posted = (await client.chat_postMessage(channel=payments.id, text="a"))["ts"]
    told.clear()
    sandbox.archive("payments", by="ada")
    assert told == [{"type": "channel_archive", "channel": payments.id, "user": ada.id}]
    assert await refused(client.chat_postMessage(channel=payments.id, text="b")) == "is_archived"
    assert await refused(client.chat_update(channel=payments.id, ts=posted, text="b")) == "is_inactive"
    assert await refused(client.chat_postEphemeral(channel=payments.id, user=ada.id, text="b")) == "is_archived"
    assert await refused(client.conversations_archive(channel=payments.id)) == "already_archived"
    with pytest.raises(SandboxRefused, match="archived"):
        await sandbox.say("ada", "payments", "hello")
    told.clear()
    sandbox.unarchive("payments", by="ada")
    assert told == [{"type": "channel_unarchive", "channel": payments.id, "user": ada.id}]
    assert await refused(client.conversations_archive(channel=payments.id)) == "not_in_channel"


async def test_a_channel_is_deleted(sandbox: Sandbox, client: AsyncWebClient, told: Told) -> None:
    payments = sandbox.channel("payments").id
    sandbox.delete_channel("payments")
    assert told == [{"type": "channel_deleted", "channel": payments}]
    assert await refused(client.conversations_info(channel=payments)) == "channel_not_found"


async def test_the_bot_is_removed(sandbox: Sandbox, told: Told) -> None:
    payments, bob = sandbox.channel("payments").id, sandbox.ws.person("bob").id
    sandbox.remove_bot("payments", by="bob")
    assert last(told, "channel_left") == [{"type": "channel_left", "channel": payments, "actor_id": bob}]
    sandbox.rename("payments", "money")
    assert [event["type"] for event in told] == ["channel_rename"]


async def test_somebody_is_deactivated_and_comes_back(sandbox: Sandbox, client: AsyncWebClient, told: Told) -> None:
    bob = sandbox.ws.person("bob")
    sandbox.deactivate("bob")
    (event,) = last(told, "user_change")
    assert (event["user"]["id"], event["user"]["deleted"], event["user"].get("tz")) == (bob.id, True, None)
    assert bob.id not in sandbox.channel("payments").members
    with pytest.raises(SandboxRefused, match="deactivated"):
        await sandbox.say("bob", "general", "hello")
    sandbox.reactivate("bob")
    (event,) = last(told, "user_change")
    assert (event["user"]["deleted"], event["user"]["tz"]) == (False, "America/New_York")
    await sandbox.join("bob", "payments")
    sandbox.make_guest("bob")
    (event,) = last(told, "user_change")
    assert event["user"]["is_restricted"]
    assert await refused(client.conversations_invite(channel=sandbox.channel("incidents").id, users=bob.id)) == (
        "user_is_restricted"
    )


async def test_a_user_group_says_who_is_in_it(sandbox: Sandbox, client: AsyncWebClient) -> None:
    (group,) = sandbox.ws.usergroups.values()
    users = (await client.usergroups_users_list(usergroup=group.id))["users"]
    assert users == [sandbox.ws.person(name).id for name in ("bob", "dan")]
    assert await refused(client.usergroups_users_list(usergroup="S9")) == "no_such_subteam"


async def test_the_page_changes_only_what_a_person_may(sandbox: Sandbox, session: ClientSession) -> None:
    async def asked(who: str, what: str, **args: str) -> str:
        told = await tell(sandbox, session, "act", **{"as": who, "act": what, **args})
        return str(told.get("error", "done"))

    payments = sandbox.channel("payments").id
    assert await asked("ada", "rename", channel=payments, name="Card Payments") == "done"
    assert sandbox.channel(payments).name == "card-payments"
    assert "Cleo Tan is not in #card-payments" in await asked("cleo", "archive", channel=payments)
    assert "#general cannot be archived" in await asked("ada", "archive", channel="general")
    assert "cannot be changed" in await asked("ada", "rename", channel=sandbox.dm("ada"), name="mine")
    assert await asked("ada", "remove_app", channel=payments) == "done"
    assert await asked("ada", "add_app", channel=payments) == "done"
    assert "in it already" in await asked("ada", "add_app", channel=payments)
    assert await asked("ada", "archive", channel=payments) == "done"
    assert await asked("ada", "unarchive", channel=payments) == "done"
    assert await asked("ada", "delete", channel=payments) == "done"
    assert "deactivate themselves" in await asked("ada", "deactivate", user="ada")
    assert await asked("ada", "deactivate", user="bob") == "done"
    assert "Bob Okafor is deactivated" in await asked("bob", "archive", channel="incidents")
    assert await asked("ada", "activate", user="bob") == "done"
