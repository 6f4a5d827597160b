"""Following from afar: updates by direct message, nothing to do, no channel to read; and the way out."""

from tests.stories.kit import Person, Story
from tests.stories.opening import Opened, opened, privately, resolved, taken


async def followed(story: Story, by: Person, declarer: Person, words: str = "sev1 Checkout is down") -> Opened:
    """INC-1, declared by one and followed by another, who pressed *Follow* under the announcement."""
    it = await opened(story, declarer, words)
    await it.announcement.click("Follow", by=by)
    by.is_told("You follow INC-1", "direct messages", where="#incidents")
    return it


async def updated(story: Story, by: Person, it: Opened, text: str = "Rolling back", number: int = 1) -> None:
    """They post an update; what the channel and the announcement's thread say of it is expected."""
    await by.types(f"/incident update {text}", it.room)
    by.is_told(f"Update #{number}", where=it.room)
    it.room.expects(f"Update #{number}", text)
    it.announcement.thread.expects(f"Update #{number}", text)


def is_sent_nothing(person: Person) -> None:
    person.dm.expects_nothing()


async def test_under_the_announcement_without_a_direct_message_before(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    assert {"I can help", "Follow"} <= set(it.announcement.buttons)
    before = len(it.announcement.thread.messages())
    await it.announcement.click("Follow", by=cleo)
    told = cleo.is_told("You follow INC-1", "direct messages", "Nobody expects anything of you", where="#incidents")
    assert told.buttons == ["Unfollow"]
    assert len(it.announcement.thread.messages()) == before
    assert "cleo" not in it.room.members
    is_sent_nothing(cleo)
    await updated(story, ada, it)
    sent = cleo.dm.expects("INC-1", "Checkout is down", "Update #1", "Rolling back", "Next update")
    assert sent.buttons == ["Unfollow"]


async def test_by_word_and_back(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.types("/incident follow INC-1")
    cleo.is_told("You follow INC-1")
    await cleo.types("/incident follow INC-1")
    cleo.is_told("You follow INC-1 already", "`/incident unfollow INC-1` ends it")
    await cleo.types("/incident unfollow INC-1")
    told = cleo.is_told("You no longer follow INC-1")
    await updated(story, ada, it)
    is_sent_nothing(cleo)
    await cleo.types("/incident unfollow INC-1")
    cleo.is_told("You do not follow INC-1", "`/incident follow INC-1` sends you its updates")
    await told.click("Follow", by=cleo)
    cleo.is_told("You follow INC-1")
    await updated(story, ada, it, "The rollback is out", 2)
    cleo.dm.expects("Update #2", "The rollback is out")


async def test_what_matters_outside_is_sent_and_nothing_else(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await followed(story, cleo, ada, "sev2 Checkout is slow")
    await taken(story, ada, it.room)
    await ada.types("/incident lead @bob", it.room)
    ada.is_told("technical lead", where=it.room)
    it.room.expects("is the technical lead now")
    bob.dm.expects("You are its technical lead now")
    await ada.types("/incident note restarted the pods", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("restarted the pods")
    await ada.types("/incident service cart", it.room)
    ada.is_told("checkout is on INC-1", where=it.room)
    it.room.expects("added checkout")
    is_sent_nothing(cleo)
    await ada.types("/incident status investigating", it.room)
    ada.is_told("INC-1", "investigating", where=it.room)
    it.room.expects("investigating")
    cleo.dm.expects("moved it from acknowledged to *investigating*", "Next update by").says_not("Post update")
    await ada.types("/incident severity sev1 it spreads", it.room)
    ada.is_told("SEV1", where=it.room)
    it.room.expects("raised it from SEV2 to *SEV1*")
    story.place("#incidents").expects("raised it from SEV2 to *SEV1*")
    cleo.dm.expects("raised it from SEV2 to *SEV1*", "it spreads")
    await resolved(story, ada, it.room)
    end = cleo.dm.expects("Resolved", "rolled back", "Nobody needs to act")
    assert end.buttons == []


async def test_not_to_who_did_it(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await updated(story, cleo, it)
    is_sent_nothing(cleo)
    await updated(story, ada, it, "The rollback is out", 2)
    cleo.dm.expects("Update #2")


async def test_one_change_is_one_message(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await ada.types("/incident status monitoring errors are gone", it.room)
    ada.is_told("Update #1", where=it.room)
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    cleo.dm.expects("Update #1", "Monitoring", "errors are gone")
    is_sent_nothing(cleo)


async def test_reopened_and_cancelled(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await resolved(story, ada, it.room)
    cleo.dm.expects("Resolved")
    await ada.types("/incident reopen it is back", it.room)
    ada.is_told("INC-1 is open again", where=it.room)
    it.room.expects("it is back")
    story.place("#incidents").expects("it is back")
    again = cleo.dm.expects("it is back", "Next update by")
    assert again.buttons == ["Unfollow"]
    await ada.types("/incident cancel false alarm", it.room)
    ada.is_told("cancelled", where=it.room)
    it.room.expects("false alarm")
    it.announcement.thread.expects("false alarm")
    cleo.dm.expects("false alarm", "Nobody needs to act")


async def test_what_is_taken_back_is_corrected(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await ada.types("/incident resolve rolled back", it.room)
    done = ada.is_told("is resolved", "Undo", where=it.room)
    it.room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    cleo.dm.expects("Resolved")
    await done.click("Undo", by=ada)
    done.says("INC-1")
    it.room.expects("took back the resolution")
    story.place("#incidents").expects("took back the resolution")
    again = cleo.dm.expects("took back the resolution", "Next update by")
    assert again.buttons == ["Unfollow"]


async def test_of_what_they_were_not_told_no_correction_is_sent(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await ada.types("/incident ack", it.room)
    done = ada.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await done.click("Undo", by=ada)
    done.says("INC-1")
    it.room.expects("took back the acknowledgement")
    is_sent_nothing(cleo)


async def test_with_the_button_in_a_direct_message_it_ends(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await updated(story, ada, it)
    sent = cleo.dm.expects("Update #1")
    await sent.click("Unfollow", by=cleo)
    cleo.is_told("You no longer follow INC-1", where=cleo.dm)
    await updated(story, ada, it, "The rollback is out", 2)
    is_sent_nothing(cleo)


async def test_a_closed_one_is_not_followed(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.types("/incident follow INC-1")
    follows = cleo.is_told("You follow INC-1")
    await resolved(story, ada, it.room)
    cleo.dm.expects("Resolved")
    assert "Follow" not in it.announcement.buttons
    await ada.types("/incident follow INC-1")
    ada.is_told("INC-1 is already resolved", "`/incident reopen INC-1 why`")
    await follows.click("Unfollow", by=cleo)
    cleo.is_told("You no longer follow INC-1")
    await ada.types("/incident reopen it is back", it.room)
    ada.is_told("INC-1 is open again", where=it.room)
    it.room.expects("it is back")
    story.place("#incidents").expects("it is back")
    is_sent_nothing(cleo)


async def test_after_a_merge_it_goes_on_with_the_other(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    first = await followed(story, cleo, ada)
    second = await opened(story, bob, "sev2 Carts are empty", 2)
    assert second
    await ada.types("/incident merge INC-2", first.room)
    ada.is_told("INC-1", "INC-2", where=first.room)
    first.room.expects("INC-2")
    second.room.expects("INC-1")
    first.announcement.thread.expects("INC-2")
    sent = cleo.dm.expects("INC-1", "You follow INC-2 from now on")
    await updated(story, bob, second, "The cart is back")
    cleo.dm.expects("INC-2", "The cart is back")
    await sent.click("Unfollow", by=cleo)
    cleo.is_told("You no longer follow INC-2", where=cleo.dm)


async def test_private_ones_are_followed_by_who_is_in_them(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    room, _card = await privately(story, ada)
    await cleo.types("/incident follow INC-1")
    cleo.is_told("There is no INC-1.")
    await ada.brings(bob, room)
    await bob.types("/incident follow", room)
    bob.is_told("You follow INC-1", where=room)
    await ada.types("/incident update The key is revoked", room)
    ada.is_told("Update #1", where=room)
    room.expects("Update #1")
    bob.dm.expects("Update #1", "The key is revoked")
    await bob.leaves(room)
    await ada.types("/incident update The logs are copied", room)
    ada.is_told("Update #2", where=room)
    room.expects("Update #2")
    is_sent_nothing(bob)


async def test_made_private_who_is_outside_hears_no_more(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await bob.types("/incident follow INC-1")
    bob.is_told("You follow INC-1")
    await ada.types("/incident private @bob", it.room)
    ada.is_told("INC-1* is private now", where=it.room)
    it.room.expects("INC-1 is private now")
    room = story.room(1)
    room.expects("Private: only the people in this channel")
    room.expects("Before this")
    room.expects("made it private")
    await ada.types("/incident update The key is revoked", room)
    ada.is_told("Update #1", where=room)
    room.expects("Update #1")
    bob.dm.expects("Update #1", "The key is revoked")
    is_sent_nothing(cleo)
    await cleo.types("/incident unfollow INC-1")
    cleo.is_told("There is no INC-1.")


async def test_who_follows_and_is_in_the_channel_is_sent_it_too(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident follow", it.room)
    bob.is_told("You follow INC-1", where=it.room)
    await updated(story, ada, it)
    bob.dm.expects("Update #1", "Rolling back")


async def test_who_is_deactivated_follows_no_more(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await story.deactivates(cleo)
    await updated(story, ada, it)
    it.room.expects_nothing()


async def test_a_very_long_update_fits(story: Story, ada: Person, cleo: Person) -> None:
    it = await followed(story, cleo, ada)
    await it.card.click("Post update", by=ada)
    await ada.submits(text="Rolling <back> & forth " * 125, impact="everybody " * 80)
    assert not ada.has_modal
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    sent = cleo.dm.expects("Update #1", "Rolling <back> & forth")
    assert sent.buttons == ["Unfollow"]
