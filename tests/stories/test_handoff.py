"""Handing command over: the other gets the brief and *I have command*; until it is pressed the old one holds it."""

from tests.stories.handing import LEAVES, TAKES, commanded, offered
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.opening import opened, privately, taken


async def test_by_word_with_a_note_the_other_gets_the_brief(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    await ada.types("/incident update Cards fail. Rolling back", it.room)
    ada.is_told("Update #1", where=it.room)
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    await ada.types("/incident note restarted the pods, no change", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("restarted the pods")
    sent = await offered(ada, bob, it.room, "the vendor calls back at 14:30")
    sent.says("INC-1", "Checkout is down", f"<#{it.room.channel}>", "the vendor calls back at 14:30")
    sent.says("*Impact* not known yet", "*Tried*", "Rolling back", "restarted the pods, no change")
    sent.says("*Promised* the next update by", f"<@{ada.id}> is asked for it")
    sent.says("*Still open* service is not restored yet", f"<@{ada.id}> commands until you press *{TAKES}*")
    assert sent.buttons == [TAKES, LEAVES]
    it.card.says(f"*Commander* <@{ada.id}>", f"offered to <@{bob.id}>")


async def test_until_it_is_pressed_the_old_one_holds_it_then_is_told_to_be_free(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    it.card.says(f"*Commander* <@{ada.id}>")
    it.announcement.says(f"commander <@{ada.id}>")
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", "Do not", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects(f"<@{bob.id}> is its incident commander now: you are free of that")
    it.card.says(f"*Commander* <@{bob.id}>").says_not("offered to")
    it.announcement.says(f"commander <@{bob.id}>")
    assert f"<@{bob.id}>" in it.room.topic
    await sent.click(TAKES, by=bob)
    bob.is_told("You command INC-1 already", where=bob.dm)


async def test_who_is_offered_command_may_answer_also_where_only_the_commander_gives_roles(stage: Stage) -> None:
    async with told(stage, configuration={"permissions": {"role": "commander"}}) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        it = await commanded(story, ada)
        await cleo.types(f"/incident lead <@{cleo.id}>", it.room)
        cleo.is_told("Only the commander of INC-1", where=it.room)
        sent = await offered(ada, bob, it.room)
        await sent.click(LEAVES, by=bob)
        bob.is_told("INC-1 stays with", where=bob.dm)
        ada.dm.expects(f"<@{bob.id}> does not take command")
        sent = await offered(ada, bob, it.room)
        await sent.click(TAKES, by=bob)
        bob.is_told("You are incident commander of INC-1", where=bob.dm)
        it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
        ada.dm.expects(f"<@{bob.id}> is its incident commander now")


async def test_by_the_menu_and_its_modal(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    assert "Hand over command" in it.card.menu
    await it.card.click("Hand over command", by=ada)
    ada.sees_modal("Hand over command", "Checkout is down", "You keep command until they press")
    await ada.submits(person="bob", note="  The vendor calls back\nat 14:30  ")
    assert not ada.has_modal
    it.room.expects(f"offers command to <@{bob.id}>", "The vendor calls back")
    bob.dm.expects("wants to hand command over", "The vendor calls back\n> at 14:30")


async def test_by_word_without_anybody_the_modal_opens(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    await ada.types("/incident handoff", it.room)
    ada.sees_modal("Hand over command")
    await ada.submits(person="bob")
    assert not ada.has_modal
    it.room.expects(f"offers command to <@{bob.id}>")
    bob.dm.expects("wants to hand command over").says_not("None")


async def test_not_me_leaves_it_where_it_is(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await sent.click(LEAVES, by=bob)
    bob.is_told("INC-1 stays with", f"<@{ada.id}>", where=bob.dm)
    told = ada.dm.expects(f"<@{bob.id}> does not take command: you still have it")
    it.card.says(f"*Commander* <@{ada.id}>").says_not("offered to")
    await sent.click(LEAVES, by=bob)
    bob.is_told("No offer of command of INC-1 waits for you any more", f"<@{ada.id}> commands it", where=bob.dm)
    await told.click("Hand over to somebody else", by=ada)
    ada.sees_modal("Hand over command")


async def test_only_the_commander_hands_over(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident handoff @bob", it.room)
    ada.is_told("Nobody commands INC-1", "`/incident command INC-1 @b`", where=it.room)
    assert "Hand over command" not in it.card.menu
    await taken(story, ada, it.room)
    await cleo.types("/incident handoff @bob", it.room)
    cleo.is_told(f"<@{ada.id}> commands INC-1, and alone can hand it over", where=it.room)


async def test_who_cannot_take_it_is_refused(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    await story.deactivates(bob)
    await story.makes_guest(cleo)
    for name, sentence in (
        ("@ada", "You command INC-1 already"),
        ("@tocsin", "is a bot"),
        (f"<@{bob.id}>", "is deactivated in Slack"),
        (f"<@{cleo.id}>", "is a guest"),
        ("@nobody", "I do not know “@nobody”"),
    ):
        await ada.types(f"/incident handoff {name}", it.room)
        ada.is_told(sentence, where=it.room)
    await it.card.click("Hand over command", by=ada)
    await ada.submits(person=cleo.id)
    assert "@cleo is a guest" in ada.view.errors["Who takes command?"]
    it.card.says(f"*Commander* <@{ada.id}>")


async def test_a_private_ones_next_commander_may_see_it(story: Story, ada: Person, bob: Person) -> None:
    room, card = await privately(story, ada)
    await taken(story, ada, room)
    await ada.types("/incident handoff @bob the logs are copied", room)
    ada.is_told(f"until <@{bob.id}> takes it", where=room)
    room.expects("offers command", "the logs are copied")
    sent = bob.dm.expects("wants to hand command over", "Somebody got in", "the logs are copied")
    assert "bob" in room.members
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", where=bob.dm)
    room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")
    card.says(f"*Commander* <@{bob.id}>")


async def test_who_was_briefed_once_is_told_in_a_line(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", "Do not", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")
    await story.forward(minutes=5)
    await bob.types("/incident handoff @ada", it.room)
    bob.is_told(f"until <@{ada.id}> takes it", where=it.room)
    it.room.expects("offers command")
    back = ada.dm.expects("wants to hand command over")
    await back.click(TAKES, by=ada)
    told = ada.is_told("You are incident commander of INC-1", "You know what it asks of you", where=ada.dm)
    told.says_not("Do not")
    it.room.expects(f"<@{ada.id}> took command from <@{bob.id}>")
    bob.dm.expects("you are free of that")


async def test_in_a_thread(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrong colour")
    await ada.types("/incident INC-1 command")
    ada.is_told("You are incident commander of INC-1")
    announcement.thread.expects("took command")
    await ada.types("@tocsin handoff @bob", "#incidents", thread=announcement)
    ada.is_told(f"until <@{bob.id}> takes it", where="#incidents")
    announcement.thread.expects("offers command")
    sent = bob.dm.expects("wants to hand command over", "Wrong colour")
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", where=bob.dm)
    announcement.thread.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that", "the thread of its announcement")


async def test_at_great_length(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    for number in range(1, 9):
        await ada.types(f"/incident note step {number} {'word ' * 200}", it.room)
        ada.is_told("Noted", where=it.room)
        it.room.expects(f"step {number} ")
    await it.card.click("Hand over command", by=ada)
    await ada.submits(person="bob", note="look <here> & there " * 140)
    assert not ada.has_modal
    it.room.expects("offers command")
    sent = bob.dm.expects("look <here> & there", "step 8")
    sent.says_not("step 3 ")
    assert sent.buttons == [TAKES, LEAVES]
