"""The clock is turned on the page, and what was promised is asked for."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_half_an_hour_later_the_update_is_due(ada: Desk) -> None:
    await ada.declares()
    await ada.acknowledges()
    await expect(ada.card).to_contain_text("has it")
    await ada.turns("+30 min")
    await expect(ada.message("Update due: it was promised for")).to_be_visible()
    await expect(ada.card).to_contain_text("Update due since")
    await ada.presses("Snooze 15 min", ada.message("Update due: it was promised for"))
    await expect(ada.card).to_contain_text("snoozed once")


async def test_next_due_says_what_and_turns_to_it(ada: Desk) -> None:
    await expect(ada.page.locator(".clock-next")).to_contain_text("payments: shifts")
    await ada.declares()
    await expect(ada.page.locator(".clock-next")).to_contain_text("INC-1: not acknowledged")
    await ada.turns("Next due")
    await expect(ada.message("Nobody has acknowledged it within 5 min.")).to_be_visible()
    await expect(ada.page.locator(".clock-next")).to_contain_text("INC-1: not mitigated")


async def test_five_minutes_are_five_minutes(ada: Desk) -> None:
    shown = ada.page.locator(".clock-time strong")
    hours, minutes = (await shown.inner_text()).split(":")
    await ada.turns("+5 min")
    later = (int(hours) * 60 + int(minutes) + 5) % 1440
    allowed = [f"{at // 60 % 24:02}:{at % 60:02}" for at in (later, later + 1)]
    assert await shown.inner_text() in allowed
