"""Setting the times of an incident right, each with a reason: what cannot have been so is refused beside its field."""

from datetime import datetime, timedelta

import pytest

from tests.stories.kit import MONDAY, Person, Story
from tests.stories.opening import Opened, acknowledged, opened, resolved

LABELS = {
    "began": "It began",
    "detected": "It was noticed",
    "acknowledged": "Somebody had it",
    "mitigated": "Service was restored",
    "resolved": "It was over",
}


def at(minutes: float) -> datetime:
    """So many minutes after the story began."""
    return MONDAY + timedelta(minutes=minutes)


async def over(story: Story, ada: Person) -> Opened:
    """INC-1: declared at 0, acknowledged at 4, mitigated at 20, resolved at 30; it is minute 40."""
    it = await opened(story, ada, "sev2 Checkout is down")
    await story.forward(minutes=4)
    await acknowledged(story, ada, it.room)
    await ada.types("/incident command", it.room)
    ada.is_told("commander of INC-1", where=it.room)
    it.room.expects("took command")
    await story.forward(minutes=16)
    await ada.types("/incident status monitoring", it.room)
    ada.is_told("*monitoring*", where=it.room)
    it.room.expects("*monitoring*")
    await story.forward(minutes=10)
    await resolved(story, ada, it.room)
    await story.forward(minutes=10)
    return it


async def test_when_it_began_is_told_afterwards(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await story.forward(minutes=2)
    await bob.types("/incident edit", it.room)
    bob.sees_modal("Edit", "It began", "It was noticed", "are counted from these times")
    assert "Somebody had it" not in str(bob.view.content)
    await bob.submits(began=at(-25), why="The graphs <show> it")
    assert not bob.has_modal
    it.room.expects(f"<@{bob.id}> set right when it began", "not known before", "The graphs <show> it")
    it.card.says("began")
    await ada.types("/incident show", it.room)
    ada.is_told("began <!date", "set right when it began", "The graphs <show> it", where=it.room)
    assert "INC-1" in it.room.topic


@pytest.mark.parametrize(
    ("name", "minute", "said"),
    [
        ("detected", -10, "when it was detected"),
        ("acknowledged", 2, "when it was acknowledged"),
        ("mitigated", 15, "when it was mitigated"),
        ("resolved", 25, "when it was resolved"),
    ],
)
async def test_each_time_that_was_reached_is_set_right_with_a_reason(
    story: Story, ada: Person, bob: Person, name: str, minute: int, said: str
) -> None:
    it = await over(story, ada)
    await bob.types("/incident edit", it.room)
    bob.sees_modal("Edit", *LABELS.values())
    await bob.submits(**{name: at(minute)})
    assert "Say why" in bob.view.errors["Why do the times change?"]
    it.room.expects_nothing()
    await bob.submits(why="The log says so")
    assert not bob.has_modal
    it.room.expects(f"<@{bob.id}> set right {said}", "instead of", "The log says so")
    await ada.types("/incident show", it.room)
    shown = ada.is_told(f"set right {said}", "instead of", "The log says so", where=it.room)
    shown.says(f"{name} <!date^{int(at(minute).timestamp())}^")


async def test_how_long_it_took_follows_everywhere(story: Story, ada: Person, bob: Person) -> None:
    it = await over(story, ada)
    it.card.says("after 30 min")
    it.announcement.says("resolved after 30 min")
    await bob.types("/incident edit", it.room)
    await bob.submits(resolved=at(22), why="Forgotten to say")
    it.room.expects("set right when it was resolved")
    it.card.says("after 22 min", f"by <@{ada.id}>")
    it.announcement.says("resolved after 22 min")


async def test_it_may_turn_out_to_have_been_over_when_it_was_declared(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is down")
    await story.forward(minutes=3)
    await resolved(story, ada, it.room)
    await bob.types("/incident edit", it.room)
    await bob.submits(resolved=at(-5), why="The graphs show it")
    assert "cannot have been resolved before it was detected" in bob.view.errors[LABELS["resolved"]]
    await bob.submits(detected=at(-20))
    assert not bob.has_modal
    it.room.expects("set right when it was detected", "when it was resolved", "The graphs show it")
    it.card.says("over already when it was declared", "lasted 15 min", "rolled back")
    it.announcement.says("over already when it was declared", "lasted 15 min")


async def test_several_times_with_one_reason_are_one_line(story: Story, ada: Person, bob: Person) -> None:
    it = await over(story, ada)
    await bob.types("/incident edit", it.room)
    await bob.submits(began=at(-5), mitigated=at(15), resolved=at(25), why="The graphs show it", users="30")
    said = it.room.expects("changed users to 30", "set right when it began")
    said.says("when it was mitigated", "when it was resolved", "The graphs show it")


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"began": at(50)}, "began", "still to come"),
        ({"resolved": at(41)}, "resolved", "still to come"),
        ({"began": at(5)}, "began", "cannot have begun after it was"),
        ({"resolved": at(19)}, "resolved", "cannot have been resolved before it was mitigated"),
        ({"mitigated": at(35)}, "mitigated", "cannot have been resolved before it was mitigated"),
        ({"detected": None}, "detected", "can be set right, not taken away"),
    ],
)
async def test_what_cannot_have_been_is_said_beside_its_field(
    story: Story, ada: Person, values: dict[str, datetime | None], field: str, told: str
) -> None:
    it = await over(story, ada)
    await ada.types("/incident edit", it.room)
    await ada.submits(**values, why="A guess")
    assert told in ada.view.errors[LABELS[field]]
    it.room.expects_nothing()
    await ada.submits(detected=at(0), began=None, mitigated=at(20), resolved=at(30), users="5")
    assert not ada.has_modal
    it.room.expects("changed users to 5").says_not("set right")


async def test_in_another_order_it_is_allowed_with_the_reason(story: Story, ada: Person, bob: Person) -> None:
    it = await over(story, ada)
    await bob.types("/incident edit", it.room)
    await bob.submits(acknowledged=at(22), why="Nobody pressed it while it was being mitigated")
    assert not bob.has_modal
    it.room.expects("set right when it was acknowledged", "Nobody pressed it")


async def test_a_time_set_right_reminds_of_nothing_again(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is down")
    await story.forward(minutes=15)
    it.room.expects("Nobody has acknowledged it within 15 min")
    story.place("#incidents").expects("Nobody has acknowledged it within 15 min")
    await bob.types("/incident edit", it.room)
    bob.is_told("what is known so far", where=it.room)
    await bob.submits(began=at(-60), detected=at(-30), why="The graphs show it")
    it.room.expects("set right when it began")
    await story.forward(minutes=10)
    it.room.expects_nothing()


async def test_two_at_once_each_sets_a_time(story: Story, ada: Person, bob: Person) -> None:
    it = await over(story, ada)
    await ada.types("/incident edit", it.room)
    await bob.types("/incident edit", it.room)
    await ada.submits(mitigated=at(18), why="The fix was out by then")
    it.room.expects(f"<@{ada.id}> set right when it was mitigated")
    await bob.submits(resolved=at(28), why="All was well by then")
    said = it.room.expects(f"<@{bob.id}> set right when it was resolved")
    said.says_not("mitigated")
    await ada.types("/incident show", it.room)
    shown = ada.is_told("The fix was out by then", "All was well by then", where=it.room)
    shown.says(f"mitigated <!date^{int(at(18).timestamp())}^", f"resolved <!date^{int(at(28).timestamp())}^")
