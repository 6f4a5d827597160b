"""Declaring: inline, from the modal, by shortcut, from a message; what is announced, and what the channel holds."""

from bot.sandbox.dials import Fault
from tests.stories.kit import Person, Stage, Story
from tests.stories.outages import caught_up, impatient


async def test_declared_inline_it_is_announced_and_gets_its_channel(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Checkout is down", "SEV1")
    room = story.room(1)
    card = room.expects("Checkout is down")
    assert "Acknowledge" in card.buttons
    assert room.members == ["ada", "tocsin"]
    assert "INC-1" in room.topic
    announcement.says(f"<#{room.channel}>")
    assert [mark.link for mark in story.sandbox.channel(room.channel).bookmarks]


async def test_the_announcement_does_not_wait_for_the_making_of_the_channel(stage: Stage) -> None:
    async with impatient(stage) as story:
        story.sandbox.dials.faults = [Fault("conversations.create", "hang", times=1)]
        story.allow("conversations.create", "hang")
        await story.person("ada").types("/incident declare sev1 Checkout is down")
        story.place("#incidents").expects("INC-1", "Checkout is down")
        assert not [each.name for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-")]
        await caught_up(story)
        story.person("ada").is_told("INC-1")
        story.room(1).expects("INC-1", "Checkout is down")


async def test_nor_does_the_making_of_the_channel_wait_for_the_announcement(stage: Stage) -> None:
    async with impatient(stage) as story:
        story.sandbox.dials.faults = [Fault("chat.postMessage", "hang", times=1)]
        story.allow("chat.postMessage", "hang")
        await story.person("ada").types("/incident declare sev1 Checkout is down")
        room = story.room(1)
        await caught_up(story)
        story.person("ada").is_told("INC-1")
        story.place("#incidents").expects("INC-1", "Checkout is down")
        room.expects("INC-1", "Checkout is down")


def _called(story: Story, before: int) -> list[str]:
    """The calls of the Web API since then; that an answer takes longer is none, and comes on a busy machine."""
    return [call.method for call in story.sandbox.calls[before:] if call.method != "response_url"]


async def test_declaring_takes_at_most_seven_calls(story: Story, ada: Person) -> None:
    before = len(story.sandbox.calls)
    await ada.types("/incident declare sev1 Checkout is down")
    calls = _called(story, before)
    assert len(calls) <= 7, calls
    _expect_declared(story, ada, 1)


async def test_a_service_brings_its_team_and_the_second_message_its_dashboards_and_bridge(
    story: Story, ada: Person
) -> None:
    before = len(story.sandbox.calls)
    await ada.types("/incident declare")
    ada.sees_modal("Declare", "A service is down for everybody")
    await ada.submits(title="Search and checkout fail", severity="SEV2", services=["search", "checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    assert len(_called(story, before)) <= 9, "opening the modal, and at most 8 to declare"
    story.place("#incidents").expects("Search and checkout fail")
    story.room(1).expects("Services", "search", "checkout (team payments)", "Acknowledge")
    story.room(1).expects("https://grafana.example/search", "https://meet.example/search")


async def test_without_a_severity_the_modal_asks_for_it_and_keeps_the_title(story: Story, ada: Person) -> None:
    await ada.types("/incident declare Checkout is down")
    ada.sees_modal("Declare", '"initial_value": "Checkout is down"')
    await ada.submits(severity="SEV1")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("SEV1", "Checkout is down")
    story.room(1).expects("SEV1", "Checkout is down")


async def test_the_modal_takes_all_that_is_known(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev2")
    began = int(story.clock.now().timestamp()) - 600
    await ada.submits(title="Slow search", affected="Everybody in the EU", began=began, noticed_by="customer")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("SEV2", "Slow search", "Everybody in the EU")
    story.room(1).expects("SEV2", "Slow search", "Everybody in the EU", f"<!date^{began}", "a customer")


async def test_the_modal_says_beside_its_field_what_is_wrong_and_is_mended(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev1 Checkout is down")
    _expect_declared(story, ada, 1)
    await ada.types("/incident declare")
    tomorrow = int(story.clock.now().timestamp()) + 86_400
    await ada.submits(title="Search is down", severity="SEV1", began=tomorrow)
    assert "in the future" in ada.view.errors["When did it begin?"]
    await ada.submits(began=None)
    ada.sees_modal("Tocsin", "INC-2")
    story.place("#incidents").expects("INC-2", "Search is down")
    story.room(2).expects("Search is down")


async def test_by_the_global_shortcut(story: Story, ada: Person) -> None:
    await ada.uses("Declare incident")
    ada.sees_modal("Declare")
    await ada.submits(title="Checkout is down", severity="SEV1")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")


async def test_from_a_message_whose_words_and_address_are_carried_over(story: Story, ada: Person, bob: Person) -> None:
    said = await bob.says("Payments <b>&</b> carts fail\nsince noon")
    await ada.uses("Declare from message", on=said)
    ada.sees_modal("Declare", "Payments <b>&</b> carts fail", "since noon")
    await ada.submits(severity="SEV1")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Payments <b>&</b> carts fail")
    story.room(1).expects("Payments <b>&</b> carts fail")
    address = f"/archives/{said.channel}/p{said.ts.replace('.', '')}"
    story.room(1).expects("since noon", address)
    await ada.types("/incident show", story.room(1))
    ada.is_told("declared SEV1", address, where=story.room(1))


async def test_a_sev4_lives_in_the_thread_of_its_announcement(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrong colour")
    ada.is_told("INC-1", "thread")
    announcement = story.place("#incidents").expects("Wrong colour", "SEV4")
    assert "Acknowledge" in announcement.buttons
    assert not [c for c in story.sandbox.ws.channels.values() if c.name.startswith("inc-")]
    await bob.types("@tocsin ack", "#incidents", thread=announcement)
    bob.is_told("You have INC-1", where="#incidents")
    announcement.thread.expects("has it")
    announcement.says(f"<@{bob.id}>")


async def test_a_sev3_is_announced_where_its_team_is(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev3")
    await ada.submits(title="Some carts are empty", services=["checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#payments").expects("Some carts are empty")
    story.room(1).expects("Some carts are empty")


async def test_told_twice_it_is_declared_once(story: Story, ada: Person) -> None:
    story.sandbox.dials.redeliver = 3
    await ada.types("/incident declare sev1 Checkout is down")
    _expect_declared(story, ada, 1)
    assert [c.name for c in story.sandbox.ws.channels.values() if c.name.startswith("inc-")] == [
        "inc-1-checkout-is-down"
    ]


async def test_the_modal_handed_in_twice_declares_once(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev1")
    story.sandbox.dials.redeliver = 3
    await ada.submits(title="Checkout is down")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")


def _expect_declared(story: Story, by: Person, number: int) -> None:
    by.is_told(f"INC-{number}")
    story.place("#incidents").expects(f"INC-{number}")
    story.room(number).expects(f"INC-{number}")
