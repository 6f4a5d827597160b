"""On a phone 390 pixels wide: the list is a drawer, a modal fills the screen, nothing scrolls sideways."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOO_WIDE = """() => [...document.querySelectorAll("html, body, #app *, #modals *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
    .map((one) => `${one.tagName} ${one.className}`)"""
OUTSIDE = """() => [...document.querySelectorAll("#main article *, [role=dialog] *")]
    .filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => `${one.tagName} ${one.className}`)"""


async def fits(phone: Desk) -> None:
    """Nothing stands out at the right, and nothing scrolls sideways."""
    assert await phone.page.evaluate(TOO_WIDE) == []
    assert await phone.page.evaluate(OUTSIDE) == []
    assert await phone.page.evaluate("document.documentElement.scrollWidth") == 390


async def opens_drawer(phone: Desk) -> None:
    await phone.presses("Open the channel list")
    await expect(phone.place("incidents")).to_be_in_viewport()


async def to_room(phone: Desk) -> None:
    """Through the drawer into the incident's channel."""
    await opens_drawer(phone)
    await phone.page.locator("#sidebar [data-name^='inc-1-']").click()
    await expect(phone.place("incidents")).not_to_be_in_viewport()


def lines(of: Locator) -> Locator:
    return of.locator(".block-text").first


async def test_the_list_is_a_drawer(phone: Desk) -> None:
    await expect(phone.place("incidents")).not_to_be_in_viewport()
    await opens_drawer(phone)
    await phone.place("payments").click()
    await expect(phone.page.get_by_role("heading", name="payments").first).to_be_visible()
    await expect(phone.place("incidents")).not_to_be_in_viewport()


async def test_a_whole_incident_fits(phone: Desk) -> None:
    await phone.types("/incident declare sev1 Checkout is down for everybody who pays by card in the European Union")
    await expect(phone.message("nobody has it yet")).to_be_visible()
    await fits(phone)
    await to_room(phone)
    await fits(phone)
    await phone.acknowledges()
    await expect(phone.card).to_contain_text("has it")
    await phone.presses("Post update", phone.card)
    update = phone.dialog("Post an update")
    await update.get_by_role("textbox", name="What is being done right now?").fill("Rolling back " + "x" * 80)
    await fits(phone)
    await phone.presses("Post", update)
    await phone.turns("+30 min")
    await phone.turns("+5 min")
    await expect(phone.message("Update due")).not_to_have_count(0)
    await fits(phone)
    for words in ("help", "show", "list all"):
        await phone.types(f"/incident {words}")
    await expect(phone.message("Only visible to you")).to_have_count(4)
    await fits(phone)


async def test_a_modal_fills_the_screen(phone: Desk) -> None:
    await phone.chooses("Declare incident", button="Shortcuts")
    declare = phone.dialog("Declare an incident")
    await expect(declare).to_be_visible()
    box = await declare.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    await fits(phone)
    await expect(declare.get_by_role("button", name="Declare", exact=True)).to_be_in_viewport()


async def test_no_line_of_the_first_card_breaks_but_that_of_paging(phone: Desk) -> None:
    await phone.types("/incident declare sev1 Checkout is down")
    await expect(phone.message("nobody has it yet")).to_be_visible()
    await to_room(phone)
    text = lines(phone.card)
    height = await text.evaluate(
        "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    )
    paging = 1  # whom it pages, and who is next, with their names in full
    assert round(height) <= (await text.inner_text()).count("\n") + 1 + paging
