"""Show: where an incident stands, who does what, its milestones and what happened last."""

from tests.stories.kit import Person, Stage, Story, told, words
from tests.stories.oncall import on_call
from tests.stories.opening import opened, privately, resolved, taken
from tests.stories.test_page import overheard


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
        told.says("*Commander*", "Nobody is comms, lead or scribe yet", f"<#{it.room.channel}>", "*Next update*")
        told.says("*Milestones* detected", "declared", "acknowledged", "(implied)")
        told.says("*Timeline*", f"<@{ada.id}> declared SEV1: Checkout is down", f"<@{bob.id}> noted: disk is full")


async def test_whom_it_pages_and_who_is_next(stage: Stage) -> None:
    async with told(stage, configuration=on_call(default_policy="payments")) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        bob.is_paged("INC-1")
        overheard(story)
        await ada.types("/incident show INC-1")
        ada.is_told(f"📟 Paging <@{bob.id}>, next <@{cleo.id}> at", "*Timeline*")
        await taken(story, bob, story.room(1))
        await ada.types("/incident show INC-1")
        ada.is_told(f"<@{bob.id}> has it", "*Timeline*").says_not("📟 Paging", "next <@")


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
    await privately(story, ada)
    for number in (1, 2):
        await bob.types(f"/incident show INC-{number}")
        told = bob.is_told(f"There is no INC-{number}.", "/incident list")
        assert told.message.text.replace(f"INC-{number}", "INC-N") == (
            "There is no INC-N. `/incident list` shows what is open."
        )


async def test_for_anyone_from_anywhere_in_one_look(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident update Rolling back", it.room)
    ada.is_told("Update #1", where=it.room)
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await cleo.types("/incident show INC-1", "#incidents")
    told = cleo.is_told("*SEV1 · INC-1* Checkout is down", "Rolling back", f"<#{it.room.channel}>", where="#incidents")
    assert "I can help" not in told.buttons or "Follow" not in told.buttons
    assert "cleo" not in it.room.members


async def test_of_a_merged_one_where_it_went(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    other = await opened(story, bob, "sev2 Carts are empty", 2)
    await bob.types("/incident note the cache is cold", other.room)
    bob.is_told("Noted", where=other.room)
    other.room.expects("the cache is cold")
    await bob.types("/incident merge INC-1", other.room)
    bob.is_told("INC-2", where=other.room)
    other.room.expects("INC-1")
    other.announcement.thread.expects("INC-1")
    it.room.expects("INC-2", "into this one")
    await ada.types("/incident show INC-2")
    ada.is_told("Carts are empty", "merged into INC-1")
    await ada.types("/incident show INC-1")
    ada.is_told("Checkout is down", "the cache is cold", "declared SEV2: Carts are empty")


async def test_of_a_test_that_it_is_one(story: Story, ada: Person) -> None:
    await ada.types("/incident declare test sev1 Trying it out")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Trying it out")
    story.room(1).expects("Trying it out")
    await ada.types("/incident show INC-1")
    ada.is_told("TEST", "Trying it out")
