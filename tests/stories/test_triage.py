"""What is no incident by itself waits to be judged: accepted, declined, merged; told of by programs and people."""

from typing import Any

import aiohttp
from sqlalchemy import text

from tests.alerts.payloads import GRAFANA
from tests.stories.alerting import sent
from tests.stories.kit import Person, Shown, Stage, Story, told
from tests.stories.opening import opened


async def waiting(story: Story) -> Shown:
    """A warning of Grafana's waits in #incidents."""
    status, found = await sent(story, "grafana", GRAFANA)
    assert (status, found["incidents"]) == (200, [])
    return story.place("#incidents").expects("High memory usage", "grafana", "Is it an incident?", "SEV3")


async def test_a_warning_waits_and_is_accepted(story: Story, ada: Person) -> None:
    card = await waiting(story)
    assert card.buttons == ["Accept", "Decline", "Merge into…"]
    await card.click("Accept", by=ada)
    ada.is_told("INC-1", where=story.place("#incidents"))
    card.says(f"<@{ada.id}> accepted it")
    card.says("INC-1")
    story.place("#incidents").expects("INC-1", "SEV3", "High memory usage", f"<@{ada.id}>")
    story.room(1).expects("Declared", f"<@{ada.id}>")
    story.room(1).expects("runbooks.example/memory", "without its value against the threshold")
    await sent(story, "grafana", GRAFANA)


async def test_a_warning_is_declined_once(story: Story, ada: Person, bob: Person) -> None:
    card = await waiting(story)
    await card.click("Decline", by=ada)
    ada.is_told("Declined", where=story.place("#incidents"))
    card.says(f"<@{ada.id}> declined it")
    await sent(story, "grafana", GRAFANA)


async def test_a_warning_is_merged(story: Story, ada: Person) -> None:
    first = await opened(story, ada)
    card = await waiting(story)
    await card.click("Merge into…", by=ada)
    ada.sees_modal("Merge", "High memory usage")
    await ada.submits(into="INC-1 SEV1 Checkout is down")
    ada.sees_modal("Tocsin", "part of *INC-1*")
    card.says("merged it")
    first.room.expects("High memory usage", "fires as well")
    first.room.expects("runbooks.example/memory")


async def test_merged_into_a_private_one_its_number_stays_there(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare private sev1 Keys are out")
    room = story.room(1)
    room.expects("INC-1")
    ada.is_told("INC-1", where=story.place("#general"))
    card = await waiting(story)
    await card.click("Merge into…", by=ada)
    await ada.submits(into="INC-1 SEV1 Keys are out")
    room.expects("fires as well")
    room.expects("runbooks.example/memory")
    card.says(f"<@{ada.id}> merged it: work goes on.").says_not("INC-1")


async def test_somebody_reports(story: Story, ada: Person) -> None:
    form = {"title": "Checkout looks odd", "text": "Prices are <b>zero</b>", "who": "Support", "service": "cart"}
    assert (await sent(story, "report", form))[0] == 200
    card = story.place("#incidents").expects("Checkout looks odd", "Support", "checkout", "Prices are <b>zero</b>")
    await card.click("Accept", by=ada)
    ada.is_told("INC-1", where=story.place("#incidents"))
    story.place("#payments").expects("INC-1", "Checkout looks odd")
    story.room(1).expects("Declared", "noticed by a colleague")
    story.room(1).expects("Checkout looks odd", "Support reported it", "Prices are <b>zero</b>")
    await sent(story, "report", {"title": "Cannot pay", "text": "Since lunch"})
    again = story.place("#incidents").expects("Cannot pay", "Since lunch")
    await again.click("Merge into…", by=ada)
    await ada.submits(into="INC-1 SEV3 Checkout looks odd")
    ada.sees_modal("Tocsin", "part of *INC-1*")
    story.room(1).expects("Reported as well", "Cannot pay")
    await ada.types("/incident show", story.room(1))
    ada.is_told("Cannot pay was reported", "somebody reported it", "Since lunch", where=story.room(1))
    status, found = await sent(story, "report", {"text": "no title"})
    assert (status, "title" in found["error"]) == (400, True)


async def test_a_report_may_be_json_that_calls_itself_a_form(story: Story) -> None:
    said = b'{"title": "Prices are odd", "text": "All of them"}'
    assert await posted(story, said) == (200, {"taken": 1})
    story.place("#incidents").expects("Prices are odd", "All of them")
    assert await posted(story, b"title=Cannot+pay&text=Since+lunch") == (200, {"taken": 1})
    story.place("#incidents").expects("Cannot pay", "Since lunch")
    assert (await posted(story, b'{"title": "Pri'))[0] == 400


async def posted(story: Story, body: bytes) -> tuple[int, Any]:
    """As `curl -d` sends it."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"{story.bot.url}/alerts/report"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        found = await answer.json()
    await story.settled()
    return answer.status, found


async def test_what_waits_to_be_judged_has_a_channel_of_its_own(stage: Stage) -> None:
    channels = {"channels": {"triage": "#payments"}}
    async with told(stage, configuration=channels) as story:
        await sent(story, "grafana", GRAFANA)
        story.place("#payments").expects("High memory usage", "Is it an incident?")


async def test_a_report_is_forgotten_in_time(stage: Stage) -> None:
    async with told(stage, configuration={"retention": {"keep": "1h"}}) as story:
        ada = story.person("ada")
        await sent(story, "report", {"title": "Somebody told a secret", "text": "It is 1234", "who": "Support"})
        card = story.place("#incidents").expects("Somebody told a secret")
        await card.click("Decline", by=ada)
        ada.is_told("Declined", where=story.place("#incidents"))
        await story.forward(minutes=61)
        async with story.bot.store.read() as connection:
            kept = (await connection.execute(text("SELECT state FROM subjects WHERE kind = 'alert'"))).scalar_one()
            words = (await connection.execute(text("SELECT words FROM timeline WHERE subject LIKE 'alert:%'"))).all()
        assert "secret" not in str(kept)
        assert "1234" not in str(kept)
        assert "secret" not in str(words)
