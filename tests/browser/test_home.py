"""The App Home has its place on the page, and an empty one says where to begin."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_empty_home_says_where_to_begin(ada: Desk) -> None:
    await ada.page.get_by_role("button", name="App Home").click()
    await expect(ada.page.locator("#main")).to_contain_text("Type /incident in a channel to begin.")
