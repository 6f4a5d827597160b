"""Light and dark; what people write is shown as they wrote it, and nothing of it runs."""

import pytest
from playwright.async_api import Browser, expect

from bot.cli.demo import workspace
from tests.browser.desk import Desk, desk_at

pytestmark = pytest.mark.asyncio(loop_scope="session")

DARK, LIGHT = "rgb(26, 29, 33)", "rgb(255, 255, 255)"


async def is_on(desk: Desk, colour: str) -> None:
    """What one reads stands on this colour."""
    await expect(desk.page.locator("#main")).to_have_css("background-color", colour)


async def test_dark_as_the_system_says(browser: Browser) -> None:
    async with workspace(0) as sandbox, desk_at(browser, sandbox.url, theme="dark") as ada:
        await is_on(ada, DARK)


async def test_the_theme_is_chosen_and_kept(ada: Desk) -> None:
    await is_on(ada, LIGHT)
    await ada.presses("Use the dark theme")
    await is_on(ada, DARK)
    await ada.page.reload()
    await expect(ada.composer).to_be_visible()
    await is_on(ada, DARK)


async def test_a_title_of_markup_is_only_text(ada: Desk) -> None:
    title = '<img src=x onerror="document.title=1"> & <!channel> *all* <https://x.example|click>'
    await ada.chooses("Declare incident", button="Shortcuts")
    declare = ada.dialog("Declare an incident")
    await declare.get_by_role("textbox", name="What is wrong?").fill(title)
    await declare.get_by_role("radio", name="SEV1").check()
    await ada.presses("Declare", declare)
    await expect(ada.page.get_by_role("dialog")).to_contain_text('<img src=x onerror="document.title=1"> & <!channel>')
    await ada.presses("Close", ada.page.get_by_role("dialog"))
    announced = ada.message("SEV1 · INC-1")
    await expect(announced).to_contain_text('<img src=x onerror="document.title=1"> & <!channel>')
    await expect(ada.page.locator("img, a[href*='x.example']")).to_have_count(0)
    await expect(announced.locator(".mention-me")).to_have_text("@Ada Marín")


async def test_today_is_written_small_within_a_line(ada: Desk) -> None:
    await ada.declares()
    await expect(ada.card).to_contain_text("Declared today ")
    await ada.types("/incident show")
    await expect(ada.message("Timeline")).to_contain_text("Today ")


async def test_the_page_is_asked_for_anew(ada: Desk) -> None:
    for path in ("/", "/page/main.js", "/page/tokens.css"):
        answer = await ada.page.request.get(f"{ada.url}{path}")
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")
