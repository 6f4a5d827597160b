"""The README's pictures: an incident half-way, in light and dark and on a phone, and how one is declared.

They are written to docs/images only with `--screenshots`; otherwise it is tested that they can be taken.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from bot.cli.demo import workspace
from bot.sandbox import Sandbox
from tests.browser.desk import Desk, desk_at

pytestmark = pytest.mark.asyncio(loop_scope="session")

IMAGES = Path(__file__).parents[2] / "docs" / "images"
MOST_BYTES = 250_000
ROOM = "inc-1-checkout-is-down"


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the pictures go."""
    return IMAGES if request.config.getoption("--screenshots", default=False) else tmp_path


def minutes_to_two(now: datetime) -> float:
    """From now to the next working day's 14:03 in Madrid."""
    local = now.astimezone(ZoneInfo("Europe/Madrid"))
    wanted = local.replace(hour=14, minute=3, second=0)
    while wanted < local or wanted.weekday() > 4:
        wanted += timedelta(days=1)
    return (wanted - local).total_seconds() / 60


@asynccontextmanager
async def half_way(browser: Browser) -> AsyncIterator[tuple[Sandbox, Desk]]:
    """An incident that Bob leads, with one update given and the next one due; seen by Ada."""
    async with workspace(0) as sandbox:
        await sandbox.ws.clock.forward(minutes=minutes_to_two(sandbox.ws.clock.now()))
        async with desk_at(browser, sandbox.url) as desk:
            await desk.presses("Dismiss first steps")
            await desk.declares("sev1 Checkout is down")
            await desk.acts_as("bob")
            await desk.presses("Take command", desk.card)
            await expect(desk.message("Bob Okafor took command")).to_be_visible()
            await desk.turns("+5 min")
            await updates(desk)
            await desk.turns("+30 min")
            await desk.acts_as("ada")
            await expect(desk.message("Update due: it was promised for")).to_be_in_viewport()
            yield sandbox, desk


async def updates(desk: Desk) -> None:
    """Bob says that a rollback has helped."""
    await desk.presses("Post update", desk.card)
    update = desk.dialog("Post an update")
    await update.get_by_role("textbox", name="What is being done right now?").fill(
        "Rolled back the 13:50 deploy, watching the error rate"
    )
    await update.get_by_role("combobox", name="Current status").click()
    await desk.page.get_by_role("option", name="Monitoring").click()
    await update.get_by_role("textbox", name="Impact").fill("Customers in the EU could not pay")
    await desk.presses("Post", update)
    await expect(desk.message("Update #1")).to_be_visible()


def is_small(path: Path) -> bool:
    """Whether a picture is quick to load."""
    return path.stat().st_size < MOST_BYTES


async def taken(desk: Desk, path: Path) -> None:
    """Takes the picture of what is in the window, the mouse out of the way."""
    await desk.page.mouse.move(0, 0)
    await desk.page.screenshot(path=path, animations="disabled", caret="hide")
    assert is_small(path)


async def test_half_way(browser: Browser, folder: Path) -> None:
    async with half_way(browser) as (sandbox, desk):
        await taken(desk, folder / "demo-light.png")
        await desk.page.emulate_media(color_scheme="dark")
        await expect(desk.page.locator("#main")).to_have_css("background-color", "rgb(26, 29, 33)")
        await taken(desk, folder / "demo-dark.png")
        async with desk_at(browser, sandbox.url, phone=True) as phone:
            await phone.presses("Dismiss first steps")
            await phone.opens(ROOM)
            await expect(phone.message("Update due: it was promised for")).to_be_in_viewport()
            await taken(phone, folder / "demo-phone.png")


async def test_declaring(ada: Desk, folder: Path) -> None:
    await ada.chooses("Declare incident", button="Shortcuts")
    declare = ada.dialog("Declare an incident")
    await declare.get_by_role("textbox", name="What is wrong?").fill("Checkout is down")
    await declare.get_by_role("radio", name="SEV1").check()
    path = folder / "declare-modal.png"
    await declare.screenshot(path=path, animations="disabled", caret="hide")
    assert is_small(path)
