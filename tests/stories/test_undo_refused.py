"""Undo refused: after five minutes, to another person, once somebody has built on it; pressed twice it is done once."""

import asyncio

import pytest

from tests.stories.kit import Person, Place, Story
from tests.stories.opening import acknowledged, opened

HELP = "/incident help"


async def test_after_five_minutes_it_is_refused_and_the_reply_says_what_else(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await it.card.click("Acknowledge", by=bob)
    told = bob.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await story.forward(minutes=6)
    await told.click("Undo", by=bob)
    bob.is_told("for five minutes, and they have passed", HELP, where=it.room)
    told.says("You have INC-1")
    it.card.says(f"<@{bob.id}> has it")
    await bob.types("/incident undo", it.room)
    bob.is_told("for five minutes, and they have passed", where=it.room)


async def test_up_to_the_fifth_minute_it_goes(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await story.forward(minutes=5)
    await bob.types("/incident undo", it.room)
    bob.is_told("nobody has INC-1", where=it.room)
    it.room.expects("Correction")
    it.room.expects("Nobody has acknowledged it within 5 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")


async def test_another_person_is_refused_and_told_whose_it_is(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await ada.types("/incident undo", it.room)
    ada.is_told(f"<@{bob.id}> did that last on INC-1", "only they can take it back", where=it.room)
    it.card.says(f"<@{bob.id}> has it")


BUILT = {
    "status investigating": "*investigating*",
    "severity sev2": "*SEV2*",
    "command": "took command",
    "unack": "nobody has it",
}


@pytest.mark.parametrize(("words", "said"), BUILT.items())
async def test_once_somebody_has_built_on_it_it_is_refused(
    story: Story, ada: Person, bob: Person, words: str, said: str
) -> None:
    it = await opened(story, ada)
    await it.card.click("Acknowledge", by=bob)
    told = bob.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await ada.types(f"/incident {words}", it.room)
    ada.is_told("INC-1", where=it.room)
    it.room.expects(said)
    await told.click("Undo", by=bob)
    bob.is_told("cannot be taken back any more", "INC-1 has changed since", HELP, where=it.room)
    told.says("You have INC-1")
    it.room.expects_nothing()


async def test_a_note_and_a_helper_build_on_nothing(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Acknowledge", by=bob)
    told = bob.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await ada.types("/incident note the disk is full", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("the disk is full")
    await it.announcement.click("I can help", by=cleo)
    cleo.is_told("INC-1", where="#incidents")
    await told.click("Undo", by=bob)
    told.says("nobody has INC-1")
    it.room.expects("Correction", "nobody has it now")
    it.card.says(f"*Responders* <@{cleo.id}>").says_not(f"<@{bob.id}>")


async def test_an_old_button_takes_back_nothing_newer(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Acknowledge", by=bob)
    first = bob.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await bob.types("/incident status identified", it.room)
    second = bob.is_told("*identified* now", where=it.room)
    it.room.expects("*identified*")
    await first.click("Undo", by=bob)
    bob.is_told("INC-1 has changed since", where=it.room)
    it.card.says("Identified")
    await second.click("Undo", by=bob)
    second.says("*acknowledged* again")
    it.room.expects("Correction", "acknowledged again")
    await first.click("Undo", by=bob)
    bob.is_told("INC-1 has changed since", where=it.room)


async def test_redelivered_it_is_done_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await bob.types("/incident status identified", it.room)
    told = bob.is_told("*identified* now", where=it.room)
    it.room.expects("*identified*")
    story.sandbox.dials.redeliver = 2
    await told.click("Undo", by=bob)
    told.says("*acknowledged* again")
    it.room.expects("Correction", "acknowledged again")
    it.room.expects_nothing()
    Place(story, it.room.channel, viewer=bob.id).expects_nothing()


async def test_pressed_twice_at_once_it_is_done_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await bob.types("/incident status identified", it.room)
    told = bob.is_told("*identified* now", where=it.room)
    it.room.expects("*identified*")
    await asyncio.gather(told.click("Undo", by=bob), told.click("Undo", by=bob))
    told.says("*acknowledged* again")
    bob.is_told("INC-1 has changed since", where=it.room)
    it.room.expects("Correction", "acknowledged again")
