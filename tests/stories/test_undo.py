"""Undo: for five minutes, by who did it, an act is taken back; all is as it was, and who heard of it hears that too."""

from tests.stories.kit import Person, Story
from tests.stories.opening import acknowledged, opened, privately, resolved


async def test_an_acknowledgement_is_taken_back(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    topic = it.room.topic
    await it.card.click("Acknowledge", by=bob)
    told = bob.is_told("You have INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> has it")
    await told.click("Undo", by=bob)
    told.says("Taken back: nobody has INC-1", "its clock runs on").says_not("You have INC-1")
    assert told.buttons == []
    corrected = it.room.expects("Correction", f"<@{bob.id}>", "nobody has it now", "Acknowledge")
    it.card.says("not acknowledged yet").says_not("Responders")
    it.announcement.says("nobody has it yet")
    assert it.room.topic == topic
    await story.forward(minutes=5)
    it.room.expects("Nobody has acknowledged it within 5 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")
    await corrected.click("Acknowledge", by=ada)
    ada.is_told("You have INC-1", where=it.room)
    it.room.expects(f"<@{ada.id}> has it, 5 min after")


async def test_a_status_is_taken_back_with_what_it_implied(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident status monitoring", it.room)
    told = bob.is_told("INC-1 is *monitoring* now", where=it.room)
    it.room.expects("to *monitoring*", "has it")
    await told.click("Undo", by=bob)
    told.says("INC-1 is *detected* again (was monitoring)")
    it.room.expects("Correction", "the move to monitoring", "detected again", "press Acknowledge")
    it.card.says("Detected", "not acknowledged yet")
    assert "detected" in it.room.topic
    await ada.types("/incident show", it.room)
    shown = ada.is_told("Milestones", "took back the change of status, it is detected again", where=it.room)
    shown.says_not("(implied)", "mitigated <")


async def test_of_a_status_with_a_note_the_update_stays_and_is_corrected(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await bob.types("/incident status monitoring The fix is out", it.room)
    told = bob.is_told("Update #1 of INC-1", where=it.room)
    updated = it.room.expects("Update #1", "The fix is out")
    followed = it.announcement.thread.expects("Update #1", "The fix is out")
    await told.click("Undo", by=bob)
    told.says("INC-1 is *acknowledged* again")
    it.room.expects("Correction", "the move to monitoring", "acknowledged again")
    correction = it.announcement.thread.expects("Correction", "the move to monitoring", "acknowledged again")
    assert correction.message.broadcast
    assert not updated.is_gone
    assert not followed.is_gone
    it.card.says("Acknowledged", "Next update")
    await bob.types("/incident update The fix is on its way", it.room)
    bob.is_told("Update #2", where=it.room)
    it.room.expects("Update #2")
    it.announcement.thread.expects("Update #2")


async def test_a_raise_is_taken_back_as_loudly_as_it_was_said(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    await bob.types("/incident severity sev1", it.room)
    told = bob.is_told(
        "INC-1 is *SEV1* now", "Undo takes it back within 5 min".replace("Undo", "*Undo*"), where=it.room
    )
    it.room.expects("raised it from SEV2 to *SEV1*")
    raised = it.announcement.thread.expects("raised it from SEV2 to *SEV1*")
    await told.click("Undo", by=bob)
    told.says("INC-1 is *SEV2* again (was SEV1)")
    it.room.expects("Correction", "took back the raise", "SEV2 again")
    correction = it.announcement.thread.expects("Correction", "took back the raise", "SEV2 again")
    assert raised.message.broadcast
    assert correction.message.broadcast
    assert not raised.is_gone
    it.announcement.says("SEV2").says_not("SEV1")
    it.card.says("SEV2").says_not("SEV1")
    assert "SEV2" in it.room.topic
    await story.forward(minutes=14)
    it.room.expects_nothing()
    await story.forward(minutes=1)
    it.room.expects("Nobody has acknowledged it within 15 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 15 min")


async def test_a_raise_out_of_a_thread_is_corrected_there_too(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4")
    await ada.submits(title="Wrong colour", services=["checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    before = story.place("#payments").expects("SEV4", "Wrong colour")
    await bob.types("/incident INC-1 severity sev1")
    told = bob.is_told("INC-1 is *SEV1* now")
    before.thread.expects("raised it from SEV4 to *SEV1*", "Help is wanted in")
    room = story.room(1)
    card = room.expects("SEV1", "Wrong colour")
    room.expects("raised it from SEV4 to *SEV1*")
    after = story.place("#incidents").expects("SEV1", "Wrong colour")
    await told.click("Undo", by=bob)
    told.says("INC-1 is *SEV4* again")
    before.thread.expects("Correction", "SEV4 again")
    room.expects("Correction", "SEV4 again")
    assert after.thread.expects("Correction", "SEV4 again").message.broadcast
    for face in (before, card, after):
        face.says("SEV4").says_not("SEV1")
    assert not room.is_archived


async def test_a_lowering_is_taken_back_where_it_was_said(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    await acknowledged(story, ada, it.room)
    await it.card.click("Change severity", by=bob)
    await bob.submits(severity="SEV4")
    assert not bob.has_modal
    told = bob.is_told("INC-1 is *SEV4* now", where=it.room)
    it.room.expects("lowered it from SEV2 to *SEV4*")
    await told.click("Undo", by=bob)
    told.says("INC-1 is *SEV2* again")
    it.room.expects("Correction", "took back the lowering", "SEV2 again")
    it.announcement.says("SEV2").says_not("SEV4")
    it.announcement.thread.expects_nothing()


async def test_a_resolution_is_taken_back_in_the_open(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await story.forward(minutes=4)
    await bob.types("/incident resolve Rolled back", it.room)
    told = bob.is_told("INC-1 is resolved after 4 min", "who was told of it is told that, too", where=it.room)
    said = it.room.expects("Resolved", "Rolled back")
    loud = story.place("#incidents").expects("Resolved", "Rolled back")
    await story.forward(minutes=4)
    await told.click("Undo", by=bob)
    told.says("Taken back: INC-1 is open again, acknowledged")
    it.room.expects("Correction", "took back the resolution", "acknowledged again")
    correction = it.announcement.thread.expects("Correction", "took back the resolution", "acknowledged again")
    assert correction.message.broadcast
    assert not said.is_gone
    assert not loud.is_gone
    it.card.says("Acknowledged", f"<@{bob.id}> has it").says_not("Resolved", "Fixed by")
    it.announcement.says(f"<@{bob.id}> has it").says_not("✅")
    assert "Resolve" in [*it.card.buttons, *it.card.menu]
    assert "acknowledged" in it.room.topic
    await ada.types("/incident show", it.room)
    ada.is_told("resolved it: Rolled back", "took back that it is resolved", where=it.room).says_not("(implied)")
    await story.forward(minutes=7)
    it.room.expects("Not mitigated after 15 min")
    it.room.expects("still no commander")


async def test_with_its_channel_archived_meanwhile_it_goes_on_in_a_fresh_one(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await bob.types("/incident INC-1 resolve Rolled back")
    told = bob.is_told("INC-1 is resolved")
    it.room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    await story.archives(it.room, by=ada)
    await told.click("Undo", by=bob)
    told.says("INC-1 is open again", "gets a fresh channel")
    fresh = story.room(1)
    assert fresh.channel != it.room.channel
    fresh.expects("Checkout is down", "not acknowledged yet")
    fresh.expects("Before this:", f"<#{it.room.channel}>")
    fresh.expects("Correction", "took back the resolution", f"<#{it.room.channel}>")
    it.announcement.thread.expects("Correction", "took back the resolution")
    it.announcement.says(f"<#{fresh.channel}>")


async def test_a_cancellation_is_taken_back_and_its_clock_runs_on(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=3)
    await ada.types("/incident cancel false alarm", it.room)
    told = ada.is_told("INC-1 is cancelled (false alarm)", where=it.room)
    it.room.expects("cancelled it")
    it.announcement.thread.expects("cancelled it")
    await story.forward(minutes=3)
    await told.click("Undo", by=ada)
    told.says("INC-1 is open again, detected")
    it.room.expects("Correction", "took back the cancellation", "detected again", "press Acknowledge")
    correction = it.announcement.thread.expects("Correction", "took back the cancellation")
    assert not correction.message.broadcast
    it.card.says("Detected", "not acknowledged yet")
    it.room.expects("Nobody has acknowledged it within 5 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")


async def test_who_follows_hears_of_it_as_far_as_they_heard_before(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, ada)
    await it.announcement.click("Follow", by=cleo)
    cleo.is_told("follow INC-1", where="#incidents")
    await bob.types("/incident ack", it.room)
    told = bob.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await told.click("Undo", by=bob)
    it.room.expects("Correction", "the acknowledgement")
    cleo.dm.expects_nothing()
    await bob.types("/incident severity sev2", it.room)
    told = bob.is_told("INC-1 is *SEV2* now", where=it.room)
    it.room.expects("lowered it")
    cleo.dm.expects("lowered it from SEV1 to *SEV2*")
    await told.click("Undo", by=bob)
    it.room.expects("Correction", "SEV1 again")
    assert cleo.dm.expects("Correction", "SEV1 again").buttons == ["Unfollow"]


async def test_the_word_does_the_same(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await bob.types("/incident undo", it.room)
    bob.is_told("Taken back: nobody has INC-1", where=it.room)
    it.room.expects("Correction", "nobody has it now")
    await bob.types("/incident undo", it.room)
    bob.is_told("nothing to take back on INC-1", where=it.room)
    await resolved(story, ada, it.room)
    await ada.types("/incident INC-1 undo")
    ada.is_told("Taken back: INC-1 is open again")
    it.room.expects("Correction", "took back the resolution")
    it.announcement.thread.expects("Correction", "took back the resolution")
    await ada.types("@tocsin undo", it.room)
    ada.is_told("nothing to take back on INC-1", where=it.room)


async def test_elsewhere_the_word_asks_which_one(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await ada.types("/incident undo")
    ada.sees_modal("Which incident?", "INC-1")
    await ada.submits(incident="1")
    it.room.expects("Correction", "took back the resolution")
    it.announcement.thread.expects("Correction", "took back the resolution")


async def test_a_private_one_is_corrected_in_its_channel_alone(story: Story, ada: Person, bob: Person) -> None:
    room, card = await privately(story, ada)
    await card.click("Acknowledge", by=ada)
    told = ada.is_told("You have INC-1", where=room)
    room.expects("has it")
    await bob.types("/incident INC-1 undo")
    bob.is_told("INC-1")
    await told.click("Undo", by=ada)
    room.expects("Correction", "nobody has it now")
    story.place("#incidents").expects_nothing()
