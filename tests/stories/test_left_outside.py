"""Once an incident is private, who is not in it hears, finds and can do nothing more of it."""

from tests.stories.kit import Person, Story
from tests.stories.made_private import HIDDEN, expect_hidden, hidden
from tests.stories.opening import opened


async def test_from_then_on_nothing_is_said_outside(story: Story, ada: Person, bob: Person) -> None:
    it = await hidden(story, ada, bob)
    await bob.types("/incident update They are locked out", it.room)
    bob.is_told("Update #1", where=it.room)
    it.room.expects("Update #1", "They are locked out")
    await story.forward(minutes=70)
    it.room.expects("Not mitigated")
    ada.dm.expects("promised for")
    it.room.expects("Update due")
    ada.dm.expects("has not been posted")
    ada.dm.expects("last reminder")
    await ada.types("/incident resolve Locked out", it.room)
    ada.is_told("is resolved", where=it.room)
    it.room.expects("Resolved", "Locked out")
    it.announcement.says("INC-1 is private.").says_not(HIDDEN, "esolved")
    it.former.expects_nothing()
    story.place("#incidents").expects_nothing()


async def test_followers_outside_hear_no_more_of_it(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await it.announcement.click("Follow", by=cleo)
    cleo.is_told("You follow INC-1", where="#incidents")
    await ada.types("/incident private @bob", it.room)
    ada.is_told("is private now", where=it.room)
    expect_hidden(story, it.room)
    await ada.types("/incident update They are locked out", story.room(1))
    ada.is_told("Update #1", where=story.room(1))
    story.room(1).expects("They are locked out")
    cleo.dm.expects_nothing()


async def test_outsiders_find_it_nowhere(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    home = await cleo.opens_home()
    home.says(HIDDEN)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("is private now", where=it.room)
    expect_hidden(story, it.room)
    home.says_not("INC-1", HIDDEN)
    nothing = {"list": "is open", "list all": "no incident yet", "search got in": "No incident matches"}
    for line, said in nothing.items():
        await cleo.types(f"/incident {line}", it.room)
        cleo.is_told(said, where=it.room).says_not("INC-1", HIDDEN)
    for line in ("show INC-1", "catchup INC-1", "join INC-1", "follow INC-1", "INC-1 note hello", "INC-1 undo"):
        await cleo.types(f"/incident {line}")
        cleo.is_told("There is no INC-1.")
    await cleo.types("/incident catchup", it.room)
    cleo.sees_modal("Which incident?", "No incident is open")
    await story.sandbox.close_view(cleo.id)
    await cleo.types("/incident declare")
    assert "INC-1" not in str(cleo.sees_modal("Declare").content)
    await story.sandbox.close_view(cleo.id)
    await bob.types("/incident show INC-1")
    bob.is_told(HIDDEN, "made it private")
    (await bob.opens_home()).says(HIDDEN)


async def test_a_form_that_an_outsider_had_open_does_nothing(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await cleo.types("/incident update", it.room)
    cleo.sees_modal("Post an update", HIDDEN)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("is private now", where=it.room)
    expect_hidden(story, it.room)
    await cleo.submits(text="I can still write")
    cleo.sees_modal("Tocsin", "There is no INC-1.")
    await it.card.click("Request access", by=cleo)
    cleo.is_told("Who leads INC-1 is asked", where=it.room)
    ada.dm.expects(f"<@{cleo.id}> asks to see it")


async def test_whoever_declared_it_is_asked_for_nothing_once_outside(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    it = await opened(story, cleo, f"sev1 {HIDDEN}")
    await ada.types("/incident lead @ada", it.room)
    ada.is_told("You are technical lead", where=it.room)
    it.room.expects("technical lead")
    await ada.types("/incident private @bob", it.room)
    ada.is_told(f"<@{ada.id}> and <@{bob.id}> may see it", where=it.room)
    expect_hidden(story, it.room)
    room = story.room(1)
    await story.forward(minutes=31)
    for said in ("Nobody has acknowledged it", "Not mitigated", "Update due"):
        room.expects(said).says_not(f"<@{cleo.id}>")
    ada.dm.expects("The next update is promised")
    cleo.dm.expects_nothing()
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("Who leads INC-1 is asked", where="#incidents")
    ada.dm.expects(f"<@{cleo.id}> asks to see it")
