"""Breaking the glass passes a refusal for ten minutes; each act that it lets pass is told everybody."""

from tests.stories.kit import Person, Stage, Story, told
from tests.stories.made_private import hidden
from tests.stories.opening import Opened, opened, taken

WHY = "Names of customers are in it"
LOCKED = {"permissions": {"severity": "commander", "declare": "@payments-oncall"}}


async def commanded(story: Story, ada: Person, bob: Person) -> Opened:
    """INC-1, which Ada declared and Bob commands."""
    it = await opened(story, ada)
    await taken(story, bob, it.room)
    return it


async def test_by_the_button_under_the_refusal(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada, bob)
    await ada.types("/incident private @bob", it.room)
    refused = ada.is_told(
        "Only the commander of INC-1 can make it private", "`/incident breakglass why`", where=it.room
    )
    await refused.click("Break glass…", by=ada)
    ada.sees_modal("Break the glass", "For 10 min nothing is refused to you", "Everybody reads it")
    await ada.submits(why=WHY)
    ada.sees_modal("Tocsin", "You broke the glass: until", "Do now what was refused")
    await ada.types("/incident private @bob", it.room)
    ada.is_told("*INC-1* is private now", "It passed because you broke the glass", where=it.room)
    it.room.expects("INC-1 is private now").says_not(WHY)
    room = story.room(1)
    room.expects("INC-1", "Private")
    room.expects("Before this")
    room.expects(f"<@{ada.id}> broke the glass to make it private: {WHY}", "made it private")
    bob.dm.expects(f"<@{ada.id}> broke the glass to make it private: {WHY}", "You command it")
    it.announcement.says("INC-1 is private").says_not(WHY)  # what is private is announced nowhere
    await bob.types("/incident show", room)
    bob.is_told(f"<@{ada.id}> broke the glass to make it private: {WHY}", where=room)


async def test_by_a_word_and_told_in_the_announcement_as_well(stage: Stage) -> None:
    async with told(stage, configuration=LOCKED) as story:
        ada, bob = story.person("ada"), story.person("bob")
        it = await commanded(story, bob, bob)
        await ada.types("/incident sev sev2", it.room)
        ada.is_told("Only the commander of INC-1 can change its severity", where=it.room)
        await ada.types(f"/incident breakglass {WHY}", it.room)
        ada.is_told("You broke the glass: until", where=it.room)
        await ada.types("/incident sev sev2", it.room)
        ada.is_told("*SEV2* now", "It passed because you broke the glass", where=it.room)
        loud = f"<@{ada.id}> broke the glass to change its severity: {WHY}"
        it.room.expects(loud, "lowered it")
        story.place("#incidents").expects(loud)
        bob.dm.expects(loud)


async def test_what_needs_no_glass_is_not_told(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada, bob)
    await ada.types(f"/incident breakglass {WHY}", it.room)
    ada.is_told("You broke the glass", where=it.room)
    await ada.types("/incident note Found it", it.room)
    ada.is_told("Noted", where=it.room).says_not("glass")
    it.room.expects("Found it").says_not("glass")


async def test_after_ten_minutes_it_is_whole_again(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada, bob)
    await ada.types(f"/incident breakglass {WHY}", it.room)
    ada.is_told("You broke the glass", where=it.room)
    await story.forward(minutes=10)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("Only the commander of INC-1", where=it.room)


async def test_nor_does_it_count_for_others(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada, bob)
    await ada.types(f"/incident breakglass {WHY}", it.room)
    ada.is_told("You broke the glass", where=it.room)
    await cleo.types("/incident private @bob", it.room)
    cleo.is_told("Only the commander of INC-1", where=it.room)


async def test_a_declaration_by_it_is_told_where_it_is_announced(stage: Stage) -> None:
    async with told(stage, configuration=LOCKED) as story:
        ada = story.person("ada")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("Only @payments-oncall can declare an incident")
        await ada.types("/incident declare")
        ada.sees_modal("Declare", "Only @payments-oncall", "Break glass…")
        await ada.types(f"/incident breakglass {WHY}")
        ada.is_told("You broke the glass")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("INC-1", "It passed because you broke the glass")
        loud = f"<@{ada.id}> broke the glass to declare an incident: {WHY}"
        story.place("#incidents").expects("Checkout is down")
        story.place("#incidents").expects(loud)
        story.room(1).expects("Checkout is down")
        story.room(1).expects(loud)


async def test_it_lets_nobody_in_who_does_not_belong(stage: Stage) -> None:
    async with told(stage, configuration={"permissions": {"breakglass": "@payments-oncall"}}) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        await cleo.types(f"/incident breakglass {WHY}")
        cleo.is_told("Only @payments-oncall can break the glass")
        await bob.types(f"/incident breakglass {WHY}")
        bob.is_told("You broke the glass")
        await story.makes_guest(bob)
        await opened(story, ada)
        await bob.types("/incident INC-1 ack")
        bob.is_told("You are a guest in this workspace")


async def test_a_private_one_stays_one_that_does_not_exist(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    await hidden(story, ada, bob)
    await cleo.types(f"/incident breakglass {WHY}")
    cleo.is_told("You broke the glass")
    for words in ("show", "ack", "note I was here"):
        await cleo.types(f"/incident INC-1 {words}")
        cleo.is_told("There is no INC-1.")


async def test_into_a_private_one_that_they_were_told_of_it_lets_them(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await hidden(story, ada, bob)
    await cleo.types(f"/incident breakglass {WHY}")
    cleo.is_told("You broke the glass")
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("You may see INC-1 now", "It passed because you broke the glass", where="#incidents")
    loud = f"<@{cleo.id}> broke the glass to let people into it: {WHY}"
    it.room.expects(loud)
    ada.dm.expects(loud, "You command it")
    cleo.dm.expects("You let yourself in")
    assert "cleo" in it.room.members
    it.announcement.says_not(WHY)


async def test_nobody_is_let_into_one_that_they_were_never_told_of(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await hidden(story, ada, bob)
    await ada.types("/incident declare private sev1 A key leaked")
    ada.is_told("INC-2")
    story.room(2).expects("A key leaked")
    await cleo.types(f"/incident breakglass {WHY}")
    cleo.is_told("You broke the glass")
    for block in it.announcement.message.blocks:
        for element in block.get("elements", []):
            element["value"] = "2"
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("There is no INC-2.", where="#incidents")


async def test_without_a_reason_it_is_asked(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada, bob)
    await ada.types("/incident breakglass", it.room)
    ada.sees_modal("Break the glass", "Why?")
    await ada.submits(why=" ")
    assert ada.view.errors
    await ada.submits(why=WHY)
    ada.sees_modal("Tocsin", "You broke the glass")
    await ada.types("@tocsin breakglass", it.room)
    offer = ada.is_told("Break the glass", "Press the button", where=it.room)
    await offer.click("Break the glass", by=ada)
    ada.sees_modal("Break the glass", "Why?")
