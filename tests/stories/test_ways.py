"""Who does not answer in Slack is reached by their next way; what comes there is answered by its link, once."""

import email
import re
from email import policy as mail_policy
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.rules import reaching
from bot.rules.change import Origin
from bot.rules.reaching import Way
from tests.outside.parties import Letterbox, letterbox
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.test_page import PAGING, declares, overheard

PUBLIC = "https://tocsin.example.com"


def by_mail(box: Letterbox) -> dict[str, Any]:
    return {"smtp_url": SecretStr(box.url), "public_url": PUBLIC}


async def chooses(story: Story, who: Person, *ways: Way) -> None:
    """They are reached by Slack, then by these."""
    origin = Origin(f"slack:{who.id}", "modal")
    changes = story.bot.incidents.changes
    await changes.turn(f"person:{who.id}", reaching.set_ways, origin, ways=(Way("slack"), *ways))
    await story.settled()


def read(box: Letterbox) -> tuple[str, str]:
    """The last mail: its subject, its text."""
    content = box.mails[-1].content
    assert isinstance(content, bytes)
    mail = email.message_from_bytes(content, policy=mail_policy.default)
    return str(mail["Subject"]), mail.get_content()


async def asked(story: Story, method: str, link: str, **form: str) -> tuple[int, str]:
    """Status and text of a page behind a link."""
    address = link.replace(PUBLIC, story.bots[-1].url)
    async with aiohttp.ClientSession() as session, session.request(method, address, data=form or None) as answer:
        page = await answer.text()
    await story.settled()
    return answer.status, page


async def test_a_mail_after_a_minute_and_its_link_acknowledges_once(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await chooses(story, bob, Way("mail", "bob@example.com"))
        await declares(story, ada)
        page = bob.is_paged("INC-1")
        assert not box.mails
        await story.forward(minutes=1)
        subject, text = read(box)
        assert subject == "Paged: SEV1 INC-1 Checkout is down"
        assert "you are paged, as nobody has it yet. cleo is next, at 10:05." in text
        link = re.search(rf"{PUBLIC}/page/\S+", text)
        assert link
        status, shown = await asked(story, "GET", link[0])
        assert (status, "You are" in shown, "Nobody has it yet" in shown, "<button>" in shown) == (200, *[True] * 3)
        status, shown = await asked(story, "POST", link[0])
        assert (status, "You have INC-1" in shown) == (200, True)
        story.room(1).expects(f"<@{bob.id}> has it", "y a link in a page")
        status, shown = await asked(story, "POST", link[0])
        assert "You pressed this before" in shown
        status, shown = await asked(story, "POST", link[0][:-3] + "xyz")
        assert (status, "not from here" in shown) == (400, True)
        assert len(box.mails) == 1
        assert page.buttons
        overheard(story)
