"""Updates: numbered, in one form, each a new promise; by verb, button and modal, said where people follow."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, resolved


async def test_by_the_verb_in_the_one_form_numbered_and_a_new_promise(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=4)
    await bob.types("/incident update Rolling back <b> & more", it.room)
    bob.is_told("Update #1 of INC-1", "promised the next one", where=it.room)
    update = it.room.expects("SEV1 · Update #1", "Rolling back <b> & more", f"by <@{bob.id}>")
    update.says("*Current status* Detected", "*Impact* not known yet", "*Next update*")
    it.announcement.thread.expects("Update #1", "Rolling back <b> & more")
    it.card.says("*Next update* by")
    await bob.types("/incident post Rolled back", it.room)
    bob.is_told("Update #2", where=it.room)
    it.room.expects("Update #2", "Rolled back")
    it.announcement.thread.expects("Update #2", "Rolled back")


async def test_by_the_button_with_impact_status_and_the_next_update_chosen(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await it.card.click("Post update", by=bob)
    bob.sees_modal("Post an update", "Checkout is down", "Update #1", "What is being done right now?")
    await bob.submits(text="Restarting", impact="Nobody can pay", status="mitigating", next_in="15 min")
    assert not bob.has_modal
    bob.is_told("Update #1 of INC-1 is posted", where=it.room)
    it.room.expects("Update #1", "Mitigating (was detected)", "Nobody can pay", "Restarting", f"<@{bob.id}>")
    it.announcement.thread.expects("Update #1")
    it.card.says("Mitigating", "*Impact* Nobody can pay", f"<@{bob.id}> has it")
    it.announcement.says("Mitigating", "Nobody can pay")
    await story.forward(minutes=12)
    it.room.expects("commander")
    bob.dm.expects("INC-1", "next update is promised")
    await bob.types("/incident update Restarted", it.room)
    bob.is_told("Update #2", where=it.room)
    it.room.expects("Update #2", "*Impact* Nobody can pay")
    it.announcement.thread.expects("Update #2", "*Impact* Nobody can pay")


async def test_without_words_the_modal_asks_and_knows_the_impact(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident update", it.room)
    await ada.submits(text="Looking", impact="Carts are empty")
    it.room.expects("Update #1", "Carts are empty")
    it.announcement.thread.expects("Update #1")
    await ada.types("/incident update", it.room)
    ada.sees_modal("Post an update", "Update #2", '"initial_value": "Carts are empty"')
    await ada.submits(text="Solved for all", impact="")
    it.room.expects("Update #2", "*Impact* not known yet")
    it.announcement.thread.expects("Update #2")
    it.card.says_not("Carts are empty")


async def test_a_text_of_blanks_is_refused_beside_its_field_and_mended(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Post update", by=ada)
    await ada.submits(text="   ", impact="Nobody can pay")
    assert "Say what is being done" in ada.view.errors["What is being done right now?"]
    it.room.expects_nothing()
    await ada.submits(text="Rolling back")
    assert not ada.has_modal
    it.room.expects("Update #1", "Rolling back", "Nobody can pay")
    it.announcement.thread.expects("Update #1", "Rolling back")


async def test_shown_in_the_announcement_channel_for_the_two_gravest_alone(
    story: Story, ada: Person, bob: Person
) -> None:
    for number, (severity, is_shown) in enumerate({"sev1": True, "sev2": True, "sev3": False}.items(), start=1):
        it = await opened(story, ada, f"{severity} Trouble {number}", number)
        await ada.types("/incident update Looking", it.room)
        ada.is_told("Update #1", where=it.room)
        it.room.expects("Update #1")
        assert it.announcement.thread.expects("Update #1").message.broadcast is is_shown


async def test_in_a_thread_it_is_one_message(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("/incident INC-1 update Painting it")
    ada.is_told("Update #1")
    update = announcement.thread.expects("Update #1", "Painting it")
    assert not update.message.broadcast


async def test_what_is_over_takes_none_and_says_the_way_back(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("Post update", by=ada)
    await resolved(story, ada, it.room)
    await ada.submits(text="Still looking")
    ada.sees_modal("Tocsin", "already resolved", "/incident reopen INC-1 why")
    await ada.types("/incident update Still looking", it.room)
    ada.is_told("already resolved", "/incident reopen INC-1 why", where=it.room)
    await ada.types("/incident update", it.room)
    ada.sees_modal("update", "already resolved")
