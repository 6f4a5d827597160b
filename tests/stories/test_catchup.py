"""Catching up: who comes late is shown alone what is known; later, what is new since they last looked."""

from tests.stories.kit import Person, Story, words
from tests.stories.opening import Opened, opened, privately, resolved, taken


async def under_way(story: Story, ada: Person, bob: Person) -> Opened:
    """INC-1 after six minutes: commanded, with an update and a note."""
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.forward(minutes=6)
    await ada.types("/incident update Rolling the deploy back", it.room)
    ada.is_told("Update #1", where=it.room)
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await ada.types("/incident note restarted the pods, no change", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("restarted the pods")
    assert bob
    return it


async def test_who_joins_late_is_shown_alone_what_is_known(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await under_way(story, ada, bob)
    await cleo.joins(it.room)
    shown = cleo.is_told("*SEV1 · INC-1* Checkout is down", "declared", "6 min ago", where=it.room)
    shown.says(f"*Commander* <@{ada.id}>", "*What was tried*", "Rolling the deploy back", "restarted the pods")
    shown.says("*What comes next*", "next update", "*Still open*")
    assert shown.buttons == ["Show all", "I can help"]
    assert words(shown.message).count("\n") < 60


async def test_who_joins_at_once_is_not(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=4)
    await bob.joins(it.room)
    assert not [each for each in story.bot_messages() if each.ephemeral_for == bob.id]


async def test_who_was_there_from_the_start_is_not(story: Story, ada: Person, bob: Person) -> None:
    it = await under_way(story, ada, bob)
    assert not [each for each in story.bot_messages() if each.ephemeral_for == ada.id and "known" in each.text]
    assert it


async def test_a_late_helper_is_shown_it_once(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await under_way(story, ada, bob)
    await it.announcement.click("I can help", by=cleo)
    cleo.is_told("You help with INC-1 now", where="#incidents")
    shown = cleo.is_told("Checkout is down", "*What was tried*", where=it.room)
    assert shown.buttons == ["Show all", "Post update"]


async def test_typed_later_it_tells_only_what_is_new(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await under_way(story, ada, bob)
    await cleo.types("/incident catchup INC-1")
    cleo.is_told("what is known so far", "Rolling the deploy back")
    await cleo.types("/incident catchup INC-1")
    cleo.is_told("nothing new since you looked").says_not("Rolling the deploy back")
    await ada.types("/incident note errors fall", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("errors fall")
    await ada.types("/incident lead @bob", it.room)
    ada.is_told("technical lead", where=it.room)
    it.room.expects("is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    bob.is_told("what is known so far", "errors fall", where=it.room)
    await cleo.types("/incident catchup INC-1")
    told = cleo.is_told("2 entries since you looked", "errors fall", f"<@{bob.id}>", "*What comes next*")
    told.says_not("restarted the pods")


async def test_what_a_late_joiner_was_shown_counts_as_looked_at(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await under_way(story, ada, bob)
    await cleo.joins(it.room)
    cleo.is_told("*What was tried*", where=it.room)
    await cleo.types("/incident catchup", it.room)
    cleo.is_told("nothing new since you looked", where=it.room)


async def test_who_comes_back_is_shown_what_is_new(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await under_way(story, ada, bob)
    await cleo.joins(it.room)
    cleo.is_told("*What was tried*", where=it.room)
    await cleo.leaves(it.room)
    await ada.types("/incident note errors fall", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("errors fall")
    await cleo.joins(it.room)
    cleo.is_told("1 entry since you looked", "errors fall", where=it.room).says_not("restarted the pods")


async def test_each_has_their_own_place_in_it(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    await under_way(story, ada, bob)
    for person in (bob, cleo):
        await person.types("/incident catchup INC-1")
        person.is_told("what is known so far")
    await bob.types("/incident catchup INC-1")
    bob.is_told("nothing new since you looked")


async def test_of_much_that_is_new_the_last(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await under_way(story, ada, bob)
    await cleo.types("/incident catchup INC-1")
    cleo.is_told("what is known so far")
    for number in range(70):
        await ada.types(f"/incident note step {number}. {'word ' * 100}", it.room)
        ada.is_told("Noted", where=it.room)
        it.room.expects(f"step {number}.")
    await cleo.types("/incident catchup INC-1")
    told = cleo.is_told("70 entries since you looked", "the last 6 of 70", "step 69.")
    told.says_not("step 63.")


async def test_by_the_menu(story: Story, ada: Person, bob: Person) -> None:
    it = await under_way(story, ada, bob)
    await it.card.click("More…", by=ada)
    ada.sees_modal("More")
    await ada.presses("Catch up")
    ada.sees_modal("Tocsin", "*What was tried*", "Rolling the deploy back")


async def test_a_merged_one_is_told_with_what_it_took_in(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await under_way(story, ada, bob)
    other = await opened(story, bob, "sev2 Carts are empty", 2)
    await bob.types("/incident update The cache is cold", other.room)
    bob.is_told("Update #1", where=other.room)
    other.room.expects("The cache is cold")
    other.announcement.thread.expects("The cache is cold")
    await bob.types("/incident merge INC-1", other.room)
    bob.is_told("INC-2", "INC-1", where=other.room)
    other.room.expects("INC-1")
    other.announcement.thread.expects("INC-1")
    it.room.expects("INC-2", "into this one")
    await cleo.types("/incident catchup INC-1")
    cleo.is_told("what is known so far", "Rolling the deploy back", "The cache is cold")


async def test_a_closed_one_tells_how_it_ended(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await under_way(story, ada, bob)
    await resolved(story, ada, it.room)
    await cleo.joins(it.room)
    await cleo.types("/incident catchup INC-1")
    told = cleo.is_told("*Fixed by* rolled back", "Resolved")
    assert told.buttons == ["Show all"]


async def test_a_private_one_is_unknown_to_who_is_not_in_it(story: Story, ada: Person, bob: Person) -> None:
    room, _card = await privately(story, ada)
    await bob.types("/incident catchup INC-1")
    bob.is_told("There is no INC-1.")
    await story.forward(minutes=6)
    room.expects("Nobody has acknowledged it within 5 min")
    await ada.brings(bob, room)
    bob.is_told("Somebody got in", "nobody has it yet", where=room)


async def test_before_anything_was_done(story: Story, ada: Person, cleo: Person) -> None:
    await opened(story, ada)
    await cleo.types("/incident catchup INC-1")
    told = cleo.is_told("Checkout is down", "nobody has it yet", "*What comes next*")
    told.says_not("What was tried", "None")


async def test_without_a_number_a_picker_asks_which(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    await under_way(story, ada, bob)
    await cleo.types("/incident catchup")
    cleo.sees_modal("Which incident?", "INC-1")
    await cleo.submits(incident="1")
    cleo.sees_modal("Tocsin", "Rolling the deploy back")
