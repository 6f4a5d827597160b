"""Who was not asked moves an incident on while somebody is paged for it: it moves, paging goes on, they are asked."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.rules import lifecycle
from bot.rules.refused import Refused
from tests.outside.parties import party
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.made_private import HIDDEN, expect_hidden
from tests.stories.oncall import PRIMARY, on_call
from tests.stories.opening import Opened, opened
from tests.stories.test_slack_away import terminal

BOTH = ["I'm on it", "Only looking", "Undo"]


def paging(*levels: str, **more: Any) -> dict[str, Any]:
    """Whatever is declared pages these, one after the other."""
    named = {"name": "payments", "levels": [{"page": each} for each in levels]}
    return on_call(policies=[named], default_policy="payments", **more)


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """Whatever is declared pages Bob, then Ada; Cleo is on no level."""
    async with told(stage, configuration=paging("primary", "ada")) as told_story:
        yield told_story


async def paged(story: Story, ada: Person, bob: Person, words: str = "sev1 Checkout is down") -> Opened:
    """INC-1, for which Bob was paged a moment ago."""
    it = await opened(story, ada, words)
    it.card.says(f"📟 Paging <@{bob.id}>")
    bob.is_paged("INC-1")
    return it


def goes_on(bob: Person) -> str:
    return f"Nobody has INC-1 yet: the paging of <@{bob.id}> goes on. Are you taking it?"


async def expect_paging(story: Story, it: Opened, ada: Person) -> None:
    """After five minutes the next level is paged."""
    it.card.says("not acknowledged yet", "📟 Paging")
    it.announcement.says("*nobody has it yet*")
    await story.forward(minutes=5)
    it.room.expects("Nobody has acknowledged it within 5 min", f"No answer: paging <@{ada.id}>")
    it.announcement.thread.expects("Nobody has acknowledged it within 5 min")
    ada.is_paged("INC-1")


async def test_by_the_verb(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await paged(story, ada, bob)
    await cleo.types("/incident status investigating", it.room)
    question = cleo.is_told("INC-1 is *investigating* now (was detected).", goes_on(bob), where=it.room)
    assert question.buttons == BOTH
    it.card.says("*Investigating*")
    moved = it.room.expects("from detected to *investigating*", "Nobody has it yet").says_not("and has it")
    assert moved.buttons == ["Acknowledge"]
    await question.click("Only looking", by=cleo)
    question.says("You follow INC-1")
    await expect_paging(story, it, ada)


async def test_where_no_level_is_left_they_hear_that_and_no_glass_is_offered(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await paged(story, ada, bob)
    await cleo.types("/incident escalate further", it.room)
    cleo.is_told(f"You paged <@{ada.id}>", where=it.room)
    it.room.expects(f"<@{cleo.id}> pages <@{ada.id}>")
    ada.is_paged("INC-1")
    await cleo.types("/incident escalate further", it.room)
    assert not cleo.is_told("Everybody who can be paged for INC-1 has been", where=it.room).buttons


async def test_by_the_modal_nothing_that_was_typed_is_lost(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await paged(story, ada, bob)
    await it.card.click("Acknowledge", by=cleo)
    cleo.is_told("This stops the paging", where=it.room)
    await cleo.types("/incident status", it.room)
    await cleo.submits(status="identified", text="A bad deploy", impact="No cart can be paid")
    assert not cleo.has_modal
    it.room.expects("Update #1", "Identified (was detected)", "A bad deploy", "No cart can be paid")
    it.announcement.thread.expects("Update #1")
    question = cleo.is_told("Update #1 of INC-1 is posted", goes_on(bob), where=it.room)
    assert question.buttons == BOTH
    it.card.says("*Identified*", "not acknowledged yet", f"📟 Paging <@{bob.id}>")
    await question.click("I'm on it", by=cleo)
    question.says("You have INC-1")
    it.room.expects(f"<@{cleo.id}> has it")
    it.card.says("*Identified*", f"<@{cleo.id}> has it").says_not("📟")
    await story.forward(minutes=6)
    ada.is_not_paged()


async def test_by_an_update_and_by_the_word_itself(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await paged(story, ada, bob)
    await it.card.click("Post update", by=cleo)
    await cleo.submits(text="Looking", status="acknowledged")
    assert not cleo.has_modal
    it.room.expects("Update #1", "Detected", "Looking")
    it.announcement.thread.expects("Update #1")
    question = cleo.is_told("Update #1 of INC-1 is posted (detected)", goes_on(bob), where=it.room)
    assert question.buttons == ["I'm on it", "Only looking"]
    await cleo.types("/incident status acknowledged", it.room)
    cleo.is_told(f"This stops the paging of <@{bob.id}>. Are you taking it?", where=it.room)
    await expect_paging(story, it, ada)


async def test_where_they_cannot_be_asked_beside_the_modal_they_are_by_direct_message(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await paged(story, ada, bob)
    await cleo.types("/incident status", it.room)
    story.sandbox.responses.slips.clear()  # as after half an hour
    story.allow("response_url", "expired_url")
    await cleo.submits(status="identified")
    it.room.expects("*identified*")
    question = cleo.dm.expects("INC-1 is *identified* now", goes_on(bob))
    await question.click("I'm on it", by=cleo)
    question.says("You have INC-1")
    it.room.expects(f"<@{cleo.id}> has it")


async def test_undone_it_is_as_before(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await paged(story, ada, bob)
    await cleo.types("/incident status monitoring", it.room)
    question = cleo.is_told(goes_on(bob), where=it.room)
    it.room.expects("*monitoring*")
    await question.click("Undo", by=cleo)
    question.says("INC-1 is *detected* again (was monitoring)")
    it.room.expects("took back the move to monitoring", "Nobody has it")
    await expect_paging(story, it, ada)


async def test_in_a_terminal(story: Story, stage: Stage, ada: Person, bob: Person) -> None:
    it = await paged(story, ada, bob)
    async with terminal(story, stage, "Cleo") as cleo:
        lines = [
            line.text for line in await cleo.act(1, lifecycle.change_status, status="investigating", note="Looking")
        ]
        how = "Are you taking it? tocsin incident ack INC-1 --sure"
        assert f"Nobody has INC-1 yet: the paging of bob goes on. {how}" in lines
        with pytest.raises(Refused) as asked:
            await cleo.act(1, lifecycle.acknowledge)
        assert cleo.paper.sentence(asked.value.sentence) == f"This stops the paging of bob. {how}"
        await story.settled()
        it.room.expects("Update #1", "Investigating")
        it.announcement.thread.expects("Update #1")
    await expect_paging(story, it, ada)


async def test_while_only_pagerduty_was_paged(stage: Stage) -> None:
    keys = {"pagerduty_routing_keys": SecretStr("payments=R1"), "pagerduty_webhook_secret": SecretStr("secret")}
    configuration = paging("pagerduty:payments", "ada", teams=[], services=[], rotations=[])
    async with party() as server:
        server.status = 202
        async with told(stage, configuration=configuration, variables={**keys, "pagerduty_url": server.url}) as story:
            ada, cleo = story.person("ada"), story.person("cleo")
            it = await opened(story, ada)
            it.card.says("📟 Paging PagerDuty (payments)")
            await it.card.click("Acknowledge", by=cleo)
            question = cleo.is_told("This stops the paging of PagerDuty (payments). Are you taking it?", where=it.room)
            assert [each.told["event_action"] for each in server.heard] == ["trigger"]
            await question.click("I'm on it", by=cleo)
            question.says("You have INC-1")
            it.room.expects(f"<@{cleo.id}> has it")
            assert [each.told["event_action"] for each in server.heard] == ["trigger", "acknowledge"]


async def test_while_only_a_channel_was_paged_who_reads_it_there_was_asked(stage: Stage) -> None:
    async with told(stage, configuration=paging("#payments", "ada")) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        it = await opened(story, ada)
        it.card.says("📟 Paging #payments")
        page = story.place("#payments").expects("INC-1", "Paging #payments")
        await cleo.types("/incident ack", it.room)
        cleo.is_told("This stops the paging of #payments. Are you taking it?", where=it.room)
        it.card.says("not acknowledged yet")
        await page.click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=story.place("#payments"))
        it.room.expects(f"<@{bob.id}> has it")


SHADOWED = {**PRIMARY, "layers": [{"people": ["bob"]}, {"people": ["cleo"], "shadow": True}]}


async def test_made_private_who_is_being_paged_stays_in_it_and_a_shadow_does_not(stage: Stage) -> None:
    shadowed = {key: value for key, value in SHADOWED.items() if key != "people"}
    async with told(stage, configuration=paging("primary", "ada", rotations=[shadowed])) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        it = await opened(story, ada, f"sev1 {HIDDEN}")
        it.card.says(f"📟 Paging <@{bob.id}>")
        page = bob.is_paged("INC-1", HIDDEN)
        cleo.has_message("INC-1", "as a shadow")
        await ada.types(f"/incident private <@{ada.id}>", it.room)
        said = f"📟 <@{bob.id}> is being paged for it, and so may see it."
        ada.is_told(f"<@{ada.id}> and <@{bob.id}> may see it", said, where=it.room)
        expect_hidden(story, it.room)
        room = story.room(1)
        assert room.members == ["ada", "bob", "tocsin"]
        await page.click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        room.expects(f"<@{bob.id}> has it")
        await cleo.types("/incident INC-1 ack")
        cleo.is_told("There is no INC-1")
