"""Alerts of other programs open incidents, join them, reopen them, and say when they are over."""

import asyncio

import aiohttp

from tests.alerts.payloads import alertmanager, firing
from tests.stories.alerting import fire
from tests.stories.kit import Person, Story
from tests.stories.opening import resolved


async def declared(story: Story) -> None:
    """A critical alert has opened INC-1."""
    assert (await fire(story, firing()))["incidents"] == ["INC-1"]
    story.place("#incidents").expects("INC-1", "SEV2", "CheckoutErrors", "by alertmanager")
    room = story.room(1)
    room.expects("Declared", "by alertmanager", "Acknowledge")
    room.expects("runbooks.example/checkout", "12.4 %", "against 5 %", "prometheus.example")


async def test_a_critical_alert_declares_with_its_links(story: Story) -> None:
    await declared(story)


async def test_a_storm_becomes_one_incident_with_a_count(story: Story) -> None:
    storm = [firing(f"web-{number}") for number in range(1_000)]
    found = await fire(story, *storm)
    assert (found["taken"], found["incidents"]) == (1_000, ["INC-1"])
    story.place("#incidents").expects("INC-1", "CheckoutErrors")
    room = story.room(1)
    room.expects("Declared", "by alertmanager")
    room.expects("1,000 alerts, all firing")
    assert (await fire(story, *storm))["incidents"] == ["INC-1"], "sent again: nothing new is said"


async def test_a_storm_that_comes_one_by_one_is_told_at_each_power_of_ten(story: Story) -> None:
    await declared(story)
    for number in range(2, 12):
        await fire(story, firing(f"web-{number}"))
    story.room(1).expects("10 alerts by now", "CheckoutErrors")


async def test_what_is_over_offers_to_resolve_and_fires_again_joins(story: Story, ada: Person) -> None:
    await declared(story)
    await fire(story, firing(status="resolved"))
    offer = story.room(1).expects("fires no longer", "Is service restored?")
    assert offer.buttons == ["Resolve"]
    await fire(story, firing())
    story.room(1).expects("fires again")


async def test_what_fires_again_soon_reopens_it_and_nobody_has_it(story: Story, ada: Person) -> None:
    await declared(story)
    await fire(story, firing(status="resolved"))
    room = story.room(1)
    room.expects("fires no longer")
    await resolved(story, ada, room)
    await story.forward(minutes=10)
    assert (await fire(story, firing()))["incidents"] == ["INC-1"]
    room.expects("reopened", "CheckoutErrors fires again")
    story.place("#incidents").expects("reopened", "CheckoutErrors fires again")
    incident = await story.bot.incidents.find(ada.id, number=1)
    assert incident is not None
    assert incident.acknowledged_by is None


async def test_what_fires_again_much_later_is_a_new_one(story: Story, ada: Person) -> None:
    await declared(story)
    await fire(story, firing(status="resolved"))
    story.room(1).expects("fires no longer")
    await resolved(story, ada, story.room(1))
    await story.forward(minutes=31)
    assert (await fire(story, firing()))["incidents"] == ["INC-2"]
    story.place("#incidents").expects("INC-2", "CheckoutErrors")
    story.room(2).expects("Declared", "by alertmanager")
    story.room(2).expects("runbooks.example")


async def test_what_was_closed_while_it_fires_rests_for_a_while(story: Story, ada: Person) -> None:
    await declared(story)
    await resolved(story, ada, story.room(1))
    await fire(story, firing())


async def test_left_alone_for_a_day_it_reminds_without_naming_anybody(story: Story, ada: Person) -> None:
    await declared(story)
    await story.forward(minutes=24 * 60)
    said = [message for message in story.bot_messages() if "<@" in message.text]
    assert said == []
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())
    await ada.types("/incident show INC-1")
    ada.is_told("INC-1", "by alertmanager", "CheckoutErrors", "runbooks.example/checkout")
    await ada.types("/incident catchup INC-1")
    ada.is_told("by alertmanager")


async def test_what_it_lacks_is_said(story: Story) -> None:
    bare = {**firing(), "annotations": {}, "generatorURL": ""}
    await fire(story, bare)
    story.place("#incidents").expects("INC-1")
    story.room(1).expects("Declared", "by alertmanager")
    story.room(1).expects("comes without a summary, its value against the threshold, a runbook or a dashboard")


async def test_what_fires_for_a_merged_one_is_told_in_the_other(story: Story, ada: Person) -> None:
    await declared(story)
    await ada.types("/incident declare sev1 Everything is slow")
    ada.is_told("INC-2")
    await ada.types("/incident merge INC-2", story.room(1))
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())
    await fire(story, firing(status="resolved"))
    story.room(2).expects("fires no longer", "Is service restored?")
    assert (await fire(story, firing()))["incidents"] == ["INC-2"]
    story.room(2).expects("fires again")


async def test_many_at_once_in_any_order_are_one_incident_a_group(story: Story) -> None:
    names = ("Errors", "Latency", "Memory")

    async def sends(session: aiohttp.ClientSession, number: int) -> int:
        turned = names if number % 2 else names[::-1]
        batch = alertmanager(*(firing(f"web-{number}", alertname=name) for name in turned))
        url = story.bots[number % len(story.bots)].url
        async with session.post(f"{url}/alerts/alertmanager", json=batch) as answer:
            return answer.status

    async with aiohttp.ClientSession() as session:
        assert set(await asyncio.gather(*(sends(session, number) for number in range(30)))) == {200}
    await story.settled()
    for name in names:
        story.place("#incidents").expects("SEV2", name)
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())
    found = [each for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-")]
    assert len(found) == len(names)
