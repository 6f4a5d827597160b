"""Declared twice: who declares sees what may be the same, joins it or says that it is another, and is never held up."""

from dataclasses import dataclass

from tests.stories.kit import Person, Shown, Stage, Story
from tests.stories.opening import opened, privately, resolved, taken
from tests.stories.outages import allow_offline, caught_up, impatient

SAME = "Is it the same as"


@dataclass(frozen=True, slots=True)
class Twice:
    """INC-1 was open when INC-2 was declared in a line: what the second declarer is told, and where it stands."""

    told: Shown
    announcement: Shown


async def twice(story: Story, ada: Person, bob: Person) -> Twice:
    """Ada declares INC-1, and Bob the same once more."""
    await opened(story, ada)
    await bob.types("/incident declare sev1 Carts fail")
    told = bob.is_told("*INC-2* is declared", SAME, "*INC-1* Checkout is down")
    announcement = story.place("#incidents").expects("Carts fail")
    story.room(2).expects("Carts fail", "not acknowledged yet")
    return Twice(told, announcement)


async def test_the_answer_to_a_line_shows_what_may_be_the_same_and_who_has_it(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await taken(story, ada, it.room)
    await story.forward(minutes=5)
    await bob.types("/incident declare sev1 Carts fail")
    told = bob.is_told("*INC-2* is declared", SAME, "*INC-1* Checkout is down · SEV1 · 5 min", f"<@{ada.id}> has it")
    assert told.buttons == ["Acknowledge", "Take command", "Join INC-1", "It is another"]
    story.place("#incidents").expects("Carts fail")
    story.room(2).expects("Carts fail")


async def test_joined_there_what_was_just_declared_goes_into_the_other(story: Story, ada: Person, bob: Person) -> None:
    both = await twice(story, ada, bob)
    await both.told.click("Join INC-1", by=bob)
    both.told.says("INC-2 is part of INC-1 now", "Checkout is down", f"<#{story.room(1).channel}>").says_not(SAME)
    assert both.told.buttons == ["Undo"]
    story.room(1).expects(f"<@{bob.id}> merged *INC-2* Carts fail into this one", f"<@{bob.id}> came along")
    story.room(2).expects("merged it into *INC-1* Checkout is down", f"<#{story.room(1).channel}>")
    both.announcement.thread.expects("merged it into *INC-1*")
    both.announcement.says("merged into INC-1")
    assert "bob" in story.room(1).members


async def test_said_to_be_another_the_question_goes_and_both_go_on(story: Story, ada: Person, bob: Person) -> None:
    both = await twice(story, ada, bob)
    await both.told.click("It is another", by=bob)
    both.told.says("*INC-2* is one of its own", "Carts fail").says_not(SAME)
    assert both.told.buttons == ["Acknowledge", "Take command"]
    await both.told.click("Acknowledge", by=bob)
    bob.is_told("You have INC-2")
    story.room(2).expects(f"<@{bob.id}> has it")


async def test_older_than_a_quarter_of_an_hour_and_of_no_common_service_it_is_not_asked(
    story: Story, ada: Person, bob: Person
) -> None:
    await opened(story, ada, "sev3 Some carts are empty")
    await story.forward(minutes=15)
    await bob.types("/incident declare sev3 Search is slow")
    bob.is_told("*INC-2* is declared").says_not(SAME)
    story.place("#incidents").expects("Search is slow")
    story.room(2).expects("Search is slow")


async def test_what_is_closed_is_not_asked_about(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await bob.types("/incident declare sev1 Checkout is down again")
    bob.is_told("*INC-2* is declared").says_not(SAME)
    story.place("#incidents").expects("down again")
    story.room(2).expects("down again")


async def test_of_many_the_three_newest_are_shown(story: Story, ada: Person, bob: Person) -> None:
    for number in range(1, 6):
        await story.forward(minutes=1)
        await opened(story, ada, f"sev2 Outage number {number}", number)
    await bob.types("/incident declare sev2 One more")
    told = bob.is_told("*INC-6* is declared", "Is it the same as one of these?")
    assert [each for each in told.buttons if each.startswith("Join")] == ["Join INC-5", "Join INC-4", "Join INC-3"]
    story.place("#incidents").expects("One more")
    story.room(6).expects("One more")


async def test_while_slack_answers_nothing_it_is_declared_and_asked_at_once(stage: Stage) -> None:
    """The question stands in the answer itself: no call to Slack is waited for."""
    async with impatient(stage) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await opened(story, ada)
        allow_offline(story)
        story.sandbox.dials.offline = True
        ack = await bob.types("/incident declare sev1 Carts fail")
        assert SAME in str(ack and ack.body)
        bob.is_told("*INC-2* is declared", SAME)
        story.sandbox.dials.offline = False
        await caught_up(story)
        story.place("#incidents").expects("Carts fail")
        story.room(2).expects("Carts fail")


async def test_whatever_its_title_says_it_is_shown_as_it_was_typed(story: Story, ada: Person, bob: Person) -> None:
    title = "<!channel> *Carts* & <b>baskets</b> " + "fail " * 40
    await ada.types("/incident declare sev1")
    await ada.submits(title=title)
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("INC-1")
    story.room(1).expects("INC-1")
    story.room(1).expects("The title in full")
    await bob.types("/incident declare sev1 Carts fail")
    told = bob.is_told(SAME, "<!channel>", "& <b>baskets</b> fail", "… · SEV1")
    assert "<!channel>" not in str(told.message.blocks)
    story.place("#incidents").expects("Carts fail")
    story.room(2).expects("Carts fail")
    await bob.types("/incident declare")
    assert "<!channel>" not in str(bob.sees_modal("Declare", "Is it one of these?").content)


async def test_the_modal_shows_what_is_young_and_one_joins_instead_of_declaring(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await bob.types("/incident declare")
    bob.sees_modal("Declare", "Is it this one?", "*INC-1* Checkout is down", "*nobody has it*", "If it is another")
    await bob.presses("Join INC-1")
    bob.sees_modal("Tocsin", "You help with INC-1 now")
    assert "bob" in it.room.members
    it.card.says(f"<@{bob.id}>")
    await ada.types("/incident list")
    ada.is_told("1 incident open", "INC-1")


async def test_joined_too_late_the_refusal_lies_over_the_form_with_what_was_typed(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await bob.types("/incident declare")
    bob.fills(title="Carts fail", severity="SEV1")
    await resolved(story, ada, it.room)
    await bob.presses("Join INC-1")
    bob.sees_modal("Tocsin", "INC-1 is already resolved")
    await story.sandbox.close_view(bob.id)
    bob.sees_modal("Declare")
    await bob.submits()
    bob.sees_modal("Tocsin", "*INC-2* is declared: SEV1 Carts fail")
    story.place("#incidents").expects("Carts fail")
    story.room(2).expects("Carts fail")


async def test_services_chosen_bring_up_what_is_open_on_them_and_what_was_typed_stays(
    story: Story, ada: Person, bob: Person
) -> None:
    await ada.types("/incident declare sev2")
    await ada.submits(title="Slow search", services=["search"])
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Slow search")
    story.room(1).expects("Slow search")
    story.room(1).expects("https://grafana.example/search")
    await story.forward(minutes=16)
    story.place("#incidents").expects("Nobody has acknowledged it")
    story.room(1).expects("Nobody has acknowledged it")
    await bob.types("/incident declare sev2")
    assert "INC-1" not in str(bob.view.content)
    bob.fills(title="Nothing is found", affected="The shop", noticed_by="customer")
    await bob.chooses("services", ["search"])
    bob.sees_modal("Declare", "Is it this one?", "*INC-1* Slow search", "Open on the same services: INC-1")
    kept = {name: value for fields in bob.view.state.values() for name, value in fields.items()}
    assert kept["title"]["value"] == "Nothing is found"
    assert kept["affected"]["value"] == "The shop"
    assert kept["severity"]["selected_option"]["value"] == "SEV2"
    assert kept["noticed_by"]["selected_option"]["value"] == "customer"
    await bob.submits()
    bob.sees_modal("Tocsin", "INC-2")
    story.place("#incidents").expects("SEV2", "Nothing is found", "The shop")
    story.room(2).expects("Nothing is found", "search", "a customer")
    story.room(2).expects("https://grafana.example/search")


async def test_a_service_taken_off_again_takes_the_question_away(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4")
    await ada.submits(title="Slow search", services=["search"])
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Slow search")
    await story.forward(minutes=16)
    await bob.types("/incident declare")
    await bob.chooses("services", ["search"])
    bob.sees_modal("Declare", "*INC-1* Slow search")
    await bob.chooses("services", ["checkout"])
    assert "INC-1" not in str(bob.sees_modal("Declare").content)
    await bob.chooses("services", [])
    assert "INC-1" not in str(bob.sees_modal("Declare").content)


async def test_a_private_one_is_shown_to_nobody_who_is_not_in_it(story: Story, ada: Person, bob: Person) -> None:
    await privately(story, ada)
    await bob.types("/incident declare")
    assert "INC-1" not in str(bob.sees_modal("Declare").content)
    await story.sandbox.close_view(bob.id)
    await bob.types("/incident declare sev1 Logins fail")
    bob.is_told("*INC-2* is declared").says_not(SAME, "INC-1")
    story.place("#incidents").expects("Logins fail")
    story.room(2).expects("Logins fail")


async def test_to_who_is_in_a_private_one_it_is_shown_where_they_alone_see_it(story: Story, ada: Person) -> None:
    """The modal, with a lock; a public one cannot go into it, so under a line it is not asked."""
    await privately(story, ada)
    await ada.types("/incident declare")
    ada.sees_modal("Declare", "*INC-1* 🔒 Somebody got in")
    await story.sandbox.close_view(ada.id)
    await ada.types("/incident declare sev1 Logins fail")
    ada.is_told("*INC-2* is declared").says_not(SAME)
    story.place("#incidents").expects("Logins fail")
    story.room(2).expects("Logins fail")


async def test_a_test_is_like_tests_alone(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare test sev1 We try it")
    ada.is_told("INC-1", "TEST")
    story.place("#incidents").expects("TEST", "We try it")
    story.room(1).expects("TEST", "We try it")
    await bob.types("/incident declare sev1 Checkout is down")
    bob.is_told("*INC-2* is declared").says_not(SAME)
    story.place("#incidents").expects("Checkout is down")
    story.room(2).expects("Checkout is down")
    await ada.types("/incident declare drill sev1 We try it again")
    told = ada.is_told("*INC-3* is declared as a TEST", SAME, "*INC-1* We try it")
    assert "Join INC-2" not in told.buttons
    story.place("#incidents").expects("We try it again")
    story.room(3).expects("We try it again")
    await bob.types("/incident declare")
    bob.sees_modal("Declare", "*INC-2* Checkout is down")
    await bob.chooses("kind", "test")
    assert "INC-2" not in str(bob.sees_modal("Declare", "*INC-3*", "*INC-1*").content)


async def test_joined_after_somebody_resolved_it_says_so(story: Story, ada: Person, bob: Person) -> None:
    both = await twice(story, ada, bob)
    await resolved(story, ada, story.room(1))
    await both.told.click("Join INC-1", by=bob)
    bob.is_told("INC-1 is resolved", "Reopen it first")
    both.told.says(SAME)
    assert "It is another" in both.told.buttons


async def test_joined_twice_it_says_where_it_is(story: Story, ada: Person, bob: Person) -> None:
    both = await twice(story, ada, bob)
    await ada.types("/incident merge INC-1", story.room(2))
    ada.is_told("INC-2 is part of INC-1 now", where=story.room(2))
    story.room(1).expects("merged *INC-2*")
    story.room(2).expects("merged it into *INC-1*")
    both.announcement.thread.expects("merged it into *INC-1*")
    await both.told.click("Join INC-1", by=bob)
    bob.is_told("INC-2 was merged into INC-1", "`/incident reopen INC-2 why`")
    await both.told.click("It is another", by=bob)
    both.told.says("INC-2")
