"""Setting right what was said in a hurry: title, services, who is affected, figures; the old value stays to be read."""

import pytest

from bot.sandbox.records import SandboxRefused
from tests.stories.kit import Person, Story
from tests.stories.opening import acknowledged, opened, privately, resolved

LONG = "checkout " * 12


async def test_from_the_cards_menu_the_title_is_set_right(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev1 Chekout is donw")
    name = it.room.name
    await it.card.click("More…", by=bob)
    await bob.presses("Edit")
    bob.sees_modal("Edit", "Chekout is donw", "What it said before stays in the timeline")
    await bob.submits(title="Checkout is down for <EU> & UK")
    assert not bob.has_modal
    it.room.expects(f"<@{bob.id}> changed the title", "Checkout is down for <EU> & UK")
    it.card.says("Checkout is down for <EU> & UK").says_not("Chekout")
    it.announcement.says("Checkout is down for <EU> & UK").says_not("Chekout")
    assert "Checkout is down for" in it.room.topic
    assert it.room.name == name
    await ada.types("/incident show", it.room)
    ada.is_told("changed the title from “Chekout is donw” to “Checkout is down for <EU> & UK”", where=it.room)


async def test_by_the_word_in_its_channel_and_elsewhere_with_the_number(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident edit", it.room)
    bob.sees_modal("Edit", "Checkout is down")
    await bob.submits(title="Payments fail")
    it.room.expects("changed the title", "“Payments fail”")
    await ada.types("/incident INC-1 edit")
    ada.sees_modal("Edit", "Payments fail")
    await ada.submits(affected="Card payments")
    it.room.expects(f"<@{ada.id}> changed who is affected", "“Card payments”")


async def test_elsewhere_without_the_number_it_asks_which_one_a_closed_one_too(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await bob.types("/incident edit")
    bob.sees_modal("Which incident?", "INC-1")
    await bob.submits(incident="1")
    bob.sees_modal("Edit", "Checkout is down", "It was over")
    await bob.submits(title="Payments fail")
    assert not bob.has_modal
    it.room.expects("changed the title", "“Payments fail”")
    it.announcement.says("✅", "Payments fail")
    it.card.says("*Resolved*", "Payments fail")


async def test_by_a_mention_a_button_opens_it(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("@tocsin edit", it.room)
    offered = bob.is_told("Edit", "Press the button", where=it.room)
    await offered.click("Edit", by=bob)
    bob.sees_modal("Edit", "Checkout is down")
    await bob.submits(title="Payments fail")
    it.room.expects("changed the title")


async def test_services_and_their_links_follow(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident edit", it.room)
    await bob.submits(services=["checkout", "search"])
    it.room.expects("changed the services to checkout, search")
    it.room.expects("grafana.example/search")
    it.card.says("*Services*", "checkout", "search")
    it.announcement.says("*Services*", "checkout")
    await bob.types("/incident edit", it.room)
    await bob.submits(services=["search"])
    it.room.expects("changed the services to search")
    it.card.says("search").says_not("checkout")
    await bob.types("/incident edit", it.room)
    await bob.submits(services=[])
    it.room.expects("changed the services to nothing")
    it.card.says_not("*Services*")
    await ada.types("/incident show", it.room)
    ada.is_told("changed the services from search to nothing", where=it.room)


async def test_who_is_affected_and_the_figures_stand_on_the_card(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident edit", it.room)
    await bob.submits(affected="All <EU> customers", users="1,200", revenue="3,000 € an hour", tickets="40")
    said = it.room.expects(f"<@{bob.id}> changed who is affected to “All <EU> customers”")
    said.says("users to 1,200", "revenue to 3,000 € an hour", "tickets to 40")
    it.card.says("*Affected* All <EU> customers", "1,200 users", "3,000 € an hour", "40 tickets")
    it.announcement.says("*Affected* All <EU> customers", "1,200 users")
    await bob.types("/incident edit", it.room)
    bob.sees_modal("Edit", '"initial_value": "1200"', "3,000 € an hour")
    await bob.submits(users="1 500", tickets="")
    it.room.expects("changed users to 1,500", "tickets to nothing")
    it.card.says("1,500 users").says_not(" tickets")
    await ada.types("/incident show", it.room)
    ada.is_told("changed users from 1,200 to 1,500", "changed tickets from 40 to nothing", where=it.room)


@pytest.mark.parametrize(
    ("values", "label", "told"),
    [
        ({"title": "   "}, "What is wrong?", "Say in a few words what is wrong"),
        ({"users": "many"}, "How many users were affected?", "whole number"),
        ({"tickets": "-3"}, "How many support tickets came in?", "whole number"),
        ({"revenue": "a" * 61}, "How much revenue was lost?", "at most 60 characters"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_mended(
    story: Story, ada: Person, values: dict[str, str], label: str, told: str
) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    await ada.submits(affected="Everybody", **values)
    assert told in ada.view.errors[label]
    it.room.expects_nothing()
    it.card.says("Checkout is down").says_not("Everybody")
    (name,) = values
    await ada.submits(**{name: "7"})
    assert not ada.has_modal
    it.room.expects("“Everybody”", "7")


async def test_an_empty_title_slack_itself_does_not_hand_in(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    with pytest.raises(SandboxRefused, match="What is wrong"):
        await ada.submits(title="")
    it.room.expects_nothing()


async def test_nothing_different_says_so_and_says_nothing_to_others(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    await ada.submits(title=" Checkout is down ")
    ada.sees_modal("Tocsin", "Nothing is different", "INC-1")
    it.room.expects_nothing()


async def test_long_texts_are_kept_and_shown_as_far_as_there_is_room(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    await ada.submits(title=LONG.strip(), affected="Everybody in the EU " * 140)
    it.room.expects("changed the title", "who is affected")
    it.card.says("checkout checkout", "*Affected* Everybody")
    assert len(it.room.topic) <= 250
    await ada.types("/incident edit", it.room)
    ada.sees_modal("Edit", LONG.strip())


async def test_of_a_thread_it_is_said_in_the_thread(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare sev4 Wrng colour")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Wrng colour")
    await announcement.click("More…", by=bob)
    await bob.presses("Edit")
    await bob.submits(title="Wrong colour")
    announcement.says("Wrong colour").says_not("Wrng")
    said = announcement.thread.expects(f"<@{bob.id}> changed the title", "“Wrong colour”")
    assert not said.message.broadcast


async def test_a_private_one_is_set_right_among_those_in_it(story: Story, ada: Person, bob: Person) -> None:
    room, _card = await privately(story, ada)
    await bob.types("/incident INC-1 edit")
    bob.sees_modal("Edit", "no INC-1")
    await ada.types("/incident edit", room)
    await ada.submits(title="Nobody got in")
    room.expects("changed the title", "“Nobody got in”")
    assert "Nobody got in" in room.topic
    story.place("#incidents").expects_nothing()


async def test_two_at_once_in_other_fields_both_hold(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    await bob.types("/incident edit", it.room)
    await ada.submits(title="Payments fail", users="300")
    it.room.expects(f"<@{ada.id}> changed the title to “Payments fail”", "users to 300")
    await bob.submits(affected="Card payments", tickets="12")
    said = it.room.expects(f"<@{bob.id}> changed who is affected to “Card payments”", "tickets to 12")
    said.says_not("the title to", "users to")
    it.card.says("Payments fail", "Card payments", "300 users", "12 tickets")


async def test_two_at_once_in_the_same_field_the_first_text_stays_in_the_timeline(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    await bob.types("/incident edit", it.room)
    await ada.submits(title="Payments fail")
    it.room.expects(f"<@{ada.id}> changed the title", "“Payments fail”")
    await bob.submits(title="Card payments fail")
    it.room.expects(f"<@{bob.id}> changed the title", "“Card payments fail”")
    it.card.says("Card payments fail")
    await ada.types("/incident show", it.room)
    shown = ada.is_told("from “Checkout is down” to “Payments fail”", where=it.room)
    shown.says("from “Payments fail” to “Card payments fail”")


async def test_both_write_the_same_and_it_is_said_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    await bob.types("/incident edit", it.room)
    await ada.submits(title="Payments fail")
    it.room.expects(f"<@{ada.id}> changed the title")
    await bob.submits(title="Payments fail")
    bob.sees_modal("Tocsin", "Nothing is different")
    it.room.expects_nothing()


async def test_handed_in_again_by_a_redelivery_it_is_said_once(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident edit", it.room)
    story.sandbox.dials.redeliver = 2
    await ada.submits(title="Payments fail")
    it.room.expects("changed the title")
    it.room.expects_nothing()


async def test_what_was_merged_is_not_set_right_but_the_other(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada)
    second = await opened(story, ada, "sev2 Search is slow", 2)
    await bob.types("/incident edit", second.room)
    await bob.types("/incident INC-2 merge INC-1")
    bob.is_told("INC-2 is part of INC-1 now")
    second.room.expects("INC-1")
    second.announcement.thread.expects("INC-1")
    story.room(1).expects("INC-2")
    await bob.submits(title="Search is down")
    bob.sees_modal("Tocsin", "INC-2 was merged into INC-1")
    await ada.types("/incident INC-2 edit")
    ada.sees_modal("Edit", "INC-2 was merged into INC-1")


async def test_it_builds_on_nothing_that_can_be_taken_back(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await acknowledged(story, bob, it.room)
    await ada.types("/incident edit", it.room)
    await ada.submits(title="Payments fail")
    it.room.expects("changed the title")
    await bob.types("/incident undo", it.room)
    bob.is_told("nobody has INC-1", where=it.room)
    it.room.expects("Correction", "nobody has it now")
    it.card.says("Payments fail")
