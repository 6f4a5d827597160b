"""A try is declared as a test: it works like a real one, says TEST everywhere, and stays out of lists."""

import pytest

from tests.stories.kit import Person, Shown, Stage, Story, told
from tests.stories.opening import opened, taken


async def tried(story: Story, by: Person, words: str = "test sev1 We try it", number: int = 1) -> Shown:
    """A test, declared in a line: its announcement; its card is expected."""
    await by.types(f"/incident declare {words}")
    by.is_told(f"🧪 *INC-{number}* is declared as a TEST")
    story.room(number).expects("TEST", "Declared")
    return story.place("#incidents").expects("TEST", f"INC-{number}*")


@pytest.mark.parametrize(
    "line", ["declare test sev1 We try it", "declare drill sev1 We try it", "drill sev1 We try it"]
)
async def test_by_each_of_its_words_it_says_test_everywhere(story: Story, ada: Person, line: str) -> None:
    await ada.types(f"/incident {line}")
    ada.is_told("🧪 *INC-1* is declared as a TEST: SEV1 We try it")
    announcement = story.place("#incidents").expects("🧪 *TEST*", "We try it", "as a test")
    assert announcement.message.text.startswith("TEST SEV1 INC-1")
    room = story.room(1)
    assert room.name == "inc-test-1-we-try-it"
    assert room.topic.startswith("🧪 TEST")
    card = room.expects("🧪 *TEST*", "SEV1 · INC-1* We try it", "as a test: it pages nobody")
    assert card.message.text.startswith("TEST SEV1 INC-1")


async def test_by_the_modal_with_what_was_typed(story: Story, ada: Person) -> None:
    await ada.types("/incident declare test We try it")
    ada.sees_modal("Declare", "What do you want to try?", '"initial_value": "We try it"', "Everything works as")
    await ada.submits(severity="SEV2")
    ada.sees_modal("Tocsin", "*INC-1* is declared as a TEST: SEV2")
    story.place("#incidents").expects("TEST", "We try it")
    story.room(1).expects("TEST", "We try it")
    assert story.room(1).name == "inc-test-1-we-try-it"


async def test_or_chosen_in_it(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev1")
    ada.fills(title="We try it")
    await ada.chooses("kind", "test")
    await ada.submits()
    ada.sees_modal("Tocsin", "*INC-1* is declared as a TEST: SEV1 We try it")
    story.place("#incidents").expects("TEST", "We try it")
    story.room(1).expects("TEST", "We try it")


async def test_it_works_like_a_real_one(story: Story, ada: Person, bob: Person) -> None:
    announcement = await tried(story, ada)
    room = story.room(1)
    await announcement.click("Acknowledge", by=bob)
    bob.is_told("You have INC-1", where="#incidents")
    room.expects("TEST", f"<@{bob.id}> has it")
    await taken(story, ada, room)
    await ada.types("/incident update We pretend to roll back", room)
    ada.is_told("Update #1", where=room)
    said = room.expects("Update #1", "pretend")
    assert said.message.text.startswith("TEST SEV1 INC-1")
    assert announcement.thread.expects("pretend").message.text.startswith("TEST SEV1")
    await story.forward(minutes=31)
    room.expects("Not mitigated")
    assert ada.dm.expects("promised for").message.text.startswith("TEST SEV1")
    room.expects("Update due")
    await ada.types("/incident resolve That went well", room)
    ada.is_told("is resolved", where=room)
    room.expects("Resolved", "That went well")
    story.place("#incidents").expects("TEST", "Resolved", "That went well")
    announcement.says("TEST", "resolved")


async def test_it_is_in_no_list_unless_tests_are_asked_for(story: Story, ada: Person, bob: Person) -> None:
    await tried(story, ada)
    await opened(story, ada, "sev2 Search is slow", 2)
    for line in ("list", "list all", "list sev1", "list mine", "list try"):
        await ada.types(f"/incident {line}")
        found = "INC-2" if line in {"list", "list all", "list mine"} else "No incident matches"
        ada.is_told(found).says_not("INC-1", "We try it")
    await ada.types("/incident list tests")
    ada.is_told("🧪 TEST *INC-1* We try it").says_not("INC-2")
    await bob.opens_home()
    (await bob.opens_home()).says("Search is slow").says_not("We try it")


async def test_in_its_channel_its_verbs_know_it_and_elsewhere_its_number(
    story: Story, ada: Person, bob: Person
) -> None:
    await tried(story, ada)
    room = story.room(1)
    await bob.types("/incident ack", room)
    bob.is_told("You have INC-1", where=room)
    room.expects("has it")
    await bob.types("/incident INC-1 note it works")
    bob.is_told("Noted in the timeline of INC-1")
    room.expects("it works")
    await bob.types("/incident show INC-1")
    bob.is_told("TEST", "declared a test SEV1", "it works")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("declare sev1 Test of the backup fails", "inc-1-test-of-the-backup-fails"),
        ("declare sev1 drill press is broken", "inc-1-drill-press-is-broken"),
        ("declare sev1 Checkout test fails", "inc-1-checkout-test-fails"),
    ],
)
async def test_a_title_that_holds_the_word_is_a_real_one(story: Story, ada: Person, line: str, name: str) -> None:
    await ada.types(f"/incident {line}")
    ada.is_told("*INC-1* is declared: SEV1").says_not("TEST")
    story.place("#incidents").expects("INC-1").says_not("TEST")
    story.room(1).expects("INC-1").says_not("TEST")
    assert story.room(1).name == name


async def test_only_the_first_word_makes_it_a_test(story: Story, ada: Person) -> None:
    await ada.types("/incident declare test sev1 Test environment is down")
    ada.is_told("as a TEST: SEV1 Test environment is down")
    story.place("#incidents").expects("TEST", "Test environment is down")
    story.room(1).expects("Test environment is down")
    assert story.room(1).name == "inc-test-1-test-environment-is-down"


async def test_nobody_whom_the_configuration_names_is_invited(stage: Stage) -> None:
    invite = {"teams": [{"name": "payments", "channel": "#payments", "invite": ["@cleo"]}]}
    async with told(stage, configuration=invite) as story:
        ada = story.person("ada")
        await ada.types("/incident declare")
        await ada.chooses("kind", "test")
        await ada.submits(title="We try it", severity="SEV1", services=["checkout"])
        story.place("#incidents").expects("TEST", "We try it")
        story.room(1).expects("TEST", "We try it")
        assert story.room(1).members == ["ada", "tocsin"]


async def test_a_private_test_is_both(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare private test sev1 We try it")
    ada.is_told("🧪 🔒 *INC-1* is declared as a TEST", "nothing is announced")
    story.place("#incidents").expects_nothing()
    room = story.room(1)
    room.expects("TEST", "🔒", "We try it")
    assert story.sandbox.channel(room.channel).private
    await bob.types("/incident list tests")
    bob.is_told("No incident matches").says_not("INC-1")


async def test_a_test_cancelled_is_over(story: Story, ada: Person) -> None:
    announcement = await tried(story, ada)
    await ada.types("/incident cancel test", story.room(1))
    ada.is_told("INC-1 is cancelled (test)", where=story.room(1))
    story.room(1).expects("cancelled it (test)")
    announcement.thread.expects("cancelled it")
    announcement.says("TEST", "cancelled: test")
