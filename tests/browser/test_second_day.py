"""A team's second day on the page: twice declared, handed over, kept private, taken back."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_was_declared_twice_is_joined(ada: Desk) -> None:
    await ada.declares()
    await ada.goes_to("incidents")
    await ada.types("/incident declare sev2 Checkout is broken")
    asked = ada.message("INC-2 is declared", "Is it the same as this one?")
    await ada.presses("Join INC-1", asked)
    await expect(ada.message("INC-2 is part of INC-1")).to_be_visible()
    await expect(asked).to_have_count(0)
    await ada.goes_to("inc-2-checkout-is-broken")
    await expect(ada.card).to_contain_text("Merged into INC-1")


async def test_command_is_handed_over_from_home(ada: Desk) -> None:
    await ada.declares()
    await ada.presses("Take command", ada.card)
    await expect(ada.card).to_contain_text("Commander @Ada Marín")
    await ada.types("/incident handoff @bob errors fall")
    await ada.acts_as("bob")
    await ada.goes_home()
    home = ada.page.locator("#main[data-channel='home']")
    await expect(home).to_contain_text("offers you command")
    await ada.presses("I have command", home)
    await expect(home).to_contain_text("you command")
    await expect(home).not_to_contain_text("offers you command")


async def test_a_private_one_tells_nothing_where_it_was_announced(ada: Desk) -> None:
    await ada.declares()
    await ada.types("/incident private")
    form = ada.dialog("Make INC-1 private")
    await ada.presses("Make it private", form)
    answer = ada.page.get_by_role("dialog").filter(has_text="is private now")
    await ada.presses("Archive it", answer)
    await ada.presses("Close", ada.page.get_by_role("dialog").filter(has_text="is being archived"))
    await ada.acts_as("dan")
    await ada.goes_to("incidents")
    announced = ada.message("INC-1 is private")
    await expect(announced).not_to_contain_text("Checkout")
    await ada.presses("Request access", announced)
    await expect(ada.message("is asked whether you may see it")).to_be_visible()


async def test_an_act_is_taken_back_in_its_answer(ada: Desk) -> None:
    await ada.declares()
    await ada.types("/incident severity sev2")
    answer = ada.message("INC-1 is SEV2 now")
    await ada.presses("Undo", answer)
    await expect(ada.card).to_contain_text("SEV1 · INC-1")
    await expect(answer).to_have_count(0)
    await expect(ada.message("it is SEV1 again").first).to_be_visible()
