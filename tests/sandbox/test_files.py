"""Files: asked for, sent, completed, shown; by the real client and by hand."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import TurnedClock, web_client

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


async def begun(client: AsyncWebClient, name: str = "plot.png", **more: Any) -> tuple[str, str]:
    """The file's id, and where to send it."""
    asked = await client.files_getUploadURLExternal(filename=name, length=len(PICTURE), **more)
    return asked["file_id"], asked["upload_url"]


async def sent(client: AsyncWebClient, session: aiohttp.ClientSession) -> str:
    """A file that is sent and not completed."""
    file, url = await begun(client)
    async with session.post(url, data=PICTURE) as answer:
        assert answer.status == 200
    return file


async def test_the_client_uploads_and_everybody_sees_it(
    sandbox: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    place = sandbox.channel("incidents").id
    await client.files_upload_v2(
        filename="pages.png", content=PICTURE, title="Pages", alt_txt="4 pages", channel=place, initial_comment="Look"
    )
    message = sandbox.messages("ada", "incidents")[-1]
    assert (message.text, message.subtype, message.bot_id) == ("Look", "file_share", sandbox.bot_id)
    shown = message.files[0]
    assert (shown["title"], shown["alt_txt"], shown["mimetype"]) == ("Pages", "4 pages", "image/png")
    async with session.get(shown["url_private"]) as answer:
        assert (await answer.read(), answer.content_type) == (PICTURE, "image/png")
    assert [call.method for call in sandbox.calls] == [
        "files.getUploadURLExternal",
        "upload",
        "files.completeUploadExternal",
    ]
    history = (await client.conversations_history(channel=place))["messages"]
    assert history[0]["files"][0]["id"] == shown["id"]


async def test_in_a_thread_of_a_direct_message(
    sandbox: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    file = await sent(client, session)
    dm = sandbox.dm("ada")
    ts = (await client.chat_postMessage(channel=dm, text="a"))["ts"]
    await client.files_completeUploadExternal(files=[{"id": file}], channel_id=dm, thread_ts=ts)
    reply = sandbox.messages("ada", dm, ts)[-1]
    assert reply.files[0]["ims"] == [dm]


async def test_shown_by_a_block_once_it_is_completed(
    sandbox: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    file = await sent(client, session)
    block = {"type": "image", "slack_file": {"id": file}, "alt_text": "4 pages"}
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel="#incidents", text="a", blocks=[block])
    await client.files_completeUploadExternal(files=[{"id": file, "title": "Pages"}])
    assert sandbox.messages("ada", "incidents") == []
    await client.chat_postMessage(channel="#incidents", text="a", blocks=[block])
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(
            channel="#incidents", text="a", blocks=[block | {"image_url": "https://a.example"}]
        )


async def test_what_is_deleted_is_gone(sandbox: Sandbox, client: AsyncWebClient) -> None:
    uploaded = await client.files_upload_v2(
        filename="a.txt", content="a", channel=sandbox.channel("incidents").id, initial_comment="Look"
    )
    await client.files_delete(file=uploaded["file"]["id"])
    assert sandbox.messages("ada", "incidents")[-1].files == ()


async def test_an_upload_of_another_length_or_to_nowhere(
    sandbox: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    file, url = await begun(client)
    for address, data in ((url, b"short"), (f"{sandbox.url}/upload/v1/other", PICTURE)):
        async with session.post(address, data=data) as answer:
            assert answer.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": file}])


async def test_completed_once(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    file = await sent(client, session)
    await client.files_completeUploadExternal(files=[{"id": file}])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": file}])


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("C9", "channel_not_found"),
        ("#incidents", "channel_not_found"),
        ("{general}", "not_in_channel"),
        ("{old}", "posting_to_channel_denied"),
    ],
)
async def test_where_it_cannot_be_shared(
    sandbox: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession, place: str, error: str
) -> None:
    sandbox.add_channel("old")
    file = await sent(client, session)
    sandbox.archive("old", by="ada")
    if place.startswith("{"):
        place = sandbox.channel(place[1:-1]).id
    with pytest.raises(SlackApiError, match=error):
        await client.files_completeUploadExternal(files=[{"id": file}], channel_id=place)


async def test_what_is_asked_for_must_be_a_file(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.files_getUploadURLExternal(filename="a", length=0)
    with pytest.raises(SlackApiError, match="alt_txt_too_large"):
        await begun(client, alt_txt="x" * 1001)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.api_call("files.completeUploadExternal", json={"files": "F1"})


async def test_without_its_scope(clock: TurnedClock, session: aiohttp.ClientSession) -> None:
    sandbox = Sandbox(clock, scopes=["chat:write"])
    await sandbox.start()
    with pytest.raises(SlackApiError, match="missing_scope"):
        await begun(web_client(sandbox, session))
    await sandbox.stop()
