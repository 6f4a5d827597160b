"""Cancelling what was no incident, with one of five reasons; nobody has to act any more."""

import pytest

from tests.stories.kit import Person, Story
from tests.stories.opening import opened

REASONS = ["false alarm", "duplicate", "planned", "test", "other"]


@pytest.mark.parametrize("reason", REASONS)
async def test_by_the_verb_with_each_reason(story: Story, ada: Person, bob: Person, reason: str) -> None:
    it = await opened(story, ada)
    await bob.types(f"/incident cancel {reason} the <probe> was wrong", it.room)
    bob.is_told(f"INC-1 is cancelled ({reason})", "/incident reopen INC-1 why", where=it.room)
    it.room.expects(f"<@{bob.id}> cancelled it ({reason}): the <probe> was wrong", "Nobody needs to act")
    told = it.announcement.thread.expects(f"cancelled it ({reason})")
    assert not told.message.broadcast
    it.card.says("*Cancelled*", reason)
    assert it.card.buttons == []


async def test_words_that_are_no_reason_are_another_one(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel the probe was wrong", it.room)
    ada.is_told("INC-1 is cancelled (other)", where=it.room)
    it.room.expects("cancelled it (other): the probe was wrong")
    it.announcement.thread.expects("cancelled it (other)")


async def test_the_modal_lets_choose(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel", it.room)
    ada.sees_modal("Cancel the incident", *(f'"value": "{reason}"' for reason in REASONS))
    await ada.submits(reason="duplicate", why="See the other one")
    assert not ada.has_modal
    ada.is_told("INC-1 is cancelled (duplicate)", "Undo", where=it.room)
    it.room.expects("cancelled it (duplicate): See the other one")
    it.announcement.thread.expects("cancelled it (duplicate)")


async def test_the_announcement_shrinks_to_one_line_and_nobody_is_nagged(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel test", it.room)
    ada.is_told("INC-1 is cancelled (test)", where=it.room)
    it.room.expects("cancelled it (test)")
    it.announcement.thread.expects("cancelled it (test)")
    (block,) = it.announcement.message.blocks
    assert "\n" not in block["text"]["text"]
    it.announcement.says("INC-1", "cancelled: test")
    await story.forward(minutes=24 * 60)
    it.room.expects_nothing()


async def test_what_is_over_is_refused(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident cancel planned", it.room)
    ada.is_told("INC-1 is cancelled", where=it.room)
    it.room.expects("cancelled it (planned)")
    it.announcement.thread.expects("cancelled it (planned)")
    for words in ("cancel test", "resolve restarted it", "ack"):
        await bob.types(f"/incident {words}", it.room)
        bob.is_told("INC-1 is already cancelled", "/incident reopen INC-1 why", where=it.room)
