"""The link of a page outside Slack does what the page asks for: to take it, to command it, to say that one comes."""

import re

import aiohttp
import pytest

from bot.rules.paging.reaching import Way
from tests.outside.parties import Letterbox, letterbox
from tests.stories.kit import Person, Shown, Stage, Story, told
from tests.stories.test_page import PAGING, declares, overheard
from tests.stories.test_ways import PUBLIC, asked, by_mail, chooses, read


def link_in(box: Letterbox, label: str) -> str:
    """The link of the last mail, which says what it does."""
    _, text = read(box)
    found = re.search(rf"{label}: ({PUBLIC}/page/\S+)", text)
    assert found, text
    return found[1]


async def wanted(story: Story, ada: Person, bob: Person, cleo: Person) -> Shown:
    """Bob has INC-1, a SEV2 that nobody commands; who is asked for it."""
    await chooses(story, cleo, Way("mail", "cleo@example.com"))
    await declares(story, ada, "sev2 Checkout is slow")
    await bob.is_paged("INC-1").click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=bob.dm)
    await story.forward(minutes=10)
    return story.room(1).expects("still no commander")


async def asked_to_command(story: Story, ada: Person, bob: Person, cleo: Person) -> Shown:
    """Cleo's page, a minute after Ada asked her to command INC-1: by then she has it by mail, too."""
    await (await wanted(story, ada, bob, cleo)).click("Ask @cleo", by=ada)
    ada.is_told("You asked", where=story.room(1))
    cleo.is_told("what is known so far", where=story.room(1))
    page = cleo.has_message("asks you to take command")
    await story.forward(minutes=1)
    return page


async def test_who_is_asked_to_command_commands_by_the_link(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        page = await asked_to_command(story, ada, bob, cleo)
        link = link_in(box, "Take command")
        status, shown = await asked(story, "GET", link)
        assert (status, "<button>Take command</button>" in shown, "Nobody commands it." in shown) == (200, True, True)
        status, shown = await asked(story, "POST", link)
        assert "You command INC-1." in shown
        story.room(1).expects(f"<@{cleo.id}> took command")
        cleo.has_message("You are its incident commander now", "Hand out the work")
        page.says("You command it.")
        assert not page.buttons
        overheard(story)


async def test_nobody_loses_command_to_a_link_that_came_late(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        page = await asked_to_command(story, ada, bob, cleo)
        link = link_in(box, "Take command")
        await bob.types("/incident command", story.room(1))
        bob.is_told("You are incident commander", where=story.room(1))
        page.says(f"<@{bob.id}> commands it. Nothing to do for you.")
        assert not page.buttons
        _, shown = await asked(story, "GET", link)
        assert ("Nothing to do for you" in shown, "commands it." in shown, "<button>" in shown) == (True, True, False)
        _, shown = await asked(story, "POST", link)
        assert "commands INC-1 by now. Nothing to do for you; ask them before you take it over." in shown
        overheard(story)


async def test_who_is_paged_for_what_somebody_has_says_that_they_come(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        await wanted(story, ada, bob, cleo)
        await bob.types("/incident escalate @cleo", story.room(1))
        bob.is_told(f"<@{cleo.id}>", where=story.room(1))
        cleo.is_told("what is known so far", where=story.room(1))
        page = cleo.has_message(f"<@{bob.id}> asks for you")
        await story.forward(minutes=1)
        _, shown = await asked(story, "POST", link_in(box, "I'm coming"))
        assert "It is known that you are coming to INC-1." in shown
        page.says("You are coming.")
        story.room(1).expects(f"<@{cleo.id}> was paged, and is coming")
        overheard(story)


@pytest.mark.parametrize("stage", [1], indirect=True, ids=["sqlite"])
async def test_while_the_database_is_held_a_press_says_so_and_counts_afterwards(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        page = await asked_to_command(story, ada, bob, cleo)
        link = link_in(box, "Take command")
        async with stage.held():
            address = link.replace(PUBLIC, story.bot.url)
            async with aiohttp.ClientSession() as session, session.post(address) as answer:
                assert answer.status == 503
                assert "this did not count. Try again in a moment." in await answer.text()
            async with (
                aiohttp.ClientSession() as session,
                session.post(address, data={"CallSid": "CA1", "Digits": "1"}) as answer,
            ):
                assert answer.status == 200
                assert "<Say>Tocsin cannot reach its database" in await answer.text()
        status, shown = await asked(story, "POST", link)
        assert (status, "You command INC-1." in shown) == (200, True)
        story.room(1).expects(f"<@{cleo.id}> took command")
        cleo.has_message("You are its incident commander now", "Hand out the work")
        page.says("You command it.")
        overheard(story)
