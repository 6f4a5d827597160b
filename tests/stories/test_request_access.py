"""*Request access* asks who commands a private incident to be let in, and tells who asks nothing of it."""

import asyncio

from tests.stories.kit import Person, Shown, Story
from tests.stories.made_private import HIDDEN, Hidden, hidden

ASKED = "Who leads INC-1 is asked"


async def asked(story: Story, ada: Person, cleo: Person, it: Hidden) -> Shown:
    """Cleo asks to be let in; what Ada, who commands, is sent."""
    await it.announcement.click("Request access", by=cleo)
    told = cleo.is_told(ASKED, "as a direct message", where="#incidents").says_not(HIDDEN)
    assert told.message.thread_ts is None
    return ada.dm.expects(f"<@{cleo.id}> asks to see it", "You decide", HIDDEN)


async def test_let_in_they_are_told_and_invited(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    request = await asked(story, ada, cleo, it)
    assert request.buttons == ["Let in", "Not now"]
    await request.click("Let in", by=ada)
    request.says(f"<@{cleo.id}> may see INC-1 now", "They are told")
    assert request.buttons == []
    cleo.dm.expects(f"<@{ada.id}> let you in", f"<#{it.room.channel}>")
    assert "cleo" in it.room.members
    await cleo.types("/incident show INC-1")
    cleo.is_told(HIDDEN)
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("You are in it already", where="#incidents")


async def test_not_now_is_told_with_nothing_but_the_number(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await hidden(story, ada, bob)
    request = await asked(story, ada, cleo, it)
    await request.click("Not now", by=ada)
    request.says(f"<@{cleo.id}> does not get to see INC-1")
    cleo.dm.expects("INC-1", "You are not let in", "an hour").says_not(HIDDEN)
    assert "cleo" not in it.room.members
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("You were not let in a short while ago", where="#incidents")
    ada.dm.expects_nothing()


async def test_after_an_hour_they_may_ask_again(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    await (await asked(story, ada, cleo, it)).click("Not now", by=ada)
    cleo.dm.expects("You are not let in")
    await ada.types("/incident resolve Locked out", it.room)
    ada.is_told("is resolved", where=it.room)
    it.room.expects("Resolved")
    await story.forward(minutes=61)
    await (await asked(story, ada, cleo, it)).click("Let in", by=ada)
    cleo.dm.expects("let you in")


async def test_asked_twenty_times_it_is_passed_on_once(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    await asked(story, ada, cleo, it)
    for _ in range(19):
        await it.announcement.click("Request access", by=cleo)
        cleo.is_told("You asked for it already", "comes as a direct message", where="#incidents")
    ada.dm.expects_nothing()


async def test_and_all_at_once_as_well(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    post, sandbox = it.announcement, story.sandbox
    await asyncio.gather(*(sandbox.click(cleo.id, post.channel, post.ts, label="Request access") for _ in range(20)))
    await story.settled()
    cleo.is_told(ASKED, where="#incidents")
    for _ in range(19):
        cleo.is_told("You asked for it already", where="#incidents")
    ada.dm.expects(f"<@{cleo.id}> asks to see it")
    ada.dm.expects_nothing()


async def test_by_the_farewell_in_the_old_channel_too(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    farewell = Shown(story, it.former.channel, max(each.ts for each in it.former.messages()))
    assert farewell.buttons == ["Request access"]
    await farewell.click("Request access", by=cleo)
    cleo.is_told(ASKED, where=it.former)
    ada.dm.expects(f"<@{cleo.id}> asks to see it")


async def test_the_home_of_who_decides_shows_it(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    home = await ada.opens_home()
    home.says_not("asks to see it")
    await asked(story, ada, cleo, it)
    home.says(f"<@{cleo.id}> asks to see it")
    await home.click("Let in")
    cleo.dm.expects("let you in")
    home.says_not("asks to see it")
    assert "cleo" in it.room.members


async def test_pressed_again_it_is_decided_once(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    request = await asked(story, ada, cleo, it)
    story.sandbox.dials.redeliver = 3
    await request.click("Let in", by=ada)
    request.says("may see INC-1 now")
    cleo.dm.expects("let you in")
    cleo.dm.expects_nothing()


async def test_brought_in_by_hand_meanwhile_the_answer_says_so(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await hidden(story, ada, bob)
    request = await asked(story, ada, cleo, it)
    await bob.brings(cleo, it.room)
    await request.click("Not now", by=ada)
    ada.is_told(f"<@{cleo.id}> is in INC-1 already", where=ada.dm)


async def test_without_a_commander_who_declared_it_is_asked(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await hidden(story, ada, bob)
    await ada.types("/incident command @bob", it.room)
    ada.is_told("is incident commander", where=it.room)
    it.room.expects("incident commander")
    bob.dm.expects("You are its incident commander now")
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told(ASKED, where="#incidents")
    bob.dm.expects(f"<@{cleo.id}> asks to see it")
    await story.deactivates(bob)
    it.room.expects("deactivated")
    await story.forward(minutes=1)
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("You asked for it already", where="#incidents")


async def test_a_guest_cannot_ask(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    await story.makes_guest(cleo)
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("Only members of this workspace can ask", where="#incidents").says_not(HIDDEN)
    ada.dm.expects_nothing()


async def test_of_one_that_nobody_was_told_of_a_kept_button_learns_nothing(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await hidden(story, ada, bob)
    await ada.types("/incident declare private sev1 A key leaked")
    ada.is_told("INC-2")
    story.room(2).expects("A key leaked")
    for number in (2, 99):
        for block in it.announcement.message.blocks:
            for element in block.get("elements", []):
                element["value"] = str(number)
        await it.announcement.click("Request access", by=cleo)
        cleo.is_told(f"There is no INC-{number}.", where="#incidents")
    ada.dm.expects_nothing()
