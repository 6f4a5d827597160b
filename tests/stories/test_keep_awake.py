"""*Keep awake*: an incident of business hours is watched day and night from then on."""

import asyncio
from datetime import UTC, datetime

from tests.stories.kit import Person, Stage, Story, told
from tests.stories.opening import opened

FRIDAY = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
"""17:30 in Madrid; business hours end at 18:00."""


async def test_by_the_button_its_clocks_run_over_the_weekend(stage: Stage) -> None:
    async with told(stage, start=FRIDAY) as story:
        ada, bob = story.person("ada"), story.person("bob")
        it = await opened(story, ada, "sev3 Some carts are empty")
        it.card.says("*Keep awake* lets them run")
        await it.card.click("Keep awake", by=bob)
        bob.is_told("INC-1 stays awake", where=it.room)
        it.room.expects(f"<@{bob.id}> keeps it awake")
        it.card.says_not("Keep awake")
        await story.forward(minutes=59)
        it.room.expects_nothing()
        await story.forward(minutes=1)
        it.room.expects("Nobody has acknowledged it within 1 h", "Acknowledge")


async def test_not_pressed_it_sleeps_until_monday(stage: Stage) -> None:
    async with told(stage, start=FRIDAY) as story:
        it = await opened(story, story.person("ada"), "sev3 Some carts are empty")
        await story.forward(minutes=24 * 60)
        it.room.expects_nothing()


async def test_pressed_by_two_at_once_it_is_said_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev3 Some carts are empty")
    await bob.joins(it.room)
    await asyncio.gather(it.card.click("Keep awake", by=ada), it.card.click("Keep awake", by=bob))
    first = it.room.expects("keeps it awake")
    winner, other = (ada, bob) if f"<@{ada.id}>" in first.message.text else (bob, ada)
    winner.is_told("INC-1 stays awake", where=it.room)
    other.is_told("run day and night already", where=it.room)


async def test_what_never_sleeps_does_not_offer_it(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    assert "Keep awake" not in [*it.card.buttons, *it.card.menu]
