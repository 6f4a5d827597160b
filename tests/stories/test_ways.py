"""Who does not answer in Slack is reached by their next way; what comes there is answered by its link, once."""

import email
import re
from contextlib import AsyncExitStack
from datetime import timedelta
from email import policy as mail_policy
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from pydantic import SecretStr

from bot.rules.change import Origin
from bot.rules.paging import reaching
from bot.rules.paging.reaching import Way
from bot.views.page import SHORTEST
from tests.outside.parties import Letterbox, Party, letterbox, party
from tests.stories.kit import MONDAY, Person, Stage, Story, told
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
        assert subject == "SEV1 INC-1 Checkout is down: you are paged"
        assert "You were paged at 04:00: nobody has it yet. cleo is next, at 04:05." in text
        assert "Times are those of America/New_York." in text  # as his Slack has it
        link = re.search(rf"{PUBLIC}/page/\S+", text)
        assert link
        status, shown = await asked(story, "GET", link[0])
        assert (status, "You are" in shown, "Nobody has it yet" in shown, "<button>" in shown) == (200, *[True] * 3)
        status, shown = await asked(story, "POST", link[0])
        assert (status, "You have INC-1" in shown) == (200, True)
        story.room(1).expects(f"<@{bob.id}> has it", "y a link in a page")
        status, shown = await asked(story, "POST", link[0])
        assert (status, "You pressed this before" in shown, "You have it." in shown) == (400, True, True)
        assert "Thank you" not in shown
        _, shown = await asked(story, "GET", link[0])
        assert ("<h1>You have it</h1>" in shown, "Nothing to do" in shown) == (True, False)
        status, shown = await asked(story, "POST", link[0][:-3] + "xyz")
        assert (status, "not from here" in shown) == (400, True)
        assert len(box.mails) == 1
        page.says("You have had it since").says_not("paged")
        assert not page.buttons
        overheard(story)


async def sent_to_bob(story: Story, box: Letterbox) -> str:
    """The link in the mail that pages Bob for INC-1."""
    ada, bob = story.person("ada"), story.person("bob")
    await chooses(story, bob, Way("mail", "bob@example.com"))
    await declares(story, ada)
    assert bob.is_paged("INC-1").buttons
    await story.forward(minutes=1)
    found = re.search(rf"{PUBLIC}/page/\S+", read(box)[1])
    assert found
    return found[0]


