"""Show: where an incident stands, who does what, its milestones and what happened last."""

from tests.stories.kit import Person, Story, words
from tests.stories.opening import opened, resolved, taken


async def test_in_its_channel_and_with_its_number_elsewhere(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=2)
    await taken(story, bob, it.room)
    await bob.types("/incident note disk is full", it.room)
    bob.is_told("Noted", where=it.room)
    it.room.expects("disk is full")
    for line, where in (("show", it.room), ("show INC-1", "#general"), ("INC-1", "#general"), ("1 show", "#general")):
        await ada.types(f"/incident {line}", where)
        told = ada.is_told("*SEV1 · INC-1* Checkout is down", f"<@{bob.id}> has it", where=where)
        told.says("*Roles* Commander", "Nobody is comms, lead or scribe yet", f"<#{it.room.channel}>", "*Next update*")
        told.says("*Milestones* detected", "declared", "acknowledged", "(implied)")
        told.says("*Timeline*", f"<@{ada.id}> declared SEV1: Checkout is down", f"<@{bob.id}> noted: disk is full")


async def test_of_a_long_timeline_the_last(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    for number in range(12):
        await ada.types(f"/incident note step {number}.", it.room)
        ada.is_told("Noted", where=it.room)
        it.room.expects(f"step {number}.")
    await ada.types("/incident show", it.room)
    told = ada.is_told("*Timeline*, the last 10", "step 11.", "step 2.", where=it.room)
    told.says_not("step 1.")
    shown = words(told.message)
    assert shown.index("step 2.") < shown.index("step 11.")


async def test_by_the_menu_when_it_is_over(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await it.card.click("Show all", by=bob)
    told = bob.is_told("*Resolved*", "*Fixed by* rolled back", f"<@{ada.id}> resolved it: rolled back", where=it.room)
    assert "Reopen" in told.menu


async def test_what_it_shows_can_be_acted_on(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident show INC-1")
    await bob.is_told("INC-1", "not acknowledged yet").click("Acknowledge", by=bob)
    bob.is_told("You have INC-1")
    it.room.expects(f"<@{bob.id}> has it")


async def test_an_unknown_one_and_a_private_one_sound_the_same(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare private sev1 Somebody got in")
    ada.is_told("INC-1")
    story.room(1).expects("Somebody got in")
    for number in (1, 2):
        await bob.types(f"/incident show INC-{number}")
        told = bob.is_told(f"There is no INC-{number}.", "/incident list")
        assert told.message.text.replace(f"INC-{number}", "INC-N") == (
            "There is no INC-N. `/incident list` shows what is open."
        )
