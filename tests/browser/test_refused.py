"""What is wrong in a modal is said beside its field, and can be mended there."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_empty_field_is_refused_by_slack_and_mended(ada: Desk) -> None:
    await ada.chooses("Declare incident", button="Shortcuts")
    declare = ada.dialog("Declare an incident")
    await declare.get_by_role("radio", name="SEV1").check()
    await ada.presses("Declare", declare)
    title = declare.get_by_role("textbox", name="What is wrong?")
    await expect(title).to_be_focused()
    await expect(declare.locator("[data-block=title]").get_by_role("alert")).to_contain_text("required")
    await expect(declare.get_by_role("radio", name="SEV1")).to_be_checked()
    await title.fill("Checkout is down")
    await ada.presses("Declare", declare)
    await expect(declare).to_have_count(0)


async def test_a_blank_title_is_refused_by_the_bot_and_mended(ada: Desk) -> None:
    await ada.chooses("Declare incident", button="Shortcuts")
    declare = ada.dialog("Declare an incident")
    title = declare.get_by_role("textbox", name="What is wrong?")
    await title.fill("   ")
    await declare.get_by_role("radio", name="SEV1").check()
    await ada.presses("Declare", declare)
    await expect(declare.locator("[data-block=title]").get_by_role("alert")).to_be_visible()
    await title.fill("Checkout is down")
    await ada.presses("Declare", declare)
    await expect(declare).to_have_count(0)
    await expect(ada.page.get_by_role("dialog")).to_contain_text("INC-1 is declared")


async def test_an_unknown_word_gets_the_nearest(ada: Desk) -> None:
    await ada.types("/incident declar sev1 Checkout is down")
    await expect(ada.message("declare")).to_be_visible()
    await expect(ada.message("declare")).to_have_attribute("data-ephemeral", "true")


async def test_an_unknown_command_stays_in_the_field(ada: Desk) -> None:
    await ada.types("/incidnt declare")
    await expect(ada.page.get_by_role("alert")).to_contain_text("/incidnt is no command")
    await expect(ada.composer).to_have_value("/incidnt declare")
