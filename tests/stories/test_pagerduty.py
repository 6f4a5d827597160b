"""A level that is a PagerDuty service is left to PagerDuty for its wait; who acknowledges there has it here too."""

import hashlib
import hmac
import json
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from tests.alerts.payloads import pagerduty
from tests.outside.parties import Party, party
from tests.stories.alerting import sent
from tests.stories.kit import Stage, Story, told
from tests.stories.oncall import on_call
from tests.stories.test_page import declares, overheard

SECRET = "webhook-secret"
LEVELS = [{"page": "pagerduty:payments"}, {"page": "bob"}]
PAGING = on_call(
    policies=[{"name": "ours", "levels": LEVELS}], default_policy="ours", teams=[], services=[], rotations=[]
)


def by_pagerduty(server: Party, keys: str = "payments=R1") -> dict[str, Any]:
    secrets = {"pagerduty_routing_keys": SecretStr(keys), "pagerduty_webhook_secret": SecretStr(SECRET)}
    return {**secrets, "pagerduty_url": server.url}


def events(server: Party) -> list[str]:
    return [each.told["event_action"] for each in server.heard]


async def tells(story: Story, event: dict[str, Any], secret: str = SECRET) -> tuple[int, dict[str, Any]]:
    """PagerDuty's webhook calls; twice, as it may."""
    body = json.dumps({"event": event}).encode()
    signature = "v1=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    answers = []
    async with aiohttp.ClientSession() as session:
        for bot in (story.bots[0], story.bots[-1]):
            headers = {"X-PagerDuty-Signature": signature}
            async with session.post(f"{bot.url}/pagerduty", data=body, headers=headers) as answer:
                answers.append((answer.status, await answer.json()))
    await story.settled()
    assert answers[0] == answers[1]
    return answers[0]


def acknowledged(key: str, name: str = "Bob") -> dict[str, Any]:
    return happened("acknowledged", name=name, incident_key=key)


def happened(what: str, number: str = "E1", name: str = "Bob", agent: str = "user_reference", **more: Any) -> Any:
    """As PagerDuty tells it: without the key of what came by its Events API, and with the title that it came under."""
    data = {"type": "incident", "incident_key": None, "title": "SEV1 INC-1 Checkout is down ", "resolve_reason": None}
    event = {"id": number, "event_type": f"incident.{what}", "agent": {"summary": name, "type": agent}}
    return {**event, "data": {**data, **more}}


async def test_it_is_told_and_tells_who_has_it(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        server.status = 202
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        (trigger,) = server.heard
        assert trigger.told["payload"]["summary"] == "SEV1 INC-1 Checkout is down"
        assert trigger.told["routing_key"] == "R1"
        await story.forward(minutes=4)
        bob.is_not_paged()
        key = trigger.told["dedup_key"]
        assert (await tells(story, acknowledged(key), secret="another"))[0] == 401
        assert not (await tells(story, acknowledged("somebody-elses-1")))[1]["acknowledged"]
        assert not (await tells(story, acknowledged(key, "Somebody Unknown")))[1]["acknowledged"]
        event = {**acknowledged(key), "id": "E2"}
        assert (await tells(story, event)) == (200, {"acknowledged": True, "why": ""})
        assert events(server) == ["trigger", "acknowledge"]
        await bob.types("/incident INC-1 resolve rolled back")
        bob.is_told("INC-1 is resolved")
        assert events(server) == ["trigger", "acknowledge", "resolve"]
        assert {each.told["dedup_key"] for each in server.heard} == {key}
        await story.forward(minutes=10)
        overheard(story)


async def test_without_an_answer_the_next_level_follows_after_its_wait(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        await story.forward(minutes=5)
        await bob.is_paged("INC-1").click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        assert events(server) == ["trigger", "acknowledge"]
        overheard(story)


async def test_where_it_cannot_be_told_the_next_level_is_paged_at_once(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server, "x=1")) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        bob.is_paged("INC-1")
        story.room(1).expects("I could not tell PagerDuty (payments)", "PAGERDUTY_ROUTING_KEYS")
        assert not server.heard
        overheard(story)


async def test_without_its_key_it_is_known_by_its_title(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        await ada.types("/incident INC-1 severity sev2")
        story.room(1).expects("SEV2")
        await ada.types("/incident INC-1 edit")
        await ada.submits(title="The tills are down")
        story.room(1).expects("The tills are down")
        for title in ("SEV1 INC-1 Something else is down", "SEV1 INC-7 Checkout is down", "Disk is full", ""):
            assert not (await tells(story, happened("acknowledged", title=title)))[1]["acknowledged"]
        assert (await tells(story, happened("acknowledged", "E2"))) == (200, {"acknowledged": True, "why": ""})
        story.room(1).expects(f"<@{bob.id}> has it")
        assert events(server) == ["trigger", "acknowledge"]
        overheard(story)


async def test_what_tocsin_told_it_comes_back_and_is_nobodys_doing(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        await declares(story, story.person("ada"))
        for what in ("acknowledged", "resolved"):
            told_back = happened(what, name="Events API V2", agent="inbound_integration_reference")
            assert (await tells(story, told_back)) == (200, {what: False, "why": "No person did it."})
        assert "nobody has in Slack" not in caplog.text
        overheard(story)


async def test_what_tocsin_told_it_is_no_alert(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        await declares(story, story.person("ada"))
        key, title = server.heard[0].told["dedup_key"], "SEV1 INC-1 Checkout is down"
        for data in ({"incident_key": key}, {"incident_key": None, "title": title}, {"title": title}):
            _, found = await sent(story, "pagerduty", pagerduty(**data))
            assert (found["incidents"], found.get("why")) == ([], "Tocsin itself told PagerDuty of this.")
        assert events(server) == ["trigger"]
        overheard(story)


async def test_who_resolves_it_there_has_resolved_it_here(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await declares(story, ada)
        merged = happened("resolved", resolve_reason={"type": "merge_resolve_reason"})
        assert not (await tells(story, merged))[1]["acknowledged"]
        assert (await tells(story, happened("resolved", "E2"))) == (200, {"resolved": True, "why": ""})
        story.room(1).expects(f"Resolved by <@{bob.id}>", "Resolved in PagerDuty.")
        assert events(server) == ["trigger", "resolve"]
        overheard(story)


async def test_what_somebody_else_has_goes_on_whoever_resolves_it_there(stage: Stage) -> None:
    async with party() as server, told(stage, configuration=PAGING, variables=by_pagerduty(server)) as story:
        ada = story.person("ada")
        await declares(story, ada)
        await tells(story, happened("acknowledged", name="Ada"))
        status, answer = await tells(story, happened("resolved", "E2"))
        assert (status, answer["resolved"], "Somebody else has it" in answer["why"]) == (200, False, True)
        assert (await tells(story, happened("resolved", "E3", name="Ada")))[1]["resolved"]
        story.room(1).expects(f"Resolved by <@{ada.id}>", "Resolved in PagerDuty.")
        overheard(story)


async def test_who_resolves_one_of_several_there_has_it_here(stage: Stage) -> None:
    both = [{"page": ["pagerduty:payments", "pagerduty:search"]}]
    paging = {**PAGING, "policies": [{"name": "ours", "levels": both}]}
    variables = "payments=R1,search=R2"
    async with party() as server, told(stage, configuration=paging, variables=by_pagerduty(server, variables)) as story:
        bob = story.person("bob")
        await declares(story, story.person("ada"))
        assert (await tells(story, happened("resolved"))) == (200, {"acknowledged": True, "why": ""})
        story.room(1).expects(f"<@{bob.id}> has it")
        overheard(story)
