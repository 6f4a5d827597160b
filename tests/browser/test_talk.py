"""Threads, the pushpin and the message shortcuts."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_pushpin_puts_a_message_into_the_timeline(ada: Desk) -> None:
    await ada.declares()
    await ada.types("The disk of db-2 is at 97 %")
    said = ada.message("The disk of db-2").first
    await said.hover()
    await ada.presses("React with pushpin", said)
    await expect(said.get_by_role("button", name="pushpin, 1")).to_be_visible()
    await ada.types("/incident show")
    await expect(ada.message("Milestones", "The disk of db-2 is at 97 %")).to_be_visible()


async def test_a_message_becomes_an_incident(ada: Desk) -> None:
    await ada.types("Customers cannot pay")
    said = ada.message("Customers cannot pay").first
    await said.hover()
    await ada.chooses("Declare from message", button="More message actions", inside=said)
    declare = ada.dialog("Declare an incident")
    await expect(declare).to_contain_text("Customers cannot pay")
    await declare.get_by_role("textbox", name="What is wrong?").fill("Payments fail")
    await declare.get_by_role("radio", name="SEV2").check()
    await ada.presses("Declare", declare)
    await expect(declare).to_have_count(0)
    await expect(ada.message("SEV2 · INC-1", "Payments fail").first).to_be_visible()


async def test_the_announcement_has_a_thread(ada: Desk) -> None:
    await ada.types("/incident declare sev4 A typo on the status page")
    card = ada.message("SEV4 · INC-1", "A typo on the status page").last
    await card.hover()
    await ada.presses("Reply in thread", card)
    thread = ada.page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("textbox", name="Reply in thread").fill("@Tocsin note It says teh")
    await ada.presses("Send reply", thread)
    await expect(thread.locator("article").filter(has_text="It says teh").last).to_be_visible()
    await expect(card).to_contain_text("replies")
    await ada.presses("Close thread", thread)
    await expect(thread).to_be_hidden()
    await card.get_by_role("button", name="open thread").click()
    await expect(thread.locator("article").first).to_contain_text("A typo on the status page")
