"""Somebody is paged by direct message: at once, each incident in it, and they answer there."""

from dataclasses import replace

from tests.stories.kit import Person, Stage, Story, told
from tests.stories.oncall import on_call

PAGING = on_call(default_policy="payments")
"""Whatever is declared pages Bob, then Cleo, then Ada."""


async def declares(story: Story, ada: Person, words: str = "sev1 Checkout is down") -> None:
    """Ada declares; what channels are told of it is for other stories."""
    await ada.types(f"/incident declare {words}")
    ada.is_told("is declared")


def overheard(story: Story) -> None:
    """What is said in channels."""
    channels = story.sandbox.ws.channels.values()
    said = (each for each in story.bot_messages() if any(c.id == each.channel and c.peer is None for c in channels))
    story.expected.update((each.channel, each.ts) for each in said)


async def test_the_page_says_all_and_is_acknowledged_where_it_is_read(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        await declares(story, ada)
        page = bob.is_paged("SEV1", "INC-1", "Checkout is down", f"<@{cleo.id}> is next", "Level 1 of payments")
        assert page.buttons == ["Acknowledge", "Can't, next please"]
        assert page.message.text.startswith("SEV1 INC-1 Checkout is down. You are paged: nobody has it yet.")
        assert "Press Acknowledge to take it" in page.message.text
        await page.click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        page.says("You have had it since", f"Say what you see in <#{story.room(1).channel}>").says_not("paged")
        assert not page.buttons
        await story.forward(minutes=6)
        cleo.is_not_paged()
        overheard(story)


async def test_two_pages_within_a_minute_are_two_messages_the_second_with_both(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        bob.is_paged("INC-1")
        await declares(story, ada, "sev2 Search is slow")
        bob.is_not_paged()
        await story.forward(minutes=1)
        page = bob.is_paged("INC-1", "Checkout is down", "INC-2", "Search is slow")
        assert page.message.text.startswith("You are paged for 2 incidents: SEV1 INC-1 Checkout is down; SEV2 INC-2")
        await page.click("Acknowledge", by=bob, beside="Search is slow")
        bob.is_told("You have INC-2", where=bob.dm)
        await page.click("Acknowledge", by=bob, beside="Checkout is down")
        bob.is_told("You have INC-1", where=bob.dm)
        overheard(story)


async def test_what_somebody_has_before_it_is_sent_is_not_sent(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        bob.is_paged("INC-1")
        await declares(story, ada, "sev2 Search is slow")
        await ada.types("/incident INC-2 resolve it was the cache")
        ada.is_told("INC-2 is resolved")
        await story.forward(minutes=1)
        bob.is_not_paged()
        overheard(story)


async def test_who_cannot_be_written_to_is_told_of_in_the_open(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        ada, bob = story.person("ada"), story.person("bob")
        deaf(story)
        story.sandbox.deactivate(bob.id)
        for method, error in (("chat.postMessage", "user_disabled"), ("conversations.invite", "cant_invite")):
            story.allow(method, error)
        await declares(story, ada)
        story.room(1).expects("I could not", f"page <@{bob.id}> by Slack", "How to reach me")
        story.person("cleo").is_paged("INC-1", "who was paged cannot be reached")
        overheard(story)


def deaf(story: Story) -> None:
    """Slack does not tell the bot who is deactivated."""
    who = story.sandbox.ws.who
    story.sandbox.ws.who = replace(who, events=frozenset(who.events or ()) - {"user_change"})
