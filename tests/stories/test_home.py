"""The App Home: what needs you, what is open with its buttons, how to declare; current while it is looked at."""

from tests.stories.kit import Person, Story
from tests.stories.opening import many, opened, privately, resolved, taken


def calls(story: Story) -> int:
    """How often a Home was shown so far."""
    return sum(call.method == "views.publish" for call in story.sandbox.calls)


async def test_with_nothing_open_all_is_quiet_and_it_says_how_to_declare(story: Story, ada: Person) -> None:
    home = await ada.opens_home()
    home.says("Nothing needs you. All is quiet.", "No incident is open", "`/incident declare sev1 what is wrong`")
    assert home.buttons == ["Declare incident"]
    home.says_not("What needs you", "Open incidents")


async def test_declared_from_it(story: Story, ada: Person) -> None:
    home = await ada.opens_home()
    await home.click("Declare incident")
    ada.sees_modal("Declare an incident")
    await ada.submits(title="Checkout is down", severity="SEV1")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")
    home.says("*SEV1 · INC-1* Checkout is down", "*nobody has it*")


async def test_what_needs_you_and_what_is_open(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    home = await bob.opens_home()
    home.says("What needs you", "Nobody has it yet", "due by", "Open incidents")
    home.says("*SEV1 · INC-1* Checkout is down", "*nobody has it*", f"<#{it.room.channel}>", "next update by")
    assert home.buttons == ["Declare incident", "Acknowledge", "Acknowledge", "Show all"]


async def test_its_buttons_act_and_it_shows_that(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    home = await bob.opens_home()
    await home.click("Acknowledge")
    it.room.expects(f"<@{bob.id}> has it")
    home.says("Nothing needs you", f"<@{bob.id}> has it, no commander").says_not("*nobody has it*")
    bob.dm.expects_nothing()
    await home.click("Take command")
    it.room.expects(f"<@{bob.id}> took command")
    bob.dm.expects("You are incident commander of INC-1", "Do not")
    home.says("you are incident commander")
    await home.click("Show all")
    bob.dm.expects("Checkout is down", "Timeline")


async def test_a_modal_from_it(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    home = await bob.opens_home()
    await home.click("Post update", beside="INC-1")
    bob.sees_modal("Post an update", "Checkout is down")
    await bob.submits(text="Rolling back")
    assert not bob.has_modal
    it.room.expects("Update #1", "Rolling back")
    it.announcement.thread.expects("Update #1")


async def test_what_is_done_in_a_modal_from_it_may_be_taken_back(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    home = await bob.opens_home()
    await home.click("Change status", beside="INC-1")
    bob.sees_modal("Change status")
    await bob.submits(status="monitoring")
    it.room.expects("monitoring")
    home.says("*Monitoring*")


async def test_current_after_a_change_of_somebody_else(story: Story, ada: Person, bob: Person) -> None:
    home = await bob.opens_home()
    home.says("No incident is open")
    it = await opened(story, ada)
    home.says("INC-1", "*nobody has it*")
    await taken(story, ada, it.room)
    home.says(f"<@{ada.id}> commands")
    await resolved(story, ada, it.room)
    home.says("No incident is open").says_not("INC-1")


async def test_not_refreshed_half_an_hour_later_but_when_it_is_opened_again(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada, "sev3 Search is slow")
    home = await bob.opens_home()
    await story.forward(minutes=29)
    before = calls(story)
    await taken(story, ada, it.room)
    assert calls(story) > before
    home.says(f"<@{ada.id}> commands")
    await story.forward(minutes=2)
    before = calls(story)
    await resolved(story, ada, it.room)
    assert calls(story) == before
    home.says("INC-1")
    await bob.opens_home()
    home.says("No incident is open").says_not("INC-1")


async def test_who_never_opened_theirs_costs_nothing(story: Story, ada: Person) -> None:
    await opened(story, ada)
    assert calls(story) == 0


async def test_the_messages_tab_shows_nothing(story: Story, ada: Person) -> None:
    await story.sandbox.open_home(ada.id, "messages")
    await story.settled()
    assert calls(story) == 0


async def test_with_many_open_it_has_pages(story: Story, ada: Person, bob: Person) -> None:
    await many(story, ada)
    await opened(story, ada, "sev1 Checkout is down", 201)
    home = await bob.opens_home()
    home.says("INC-201", "Nobody has it yet", "1–15 of 201")
    assert len(home.view.blocks) <= 100
    assert home.buttons[-1] == "Next"
    for _ in range(13):
        await home.click("Next")
        assert len(home.view.blocks) <= 100
    home.says("196–201 of 201", "*SEV4 · INC-1*").says_not("*SEV4 · INC-7*")
    assert home.buttons[-1] == "Previous"
    await home.click("Previous")
    home.says("181–195 of 201")
    own = await ada.opens_home()
    own.says("What needs you", "188 more show once these are done", "1–15 of 201")
    assert len(own.view.blocks) <= 100
    await bob.opens_home()
    home.says("1–15 of 201")


async def test_the_page_stays_while_others_change_things(story: Story, ada: Person, bob: Person) -> None:
    await many(story, ada, 31)
    home = await bob.opens_home()
    await home.click("Next")
    await home.click("Next")
    home.says("31 of 31")
    await ada.types("/incident cancel INC-1 test")
    ada.is_told("cancelled")
    story.place("#incidents").expects("ancelled")
    home.says("16–30 of 30")


async def test_private_ones_are_for_those_in_them(story: Story, ada: Person, bob: Person) -> None:
    home = await bob.opens_home()
    before = calls(story)
    room, _card = await privately(story, ada)
    assert calls(story) == before
    home.says("No incident is open")
    (await ada.opens_home()).says("INC-1", "🔒", "Somebody got in")
    await ada.brings(bob, room)
    home.says("INC-1", "🔒", "Somebody got in")
    await bob.leaves(room)
    home.says("No incident is open").says_not("INC-1")


async def test_tests_stand_nowhere_but_who_declared_one_is_asked(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare test sev1 Trying it out")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Trying it out")
    story.room(1).expects("Trying it out")
    (await bob.opens_home()).says("No incident is open").says_not("Trying it out")


async def test_command_that_is_offered_can_be_taken_there(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    home = await bob.opens_home()
    await ada.types("/incident handoff @bob the vendor calls back", it.room)
    ada.is_told("You command INC-1 until", where=it.room)
    it.room.expects("offers command")
    bob.dm.expects("wants to hand command over")
    home.says("What needs you", f"<@{ada.id}> offers you command", "the vendor calls back")
    await home.click("I have command")
    bob.dm.expects("You are incident commander of INC-1")
    it.room.expects(f"<@{bob.id}> took command")
    ada.dm.expects("you are free of that")
    home.says("you are incident commander", "Nothing needs you")


async def test_an_update_that_is_due_stands_there(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.forward(minutes=15)
    it.room.expects("Not mitigated")
    await story.forward(minutes=10)
    ada.dm.expects("promised for")
    home = await ada.opens_home()
    home.says("Nothing needs you")
    await story.forward(minutes=5)
    it.room.expects("Update due")
    home.says("⏰ You are asked for its next update, due since")
    await home.click("Post update")
    await ada.submits(text="Rolling back")
    it.room.expects("Update #1")
    it.announcement.thread.expects("Update #1")
    home.says("Nothing needs you")


async def test_a_button_of_a_home_that_is_stale(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev3 Search is slow")
    home = await bob.opens_home()
    await story.forward(minutes=31)
    await ada.types("/incident ack", it.room)
    ada.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await home.click("Acknowledge")
    bob.dm.expects(f"<@{ada.id}> already has INC-1")
    home.says("INC-1")


async def test_of_a_closed_one_the_stale_button_says_so_and_it_is_shown_anew(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada, "sev3 Search is slow")
    home = await bob.opens_home()
    await story.forward(minutes=31)
    await resolved(story, ada, it.room)
    home.says("INC-1")
    await home.click("Acknowledge")
    bob.dm.expects("INC-1 is already resolved")
    home.says("No incident is open")


async def test_catching_up_and_everything_else_is_behind_show_all(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    home = await bob.opens_home()
    await home.click("Show all")
    shown = bob.dm.expects("Checkout is down", "*Timeline*")
    assert "Change status" in shown.buttons
    home.says("INC-1")


async def test_at_great_length(story: Story, ada: Person, bob: Person) -> None:
    title = "<b>&amp; " * 100
    it = await opened(story, ada, f"sev1 {title}")
    it.room.expects("The title in full")
    home = await bob.opens_home()
    home.says("INC-1", "<b>&amp; ")
    assert title not in str(home.view.blocks)


async def test_of_who_is_deactivated_it_is_shown_no_more(story: Story, ada: Person, bob: Person) -> None:
    await bob.opens_home()
    await story.deactivates(bob)
    it = await opened(story, ada)
    await taken(story, ada, it.room)


async def test_two_who_look_see_each_their_own(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    first, second = await ada.opens_home(), await bob.opens_home()
    await first.click("Take command")
    ada.dm.expects("You are incident commander of INC-1")
    it.room.expects(f"<@{ada.id}> took command")
    first.says("you are incident commander")
    second.says(f"<@{ada.id}> commands").says_not("you are incident commander")
    await cleo.opens_home()
    await story.settled()
