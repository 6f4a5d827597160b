"""Executives are told of a SEV1: by mail over a real SMTP server, and in their channel; never of a private one."""

import email
from email import policy as form
from email.message import EmailMessage
from typing import Any

from bot.rules.events import GaveUp
from tests.outside.parties import Letterbox, letterbox
from tests.processes.running import until
from tests.stories.kit import Stage, Story, told
from tests.stories.test_page import overheard

AUDIENCE = {"name": "executives", "severities": ["SEV1"], "mail": ["ceo@example.com"], "channel": "#payments"}
TOLD: dict[str, Any] = {"audiences": [AUDIENCE]}


def variables(box: Letterbox) -> dict[str, Any]:
    return {"smtp_url": box.url, "mail_from": "tocsin@example.com"}


def mails(box: Letterbox) -> list[EmailMessage]:
    found = [email.message_from_bytes(each.content or b"", policy=form.default) for each in box.mails]
    assert all(isinstance(each, EmailMessage) for each in found)
    return found  # type: ignore[return-value]


async def test_executives_get_update_2_by_mail_and_in_their_channel(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=TOLD, variables=variables(box)) as story:
        ada = story.person("ada")
        await ada.types("/incident declare sev1 Checkout <b>is</b> down")
        ada.is_told("is declared")
        await ada.types("/incident update We look at it", story.room(1))
        await ada.types("/incident update Rolled back & <watching>", story.room(1))
        await story.settled()
        subjects = [each["Subject"] for each in mails(box)]
        assert subjects == [
            "SEV1 Declared: Checkout <b>is</b> down",
            "SEV1 Update #1: Checkout <b>is</b> down",
            "SEV1 Update #2: Checkout <b>is</b> down",
        ]
        last = mails(box)[-1]
        plain, html = (last.get_body((kind,)) for kind in ("plain", "html"))
        assert plain
        assert html
        for said in ("Incident: INC-1", "Severity: SEV1", "Duration:", "Current status: Rolled back & <watching>"):
            assert said in plain.get_content()
        assert "Next update: Mon 2026-03-02 10:30 (Europe/Madrid)" in plain.get_content()
        assert "Rolled back &amp; &lt;watching&gt;" in html.get_content()
        story.place("#payments").expects("SEV1 Update #2: Checkout", "*Services impacted*: not known yet")
        ours(story)


async def test_a_private_one_never_leaves_and_a_test_says_whom_it_would_tell(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=TOLD, variables=variables(box)) as story:
        ada = story.person("ada")
        await ada.types("/incident declare private sev1 Somebody got in")
        await ada.types("/incident drill sev1 Only a try")
        await story.settled()
        ada.has_message("TEST: would tell executives", "SEV1 Declared: Only a try")
        story.place("#payments").expects_nothing()
        assert box.mails == []
        ours(story)


async def test_what_is_told_late_is_as_it_was_then(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=TOLD, variables=variables(box)) as story:
        ada, box.says = story.person("ada"), "451 Try again later"
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        await ada.types("/incident update We look at it", story.room(1))
        await story.forward(minutes=3)
        await ada.types("/incident severity sev2 not as bad", story.room(1))
        await ada.types("/incident resolve Rolled back", story.room(1))
        box.mails.clear()
        box.says = "250 Taken"

        async def all_came() -> bool:
            return len(box.mails) == 3

        await until(all_came, "all mails")
        subjects = ["SEV1 Declared", "SEV1 Update #1", "SEV2 Update #2"]
        assert [each["Subject"] for each in mails(box)] == [f"{each}: Checkout is down" for each in subjects]
        first, second, last = (body.get_content() for each in mails(box) if (body := each.get_body(("plain",))))
        for plain in (first, second):
            due = "Next update: Mon 2026-03-02 10:30 (Europe/Madrid)"
            for said in ("Severity: SEV1", "Duration: less than a minute", due):
                assert said in plain
        assert "Status: detected" in first
        assert "Current status: It was declared just now." in first
        assert "Current status: We look at it" in second
        assert "Current status: not as bad" in last
        assert "Next update: none here while it is SEV2" in last
        ours(story)


async def test_without_a_mail_server_it_is_said_once_in_the_open(stage: Stage) -> None:
    both = {**AUDIENCE, "mail": ["ceo@example.com", "cto@example.com"], "channel": None}
    async with told(stage, configuration={"audiences": [both]}) as story:
        ada = story.person("ada")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        await ada.types("/incident update We look at it", story.room(1))
        await story.settled()
        story.room(1).expects("I could not mail an audience", "that way is not set up", "set `SMTP_URL`")
        said = [each for each in story.bot_messages() if "I could not" in each.text]
        assert len(said) == 1
        assert "example.com" not in said[0].text
        given_up = [each.event for each in await story.bot.incidents.timeline(1, 100) if isinstance(each.event, GaveUp)]
        assert [(each.what, each.reason) for each in given_up] == [("audience_mail", "not_set_up")] * 4
        ours(story)


def ours(story: Story) -> None:
    """The rest is for other stories."""
    overheard(story)
    story.expected.update((each.channel, each.ts) for each in story.bot_messages() if each.ephemeral_for)
