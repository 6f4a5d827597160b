"""One Chromium for the session, and for each test `tocsin demo`'s own workspace in a tab of it."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.cli.demo import workspace
from tests.browser.desk import Desk, desk_at

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screenshots` writes the README's pictures anew."""
    parser.addoption("--screenshots", action="store_true", help="write docs/images/*.png")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The Chromium or Chrome in PATH."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.fail(f"None of {', '.join(CHROMIUMS)} is in PATH. `make browser` sees to it.")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=found, args=QUIET)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def ada(browser: Browser) -> AsyncIterator[Desk]:
    """The demo in a window of 1280×860, acting as Ada, in #incidents."""
    async with workspace(0) as sandbox, desk_at(browser, sandbox.url) as desk:
        yield desk


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Desk]:
    """The demo on a phone 390 pixels wide."""
    async with workspace(0) as sandbox, desk_at(browser, sandbox.url, phone=True) as desk:
        yield desk
