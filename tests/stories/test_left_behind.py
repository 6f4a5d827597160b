"""What was on its way when an incident became private neither tells more of it nor becomes its place."""

import pytest

from bot.sandbox.dials import Fault, FaultKind
from tests.stories.kit import Person, Place, Stage, Story
from tests.stories.outages import caught_up, impatient

LIMIT = 4.0
"""Seconds that a call may last: what ada does meanwhile is done before it is looked up, on a busy machine too."""


async def made_private(story: Story, ada: Person, method: str, kind: FaultKind) -> None:
    """Declared and made private at once, while that call of unclear end is on its way."""
    story.sandbox.dials.faults = [Fault(method, kind, times=1)]
    story.allow(method, kind)
    await ada.types("/incident declare sev1 Somebody got in")
    ada.is_told("*INC-1* is declared")
    await ada.types("/incident private INC-1")
    await ada.submits()
    ada.sees_modal("Tocsin", "is private now")
    await caught_up(story)


def told_inside(story: Story) -> Place:
    """Its new channel, with all that is said there."""
    room = story.room(1)
    assert story.sandbox.channel(room.channel).private
    room.expects("Somebody got in", "Private")
    room.expects("made it private")
    return room


@pytest.mark.parametrize("kind", ["hang", "lost", "cut"])
async def test_an_announcement_that_was_on_its_way_tells_nothing_in_the_end(stage: Stage, kind: FaultKind) -> None:
    async with impatient(stage, limit=LIMIT) as story:
        story.allow("conversations.rename", "name_taken")  # where its last word is said again
        await made_private(story, story.person("ada"), "chat.postMessage", kind)
        if kind == "hang":
            story.place("#incidents").expects_nothing()
        else:
            story.place("#incidents").expects("INC-1 is private").says_not("Somebody")
        told_inside(story).expects("Before this")
        former = story.place("#inc-1-is-private")
        former.expects("INC-1 is private now").says_not("Somebody")
        former.expects("INC-1 is private now").says_not("Somebody")


@pytest.mark.parametrize("kind", ["hang", "lost", "cut"])
async def test_a_public_channel_that_was_on_its_way_is_left(stage: Stage, kind: FaultKind) -> None:
    async with impatient(stage, limit=LIMIT) as story:
        await made_private(story, story.person("ada"), "conversations.create", kind)
        story.place("#incidents").expects("INC-1 is private").says_not("Somebody")
        told_inside(story)
        public = [each for each in story.sandbox.ws.channels.values() if each.name == "inc-1-is-private"]
        assert [(each.members, each.archived) for each in public] == [([], True)] * len(public)
        assert bool(public) == (kind != "hang")
        assert not any(each.name == "inc-1-somebody-got-in" for each in story.sandbox.ws.channels.values())
