"""What cannot be merged says why, and what to do instead; a loop is never made."""

import asyncio

from tests.stories.kit import Person, Story
from tests.stories.merging import both, merged
from tests.stories.opening import opened, resolved


async def test_into_itself_or_into_what_does_not_exist(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    for line, said in (
        ("merge INC-1", "INC-1 cannot go into itself"),
        ("merge INC-99", "There is no INC-99"),
        ("merge 99999999999", "Merge"),
        ("merge checkout", "Merge"),
    ):
        await ada.types(f"/incident {line}", it.room)
        if ada.has_modal:
            ada.sees_modal("Merge", "There is no open incident that INC-1 can go into")
            await story.sandbox.close_view(ada.id)
        else:
            ada.is_told(said, where=it.room)
    it.room.expects_nothing()


async def test_into_a_closed_one_it_says_to_reopen_that_first(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await resolved(story, ada, first.room)
    await bob.types("/incident merge INC-1", second.room)
    bob.is_told("INC-1 is resolved. Reopen it first (`/incident reopen INC-1 why`)", where=second.room)
    await bob.types("/incident merge", second.room)
    bob.sees_modal("Merge", "There is no open incident that INC-2 can go into")
    await story.sandbox.close_view(bob.id)
    await ada.types("/incident merge INC-2", first.room)
    ada.is_told("INC-1 is already resolved", where=first.room)


async def test_into_a_private_one_nothing_is_shown_to_who_is_not_in_it(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, bob)
    await ada.types("/incident declare private sev1 Somebody got in")
    ada.is_told("INC-2")
    secret = story.room(2)
    secret.expects("Somebody got in")
    await bob.types("/incident merge INC-2", it.room)
    one = bob.is_told("There is no INC-2", where=it.room).message.text
    await bob.types("/incident merge INC-99", it.room)
    assert bob.is_told("There is no INC-99", where=it.room).message.text == one.replace("INC-2", "INC-99")
    await ada.types("/incident merge INC-2", it.room)
    ada.is_told("INC-2 is private: merging would show it", where=it.room)
    await ada.types("/incident merge INC-1", secret)
    ada.is_told("INC-2 is private: merging would show it", where=secret)
    await bob.types("/incident merge", it.room)
    assert "Somebody" not in str(bob.sees_modal("Merge", "There is no open incident").content)


async def test_into_a_test_or_a_test_into_a_real_one(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, bob)
    await ada.types("/incident declare test sev1 We try it")
    ada.is_told("INC-2")
    story.place("#incidents").expects("We try it")
    room = story.room(2)
    room.expects("We try it")
    await ada.types("/incident merge INC-1", room)
    ada.is_told("INC-2 is a test; it does not go together with a real incident", where=room)
    await bob.types("/incident merge INC-2", it.room)
    bob.is_told("INC-2 is a test", where=it.room)


async def test_a_loop_is_refused_and_a_chain_is_read_as_one(story: Story, ada: Person, bob: Person) -> None:
    first, second = await merged(story, ada, bob)
    third = await opened(story, bob, "sev2 Mail is late", 3)
    await ada.types("/incident merge INC-2", first.room)
    ada.is_told("INC-2 was merged into INC-1", where=first.room)
    await bob.types("/incident merge INC-2", third.room)
    bob.is_told("INC-2 was merged into INC-1. Merge INC-3 into that one.", where=third.room)
    await ada.types("/incident merge INC-3", first.room)
    ada.is_told("INC-1 is part of INC-3 now", where=first.room)
    first.room.expects("merged it into *INC-3*")
    first.announcement.thread.expects("merged it into *INC-3*")
    third.room.expects("merged *INC-1* Checkout is down into this one")
    await bob.types("/incident merge INC-1", third.room)
    bob.is_told("INC-1 was merged into INC-3", where=third.room)
    await bob.types("/incident show INC-3")
    told = bob.is_told(f"INC-2: <@{bob.id}> declared SEV1: Carts fail", "INC-3* Mail is late", "with INC-1")
    told.says(f"INC-1: <@{bob.id}> merged INC-2 Carts fail into it", f"> <@{ada.id}> merged INC-1 Checkout is down")
    second.card.says("Merged into INC-1")


async def test_each_into_the_other_at_the_same_moment_one_wins(story: Story, ada: Person, bob: Person) -> None:
    first, second = await both(story, ada, bob)
    await bob.joins(first.room)
    bob.is_told("what is known so far", where=first.room)
    await ada.joins(second.room)
    sandbox = story.sandbox
    await asyncio.gather(
        sandbox.command(ada.id, first.room.channel, "merge INC-2", "/incident"),
        sandbox.command(bob.id, second.room.channel, "merge INC-1", "/incident"),
    )
    await story.settled()
    is_first_gone = "merged into" in first.room.topic
    gone, stays = (first, second) if is_first_gone else (second, first)
    winner, loser = (ada, bob) if is_first_gone else (bob, ada)
    names = ("INC-1", "INC-2") if is_first_gone else ("INC-2", "INC-1")
    winner.is_told(f"{names[0]} is part of {names[1]} now", where=gone.room)
    loser.is_told(f"{names[0]} was merged into {names[1]}", where=stays.room)
    gone.room.expects("merged it into")
    gone.announcement.thread.expects("merged it into")
    stays.room.expects("into this one")
    assert "merged into" not in stays.room.topic
