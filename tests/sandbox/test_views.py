"""Views: triggers live three seconds and serve once; stacks, hashes, answers to submissions, App Home."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, SandboxRefused
from tests.sandbox.conftest import App
from tests.sandbox.test_blocks import actions, asked, button, menu, modal, option, plain

FORM = modal(
    callback_id="form",
    submit=plain("Send"),
    notify_on_close=True,
    private_metadata="12",
    blocks=[
        {**asked({"type": "plain_text_input", "action_id": "title"}), "block_id": "title", "label": plain("Title")},
        {
            **asked(menu(initial_option=option("0")), optional=True, dispatch_action=True),
            "block_id": "menu",
            "label": plain("Menu"),
        },
        {**asked({"type": "multi_users_select", "action_id": "who"}, optional=True), "label": plain("Who")},
        {**actions(button("More", "more"))[0], "block_id": "buttons"},
    ],
)


async def opened(sandbox: Sandbox, client: AsyncWebClient, view: dict[str, Any] = FORM) -> None:
    await client.views_open(trigger_id=sandbox.ws.triggers.make("U0001"), view=view)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return str(no.value.response["error"])


async def test_a_trigger_serves_once_and_dies(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger = sandbox.ws.triggers.make("U0001")
    await client.views_open(trigger_id=trigger, view=FORM)
    assert await refused(client.views_open(trigger_id=trigger, view=FORM)) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.3", view=FORM)) == "invalid_trigger_id"
    sandbox.dials.trigger_life = 0.0
    late = sandbox.ws.triggers.make("U0001")
    assert await refused(client.views_open(trigger_id=late, view=FORM)) == "expired_trigger_id"


async def test_an_update_keeps_what_was_typed_and_minds_the_hash(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, client)
    view = sandbox.view("ada")
    assert view is not None
    view.state["title"]["title"]["value"] = "typed"
    old = view.hash
    answer = await client.views_update(view_id=view.id, view={**FORM, "title": plain("New")}, hash=old)
    assert (view.title, view.state["title"]["title"]["value"]) == ("New", "typed")
    assert answer["view"]["hash"] == view.hash != old
    assert await refused(client.views_update(view_id=view.id, view=FORM, hash=old)) == "hash_conflict"
    sandbox.ws.views.close(view)
    assert await refused(client.views_update(view_id=view.id, view=FORM)) == "not_found"


async def test_three_modals_lie_on_each_other_at_most(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, client)
    for _ in range(2):
        view = sandbox.view("ada")
        assert view is not None
        await client.views_push(trigger_id=sandbox.ws.triggers.make("U0001", view.id), view=FORM)
    trigger = sandbox.ws.triggers.make("U0001", view.id)
    assert await refused(client.views_push(trigger_id=trigger, view=FORM)) == "push_limit_reached"
    trigger = sandbox.ws.triggers.make("U0001")
    assert await refused(client.views_push(trigger_id=trigger, view=FORM)) == "not_found"


async def test_slack_itself_wants_required_fields(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, client)
    with pytest.raises(SandboxRefused, match="Title: Please complete this required field"):
        await sandbox.submit("ada", {})
    with pytest.raises(SandboxRefused, match="no field 'Tittle'; there are: Title, Menu, Who"):
        await sandbox.submit("ada", {"Tittle": "a"})
    with pytest.raises(SandboxRefused, match="no option 'Five' here; there are: 0, 1"):
        await sandbox.submit("ada", {"Menu": "Five"})
    with pytest.raises(SandboxRefused, match="Bob Okafor has no modal open"):
        await sandbox.submit("bob", {})


async def test_a_submission_carries_what_was_filled_in(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    heard: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = [
        {"response_action": "update", "view": {**FORM, "title": plain("Two")}},
        {"response_action": "push", "view": {**FORM, "title": plain("Three"), "notify_on_close": False}},
        {"response_action": "clear"},
    ]

    @app.bolt.view("form")
    async def taken(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack(**answers.pop(0))

    @app.bolt.view_closed("form")
    async def closed(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    @app.bolt.action("menu")
    @app.bolt.action("more")
    async def pressed(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    await opened(sandbox, client)
    await sandbox.click_in_view("ada", label="1")
    assert heard.pop()["view"]["state"]["values"]["menu"]["menu"]["selected_option"]["value"] == "1"
    await sandbox.click_in_view("ada", label="More")
    assert heard.pop()["actions"][0]["action_id"] == "more"
    await sandbox.submit("ada", {"Title": "a & b", "Who": ["bob", "U0001"]})
    view = heard.pop()["view"]
    assert view["private_metadata"] == "12"
    values = view["state"]["values"]
    assert values["title"]["title"]["value"] == "a & b"
    assert [v["who"]["selected_users"] for v in values.values() if "who" in v] == [["U0002", "U0001"]]
    assert sandbox.view("ada").title == "Two"  # type: ignore[union-attr]
    await sandbox.submit("ada")
    assert sandbox.view("ada").title == "Three"  # type: ignore[union-attr]
    await sandbox.close_view("ada")
    assert sandbox.view("ada").title == "Two"  # type: ignore[union-attr]
    heard.clear()
    await sandbox.close_view("ada")
    assert heard[0]["type"] == "view_closed"
    await opened(sandbox, client)
    await sandbox.submit("ada", {"Title": "a"})
    assert sandbox.view("ada") is None


async def test_an_answer_slack_does_not_take_is_trouble(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    @app.bolt.view("form")
    async def taken(ack: Any) -> None:
        await ack(response_action="errors", errors={"nowhere": "What?"})

    await opened(sandbox, client)
    ack = await sandbox.submit("ada", {"Title": "a"})
    assert ack.status == "error"
    assert sandbox.view("ada").errors == {"": "We had some trouble connecting. Try again?"}  # type: ignore[union-attr]


async def test_an_app_home_is_published_and_pressed(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    heard = asyncio.Event()

    @app.bolt.event("app_home_opened")
    async def draw(client: AsyncWebClient, event: dict[str, Any]) -> None:
        view = {"type": "home", "blocks": actions(button("Refresh", "refresh"))}
        await client.views_publish(user_id=event["user"], view=view)

    @app.bolt.action("refresh")
    async def pressed(ack: Any, body: dict[str, Any]) -> None:
        assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
        heard.set()
        await ack()

    await sandbox.open_home("bob")
    await sandbox.quiet()
    assert sandbox.home("bob") is not None
    await sandbox.click_in_home("bob", label="Refresh")
    assert heard.is_set()


async def test_shortcuts_carry_what_they_are_on(sandbox: Sandbox, app: App) -> None:
    heard: list[dict[str, Any]] = []

    @app.bolt.shortcut("declare")
    async def taken(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    ts = await sandbox.say("bob", "general", "it's <down> & out")
    await sandbox.shortcut("ada", "declare")
    await sandbox.message_shortcut("ada", "declare", "general", ts)
    assert [h["type"] for h in heard] == ["shortcut", "message_action"]
    assert heard[1]["message"]["text"] == "it's &lt;down&gt; &amp; out"
    assert heard[1]["channel"]["name"] == "general"
