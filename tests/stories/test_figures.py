"""What people do moves the figures: each answer by its door, each message as it goes, each reminder by its lateness."""

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.stories.kit import Person, Story
from tests.stories.opening import opened

Figures = dict[str, float]


async def figures(story: Story) -> Figures:
    """Every series of /metrics by its name and the values of its labels; of all bots together."""
    found: Figures = {}
    async with aiohttp.ClientSession() as session:
        for bot in story.bots:
            async with session.get(f"{bot.url}/metrics") as answer:
                assert answer.status == 200
                page = await answer.text()
            for family in text_string_to_metric_families(page):
                for sample in family.samples:
                    name = " ".join([sample.name, *sample.labels.values()])
                    found[name] = found.get(name, 0) + sample.value
    return found


async def moved(story: Story, before: Figures) -> dict[str, float]:
    """What has risen since, but for what depends on the machine."""
    after = await figures(story)
    return {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}


async def test_each_door_each_message_each_reminder(story: Story, ada: Person, bob: Person) -> None:
    quiet = await figures(story)
    incident = await opened(story, ada)
    await story.settled()
    declared = await moved(story, quiet)
    assert declared["tocsin_acknowledgements_total slash answered"] == 1
    assert declared["tocsin_acknowledgement_seconds_count slash"] == 1
    assert declared["tocsin_slack_calls_total conversations.create ok"] == 1
    assert declared["tocsin_deliveries_total room sent"] == 1
    assert declared["tocsin_open_incidents SEV1"] == len(story.bots)
    assert declared["tocsin_http_responses_total /slack/events 200"] >= 1
    assert "tocsin_due_lateness_seconds_count" not in declared

    await story.forward(minutes=5)
    incident.room.expects("Nobody has acknowledged")
    story.place("#incidents").expects("Nobody has acknowledged")
    late = await moved(story, quiet)
    assert late["tocsin_due_lateness_seconds_count"] == 1
    assert late["tocsin_due_lateness_seconds_bucket 1.0"] == 1

    before = await figures(story)
    await incident.card.click("Acknowledge", by=bob)
    bob.is_told("what is known so far", where=incident.room)
    bob.is_told("You have INC-1", where=incident.room)
    incident.room.expects(f"<@{bob.id}> has it")
    await bob.types("@tocsin resolve rolled back", incident.room)
    bob.is_told("is resolved after", where=incident.room)
    incident.room.expects("Resolved")
    story.place("#incidents").expects("Resolved")
    await story.settled()
    after = await moved(story, before)
    assert after["tocsin_acknowledgements_total button answered"] == 1
    assert after["tocsin_acknowledgements_total mention answered"] == 1
    assert after["tocsin_slack_calls_total response_url ok"] >= 1
    assert after["tocsin_open_incidents SEV1"] == -len(story.bots)
    held = await figures(story)
    for name in ("tocsin_apologies_total", "tocsin_outbox_rows waiting", "tocsin_outbox_oldest_seconds"):
        assert held[name] == 0
    assert sum(value for name, value in held.items() if name.endswith(" given_up")) == 0


async def test_tests_are_not_counted_as_open(story: Story, ada: Person) -> None:
    await opened(story, ada, "test sev1 Only a drill")
    assert (await figures(story))["tocsin_open_incidents SEV1"] == 0
