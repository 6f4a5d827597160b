"""A command opens a modal, the modal makes a message, a button on it is pressed: over HTTP and Socket Mode."""

from __future__ import annotations

from typing import Any

from bot.sandbox import Sandbox
from tests.sandbox.conftest import App

MODAL = {
    "type": "modal",
    "callback_id": "incident:declare",
    "title": {"type": "plain_text", "text": "Declare"},
    "submit": {"type": "plain_text", "text": "Declare"},
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": {"type": "plain_text", "text": "What is wrong?"},
            "element": {"type": "plain_text_input", "action_id": "title"},
        }
    ],
}


def button(text: str, action_id: str) -> dict[str, Any]:
    label = {"type": "plain_text", "text": text}
    return {"type": "actions", "elements": [{"type": "button", "text": label, "action_id": action_id, "value": "1"}]}


async def test_a_command_is_acknowledged_and_its_answer_is_seen_by_nobody_else(sandbox: Sandbox, app: App) -> None:
    @app.bolt.command("/incident")
    async def answer(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"heard {command['text']}")

    ack = await sandbox.command("ada", "#incidents", "declare @bob in #payments & <b>")
    assert ack.status == "ok"
    bob, payments = sandbox.ws.person("bob").id, sandbox.channel("payments").id
    heard = f"heard declare <@{bob}|bob> in <#{payments}|payments> &amp; &lt;b&gt;"
    assert ack.text == heard
    assert [m.text for m in sandbox.messages("ada", "incidents")] == [heard]
    assert sandbox.messages("bob", "incidents") == []


async def test_a_modal_is_refused_mended_and_taken(sandbox: Sandbox, app: App) -> None:
    said: list[dict[str, Any]] = []

    @app.bolt.command("/incident")
    async def open_modal(ack: Any, client: Any, command: dict[str, Any]) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=MODAL)
        await ack()

    @app.bolt.view("incident:declare")
    async def taken(ack: Any, client: Any, view: dict[str, Any]) -> None:
        title = view["state"]["values"]["title"]["title"]["value"]
        if len(title) < 5:
            await ack(response_action="errors", errors={"title": "Say a little more."})
            return
        await ack()
        blocks = [button("Acknowledge", "incident:acknowledge")]
        await client.chat_postMessage(channel="#incidents", text=title, blocks=blocks)

    @app.bolt.action("incident:acknowledge")
    async def pressed(ack: Any, body: dict[str, Any]) -> None:
        said.append(body)
        await ack()

    await sandbox.command("ada", "incidents", "declare")
    view = sandbox.view("ada")
    assert view is not None
    assert view.title == "Declare"
    await sandbox.submit("ada", {"What is wrong?": "a"})
    assert view.errors == {"What is wrong?": "Say a little more."}
    await sandbox.submit("ada", {"title": "Checkout & co"})
    assert sandbox.view("ada") is None
    message = sandbox.messages("bob", "incidents")[-1]
    ack = await sandbox.click("bob", "incidents", message.ts, label="Acknowledge")
    assert ack.status == "ok"
    assert said[0]["user"]["name"] == "bob"
    assert said[0]["message"]["ts"] == message.ts
    await sandbox.quiet()
    assert "message" in app.types()


async def test_a_mention_and_a_reaction_reach_the_app(sandbox: Sandbox, app: App) -> None:
    @app.bolt.event("app_mention")
    async def mentioned(say: Any, event: dict[str, Any]) -> None:
        await say(text="here", thread_ts=event["ts"])

    @app.bolt.event("reaction_added")
    async def reacted() -> None: ...

    ts = await sandbox.say("ada", "incidents", "@Tocsin ack")
    await sandbox.quiet()
    thread = sandbox.messages("bob", "incidents", ts)
    assert [m.text for m in thread] == [f"<@{sandbox.bot_user}> ack", "here"]
    assert thread[0].reply_count == 1
    await sandbox.react("bob", "incidents", ts, ":pushpin:")
    await sandbox.quiet()
    assert app.types().count("app_mention") == 1
    assert app.events[-1]["event"]["reaction"] == "pushpin"
