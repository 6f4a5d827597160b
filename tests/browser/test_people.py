"""Each person sees their own: what only they see, what they have not read, where they are in."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.desk import NAMES, Desk, desk_at

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_only_one_sees(ada: Desk) -> None:
    await ada.types("/incident list")
    await expect(ada.page.locator("#main article[data-ephemeral]")).to_contain_text("Only visible to you")
    await ada.acts_as("bob")
    await expect(ada.page.locator("#main[data-channel]")).to_be_visible()
    await expect(ada.page.locator("#main article[data-ephemeral]")).to_have_count(0)


async def test_what_is_not_read_is_marked_until_it_is(ada: Desk) -> None:
    await ada.types("/incident declare sev1 Checkout is down")
    await expect(ada.place("inc-1-checkout-is-down")).to_have_attribute("data-unread", "1")
    await ada.goes_to("general")
    await ada.acts_as("bob")
    await expect(ada.place("incidents")).to_have_attribute("data-unread", "1")
    await ada.goes_to("incidents")
    await expect(ada.page.get_by_role("separator", name="New", exact=True)).to_be_visible()
    await expect(ada.place("incidents")).not_to_have_attribute("data-unread", "1")


async def test_a_private_incident_stays_among_its_people(ada: Desk) -> None:
    await ada.types("/incident declare private sev1 Somebody reads our mail")
    await ada.goes_to("inc-1-somebody-reads-our-mail")
    await expect(ada.card).to_contain_text("Private: only the people in this channel know of it.")
    await ada.acts_as("cleo")
    await expect(ada.place("inc-1-somebody-reads-our-mail")).to_have_count(0)
    await expect(ada.message("Somebody reads our mail")).to_have_count(0)


async def test_times_are_in_the_zone_of_whoever_looks(ada: Desk) -> None:
    await ada.declares()
    stamp = ada.card.locator(".stamp")
    in_madrid = await stamp.inner_text()
    await ada.acts_as("cleo")
    await expect(stamp).not_to_have_text(in_madrid)
    await expect(ada.card).to_contain_text("Declared ")


async def test_the_menu_of_people_outlives_news(ada: Desk, browser: Browser) -> None:
    await ada.page.get_by_role("button", name="change person").click()
    async with desk_at(browser, ada.url) as cleo:
        await cleo.acts_as("cleo")
        for line in range(30):  # so many that the channel scrolls
            await cleo.types(f"Line {line}")
            await expect(cleo.message(f"Line {line}").last).to_be_visible()
    await expect(ada.message("Line 29")).to_be_in_viewport()
    await ada.page.get_by_role("menuitemradio", name=NAMES["bob"]).click()
    await expect(ada.page.get_by_role("button", name=f"Act as {NAMES['bob']}")).to_be_visible()
