"""A tab with the sandbox's page: what a person sees there, types and presses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Response, expect

PATIENCE = 30_000
"""Milliseconds until what does not show counts as missing."""
WINDOW, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
NAMES = {"ada": "Ada Marín", "bob": "Bob Okafor", "cleo": "Cleo Tan", "dan": "Dan Novák"}

expect.set_options(timeout=PATIENCE)


@dataclass
class Desk:
    """The page, acting as somebody. Whatever the browser complains about is kept in `complaints`."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    async def opens(self, place: str = "incidents", who: str = "ada") -> None:
        """Goes to the page's address."""
        await self.page.goto(f"{self.url}/?as={who}#{place}")
        await expect(self.page.locator("body[data-me]")).to_be_visible()

    async def acts_as(self, who: str) -> None:
        """Chooses another person at the side."""
        await self.page.get_by_role("button", name="change person").click()
        await self.page.get_by_role("menuitemradio", name=NAMES[who]).click()
        await expect(self.page.get_by_role("button", name=f"Act as {NAMES[who]}")).to_be_visible()

    def place(self, name: str) -> Locator:
        """A channel, or a person, in the list at the side."""
        return self.page.locator(f"#sidebar [data-name='{name}']")

    async def goes_to(self, name: str) -> None:
        """Presses a channel in the list at the side."""
        await self.place(name).click()
        channel = await self.place(name).get_attribute("data-channel")
        await expect(self.page.locator(f"#main[data-channel='{channel}']")).to_be_visible()

    async def goes_home(self) -> None:
        """Presses the App Home in the list at the side."""
        await self.page.locator("#sidebar [data-channel='home']").click()
        await expect(self.page.locator("#main[data-channel='home']")).to_be_visible()

    @property
    def composer(self) -> Locator:
        """Where one writes to the channel."""
        return self.page.locator("#main .composer-field")

    async def types(self, text: str) -> None:
        """Writes into the channel and sends it."""
        await self.composer.fill(text)
        await self.page.locator("#main").get_by_role("button", name="Send message").click()

    async def declares(self, words: str = "sev1 Checkout is down") -> None:
        """Declares by slash command, and goes to the new channel."""
        await self.types(f"/incident declare {words}")
        room = self.page.locator("#sidebar [data-name^='inc-1-']")
        await room.click()
        await expect(self.card).to_be_visible()

    def message(self, *words: str) -> Locator:
        """The messages of the channel that say all of this."""
        found = self.page.locator("#main article")
        for each in words:
            found = found.filter(has_text=each)
        return found

    @property
    def card(self) -> Locator:
        """The incident's card in its channel."""
        return self.message("INC-1").filter(has=self.page.get_by_role("button", name="More actions")).first

    def dialog(self, title: str) -> Locator:
        """The modal of this title."""
        return self.page.get_by_role("dialog", name=title, exact=True)

    async def presses(self, label: str, inside: Locator | None = None) -> None:
        """A button by its label."""
        await (inside or self.page).get_by_role("button", name=label, exact=True).click()

    async def acknowledges(self, where: Locator | None = None) -> None:
        """Presses *Acknowledge* on a card, and means it where somebody else is paged."""
        await self.presses("Acknowledge", where or self.card)
        await self.presses("I'm on it")
        await expect(self.message("has it,")).not_to_have_count(0)

    async def chooses(self, label: str, button: str = "More actions", inside: Locator | None = None) -> None:
        """Opens a menu by its button and takes an entry."""
        await self.presses(button, inside)
        await self.page.get_by_role("menuitem", name=label).click()

    async def turns(self, label: str) -> None:
        """A button of the clock; waits until its time has changed."""
        clock = self.page.locator("time[data-clock]")
        before = await clock.get_attribute("data-clock")
        await self.presses(label)
        await expect(clock).not_to_have_attribute("data-clock", before or "")
        await expect(self.page.locator(".clock [aria-busy]")).to_have_count(0)

    def complain(self, said: ConsoleMessage) -> None:
        """Keeps what the browser's console calls an error or a warning."""
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.type}: {said.text}")

    def refused(self, response: Response) -> None:
        """Keeps what the page asked for in vain."""
        if response.status >= 400:
            asked = response.request
            self.complaints.append(f"{response.status}: {asked.method} {asked.url} {asked.post_data or ''}")


@asynccontextmanager
async def desk_at(browser: Browser, url: str, *, phone: bool = False, theme: str = "light") -> AsyncIterator[Desk]:
    """A tab of its own, in #incidents as Ada; in the end the browser must have had nothing to complain about."""
    context = await browser.new_context(
        viewport=PHONE if phone else WINDOW,
        has_touch=phone,
        is_mobile=phone,
        device_scale_factor=1,
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    desk = Desk(await context.new_page(), url)
    desk.page.on("console", desk.complain)
    desk.page.on("response", desk.refused)
    desk.page.on("pageerror", lambda error: desk.complaints.append(f"page: {error}"))
    await desk.opens()
    try:
        yield desk
    finally:
        await context.close()
    assert not desk.complaints, "\n".join(desk.complaints)
