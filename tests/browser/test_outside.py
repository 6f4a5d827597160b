"""What people do on the page beside the app: channels renamed, archived, deleted; the app taken out; people gone."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

PEOPLE = "People: Do Not Disturb, deactivate, activate"

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_channel_is_renamed_archived_and_deleted(ada: Desk) -> None:
    await ada.goes_to("payments")
    await ada.chooses("Rename…", button="Channel actions")
    dialog = ada.dialog("Rename #payments")
    await dialog.get_by_role("textbox", name="Name").fill("Card payments")
    await ada.presses("Rename", dialog)
    await expect(ada.page.get_by_role("heading", name="card-payments").first).to_be_visible()
    await ada.chooses("Archive…", button="Channel actions")
    await ada.page.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    await expect(ada.page.locator("#main .head")).to_contain_text("archived")
    await expect(ada.page.locator("#main .foot")).to_contain_text("can be read")
    await expect(ada.composer).to_have_count(0)
    await ada.chooses("Unarchive", button="Channel actions")
    await expect(ada.composer).to_be_visible()
    await ada.chooses("Delete…", button="Channel actions")
    await ada.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    await expect(ada.place("card-payments")).to_have_count(0)


async def test_tocsin_is_removed_and_somebody_leaves(ada: Desk) -> None:
    await ada.goes_to("payments")
    members = ada.page.locator("#main .head-members")
    await expect(members).to_have_text("4")
    await ada.chooses("Remove Tocsin", button="Channel actions")
    await expect(members).to_have_text("3")
    await ada.chooses("Add Tocsin", button="Channel actions")
    await expect(members).to_have_text("4")
    await ada.chooses("Leave", button="Channel actions")
    await expect(ada.page.get_by_role("button", name="Join channel")).to_be_visible()
    await ada.chooses("Join", button="Channel actions")
    await expect(ada.composer).to_be_visible()


async def test_somebody_is_deactivated(ada: Desk) -> None:
    await ada.chooses("Deactivate Bob Okafor", button=PEOPLE)
    await expect(ada.page.get_by_text("Bob Okafor is deactivated.")).to_be_visible()
    await ada.presses("Act as Ada Marín: change person")
    await expect(ada.page.get_by_role("menuitemradio", name="Cleo Tan")).to_be_visible()
    await expect(ada.page.get_by_role("menuitemradio", name="Bob Okafor")).to_have_count(0)
    await ada.page.keyboard.press("Escape")
    await ada.chooses("Activate Bob Okafor", button=PEOPLE)
    await expect(ada.page.get_by_text("Bob Okafor is active again.")).to_be_visible()
    await ada.acts_as("bob")


async def test_somebody_is_not_to_be_disturbed(ada: Desk) -> None:
    await ada.chooses("Do not disturb Bob Okafor", button=PEOPLE)
    await expect(ada.page.get_by_text("Bob Okafor is in Do Not Disturb.")).to_be_visible()
    await ada.presses("Act as Ada Marín: change person")
    await expect(ada.page.get_by_role("menuitemradio", name="Bob Okafor")).to_contain_text("do not disturb")
    await ada.page.keyboard.press("Escape")
    await ada.chooses("Disturb Bob Okafor again", button=PEOPLE)
    await expect(ada.page.get_by_text("Bob Okafor is out of Do Not Disturb.")).to_be_visible()


async def test_an_alert_comes_in_from_outside(ada: Desk) -> None:
    await ada.chooses("Post an alert", button="Outside of Slack: alerts, 0 sent")
    await expect(ada.message("CheckoutErrors")).to_contain_text("SEV2")
    await ada.acts_as("bob")
    await ada.goes_to("Tocsin")
    await expect(ada.message("You are paged")).to_be_visible()
