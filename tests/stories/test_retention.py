"""Two years after its end what people wrote in an incident is removed; that it was, and how long, stays."""

from collections.abc import AsyncIterator

import pytest

from tests.processes.running import until
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.merging import merged
from tests.stories.opening import opened, resolved, taken

TWO_YEARS = 2 * 365 * 24 * 60
WEEK = 7 * 24 * 60


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    async with told(stage, configuration={"retention": {"keep": "2y"}}) as told_story:
        yield told_story


async def forgotten(story: Story, number: int) -> None:
    """Housekeeping has come by."""

    async def look() -> bool:
        found = await story.bot.incidents.find(None, number=number)
        return bool(found and found.forgotten)

    await until(look, f"INC-{number} without its texts")


async def test_two_years_after_its_end(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=2)
    await taken(story, bob, it.room)
    await ada.types("/incident note Mallory did it", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("Mallory did it")
    await resolved(story, bob, it.room, fix="fired Mallory")
    await story.forward(minutes=WEEK)
    it.room.expects("archive")
    await cleo.types("/incident show INC-1")
    cleo.is_told("Checkout is down", "Mallory did it")

    await story.forward(minutes=TWO_YEARS)
    await forgotten(story, 1)
    await cleo.types("/incident show INC-1")
    shown = cleo.is_told("*SEV1 · INC-1* (removed)", "*Fixed by* (removed)", f"<@{ada.id}> noted: (removed)")
    shown.says("What was written here was removed", f"*Commander* <@{bob.id}>", "*Milestones* detected", "resolved")
    shown.says_not("Mallory", "Checkout is down")
    assert not shown.menu
    await ada.types("/incident catchup INC-1")
    caught = ada.is_told("What was written here was removed", "*Resolved*").says_not("Mallory")
    caught.says_not("What was tried").says_not("not known yet")
    await ada.types("/incident list all")
    ada.is_told("*INC-1* (removed)")

    for words in ("reopen INC-1 it is back", "INC-1 note and then"):
        await bob.types(f"/incident {words}")
        bob.is_told("ended so long ago", "/incident declare")
    await bob.types("/incident edit INC-1")
    assert "submit" not in bob.sees_modal("Edit", "ended so long ago").content
    await opened(story, ada, "sev2 Search is slow", 2)


async def test_of_one_that_was_merged_too(story: Story, ada: Person, bob: Person) -> None:
    it, other = await merged(story, ada, bob)
    await resolved(story, bob, it.room)
    await story.forward(minutes=WEEK)
    it.room.expects("archive")
    other.room.expects("archive")
    await story.forward(minutes=TWO_YEARS)
    await forgotten(story, 1)
    await forgotten(story, 2)
    await ada.types("/incident show INC-1")
    ada.is_told("merged INC-2 (removed) into it").says_not("Carts fail")
