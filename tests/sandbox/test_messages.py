"""Messages: where they go, threads, metadata, edits, history, permalinks, marks."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import TurnedClock

TAG = {"event_type": "tocsin", "event_payload": {"outbox": 7}}


async def test_timestamps_are_unique_increasing_and_tell_the_moment(
    sandbox: Sandbox, client: AsyncWebClient, clock: TurnedClock
) -> None:
    posted = [(await client.chat_postMessage(channel="#incidents", text="a"))["ts"] for _ in range(3)]
    assert posted == sorted(set(posted))
    assert posted[0].startswith("1767225600.")
    await clock.forward(minutes=1)
    assert (await client.chat_postMessage(channel="#incidents", text="a"))["ts"] == "1767225660.000000"


async def test_a_message_to_a_person_opens_their_direct_message(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0001", text="psst")
    assert posted["channel"] == sandbox.dm("ada")
    assert [m.text for m in sandbox.messages("ada", sandbox.dm("ada"))] == ["psst"]
    assert (await client.conversations_open(users="U0001"))["channel"]["id"] == sandbox.dm("ada")


async def test_metadata_is_shown_only_when_asked_for(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="#incidents", text="a", metadata=TAG)
    where = {"channel": posted["channel"], "oldest": posted["ts"], "inclusive": True}
    assert "metadata" not in (await client.conversations_history(**where))["messages"][0]
    found = await client.conversations_history(**where, include_all_metadata=True)
    assert found["messages"][0]["metadata"] == TAG
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="b")
    assert sandbox.messages("ada", "incidents")[0].metadata == TAG


async def test_a_thread_counts_its_replies_and_a_broadcast_is_in_the_channel_too(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    parent = await client.chat_postMessage(channel="#incidents", text="parent")
    channel, ts = parent["channel"], parent["ts"]
    await client.chat_postMessage(channel=channel, text="one", thread_ts=ts, metadata=TAG)
    two = await client.chat_postMessage(channel=channel, text="two", thread_ts=ts, reply_broadcast=True)
    await sandbox.say("bob", "incidents", "three", thread_ts=two["ts"])
    assert [m.text for m in sandbox.messages("ada", "incidents")] == ["parent", "two"]
    assert [m.text for m in sandbox.messages("ada", "incidents", ts)] == ["parent", "one", "two", "three"]
    assert sandbox.messages("ada", "incidents")[0].reply_count == 3
    history = await client.conversations_history(channel=channel)
    assert [m["text"] for m in history["messages"]] == ["two", "parent"]
    replies = await client.conversations_replies(channel=channel, ts=ts, include_all_metadata=True)
    assert [m["text"] for m in replies["messages"]] == ["parent", "one", "two", "three"]
    assert replies["messages"][1]["metadata"] == TAG
    link = await client.chat_getPermalink(channel=channel, message_ts=two["ts"])
    compact = two["ts"].replace(".", "")
    expected = f"https://tocsin-demo.slack.com/archives/{channel}/p{compact}?thread_ts={ts}&cid={channel}"
    assert link["permalink"] == expected
    await client.chat_delete(channel=channel, ts=two["ts"])
    assert sandbox.messages("ada", "incidents")[0].reply_count == 2


async def test_an_edit_keeps_what_is_not_given(sandbox: Sandbox, client: AsyncWebClient) -> None:
    blocks = [{"type": "divider"}]
    posted = await client.chat_postMessage(channel="#incidents", text="a", blocks=blocks)
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="b")
    message = sandbox.messages("ada", "incidents")[0]
    assert (message.text, len(message.blocks), message.edited) == ("b", 1, True)
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="b", blocks=[])
    assert sandbox.messages("ada", "incidents")[0].blocks == ()


async def test_an_ephemeral_message_is_seen_by_one_and_found_by_nobody(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="#incidents", user="U0001", text="only you")
    assert [m.text for m in sandbox.messages("ada", "incidents")] == ["only you"]
    assert sandbox.messages("bob", "incidents") == []
    channel = sandbox.channel("incidents").id
    assert (await client.conversations_history(channel=channel))["messages"] == []


async def test_history_comes_in_pages(sandbox: Sandbox, client: AsyncWebClient) -> None:
    channel = sandbox.channel("incidents").id
    for number in range(5):
        await client.chat_postMessage(channel=channel, text=str(number))
    texts: list[str] = []
    async for part in await client.conversations_history(channel=channel, limit=2):
        texts += [m["text"] for m in part["messages"]]
    assert texts == ["4", "3", "2", "1", "0"]


async def test_pins_reactions_and_bookmarks(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="#incidents", text="a")
    channel, ts = posted["channel"], posted["ts"]
    await client.pins_add(channel=channel, timestamp=ts)
    assert (await client.pins_list(channel=channel))["items"][0]["message"]["text"] == "a"
    await client.pins_remove(channel=channel, timestamp=ts)
    assert sandbox.channel("incidents").pins == []
    await client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    await sandbox.react("ada", "incidents", ts, "eyes")
    found = (await client.reactions_get(channel=channel, timestamp=ts))["message"]["reactions"]
    assert found == [{"name": "eyes", "users": [sandbox.bot_user, "U0001"], "count": 2}]
    await client.reactions_remove(channel=channel, timestamp=ts, name="eyes")
    await sandbox.unreact("ada", "incidents", ts, "eyes")
    assert sandbox.messages("ada", "incidents")[0].reactions == {}
    link = {"channel_id": channel, "title": "Wall", "type": "link", "link": "https://wall.example"}
    mark = (await client.bookmarks_add(**link))["bookmark"]
    await client.bookmarks_edit(bookmark_id=mark["id"], channel_id=channel, title="Board")
    assert (await client.bookmarks_list(channel_id=channel))["bookmarks"][0]["title"] == "Board"
    await client.bookmarks_remove(bookmark_id=mark["id"], channel_id=channel)
    assert sandbox.channel("incidents").bookmarks == []
