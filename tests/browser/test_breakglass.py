"""A refusal on the page says who can, and its button breaks the glass."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_is_refused_breaks_the_glass_and_does_it(ada: Desk) -> None:
    await ada.declares()
    await ada.presses("Take command", ada.card)
    await expect(ada.card).to_contain_text("Commander @Ada Marín")
    await ada.acts_as("bob")
    await ada.goes_to("incidents")
    await ada.types("/incident INC-1 private @cleo")
    refused = ada.message("Only the commander of INC-1 can make it private: that is @Ada Marín")
    await ada.presses("Break glass…", refused)
    form = ada.dialog("Break the glass")
    await form.get_by_label("Why?").fill("Names of customers are in it")
    await ada.presses("Break it", form)
    answer = ada.page.get_by_role("dialog").filter(has_text="You broke the glass")
    await expect(answer).to_be_visible()
    await ada.presses("Close", answer)
    await ada.types("/incident INC-1 private @cleo")
    await expect(ada.message("It passed because you broke the glass")).to_be_visible()
