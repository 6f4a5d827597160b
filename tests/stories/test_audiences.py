"""Executives are told of a SEV1: by mail over a real SMTP server, and in their channel; never of a private one."""

import email
from email import policy as form
from email.message import EmailMessage
from typing import Any

from tests.outside.parties import Letterbox, letterbox
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
        assert "Next update: 2026-03-02 09:30 UTC" in plain.get_content()
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


def ours(story: Story) -> None:
    """The rest is for other stories."""
    overheard(story)
    story.expected.update((each.channel, each.ts) for each in story.bot_messages() if each.ephemeral_for)
