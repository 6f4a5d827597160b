"""What the page asks: state, messages, acts, the clock, the dials; live, and for this machine only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, demo_workspace
from tests.sandbox.conftest import App, TurnedClock, web_client
from tests.sandbox.test_blocks import actions, button, menu
from tests.sandbox.test_views import FORM, opened


async def ask(sandbox: Sandbox, session: aiohttp.ClientSession, what: str, **query: str) -> dict[str, Any]:
    async with session.get(f"{sandbox.url}/sandbox/{what}", params=query) as answer:
        body: dict[str, Any] = await answer.json()
        return body


async def tell(sandbox: Sandbox, session: aiohttp.ClientSession, what: str, **body: Any) -> dict[str, Any]:
    async with session.post(f"{sandbox.url}/sandbox/{what}", json=body) as answer:
        told: dict[str, Any] = await answer.json()
        return told


async def act(sandbox: Sandbox, session: aiohttp.ClientSession, user: str, what: str, **args: Any) -> dict[str, Any]:
    return await tell(sandbox, session, "act", **{"as": user, "act": what, **args})


async def test_state_shows_the_workspace_as_one_person_sees_it(
    sandbox: Sandbox, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    sandbox.add_channel("secret", private=True, members=["bob"])
    await client.chat_postMessage(channel="#incidents", text="<@U0001> please")
    await client.chat_postMessage(channel="U0001", text="psst")
    state = await ask(sandbox, session, "state")
    assert (state["me"], state["bot"]["name"], state["view"], state["hints"]) == ("U0001", "Tocsin", None, [])
    assert state["clock"]["next"]["what"] == "INC-1: update due"
    channels = {c["name"]: c for c in state["channels"]}
    assert list(channels) == ["general", "incidents", "payments", "Tocsin"]
    assert (channels["incidents"]["unread"], channels["incidents"]["mentions"]) == (1, 1)
    assert (channels["Tocsin"]["kind"], channels["Tocsin"]["mentions"]) == ("dm", 1)
    assert "secret" in [c["name"] for c in (await ask(sandbox, session, "state", **{"as": "U0002"}))["channels"]]
    await act(sandbox, session, "U0001", "read", channel=channels["incidents"]["id"])
    state = await ask(sandbox, session, "state")
    assert {c["name"]: c["unread"] for c in state["channels"]}["incidents"] == 0


async def test_people_act(
    sandbox: Sandbox, session: aiohttp.ClientSession, client: AsyncWebClient, socket_app: App
) -> None:
    heard: list[dict[str, Any]] = []

    async def taken(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    socket_app.bolt.command("/incident")(taken)
    socket_app.bolt.action("go")(taken)
    socket_app.bolt.action("menu")(taken)
    incidents = sandbox.channel("incidents").id
    assert (await act(sandbox, session, "U0001", "command", channel=incidents, text="list"))["ok"]
    said = await act(sandbox, session, "U0001", "say", channel=incidents, text="hello")
    await act(sandbox, session, "U0002", "react", channel=incidents, ts=said["ts"], emoji="eyes")
    blocks = actions(button(value="1")) + actions(button(value="2"), menu())
    posted = await client.chat_postMessage(channel=incidents, text="a", blocks=blocks)
    place = {"channel": incidents, "ts": posted["ts"]}
    await act(sandbox, session, "U0001", "click", **place, block_id="b2", action_id="go", type="button", value="2")
    assert (heard[-1]["actions"][0]["value"], heard[-1]["user"]["id"]) == ("2", "U0001")
    await act(sandbox, session, "U0001", "click", **place, action_id="menu", selected_option={"value": "1"})
    assert heard[-1]["actions"][0]["selected_option"]["text"]["text"] == "1"
    shown = (await ask(sandbox, session, "messages", **{"as": "U0002", "channel": incidents}))["messages"]
    assert [m["name"] for m in shown] == ["Ada Marín", "Tocsin"]
    assert shown[0]["reactions"] == [{"name": "eyes", "count": 1, "mine": True}]
    refused = await act(sandbox, session, "U0002", "unreact", channel=incidents, ts=said["ts"], emoji="no")
    assert refused == {"ok": False, "error": "Bob Okafor cannot do that: no_reaction.", "errors": {}}
    assert "There is no act dance" in (await act(sandbox, session, "U0002", "dance"))["error"].replace("'", "")
    for what in ("leave", "join"):
        assert (await act(sandbox, session, "U0002", what, channel=incidents))["ok"]
    calls = (await ask(sandbox, session, "calls"))["calls"]
    assert calls[-1]["method"] == "chat.postMessage"


async def test_a_modal_is_filled_in_refused_and_closed(
    sandbox: Sandbox, session: aiohttp.ClientSession, client: AsyncWebClient, socket_app: App
) -> None:
    @socket_app.bolt.view("form")
    async def taken(ack: Any) -> None:
        await ack(response_action="errors", errors={"title": "Too short."})

    @socket_app.bolt.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    await opened(sandbox, client, FORM)
    state = await ask(sandbox, session, "state")
    assert state["view"]["title"]["text"] == "Title"
    answer = await act(sandbox, session, "U0001", "submit", state={})
    assert answer["errors"] == {"title": "Please complete this required field."}
    typed = {"title": {"title": {"type": "plain_text_input", "value": "a"}}}
    answer = await act(sandbox, session, "U0001", "submit", state=typed)
    assert (answer["ok"], answer["errors"]) == (False, {"title": "Too short."})
    assert (await ask(sandbox, session, "state"))["view"]["errors"] == {"title": "Too short."}
    assert (await act(sandbox, session, "U0001", "close"))["ok"]
    assert (await ask(sandbox, session, "state"))["view"] is None


async def test_open_pages_are_told_what_changed(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{sandbox.url}/sandbox/live?as=U0001") as page:
        await sandbox.say("ada", "incidents", "hello")
        said = await page.receive_json(timeout=1)
        assert f"channel:{sandbox.channel('incidents').id}" in said["changed"]
        turned = await tell(sandbox, session, "clock", minutes=5)
        assert turned["now"] == "2026-01-01T00:05:00+00:00"
        assert "clock" in (await page.receive_json(timeout=1))["changed"]
        assert (await tell(sandbox, session, "clock", to="next"))["now"] == "2026-01-01T00:35:00+00:00"


async def test_dials_are_turned_from_outside(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    fault = {"method": "chat.*", "kind": "500", "times": 2}
    told = await tell(sandbox, session, "dials", latency=0.5, faults=[fault], sockets="drop")
    assert (told["dials"]["latency"], sandbox.dials.faults[0].kind) == (0.5, "500")
    assert "There is no dial speed" in (await tell(sandbox, session, "dials", speed=1))["error"]


async def test_strangers_are_turned_away(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        async with session.get(f"{sandbox.url}/sandbox/state", headers=headers) as answer:
            assert answer.status == 403
    async with session.get(f"{sandbox.url}/") as answer:
        assert answer.status == 200


@pytest.fixture
async def hinting(clock: TurnedClock) -> AsyncIterator[Sandbox]:
    completions = [{"verb": "ack", "usage": "ack", "help": "I have it"}]
    shortcuts = [{"callback_id": "declare", "name": "Declare incident", "type": "global"}]
    made = Sandbox(clock, hints=True, completions=completions, shortcuts=shortcuts)
    demo_workspace(made)
    await made.start()
    yield made
    await made.stop()


async def test_hints_lead_through_one_incident(hinting: Sandbox, session: aiohttp.ClientSession) -> None:
    async def done() -> list[bool]:
        return [hint["done"] for hint in (await ask(hinting, session, "state"))["hints"]]

    await hinting.command("ada", "incidents", "declare sev1 Checkout is down")
    assert await done() == [False] * 5
    await web_client(hinting, session).conversations_create(name="inc-1")
    await hinting.command("ada", "incidents", "update")
    assert await done() == [True, False, False, False, False]
    await tell(hinting, session, "clock", to="next")
    await web_client(hinting, session).chat_postMessage(channel="#incidents", text="INC-1: nobody has it yet")
    assert await done() == [True, False, True, False, False]
    await web_client(hinting, session).chat_postMessage(channel="#incidents", text="INC-1: <@U0001> has it")
    assert await done() == [True, True, True, False, False]
    await hinting.command("bob", "incidents", "update nothing new")
    await hinting.command("bob", "incidents", "resolve restarted")
    assert await done() == [True] * 5
    state = await ask(hinting, session, "state")
    assert (state["completions"][0]["verb"], state["shortcuts"][0]["callback_id"]) == ("ack", "declare")
    answer = await act(hinting, session, "U0001", "shortcut", callback_id="nothing")
    assert answer["error"] == "There is no global shortcut nothing."
