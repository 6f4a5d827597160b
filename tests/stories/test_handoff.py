"""Handing command over: the other gets the brief and *I have command*; until it is pressed the old one holds it."""

import pytest

from tests.stories.kit import Person, Place, Shown, Story
from tests.stories.opening import Opened, opened, taken

TAKES, LEAVES = "I have command", "Not me"


async def commanded(story: Story, by: Person) -> Opened:
    """INC-1, a SEV1 that they command."""
    it = await opened(story, by)
    await taken(story, by, it.room)
    return it


async def offered(ada: Person, bob: Person, room: Place, note: str = "") -> Shown:
    """Ada offers Bob command by word; what he is sent."""
    await ada.types(f"/incident handoff @bob {note}".strip(), room)
    ada.is_told("You command INC-1 until", f"<@{bob.id}> takes it", where=room)
    room.expects(f"<@{ada.id}> offers command to <@{bob.id}>")
    return bob.dm.expects("wants to hand command over to you")


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


async def test_ten_minutes_without_an_answer_who_offered_is_told_once(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await story.forward(minutes=9)
    ada.dm.expects_nothing()
    await story.forward(minutes=1)
    ada.dm.expects(f"<@{bob.id}> has not answered for 10 min", "you still have command")
    await story.forward(minutes=4)
    ada.dm.expects_nothing()
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command")
    ada.dm.expects("you are free of that")


async def test_taken_by_somebody_else_meanwhile(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await cleo.types("/incident command", it.room)
    cleo.is_told("You are incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{cleo.id}> took command from <@{ada.id}>")
    it.card.says_not("offered to")
    await sent.click(TAKES, by=bob)
    bob.is_told("No offer of command of INC-1 waits for you any more", f"<@{cleo.id}> commands it", where=bob.dm)
    await story.forward(minutes=10)
    it.card.says(f"*Commander* <@{cleo.id}>")


async def test_a_new_offer_takes_the_place_of_the_old(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    first = await offered(ada, bob, it.room)
    await ada.types("/incident handoff @cleo", it.room)
    ada.is_told(f"until <@{cleo.id}> takes it", where=it.room)
    it.room.expects(f"offers command to <@{cleo.id}>")
    second = cleo.dm.expects("wants to hand command over to you")
    await first.click(TAKES, by=bob)
    bob.is_told(f"is offered to <@{cleo.id}> now", f"<@{ada.id}> has it until then", where=bob.dm)
    await second.click(TAKES, by=cleo)
    cleo.is_told("You are incident commander of INC-1", where=cleo.dm)
    it.room.expects(f"<@{cleo.id}> took command from <@{ada.id}>")
    ada.dm.expects(f"<@{cleo.id}> is its incident commander now")


async def test_the_same_offer_twice_is_said_once(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    await offered(ada, bob, it.room)
    await ada.types("/incident handoff @bob", it.room)
    ada.is_told(f"You offered <@{bob.id}> command of INC-1 already", where=it.room)


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


async def test_who_is_deactivated_while_it_is_offered_does_not_take_it(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    await offered(ada, bob, it.room)
    await story.deactivates(bob)
    ada.dm.expects(f"<@{bob.id}> does not take command: you still have it")
    it.card.says_not("offered to")
    await story.forward(minutes=10)


@pytest.mark.parametrize(("answer", "holder"), [(TAKES, "bob"), (LEAVES, None)])
async def test_who_offered_it_is_deactivated_the_offer_stands(
    story: Story, ada: Person, bob: Person, answer: str, holder: str | None
) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await story.deactivates(ada)
    it.room.expects(f"<@{ada.id}> was deactivated in Slack", "nobody is now", "press *Take command*")
    await story.forward(minutes=10)
    it.room.expects("still no commander")
    await sent.click(answer, by=bob)
    if holder:
        bob.is_told("You are incident commander of INC-1", where=bob.dm)
        it.room.expects(f"<@{bob.id}> took command")
    else:
        bob.is_told("You leave command of INC-1", "nobody has it now", where=bob.dm)
    it.card.says(f"*Commander* <@{bob.id}>" if holder else "*Commander* nobody")


async def test_named_by_a_third_while_it_is_offered(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await commanded(story, ada)
    await offered(ada, bob, it.room)
    await cleo.types("/incident command @bob", it.room)
    cleo.is_told(f"<@{bob.id}> is incident commander of INC-1", where=it.room)
    it.room.expects(f"<@{bob.id}> took over as the incident commander from <@{ada.id}>", f"named by <@{cleo.id}>")
    bob.dm.expects("You are its incident commander now")
    ada.dm.expects(f"<@{bob.id}> is its incident commander now: you are free of that")


async def test_resolved_while_it_is_offered_nothing_waits(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await ada.types("/incident resolve rolled back", it.room)
    ada.is_told("is resolved", where=it.room)
    it.room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    await sent.click(TAKES, by=bob)
    bob.is_told("INC-1 is already resolved", where=bob.dm)
    await story.forward(minutes=10)
    ada.dm.expects_nothing()


async def test_a_private_ones_next_commander_may_see_it(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare private sev1 Somebody got in")
    ada.is_told("INC-1")
    room = story.room(1)
    card = room.expects("Somebody got in")
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


async def test_taken_and_undone_the_old_one_has_it_again(story: Story, ada: Person, bob: Person) -> None:
    it = await commanded(story, ada)
    sent = await offered(ada, bob, it.room)
    await sent.click(TAKES, by=bob)
    told = bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")
    await told.click("Undo", by=bob)
    told.says("Taken back", f"<@{ada.id}> is incident commander of INC-1 again")
    it.room.expects(f"<@{bob.id}> is not incident commander after all", f"<@{ada.id}> is incident commander again")
    ada.dm.expects("Correction", "you are its incident commander again")
    it.card.says(f"*Commander* <@{ada.id}>", f"offered to <@{bob.id}>")
    await sent.click(TAKES, by=bob)
    bob.is_told("You are incident commander of INC-1", where=bob.dm)
    it.room.expects(f"<@{bob.id}> took command from <@{ada.id}>")
    ada.dm.expects("you are free of that")


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
