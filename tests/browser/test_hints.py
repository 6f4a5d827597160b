"""The first steps lead through one incident: each is done by doing what it says, until all are."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def says(desk: Desk, step: str, words: str) -> None:
    """The next step is this one, and says so."""
    await expect(desk.page.locator(f"[data-hint={step}]")).to_contain_text(words)


async def test_hints_lead_through_one_incident(ada: Desk) -> None:
    await says(ada, "declare", "/incident declare sev1 Checkout is down")
    await ada.types("/incident declare sev1 Checkout is down")
    await says(ada, "acknowledge", "Bob is paged")
    await ada.acts_as("bob")
    await ada.presses("Acknowledge", ada.message("nobody has it yet"))
    await says(ada, "clock", "Open the incident’s own channel")
    await ada.goes_to("inc-1-checkout-is-down")
    await ada.turns("+30 min")
    await says(ada, "update", "Press Post update")
    await ada.presses("Post update", ada.message("Update due: it was promised for"))
    update = ada.dialog("Post an update")
    await update.get_by_role("textbox", name="What is being done right now?").fill("Rolling back")
    await ada.presses("Post", update)
    await says(ada, "resolve", "Press Resolve")
    await ada.chooses("Resolve", inside=ada.card)
    resolve = ada.dialog("Resolve INC-1")
    await resolve.get_by_role("textbox", name="What fixed it?").fill("Rolled back the 14:00 deploy")
    await ada.presses("Resolve", resolve)
    await expect(ada.page.get_by_label("5 of 5 done")).to_be_visible()
    await expect(ada.page.get_by_role("region", name="First steps")).to_contain_text("That was a whole incident.")
    await expect(ada.card).to_contain_text("Resolved")


async def test_who_declared_may_acknowledge(ada: Desk) -> None:
    await ada.types("/incident declare sev2 Search is slow")
    await ada.presses("Acknowledge", ada.message("nobody has it yet"))
    await expect(ada.page.get_by_label("1 of 5 done")).to_be_visible()
    await ada.presses("I'm on it")
    await expect(ada.page.get_by_label("2 of 5 done")).to_be_visible()


async def test_hints_are_put_away_and_brought_back(ada: Desk) -> None:
    steps = ada.page.get_by_role("region", name="First steps")
    await ada.presses("Show all steps", steps)
    await expect(steps.get_by_role("listitem")).to_have_count(5)
    await ada.presses("Dismiss first steps", steps)
    await expect(steps).to_have_count(0)
    await ada.page.reload()
    await expect(ada.composer).to_be_visible()
    await expect(steps).to_have_count(0)
    await ada.presses("First steps")
    await expect(steps).to_be_visible()
