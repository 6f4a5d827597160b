"""Very many different alerts at once: a few incidents, and one of them tells of all the rest."""

from typing import Any

from tests.alerts.payloads import firing
from tests.stories.alerting import fire
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.oncall import on_call

PAGING = on_call(default_policy="payments")
MANY = 60


def overheard(story: Story) -> None:
    """What else is said is for other stories."""
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())


def different(first: int, last: int, status: str = "firing", **labels: str) -> list[dict[str, Any]]:
    """Alerts of which no two are alike."""
    return [firing(f"web-{each}", status, alertname=f"Fault{each}", **labels) for each in range(first, last)]


async def test_different_alerts_become_five_incidents_and_the_rest_joins_the_newest(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        bob = story.person("bob")
        found = await fire(story, *different(0, MANY))
        assert (found["taken"], found["groups"]) == (MANY, MANY)
        assert sorted(found["incidents"]) == [f"INC-{number}" for number in range(1, 6)]
        assert len([name for name in story.sandbox.ws.channels.values() if name.name.startswith("inc-")]) == 5
        bob.is_paged("SEV2", "nobody has it yet")
        await story.forward(minutes=1)
        bob.is_paged("You are paged for 5 incidents")
        room = story.room(5)
        for _ in range(4):
            room.expects("fires as well")
        line = room.expects(f"{MANY - 4} different alerts by now", "more within this minute")
        assert "no incident is opened for each" in line.message.text
        overheard(story)


async def test_they_come_one_by_one_and_end_one_by_one(story: Story) -> None:
    for alert in different(0, 14):
        await fire(story, alert)
    room = story.room(5)
    room.expects("10 different alerts by now")
    for alert in different(0, 13, "resolved"):
        await fire(story, alert)
    assert [each for each in room.messages() if "fires no longer" in each.text] == []
    await fire(story, *different(13, 14, "resolved"))
    assert room.expects("Fault13", "fires no longer", "Is service restored?").buttons == ["Resolve"]
    overheard(story)


async def test_what_is_of_another_service_or_comes_later_has_an_incident_of_its_own(story: Story) -> None:
    await fire(story, *different(0, 8))
    found = await fire(story, firing("s-1", alertname="SearchIsDown", service="search"))
    assert found["incidents"] == ["INC-6"]
    await story.forward(minutes=11)
    assert (await fire(story, *different(20, 21)))["incidents"] == ["INC-7"]
    assert (await fire(story, *different(7, 8)))["incidents"] == ["INC-5"], "it stays where it is"
    overheard(story)


async def test_a_closed_one_takes_in_no_more(story: Story, ada: Person) -> None:
    await fire(story, *different(0, 6))
    await ada.types("/incident INC-5 resolve it was the cache")
    assert (await fire(story, *different(6, 7)))["incidents"] == ["INC-6"]
    overheard(story)


async def test_what_comes_and_goes_holds_up_no_other_word(story: Story, ada: Person) -> None:
    for number in range(20):
        await fire(story, firing(status="resolved" if number % 2 else "firing"))
    room = story.room(1)
    room.expects("fires no longer", "Is service restored?")
    line = room.expects("fires no longer", "It comes and goes: fired 9 times within a minute", "Is service restored?")
    assert line.buttons == ["Resolve"]
    assert len([each for each in room.messages() if "CheckoutErrors fires" in each.text]) == 2
    await fire(story, firing())
    line.says("fires again", "fired 10 times within a minute").says_not("Is service restored?")
    assert line.buttons == []
    await story.forward(minutes=2)
    await fire(story, firing(status="resolved"))
    assert room.expects("fires no longer").buttons == ["Resolve"]
    overheard(story)
