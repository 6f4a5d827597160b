"""Slack tells again what it is not sure to have told: also all at once it has one effect, and the same answer."""

import asyncio

import pytest

from tests.stories.kit import Person, Story
from tests.stories.opening import opened
from tests.stories.repeated import told_each_time

AGAIN = 3
"""So everything comes four times, at once."""


async def kinds(story: Story) -> list[str]:
    """What the timeline of INC-1 holds, apart from what delivery wrote."""
    entries = await story.bot.incidents.timeline(1, 100)
    return [type(each.event).__name__ for each in entries if each.person]


@pytest.mark.parametrize(
    ("line", "said", "kind"),
    [
        ("ack", "has it", "Acknowledged"),
        ("note disk is full", "disk is full", "Noted"),
        ("snooze 30m", "moved the next update", "Snoozed"),
        ("severity sev2", "lowered it", "SeverityChanged"),
    ],
)
async def test_a_command(story: Story, ada: Person, line: str, said: str, kind: str) -> None:
    it = await opened(story, ada)
    story.sandbox.dials.redeliver = AGAIN
    await ada.types(f"/incident {line}", it.room)
    it.room.expects(said)
    told_each_time(ada, it.room, "INC-1")
    assert await kinds(story) == ["Declared", kind]


async def test_a_click(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    story.sandbox.dials.redeliver = AGAIN
    await it.card.click("Take command", by=bob)
    it.room.expects("took command")
    told_each_time(bob, it.room, "You are incident commander of INC-1")
    assert await kinds(story) == ["Declared", "Acknowledged", "RoleAssigned"]


async def test_a_click_that_opens_a_modal(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.joins(it.room)
    story.allow("views.open", "exchanged_trigger_id")
    story.sandbox.dials.redeliver = AGAIN
    await it.card.click("Post update", by=bob)
    bob.sees_modal("Post an update")
    await bob.submits(text="Rolling back")
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    assert await kinds(story) == ["Declared", "Updated"]


async def test_a_modal_that_was_refused_and_mended(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident resolve", it.room)
    story.sandbox.dials.redeliver = AGAIN
    await ada.submits(fix=" ")
    assert "Say what fixed it" in ada.view.errors["What fixed it?"]
    await ada.submits(fix="Rolled back")
    assert not ada.has_modal
    told_each_time(ada, it.room, "INC-1 is resolved")
    it.room.expects("Resolved", "Rolled back")
    story.place("#incidents").expects("Resolved", "Rolled back")
    assert await kinds(story) == ["Declared", "Resolved"]


async def test_an_event(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.joins(it.room)
    story.sandbox.dials.redeliver = AGAIN
    await bob.types("@tocsin note disk is full", it.room)
    told_each_time(bob, it.room, "Noted in the timeline of INC-1")
    it.room.expects("disk is full")
    assert await kinds(story) == ["Declared", "Noted"]


async def test_a_refusal_too(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident ack", it.room)
    ada.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    story.sandbox.dials.redeliver = AGAIN
    await bob.types("/incident ack", it.room)
    told_each_time(bob, it.room, f"<@{ada.id}> already has INC-1")


async def test_the_same_words_of_three_people_at_once_are_three_acts(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, ada)
    for person in (bob, cleo):
        await person.joins(it.room)
    story.sandbox.dials.redeliver = AGAIN
    await asyncio.gather(*(person.types("/incident update Looking", it.room) for person in (ada, bob, cleo)))
    for number, person in enumerate((ada, bob, cleo), start=1):
        it.room.expects(f"Update #{number}", "Looking")
        it.announcement.thread.expects(f"Update #{number}")
        told_each_time(person, it.room, "Update #")
    assert await kinds(story) == ["Declared", "Updated", "Updated", "Updated"]
