"""A page in a direct message stays true: who has it, and what is left to do. It is edited, so that nobody is rung."""

from collections.abc import AsyncIterator

import pytest

from bot.rules.paging.reaching import Reach
from bot.sandbox.dials import Fault
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.oncall import PRIMARY, on_call
from tests.stories.outages import caught_up
from tests.stories.test_page import PAGING, declares, overheard

NOTHING = "Nothing to do for you"


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """Whatever is declared pages Bob, then Cleo, then Ada."""
    async with told(stage, configuration=PAGING) as told_story:
        yield told_story
        overheard(told_story)


async def test_who_need_not_come_reads_who_has_it_and_the_buttons_come_back(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    await declares(story, ada)
    first = bob.is_paged("INC-1", f"<@{cleo.id}> is next")
    await story.forward(minutes=5)
    second = cleo.is_paged("INC-1")
    cleo.is_told("what is known so far", where=story.room(1))
    first.says(f"<@{ada.id}> is next").says_not(f"<@{cleo.id}> is next")
    assert first.buttons == second.buttons == ["Acknowledge", "Can't, next please"]
    await second.click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where=cleo.dm)
    first.says(f"<@{cleo.id}> has had it since", NOTHING, f"<#{story.room(1).channel}>").says_not("paged")
    second.says("You have had it since")
    assert first.buttons == second.buttons == []
    await cleo.types("/incident unack", story.room(1))
    cleo.is_told("nobody has it now", where=story.room(1))
    ada.is_paged("its acknowledgement was taken back")
    first.says("You were paged at", "nobody has it yet").says_not("has had it")
    assert first.buttons == ["Acknowledge", "Can't, next please"]
    await ada.types("/incident resolve rolled back", story.room(1))
    ada.is_told("is resolved", where=story.room(1))
    for page in (first, second):
        page.says("Resolved at", NOTHING)
        assert not page.buttons
    assert len(bob.dm.messages()) == 1


async def test_of_several_each_tells_its_own_and_an_earlier_page_points_to_the_later(
    story: Story, ada: Person, bob: Person
) -> None:
    await declares(story, ada)
    first = bob.is_paged("INC-1")
    await declares(story, ada, "sev2 Search is slow")
    await declares(story, ada, "sev1 Login is down")
    await story.forward(minutes=1)
    joined = bob.is_paged("INC-1", "INC-2", "INC-3")
    names = ("INC-1", "INC-3", "INC-2")
    assert sorted(names, key=joined.message.text.index) == list(names)  # the most severe first
    first.says("INC-1: see the later page")
    assert not first.buttons
    await joined.click("Acknowledge", by=bob, beside="Login is down")
    bob.is_told("You have INC-3", where=bob.dm)
    await ada.types("/incident INC-2 cancel false alarm")
    ada.is_told("INC-2 is cancelled")
    joined.says(
        "You have had it since", "Cancelled at", "Of 3 incidents 1 still waits for you: SEV1 INC-1 Checkout is down"
    )
    assert joined.buttons == ["Acknowledge", "Can't, next please"]
    await joined.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=bob.dm)
    joined.says("nobody waits for you any more")


async def test_who_cannot_come_reads_that_they_passed_it_on(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    await declares(story, ada)
    page = bob.is_paged("INC-1")
    await page.click("Can't, next please", by=bob)
    bob.is_told("you do not take INC-1", where=bob.dm)
    page.says("You passed it on. Nobody has it yet.", NOTHING)
    assert not page.buttons
    await cleo.is_paged("INC-1").click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where=cleo.dm)
    page.says(f"You passed it on. <@{cleo.id}> has had it since")


async def test_who_may_not_see_it_any_more_reads_nothing_of_it(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    await declares(story, ada)
    page = bob.is_paged("INC-1", "Checkout is down")
    await page.click("Can't, next please", by=bob)
    bob.is_told("you do not take INC-1", where=bob.dm)
    await cleo.is_paged("INC-1").click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where=cleo.dm)
    former = story.room(1)
    await cleo.types("/incident private @ada", former)
    cleo.is_told("is private now", where=former)
    page.says("INC-1 is private now, and goes on without you", NOTHING).says_not("Checkout")


async def test_a_shadow_reads_it_as_well(stage: Stage) -> None:
    rotation = {"layers": [{"people": ["bob"]}, {"people": ["cleo"], "shadow": True}]}
    rotation |= {key: value for key, value in PRIMARY.items() if key != "people"}
    configuration = on_call(rotations=[rotation], policies=[{"name": "all", "levels": [{"page": "primary"}]}])
    team = {**configuration["teams"][0], "policy": "all"}
    async with told(stage, configuration={**configuration, "teams": [team], "default_policy": "all"}) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        await declares(story, ada)
        seen = cleo.has_message("You see its pages as a shadow", "everybody is told that nobody answered")
        await bob.is_paged("INC-1").click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        seen.says(f"<@{bob.id}> has it").says_not("everybody is told")
        assert not seen.buttons
        overheard(story)


async def test_an_edit_that_waits_holds_no_page_up(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    await declares(story, ada)
    first = bob.is_paged("INC-1")
    story.allow("chat.update", "ratelimited")
    story.sandbox.dials.faults = [Fault("chat.update", "429", retry_after=1)]
    await ada.types("/incident INC-1 ack")
    ada.is_told("You have INC-1")
    await declares(story, ada, "sev1 Search is down")
    await story.forward(minutes=1)
    bob.is_paged("INC-2").says_not("INC-1")
    assert first.buttons
    story.sandbox.dials.faults = []
    await caught_up(story)
    first.says(f"<@{ada.id}> has had it since")
    assert not first.buttons


async def test_a_page_that_somebody_deleted_is_let_be(story: Story, ada: Person, bob: Person) -> None:
    await declares(story, ada)
    page = bob.is_paged("INC-1")
    del story.sandbox.ws.posts[page.channel][page.ts]
    story.allow("chat.update", "message_not_found")
    await ada.types("/incident INC-1 ack")
    ada.is_told("You have INC-1")
    bob.is_not_paged()


async def test_paged_for_what_somebody_has_they_say_that_they_come(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    await declares(story, ada)
    await bob.is_paged("INC-1").click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where=bob.dm)
    await bob.types("/incident escalate @cleo the database", story.room(1))
    bob.is_told(f"<@{cleo.id}>", where=story.room(1))
    page = cleo.has_message(f"You are paged: <@{bob.id}> asks for you", f"<@{bob.id}> has it", "the database")
    assert page.buttons == ["I'm coming", "Can't, next please"]
    await page.click("I'm coming", by=cleo)
    cleo.is_told("You help with INC-1", where=cleo.dm)
    story.room(1).expects(f"<@{cleo.id}>", "was paged, and is coming")
    page.says(f"You are coming. <@{bob.id}> has had it since")
    assert not page.buttons
    reach = await story.bot.incidents.changes.standing(f"person:{cleo.id}", Reach(cleo.id))
    assert not reach.pages  # none of their other ways rings
    await cleo.types("/incident join INC-1")
    cleo.is_told("You are a responder of INC-1 already")
