"""What is over already, or nearly happened, is written down with its times: no clocks, no channel, one line."""

from datetime import timedelta

import pytest

from bot.sandbox.records import Ack, SandboxRefused
from tests.stories.kit import Person, Shown, Story

HEADLINE = "INC-1* Search was down"


def ago(story: Story, minutes: int) -> int:
    """A time that many minutes before now, as a modal holds it."""
    return int((story.clock.now() - timedelta(minutes=minutes)).timestamp())


async def over(story: Story, by: Person, **values: object) -> Ack:
    """Hands in *It is over already*, ended a quarter of an hour ago unless it is said when."""
    await by.types("/incident declare")
    await by.chooses("kind", "over")
    by.sees_modal("Declare", "What was wrong?", "Declared at once and resolved at once", "When was it over?")
    known = {"title": "Search was down", "severity": "SEV1", "resolved": ago(story, 15)}
    return await by.submits(**{**known, **values})


async def written(story: Story, by: Person, **values: object) -> Shown:
    """INC-1, written down; its line in #incidents."""
    await over(story, by, **values)
    by.sees_modal("Tocsin", "*INC-1* is written down: SEV1 Search was down", "nobody is called, no reminder comes")
    line = story.place("#incidents").expects(HEADLINE, "resolved, over already when it was declared")
    assert not line.buttons
    return line


