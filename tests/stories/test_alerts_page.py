"""An alert pages who is on call; rules say which alerts declare, are told, resolve by themselves, or are ignored."""

import re
from typing import Any

from bot.rules.paging.reaching import Way
from tests.alerts.payloads import firing
from tests.outside.parties import letterbox
from tests.stories.alerting import fire
from tests.stories.kit import Stage, Story, told
from tests.stories.oncall import on_call
from tests.stories.opening import acknowledged, resolved
from tests.stories.test_ways import PUBLIC, asked, by_mail, chooses, read

SAYS = "Checkout fails for 12 % of requests"


def overheard(story: Story) -> None:
    """What is said in channels is for other stories."""
    channels = story.sandbox.ws.channels.values()
    said = (each for each in story.bot_messages() if any(c.id == each.channel and c.peer is None for c in channels))
    story.expected.update((each.channel, each.ts) for each in said)


async def test_an_alert_pages_and_pages_anew_when_it_fires_again(stage: Stage) -> None:
    async with told(stage, configuration=on_call()) as story:
        bob = story.person("bob")
        await fire(story, firing())
        page = bob.is_paged("SEV2", "INC-1", "CheckoutErrors", f"🔔 {SAYS}\nYou are paged")
        assert f"CheckoutErrors. The alert says: {SAYS}. You are paged" in page.message.text
        await page.click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        overheard(story)
        await fire(story, firing(status="resolved"))
        overheard(story)
        await resolved(story, bob, story.room(1))
        await story.forward(minutes=5)
        await fire(story, firing())
        bob.is_paged("INC-1", "CheckoutErrors")
        overheard(story)


async def test_the_policy_of_a_rule_pages(stage: Stage) -> None:
    rule = {"labels": {"severity": "critical"}, "severity": "SEV1", "policy": "everything else"}
    async with told(stage, configuration=on_call(alerts={"rules": [rule]})) as story:
        await fire(story, firing())
        story.person("ada").is_paged("SEV1", "INC-1", "CheckoutErrors")
        story.person("bob").is_not_paged()
        overheard(story)


async def test_what_the_newest_alert_says_is_in_a_mail_and_behind_its_link(stage: Stage) -> None:
    async with letterbox() as box, told(stage, configuration=on_call(), variables=by_mail(box)) as story:
        bob = story.person("bob")
        await chooses(story, bob, Way("mail", "bob@example.com"))
        await fire(story, firing(), firing("web-2"))
        bob.is_paged("INC-1", "🔔 Newest alert: Checkout fails")
        await story.forward(minutes=1)
        text = read(box)[1].replace("\r\n", "\n")
        assert f"INC-1 CheckoutErrors\nThe newest alert says: {SAYS}.\nYou were paged at" in text
        link = re.search(rf"{PUBLIC}/page/\S+", text)
        assert link
        shown = (await asked(story, "GET", link[0]))[1]
        assert f"Nobody has it yet.</p><p>The newest alert says: {SAYS}.</p>" in shown
        overheard(story)


async def test_where_a_thread_is_the_room_its_top_message_says_it(stage: Stage) -> None:
    severities = [{"name": "SEV1"}, {"name": "SEV2", "room": "thread"}]
    async with told(stage, configuration=on_call(severities=severities)) as story:
        bob, cleo = story.person("bob"), story.person("cleo")
        await fire(story, firing())
        top = story.place("#incidents").expects(f"CheckoutErrors\n🔔 {SAYS}\n*Detected*")
        top.says(f"📟 Paging <@{bob.id}>, next <@{cleo.id}> at")
        bob.is_paged("INC-1")
        await fire(story, *(firing(f"web-{number}") for number in range(2, 11)))
        top.says(f"🔔 Newest alert: {SAYS}")
        overheard(story)


RULES: dict[str, Any] = {
    "alerts": {
        "rules": [
            {"do": "ignore", "labels": {"env": "dev"}},
            {"do": "notify", "labels": {"env": "staging"}},
            {"do": "keep", "title": "Noise*"},
            {"labels": {"severity": "critical"}, "severity": "SEV3", "resolve": "auto"},
        ]
    }
}


async def test_rules_decide(stage: Stage) -> None:
    async with told(stage, configuration=RULES) as story:
        bob = story.person("bob")
        found = await fire(story, firing(env="dev"), firing(alertname="Noise7"))
        assert (found["taken"], found["incidents"]) == (1, [])
        await fire(story, firing(env="staging"))
        note = story.place("#payments").expects("CheckoutErrors", "alertmanager")
        await story.forward(minutes=12)
        await fire(story, firing(env="staging", status="resolved"))
        note.says("Over after 12 min")
        assert (await fire(story, firing("web-9")))["incidents"] == ["INC-1"]
        story.place("#payments").expects("INC-1", "SEV3")
        room = story.room(1)
        room.expects("Declared", "by alertmanager")
        room.expects("runbooks.example")
        await acknowledged(story, bob, room)
        await fire(story, firing("web-9", status="resolved"))
        room.expects("Resolved", "by alertmanager", "fires no longer")
        story.place("#payments").expects("Resolved", "by alertmanager")
