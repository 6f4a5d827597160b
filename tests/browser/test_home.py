"""The App Home on the page: it shows what is published for who looks, live, and what is pressed reaches the app."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, demo_workspace
from tests.browser.desk import Desk, desk_at
from tests.sandbox.conftest import App, TurnedClock, bolt_app
from tests.sandbox.test_blocks import actions, button, mrkdwn, option, plain, section

pytestmark = pytest.mark.asyncio(loop_scope="session")

MENU = {"type": "overflow", "action_id": "more", "options": [option("Resolve", "1"), option("Show", "2")]}


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}


def row(number: int) -> dict[str, Any]:
    """An incident as a Home may show it."""
    return {**actions(button("Acknowledge", "ack", value=str(number)), MENU)[0], "block_id": f"row{number}"}


@asynccontextmanager
async def office(browser: Browser, **look: Any) -> AsyncIterator[tuple[Desk, App, AsyncWebClient]]:
    """A desk in a workspace with a small app in it, which a test gives its listeners."""
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(TurnedClock())
        demo_workspace(sandbox)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        app = bolt_app(sandbox, await stack.enter_async_context(ClientSession()))
        handler = AsyncSocketModeHandler(app.bolt, sandbox.app_token, ping_interval=1)
        app.bolt.event("app_home_opened")(nothing)
        await handler.connect_async()
        stack.push_async_callback(handler.close_async)
        desk = await stack.enter_async_context(desk_at(browser, sandbox.url, **look))
        yield desk, app, app.bolt.client


async def nothing() -> None:
    """Hears of it and does nothing."""


@pytest_asyncio.fixture(loop_scope="session")
async def at_work(browser: Browser) -> AsyncIterator[tuple[Desk, App, AsyncWebClient]]:
    async with office(browser) as there:
        yield there


Office = tuple[Desk, App, AsyncWebClient]


async def test_an_empty_home_says_where_to_begin(at_work: Office) -> None:
    desk, _, _ = at_work
    await desk.goes_home()
    await expect(desk.page.locator("#main")).to_contain_text("Type /incident in a channel to begin.")


async def test_a_home_is_shown_as_it_is_published(at_work: Office) -> None:
    desk, app, client = at_work
    pressed: list[tuple[str, str]] = []

    @app.bolt.action("ack")
    @app.bolt.action("more")
    async def heard(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        act = body["actions"][0]
        pressed.append((act["block_id"], act.get("value") or act["selected_option"]["value"]))
        await client.views_publish(user_id=body["user"]["id"], view=home(section(f"pressed {len(pressed)}"), row(2)))

    await desk.goes_home()
    view = home({"type": "header", "text": plain("What needs you")}, section("*INC-1* Checkout"), row(1), row(2))
    await client.views_publish(user_id="U0001", view=view)
    main = desk.page.locator("#main .home")
    await expect(main.get_by_role("heading", name="What needs you")).to_be_visible()
    await main.get_by_role("button", name="Acknowledge").nth(1).click()
    await expect(main).to_contain_text("pressed 1")
    await desk.chooses("Show", inside=main)
    await expect(main).to_contain_text("pressed 2")
    assert pressed == [("row2", "2"), ("row2", "2")]
    assert [event["event"]["tab"] for event in app.events if event["event"]["type"] == "app_home_opened"] == ["home"]
    await desk.acts_as("bob")
    await expect(main).to_contain_text("Nothing is on this page yet.")


async def test_an_open_menu_survives_a_home_published_anew(at_work: Office) -> None:
    desk, _, client = at_work
    await desk.goes_home()
    for words in ("one", "two"):
        await client.views_publish(user_id="U0001", view=home(section(words), row(1)))
        await expect(desk.page.locator("#main .home")).to_contain_text(words)
        if words == "one":
            await desk.presses("More actions", desk.page.locator("#main .home"))
    await expect(desk.page.get_by_role("menuitem", name="Show")).to_be_visible()


FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Declare"),
    "submit": plain("Declare"),
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": plain("Title"),
            "element": {"type": "plain_text_input", "action_id": "title"},
        },
        {
            "type": "input",
            "block_id": "people",
            "label": plain("People"),
            "dispatch_action": True,
            "element": {"type": "multi_users_select", "action_id": "people"},
        },
        {
            "type": "section",
            "block_id": "kind",
            "text": mrkdwn("What is it?"),
            "accessory": {"type": "radio_buttons", "action_id": "kind", "options": [option("Now"), option("Over")]},
        },
    ],
}


async def test_fields_that_tell_the_app_at_once_keep_what_is_typed(at_work: Office) -> None:
    desk, app, client = at_work

    @app.bolt.action("go")
    async def opens(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.bolt.action("kind")
    @app.bolt.action("people")
    async def changed(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        state = body["view"]["state"]["values"]
        people = ",".join(state["people"]["people"]["selected_users"])
        kind = (state["kind"]["kind"]["selected_option"] or {}).get("value")
        told = section(f"people {people} kind {kind} title {state['title']['title']['value']}")
        await client.views_update(view_id=body["view"]["id"], view={**FORM, "blocks": [*FORM["blocks"], told]})

    await desk.goes_home()
    await client.views_publish(user_id="U0001", view=home(*actions(button())))
    await desk.presses("Go")
    modal = desk.dialog("Declare")
    await modal.get_by_role("textbox", name="Title").fill("half")
    await modal.get_by_role("radio", name="Over").check()
    await expect(modal).to_contain_text("kind Over title half")
    await modal.get_by_role("combobox", name="People").click()
    for name in ("Bob Okafor", "Cleo Tan"):
        await desk.page.get_by_role("option", name=name).click()
    await desk.page.keyboard.press("Escape")
    await expect(modal).to_contain_text("people U0002,U0003 kind Over title half")
    await expect(modal.get_by_role("textbox", name="Title")).to_have_value("half")
    await expect(modal.get_by_role("radio", name="Over")).to_be_checked()


@pytest.mark.parametrize("look", [{"phone": True}, {"theme": "dark"}])
async def test_a_home_fits(browser: Browser, look: dict[str, Any]) -> None:
    async with office(browser, **look) as (desk, _, client):
        await desk.opens("home")
        beside = section("*INC-1* Checkout is down for everybody " + "x" * 60, accessory=MENU)
        await client.views_publish(user_id="U0001", view=home(beside, row(1), {"type": "divider"}, row(2)))
        await expect(desk.page.locator("#main .home")).to_contain_text("INC-1")
        width = await desk.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] == width[1]
        box = await desk.page.locator(".home-page").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width[1]