async def test_written_down_with_its_times_it_is_one_line(story: Story, ada: Person) -> None:
    line = await written(
        story,
        ada,
        began=ago(story, 75),
        detected=ago(story, 70),
        mitigated=ago(story, 20),
        fix="Rolled back",
        affected="The shop",
        services=["search"],
    )
    line.says("lasted 55 min", "Rolled back")
    assert not [each for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-")]
    await ada.types("/incident show INC-1")
    told = ada.is_told("over already when it was declared", "Fixed by* Rolled back", "Affected* The shop", "search")
    for minutes in (75, 70, 20, 15):
        told.says(f"<!date^{ago(story, minutes)}^")
    story.place("#incidents").expects_nothing()


async def test_no_clock_runs_and_nobody_is_called(story: Story, ada: Person) -> None:
    line = await written(story, ada, detected=ago(story, 40))
    await story.forward(minutes=600)
    ada.dm.expects_nothing()
    line.thread.expects_nothing()
    await ada.types("/incident list")
    ada.is_told("No incident is open")
    await ada.types("/incident list all")
    ada.is_told("INC-1", "Search was down", "resolved", "25 min")


async def test_with_the_time_of_its_end_alone_the_others_are_implied(story: Story, ada: Person) -> None:
    line = await written(story, ada)
    line.says_not("lasted")
    await ada.types("/incident show INC-1")
    ada.is_told("(implied)").says_not("Fixed by")


async def test_a_private_one_is_announced_nowhere(story: Story, ada: Person, bob: Person) -> None:
    await over(story, ada, title="A key leaked", private=["private"])
    ada.sees_modal("Tocsin", "🔒 *INC-1* is written down", "only those invited know of it")
    story.place("#incidents").expects_nothing()
    room = story.room(1)
    room.expects("A key leaked", "Private")
    assert room.members == ["ada", "tocsin"]
    await bob.types("/incident show INC-1")
    bob.is_told("There is no INC-1")


async def test_what_is_out_of_order_is_said_beside_its_field_and_mended(story: Story, ada: Person) -> None:
    await over(story, ada, began=ago(story, 5), fix="Rolled back")
    assert "It cannot be over before it began" in ada.view.errors["When was it over?"]
    await ada.submits(began=ago(story, 30), detected=ago(story, 35))
    assert "It cannot be noticed before it began" in ada.view.errors["When was it noticed?"]
    await ada.submits(detected=ago(story, 25), mitigated=ago(story, 28))
    assert "cannot be restored before it was noticed" in ada.view.errors["When was service restored?"]
    await ada.submits(mitigated=ago(story, 10))
    assert "before service was restored" in ada.view.errors["When was it over?"]
    await ada.submits(mitigated=ago(story, 20))
    ada.sees_modal("Tocsin", "*INC-1* is written down")
    story.place("#incidents").expects(HEADLINE, "lasted 10 min", "Rolled back")


async def test_a_time_to_come_is_said_beside_its_field(story: Story, ada: Person) -> None:
    await over(story, ada, resolved=ago(story, -60))
    assert "still to come" in ada.view.errors["When was it over?"]
    await ada.submits(resolved=ago(story, 1))
    ada.sees_modal("Tocsin", "*INC-1* is written down")
    story.place("#incidents").expects(HEADLINE)


async def test_without_the_time_of_its_end_slack_hands_nothing_in(story: Story, ada: Person) -> None:
    with pytest.raises(SandboxRefused, match=r"When was it over\?: Please complete"):
        await over(story, ada, resolved=None)
    await story.sandbox.close_view(ada.id)
    story.place("#incidents").expects_nothing()


async def test_a_near_miss(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev2 The shop was nearly down")
    ada.is_told("INC-1")
    story.place("#incidents").expects("nearly down")
    story.room(1).expects("nearly down")
    await ada.types("/incident declare")
    await ada.chooses("kind", "near miss")
    ada.sees_modal("Declare", "What nearly happened?", "How bad could it have been?", "What kept it from happening?")
    await ada.submits(
        title="The disk was at 99 %", severity="SEV2", detected=ago(story, 30), fix="Somebody looked at the graph"
    )
    ada.sees_modal("Tocsin", "*INC-2* is written down as a near miss")
    line = story.place("#incidents").expects("Near miss", "The disk was at 99 %", "Somebody looked at the graph")
    assert not line.buttons
    assert len([each for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-")]) == 1
    await story.forward(minutes=5)
    await ada.types("/incident list all")
    ada.is_told("INC-2", "Near miss")


async def test_a_near_miss_to_come_is_none(story: Story, ada: Person) -> None:
    await ada.types("/incident declare")
    await ada.chooses("kind", "near miss")
    await ada.submits(title="The disk was at 99 %", severity="SEV2", detected=ago(story, -10))
    assert "still to come" in ada.view.errors["When was it noticed?"]


async def test_what_was_typed_stays_while_the_kind_is_chosen(story: Story, ada: Person, bob: Person) -> None:
    said = await bob.says("Search gave nothing since eight")
    await ada.uses("Declare from message", on=said)
    ada.fills(title="Search was down", severity="SEV3", affected="The shop", services=["search"])
    await ada.chooses("kind", "over")
    ada.sees_modal("Declare", "Search gave nothing since eight", "When was it over?")
    await ada.chooses("kind", "near miss")
    assert "When was it over?" not in str(ada.view.content)
    await ada.chooses("kind", "over")
    await ada.submits(resolved=ago(story, 15), detected=ago(story, 60))
    ada.sees_modal("Tocsin", "*INC-1* is written down: SEV3 Search was down")
    line = story.place("#incidents").expects("SEV3", HEADLINE, "lasted 45 min")
    assert not line.buttons
    await ada.types("/incident show INC-1")
    ada.is_told("The shop", "search", "(from a ")


async def test_a_time_that_was_wrong_is_set_right(story: Story, ada: Person) -> None:
    line = await written(story, ada, detected=ago(story, 40))
    await ada.types("/incident edit INC-1")
    await ada.submits(detected=ago(story, 60), why="The graph says so")
    assert not ada.has_modal
    line.thread.expects("when it was detected", "The graph says so")
    line.says("lasted 45 min")


async def test_it_is_back_it_is_reopened_in_its_thread(story: Story, ada: Person) -> None:
    line = await written(story, ada)
    await ada.types("/incident reopen INC-1 it is back")
    ada.is_told("INC-1 is open again")
    line.says(f"<@{ada.id}> has it")
    story.place("#incidents").expects("reopened it")
