"""The App Home: published for a person, opened, pressed; and the fields of a modal that tell the app at once."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, SandboxRefused, demo_workspace
from tests.sandbox.conftest import App, TurnedClock, web_client
from tests.sandbox.test_blocks import actions, asked, button, menu, section
from tests.sandbox.test_views import FORM, opened


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return str(no.value.response["error"])


async def test_what_slack_takes_for_a_home(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ada = sandbox.ws.person("ada").id
    typed = asked({"type": "plain_text_input", "action_id": "words"})
    await client.views_publish(user_id=ada, view=home(*[section()] * 99, typed))
    assert await refused(client.views_publish(user_id=ada, view=home(*[section()] * 101))) == "invalid_arguments"
    assert await refused(client.views_publish(user_id=ada, view=FORM)) == "invalid_arguments"
    assert await refused(client.views_publish(user_id="U9", view=home(section()))) == "user_not_found"
    assert await refused(client.views_publish(user_id=ada, view=home(section()), hash="old")) == "hash_conflict"
    assert sandbox.home("bob") is None


async def test_an_app_without_a_home_tab_publishes_none(clock: TurnedClock, session: Any) -> None:
    plain = Sandbox(clock, home_tab=False)
    demo_workspace(plain)
    await plain.start()
    client = web_client(plain, session)
    assert await refused(client.views_publish(user_id="U0001", view=home(section()))) == "not_enabled"
    with pytest.raises(SandboxRefused, match="no Home tab"):
        await plain.open_home("ada")
    await plain.stop()


async def test_who_opens_a_home_is_told_of_with_what_stood_there(sandbox: Sandbox, client: AsyncWebClient) -> None:
    told: list[dict[str, Any]] = []
    sandbox.ws.emit = told.append
    await sandbox.open_home("ada")
    published = await client.views_publish(user_id="U0001", view=home(section("two")))
    await sandbox.open_home("ada")
    await sandbox.open_home("ada", "messages")
    assert [(event["type"], event["user"], event["channel"], event["tab"]) for event in told] == [
        ("app_home_opened", "U0001", sandbox.dm("ada"), tab) for tab in ("home", "home", "messages")
    ]
    assert [event.get("view", {}).get("id") for event in told] == [None, published["view"]["id"], None]


async def test_a_press_in_a_home_names_the_view_and_has_no_response_url(
    sandbox: Sandbox, client: AsyncWebClient, app: App
) -> None:
    heard: list[dict[str, Any]] = []

    @app.bolt.action("menu")
    @app.bolt.action("go")
    async def pressed(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    with pytest.raises(SandboxRefused, match="empty App Home"):
        await sandbox.click_in_home("ada", "go")
    row = {**actions(button(value="12"), menu())[0], "block_id": "row"}
    view = (await client.views_publish(user_id="U0001", view=home(row)))["view"]
    await sandbox.click_in_home("ada", label="Go")
    assert heard[0]["container"] == {"type": "view", "view_id": view["id"]}
    assert (heard[0]["view"]["type"], heard[0]["actions"][0]["value"]) == ("home", "12")
    assert "response_url" not in heard[0]
    modal = sandbox.view("ada")
    assert modal is not None
    assert (modal.title, modal.root) == ("Title", modal.id)
    await sandbox.click_in_home("ada", label="1")
    assert heard[1]["view"]["state"]["values"]["row"]["menu"]["selected_option"]["value"] == "1"


async def test_a_field_that_dispatches_brings_what_is_typed_and_an_update_keeps_it(
    sandbox: Sandbox, client: AsyncWebClient, app: App
) -> None:
    heard: list[dict[str, Any]] = []

    @app.bolt.action("menu")
    async def changed(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(body["view"]["state"]["values"])
        await ack()
        more = {**FORM, "blocks": [*FORM["blocks"], section("more")]}
        await client.views_update(view_id=body["view"]["id"], view=more, hash=body["view"]["hash"])

    await opened(sandbox, client, FORM)
    sandbox.fill_in("ada", {"Title": "half typed"})
    await sandbox.choose("ada", "Menu", "1")
    assert heard[0]["title"]["title"]["value"] == "half typed"
    assert heard[0]["menu"]["menu"]["selected_option"]["value"] == "1"
    view = sandbox.view("ada")
    assert view is not None
    assert (len(view.blocks), view.state["title"]["title"]["value"]) == (len(FORM["blocks"]) + 1, "half typed")
    await sandbox.choose("ada", "Title", "typed")
    assert len(heard) == 1


async def test_what_only_one_person_sees_is_replaced_and_taken_away(
    sandbox: Sandbox, client: AsyncWebClient, app: App
) -> None:
    @app.bolt.action("go")
    async def replace(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="done", replace_original=True, blocks=actions(button("Close", "close")))

    @app.bolt.action("close")
    async def close(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    incidents = sandbox.channel("incidents").id
    asked_ = actions(button())
    shown = await client.chat_postEphemeral(channel=incidents, user="U0001", text="undo?", blocks=asked_)
    assert sandbox.messages("bob", incidents) == []
    await sandbox.click("ada", incidents, shown["message_ts"], label="Go")
    (message,) = sandbox.messages("ada", incidents)
    assert (message.ts, message.text, message.edited) == (shown["message_ts"], "done", False)
    await sandbox.click("ada", incidents, message.ts, label="Close")
    assert sandbox.messages("ada", incidents) == []
    assert await refused(client.chat_postEphemeral(channel=incidents, user="U9", text="a")) == "user_not_in_channel"
    general = sandbox.channel("general").id
    assert await refused(client.chat_postEphemeral(channel=general, user="U0001", text="a")) == "not_in_channel"
