"""People act on an incident's card: buttons, the ⋯ menu, modals."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import Desk, desk_at

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_bob_acknowledges_and_takes_command(ada: Desk) -> None:
    await ada.declares()
    await ada.acts_as("bob")
    await expect(ada.card).to_contain_text("not acknowledged yet")
    await ada.presses("Acknowledge", ada.card)
    await expect(ada.card).to_contain_text("Acknowledged · @Bob Okafor has it")
    await ada.presses("Take command", ada.card)
    await expect(ada.card).to_contain_text("Commander @Bob Okafor")
    await expect(ada.card.get_by_role("button", name="Acknowledge")).to_have_count(0)
    await expect(ada.message("Bob Okafor took command")).to_be_visible()


async def test_severity_is_changed_by_the_menu(ada: Desk) -> None:
    await ada.declares()
    await ada.chooses("Change severity", inside=ada.card)
    change = ada.dialog("Change severity")
    await change.get_by_role("radio", name="SEV2").check()
    await change.get_by_role("textbox", name="Why?").fill("Only the EU is affected")
    await ada.presses("Change", change)
    await expect(change).to_have_count(0)
    await expect(ada.card).to_contain_text("SEV2 · INC-1")
    await expect(ada.message("Only the EU is affected").first).to_be_visible()


async def test_menu_by_keyboard(ada: Desk) -> None:
    await ada.declares()
    await ada.card.get_by_role("button", name="More actions").focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("menuitem").first).to_be_focused()
    await ada.page.keyboard.press("End")
    await expect(ada.page.get_by_role("menuitem", name="More…")).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(ada.page.get_by_role("menu")).to_have_count(0)
    await expect(ada.card.get_by_role("button", name="More actions")).to_be_focused()


async def test_an_open_menu_outlives_an_edit_of_its_card(ada: Desk, browser: Browser) -> None:
    await ada.declares()
    await ada.presses("More actions", ada.card)
    async with desk_at(browser, ada.url) as bob:
        await bob.acts_as("bob")
        await bob.presses("Acknowledge", bob.message("nobody has it yet"))
    await expect(ada.card).to_contain_text("Bob Okafor has it")
    await ada.page.set_viewport_size({"width": 1000, "height": 700})  # the menu looks for its button again
    await ada.page.get_by_role("menuitem", name="Change severity").click()
    await expect(ada.dialog("Change severity")).to_be_visible()


async def test_an_update_is_begun_where_it_is_written(ada: Desk) -> None:
    await ada.declares()
    await ada.presses("Post update", ada.card)
    update = ada.dialog("Post an update")
    await expect(update.get_by_role("textbox", name="What is being done right now?")).to_be_focused()
    await ada.page.keyboard.type("Rolling back the 14:00 deploy")
    await ada.page.keyboard.press("Control+Enter")
    await expect(update).to_have_count(0)
    await expect(ada.message("Update #1", "Rolling back the 14:00 deploy")).to_be_visible()
