"""The README's pictures: an incident half-way, in light and dark and on a phone, how one is declared, who would be
told of one, and how somebody is paged.

They are written to docs/images only with `--screenshots`; otherwise it is tested that they can be taken.
"""

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
NARROW = {"width": 720, "height": 1000}
"""A window in which a list has the width of a page."""

ROOM = "inc-1-checkout-is-down"
UPDATE = {
    "What is being done right now?": "Rolled back the 13:50 deploy, watching the error rate",
    "Current status": "Monitoring",
    "Impact": "Customers in the EU could not pay",
}


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


async def lead_half_way(sandbox: Sandbox) -> None:
    """An incident that Ada declared and Bob leads, with one update given and the next one due."""
    clock = sandbox.ws.clock
    await clock.forward(minutes=minutes_to_two(clock.now()))
    await sandbox.command("ada", "incidents", "declare sev1 Checkout is down")
    await clock.forward(minutes=1)
    room = sandbox.channel(ROOM).id
    await sandbox.click("bob", room, sandbox.messages("bob", room)[0].ts, label="Take command")
    await clock.forward(minutes=4)
    await sandbox.command("bob", room, "update")
    await clock.forward(minutes=0)  # until the modal is open
    await sandbox.submit("bob", UPDATE)
    await clock.forward(minutes=30)


def is_small(path: Path) -> bool:
    """Whether a picture is quick to load."""
    return path.stat().st_size < MOST_BYTES


async def taken(desk: Desk, path: Path) -> None:
    """Takes the picture of what is in the window, the mouse out of the way."""
    await desk.page.mouse.move(0, 0)
    await desk.page.screenshot(path=path, animations="disabled", caret="hide")
    assert is_small(path)


async def test_half_way(browser: Browser, folder: Path) -> None:
    async with workspace(0) as sandbox:
        await lead_half_way(sandbox)
        async with desk_at(browser, sandbox.url) as desk:
            await sees_reminder(desk)
            await taken(desk, folder / "demo-light.png")
            await desk.page.emulate_media(color_scheme="dark")
            await expect(desk.page.locator("#main")).to_have_css("background-color", "rgb(26, 29, 33)")
            await taken(desk, folder / "demo-dark.png")
        async with desk_at(browser, sandbox.url, phone=True) as phone:
            await sees_reminder(phone)
            await taken(phone, folder / "demo-phone.png")


async def sees_reminder(desk: Desk) -> None:
    """In the incident's channel, all of which was read before."""
    await desk.presses("Dismiss first steps")
    await desk.opens(ROOM)
    await expect(desk.message("Update due: it was promised for")).to_be_in_viewport()


async def test_declaring(ada: Desk, folder: Path) -> None:
    await ada.chooses("Declare incident", button="Shortcuts")
    declare = ada.dialog("Declare an incident")
    await declare.get_by_role("textbox", name="What is wrong?").fill("Checkout is down")
    await declare.get_by_role("radio", name="SEV1").check()
    path = folder / "declare-modal.png"
    await declare.screenshot(path=path, animations="disabled", caret="hide")
    assert is_small(path)


async def test_paging(browser: Browser, folder: Path) -> None:
    async with workspace(0) as sandbox:
        clock = sandbox.ws.clock
        await clock.forward(minutes=minutes_to_two(clock.now()))
        async with desk_at(browser, sandbox.url) as desk:
            await desk.page.set_viewport_size(NARROW)
            await desk.presses("Dismiss first steps")
            await desk.opens("payments")
            await desk.types("/incident simulate sev1 checkout at 02:31")
            answer, path = desk.message("if nobody answers"), folder / "simulate.png"
            await expect(answer).to_contain_text("Nobody was told anything")
            await answer.screenshot(path=path, animations="disabled", caret="hide")
            assert is_small(path)
        await sandbox.outside.alert(resolved=False)
        await clock.forward(minutes=5)
        async with desk_at(browser, sandbox.url, phone=True) as phone:
            await phone.presses("Dismiss first steps")
            await phone.opens("Tocsin", "dan")
            await expect(phone.message("You are paged")).to_be_in_viewport()
            await taken(phone, folder / "page-phone.png")
