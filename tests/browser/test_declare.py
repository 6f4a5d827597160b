"""Somebody declares an incident on the page: by slash command and by shortcut."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_by_slash_command_finished_by_keyboard(ada: Desk) -> None:
    await ada.composer.press_sequentially("/inc")
    await expect(ada.page.get_by_role("option", name="/incident")).to_be_visible()
    await ada.composer.press("Tab")
    await ada.composer.press_sequentially("decl")
    await expect(ada.page.get_by_role("option", name="declare")).to_be_visible()
    await ada.composer.press("Tab")
    await ada.composer.press_sequentially("sev1 Checkout is down")
    await ada.composer.press("Enter")
    await expect(ada.message("Checkout is down", "declared").first).to_be_visible()
    await expect(ada.page.locator("#sidebar [data-name='inc-1-checkout-is-down']")).to_be_visible()


async def test_by_shortcut(ada: Desk) -> None:
    await ada.chooses("Declare incident", button="Shortcuts")
    declare = ada.dialog("Declare an incident")
    await expect(declare.get_by_role("textbox", name="What is wrong?")).to_be_focused()
    for question in ("How bad is it?", "What is it?"):
        await expect(declare.get_by_role("radiogroup", name=question)).not_to_contain_text("…")
    await ada.page.keyboard.type("Search answers slowly")
    await declare.get_by_role("radio", name="SEV2").check()
    await declare.get_by_role("combobox", name="Which services?").click()
    await ada.page.get_by_role("option", name="search").click()
    await ada.page.keyboard.press("Escape")
    await ada.presses("Declare", declare)
    answer = ada.page.get_by_role("dialog").filter(has_text="INC-1 is declared")
    await ada.presses("Close", answer)
    await ada.goes_to("inc-1-search-answers-slowly")
    await expect(ada.card).to_contain_text("SEV2 · INC-1 Search answers slowly")
    await expect(ada.card).to_contain_text("Services search")
