"""Silences, maintenance and heartbeats: what does nothing for a while, and whose silence is the alert."""

from typing import Any

from tests.alerts.payloads import firing
from tests.stories.alerting import fire, sent
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.test_away import pass_by


async def test_what_is_silenced_does_nothing_until_the_silence_ends(story: Story, ada: Person) -> None:
    await ada.types("/incident silence checkout 2h deploy")
    ada.is_told("Silence 1", "checkout")
    assert (await fire(story, firing()))["incidents"] == []
    await ada.types("/incident silence")
    ada.is_told("1 silence", "checkout", "deploy")
    await story.forward(minutes=121)
    _expect(story)


async def test_a_silence_is_lifted(story: Story, ada: Person) -> None:
    await ada.types("/incident silence alertname=Checkout* for 1d")
    ada.is_told("Silence 1")
    await fire(story, firing())
    story.place("#incidents").expects_nothing()
    await ada.types("/incident silence lift 1")
    ada.is_told("Silence 1 has ended")
    await story.forward(minutes=1)
    _expect(story)
    await ada.types("/incident silence lift 1")
    ada.is_told("There is no silence 1")


async def test_maintenance_and_a_heartbeat(stage: Stage) -> None:
    configuration: dict[str, Any] = {
        "maintenance": [{"what": "env=staging", "since": "2026-03-02 09:00", "until": "2026-03-02 11:00"}],
        "alerts": {"heartbeats": [{"name": "backup", "every": "1h", "severity": "SEV3", "services": ["search"]}]},
    }
    async with told(stage, configuration=configuration) as story:
        await fire(story, firing(env="staging"))
        assert (await sent(story, "heartbeat/backup", {}))[0] == 200
        await story.forward(minutes=50)
        assert (await sent(story, "heartbeat/backup", {}))[0] == 200
        await fire(story, firing(env="staging", status="resolved"))
        await story.forward(minutes=61)
        story.place("#incidents").expects("INC-1", "SEV3", "Nothing is heard from backup", "by a heartbeat")
        story.room(1).expects("Declared", "by a heartbeat")
        story.room(1).expects("calls in every 1 h")
        assert (await sent(story, "heartbeat/backup", {}))[0] == 200
        story.room(1).expects("fires no longer")
        status, found = await sent(story, "heartbeat/backups", {})
        assert (status, "backup" in found["error"]) == (400, True)


async def test_while_nobody_was_there_to_be_called_no_heartbeat_was_silent(stage: Stage) -> None:
    configuration = {"alerts": {"heartbeats": [{"name": "backup", "every": "1h"}]}}
    async with told(stage, configuration=configuration) as story:
        assert (await sent(story, "heartbeat/backup", {}))[0] == 200
        await story.forward(minutes=30)
        async with story.nobody_runs():
            pass_by(story, 60)
        await story.forward(minutes=29)
        story.place("#incidents").expects_nothing()
        await story.forward(minutes=1)
        story.place("#incidents").expects("Nothing is heard from backup")
        story.room(1).expects("Declared", "by a heartbeat")
        story.room(1).expects("calls in every 1 h")


def _expect(story: Story) -> None:
    story.place("#incidents").expects("INC-1", "CheckoutErrors", "by alertmanager")
    story.room(1).expects("Declared", "by alertmanager")
    story.room(1).expects("runbooks.example")


async def test_what_ends_beside_it_ends_no_silence(story: Story, ada: Person) -> None:
    await ada.types("/incident silence checkout 1h deploy")
    ada.is_told("Silence 1")
    await fire(story, firing("web-1"), firing("web-2"))
    await fire(story, firing("web-2", status="resolved"))
    await story.forward(minutes=61)
    _expect(story)


async def test_what_is_over_by_its_end_is_never_told(story: Story, ada: Person) -> None:
    await ada.types("/incident silence all 1h deploy")
    ada.is_told("Silence 1")
    await fire(story, firing())
    await fire(story, firing(status="resolved"))
    await story.forward(minutes=90)


async def test_what_is_silenced_while_its_incident_is_open_is_not_told_there(story: Story, ada: Person) -> None:
    await fire(story, firing())
    _expect(story)
    await ada.types("/incident silence checkout 1h deploy")
    ada.is_told("Silence 1")
    await fire(story, *(firing(f"web-{number}") for number in range(2, 20)))
    room = story.room(1)
    room.expects_nothing()
    await fire(story, *(firing(f"web-{number}", status="resolved") for number in range(1, 20)))
    room.expects("fires no longer", "Is service restored?")  # an end is told, silence or not
    await fire(story, firing())
    await fire(story, firing(status="resolved"))
    room.expects_nothing()
    await fire(story, firing())
    room.expects_nothing()
    await story.forward(minutes=61)
    room.expects("CheckoutErrors", "fires again")
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())  # reminders


async def test_maintenance_while_its_incident_is_open(stage: Stage) -> None:
    window = {"what": "service:checkout", "since": "2026-03-02 10:05", "until": "2026-03-02 10:20"}
    async with told(stage, configuration={"maintenance": [window]}) as story:
        await fire(story, firing())
        _expect(story)
        await story.forward(minutes=6)
        story.expected.update((each.channel, each.ts) for each in story.bot_messages())  # reminders
        await fire(story, firing(status="resolved"))
        room = story.room(1)
        room.expects("fires no longer")
        await fire(story, firing())
        room.expects_nothing()
        await story.forward(minutes=15)
        room.expects("fires again")
        story.expected.update((each.channel, each.ts) for each in story.bot_messages())  # reminders