async def test_one_button_for_several_says_so(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await chooses(story, bob, Way("mail", "bob@example.com"))
        for words in ("sev1 Checkout is down", "sev2 Search is slow"):
            await declares(story, ada, words)
        bob.is_paged("INC-1")
        await story.forward(minutes=1)
        bob.is_paged("2 incidents")
        link = re.search(rf"{PUBLIC}/page/\S+", read(box)[1])
        assert link
        _, shown = await asked(story, "GET", link[0])
        assert "<p>The button answers for all 2.</p><form" in shown
        _, shown = await asked(story, "POST", link[0])
        assert ("You have INC-1." in shown, "You have INC-2." in shown) == (True, True)
        overheard(story)


async def test_a_link_that_was_pressed_offers_nothing_more(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        bob, link = story.person("bob"), await sent_to_bob(story, box)
        await asked(story, "POST", link)
        await bob.types("/incident unack", story.room(1))
        status, shown = await asked(story, "GET", link)
        story.person("cleo").is_paged("its acknowledgement was taken back")
        assert (status, "<button>" in shown, "Answer in Slack" in shown) == (200, False, True)
        overheard(story)


async def test_what_a_link_could_not_do_is_no_thanks(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        cleo, link = story.person("cleo"), await sent_to_bob(story, box)
        await cleo.types("/incident INC-1 resolve Rolled back")
        cleo.is_told("INC-1 is resolved")
        status, shown = await asked(story, "POST", link)
        assert (status, "<h1>Not done</h1>" in shown, "INC-1 is already resolved" in shown) == (400, True, True)
        assert "“/incident reopen INC-1 why” opens it again." in shown
        overheard(story)


async def test_a_link_is_for_who_presses_it_and_is_still_here(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        bob, link = story.person("bob"), await sent_to_bob(story, box)
        for method, status in (("HEAD", 200), ("GET", 200), ("PUT", 405), ("OPTIONS", 405), ("DELETE", 405)):
            assert (await asked(story, method, link))[0] == status  # as what scans mails does
        await story.deactivates(bob)
        story.person("cleo").is_paged("INC-1", "who was paged cannot be reached")
        for method in ("GET", "POST"):
            status, shown = await asked(story, method, link)
            assert (status, "deactivated" in shown, "Checkout" in shown) == (400, True, False)
        found = await story.bot.incidents.find(None, number=1)
        assert found
        assert found.acknowledged_by is None
        overheard(story)


async def test_a_body_that_is_no_form_keeps_nobody_from_acknowledging(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=PAGING, variables=by_mail(box)) as story:
        bob, link = story.person("bob"), await sent_to_bob(story, box)
        async with aiohttp.ClientSession(headers={"Content-Type": "multipart/form-data; boundary=x"}) as session:
            for path, status in (("/page/forged", 400), (link.removeprefix(PUBLIC), 200)):
                async with session.post(story.bots[-1].url + path, data=b"no part") as answer:
                    assert answer.status == status, await answer.text()
        await story.settled()
        story.room(1).expects(f"<@{bob.id}> has it", "y a link in a page")
        overheard(story)


def by_phone(server: Party) -> dict[str, Any]:
    token = SecretStr("token")
    account = {"twilio_account_sid": "AC1", "twilio_auth_token": token, "twilio_from": "+34911222333"}
    return {**account, "twilio_url": server.url, "public_url": PUBLIC}


def forms(server: Party) -> list[dict[str, list[str]]]:
    """What Twilio was asked for."""
    return [parse_qs(each.body.decode()) for each in server.heard]


async def test_undisturbed_they_are_rung_at_once_and_a_key_acknowledges(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_phone(server)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await chooses(story, bob, Way("voice", "+34600112233"))
        await bob.is_undisturbed(MONDAY + timedelta(hours=6))
        await declares(story, ada)
        bob.is_paged("INC-1")
        (call,) = forms(server)
        assert call["To"] == ["+34600112233"]
        assert "Press 1 to acknowledge" in call["Twiml"][0]
        link = re.search(r'action="([^"]+)"', call["Twiml"][0])
        assert link
        _, said = await asked(story, "POST", link[1], CallSid="CA1", Digits="5")
        assert "Not answered" in said
        _, said = await asked(story, "POST", link[1], CallSid="CA1", Digits="1")
        assert said.startswith("<Response><Say>You have INC-1.")
        overheard(story)


async def test_undisturbed_a_mail_is_not_waited_for_either(stage: Stage) -> None:
    async with AsyncExitStack() as stack:
        box, server = [await stack.enter_async_context(each) for each in (letterbox(), party())]
        variables = {**by_mail(box), **by_phone(server)}
        story = await stack.enter_async_context(told(stage, configuration=PAGING, variables=variables))
        ada, bob = story.person("ada"), story.person("bob")
        await chooses(story, bob, Way("mail", "bob@example.com"), Way("sms", "+34600112233"))
        await bob.is_undisturbed(MONDAY + timedelta(hours=6))
        await declares(story, ada)
        bob.is_paged("INC-1")
        assert (len(box.mails), len(server.heard)) == (1, 1)
        overheard(story)


async def test_a_way_that_fails_is_told_and_the_next_one_goes_at_once(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_phone(server)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await chooses(story, bob, Way("mail", "bob@example.com"), Way("sms", "+34600112233"))
        await declares(story, ada)
        bob.is_paged("INC-1")
        await story.forward(minutes=1)
        (text,) = forms(server)
        said = text["Body"][0]
        assert said.startswith("SEV1 INC-1 Checkout is down. You were paged at 04:00: nobody has it yet.")
        assert "\nAcknowledge: https://tocsin.example.com/page/" in said
        assert len(said) <= SHORTEST
        story.room(1).expects(f"page <@{bob.id}> by mail", "that way is not set up", "set `SMTP_URL`")
        server.status = 400
        overheard(story)


async def test_ways_are_set_and_tried_in_home(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_phone(server)) as story:
        bob = story.person("bob")
        home = await bob.opens_home()
        home.says("How to reach me", "1. Slack", "wake nobody", "text message, phone call")
        await home.click("How to reach me")
        bob.sees_modal("How to reach me", "Phone number")
        ack = await bob.submits(way1="slack", way2="sms", number="600")
        assert "with its country" in str(ack)
        await bob.submits(way1="slack", way2="sms", number="+34 600 112 233")
        home.says("2. Text message (+34600112233)").says_not("wake nobody")
        await home.click("Test my pager")
        home.says("not answered yet")
        tried = bob.has_message("This is your pager")
        await tried.click("It works", by=bob)
        bob.is_told("Good", where=bob.dm)
        home.says("1. Slack · ✅ tried")
        link = re.search(r"https://\S+", forms(server)[0]["Body"][0])
        assert link
        await asked(story, "POST", link[0])
        home.says("2. Text message (+34600112233) · ✅ tried")
        server.status = 400
        await home.click("Test my pager")
        bob.has_message("tested your pager just now", "again in 60 s")
        await story.forward(minutes=1)
        await home.click("Test my pager")
        bob.has_message("This is your pager")
        home.says("2. Text message (+34600112233) · ❌ tried", "the answer was")


async def test_where_nobody_can_be_paged_the_home_says_nothing_of_it(story: Story, bob: Person) -> None:
    home = await bob.opens_home()
    home.says_not("How to reach me")
