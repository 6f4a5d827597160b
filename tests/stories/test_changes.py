"""What was changed: told over HTTP, shown to an incident on that service, listed, and in its timeline."""

import asyncio
import hashlib
import hmac
import io
import json
from typing import Any

import aiohttp
import pytest

from bot.rules.events import RolledOut
from tests.stories.kit import MONDAY, Person, Stage, Story, told, words
from tests.stories.opening import acknowledged, opened, resolved

DEPLOY = {
    "kind": "deploy",
    "service": "cart",
    "title": "Faster carts <!here>",
    "by": "cleo",
    "version": "1.4.2",
    "environment": "production",
    "url": "https://ci.example/4711",
    "at": "2026-03-02T08:40:00Z",
}


async def tells(
    story: Story, body: Any, headers: dict[str, str] | None = None, bot: int = 0
) -> tuple[int, dict[str, Any]]:
    """What `POST /changes` answers; a text is sent as it is."""
    sent = io.BytesIO((body if isinstance(body, str) else json.dumps(body)).encode())
    address = f"{story.bots[bot].url}/changes"
    async with aiohttp.ClientSession() as session, session.post(address, data=sent, headers=headers or {}) as answer:
        said = await answer.text()
        await story.settled()
        return answer.status, json.loads(said) if said.startswith("{") else {"error": said}


async def test_at_declare_those_of_the_last_hours_on_its_services_are_shown(story: Story, ada: Person) -> None:
    status, answer = await tells(story, DEPLOY)
    assert (status, answer["kept"], answer["service"], answer["kind"]) == (200, True, "checkout", "deploy")
    await tells(story, DEPLOY | {"service": "search", "title": "Bigger index"})
    await tells(story, DEPLOY | {"title": "Long ago", "at": "2026-03-02T06:40:00Z"})
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("INC-1")
    story.place("#incidents").expects("INC-1*")
    room = story.room(1)
    room.expects("INC-1* ")
    room.expects("What changed?", "Bigger index", "Faster carts")
    await ada.types("/incident service cart", room)
    ada.is_told("checkout is on INC-1", where=room)
    room.expects("added checkout")
    second = [each for each in room.messages() if "What changed?" in words(each)]
    assert "Bigger index" not in words(second[0])
    await ada.types("/incident show", room)
    ada.is_told("Deploy of checkout 1.4.2 (production)", "Faster carts", where=room)


async def test_one_that_comes_during_the_incident_is_said_in_it_once(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev1 Checkout is down")
    await ada.types("/incident service checkout", it.room)
    ada.is_told("checkout is on INC-1", where=it.room)
    it.room.expects("added checkout")
    await story.forward(minutes=3)
    flag = {"kind": "feature_flag", "service": "checkout", "title": "new-cart off", "id": "flag-7"}
    assert (await tells(story, flag))[1]["repeated"] is False
    assert (await tells(story, flag, bot=-1))[1]["repeated"] is True
    it.room.expects("🚚", "Flag of checkout", "new-cart off", "look at it")
    it.room.expects("What changed?", "new-cart off")
    await tells(story, {"service": "search", "title": "Another service's"})
    await resolved(story, ada, it.room)
    await tells(story, {"service": "checkout", "title": "After the end"})


async def test_a_storm_of_them_is_one_message_a_minute(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev1 Checkout is down")
    await ada.types("/incident service checkout", it.room)
    ada.is_told("checkout is on INC-1", where=it.room)
    it.room.expects("added checkout")
    await acknowledged(story, ada, it.room)
    await story.forward(minutes=1)

    async def storm(many: int, name: str) -> None:
        async def tell(session: aiohttp.ClientSession, number: int) -> int:
            body = {"kind": "flag", "service": "checkout", "title": f"{name} {number}", "id": f"{name}-{number}"}
            url = story.bots[number % len(story.bots)].url
            async with session.post(f"{url}/changes", json=body) as answer:
                return answer.status

        async with aiohttp.ClientSession() as session:
            assert set(await asyncio.gather(*(tell(session, number) for number in range(many)))) == {200}
        await story.settled()

    await storm(100, "switch")
    first = it.room.expects("🚚", "100 changes", "on checkout in the last 5 min", "and 97 more: `/incident changes`")
    await story.forward(minutes=2)
    await storm(3, "back")
    it.room.expects("103 changes", "back", "and 100 more")
    first.says("100 changes")
    await story.forward(minutes=6)
    await tells(story, {"service": "checkout", "title": "Calm again"})
    it.room.expects("🚚", "Deploy of checkout: Calm again", "look at it")
    it.room.expects("What changed?", "Calm again")
    entries = [each.event for each in await story.bot.incidents.timeline(1, 500) if isinstance(each.event, RolledOut)]
    assert len({each.title for each in entries}) == 104


async def test_the_list_by_service_and_time(story: Story, ada: Person) -> None:
    await ada.types("/incident changes")
    ada.is_told("No change was told in the last 2 h", "/incident changes 1d", "POST /changes")
    await tells(story, DEPLOY)
    await tells(story, DEPLOY | {"service": "search", "kind": "migration", "title": "New column", "version": ""})
    await tells(story, DEPLOY | {"title": "Yesterday's", "at": "2026-03-01T12:00:00Z"})
    await ada.types("/incident changes")
    ada.is_told("2 changes", "in the last 2 h", "Faster carts", "New column").says_not("Yesterday's")
    await ada.types("/incident changes cart 1d")
    ada.is_told("2 changes", "on checkout in the last day", "Faster carts", "Yesterday's").says_not("New column")
    await ada.types("/incident changes serach")
    ada.is_told("I know no service “serach”")


async def test_a_long_list_says_how_many_there_are(story: Story, ada: Person) -> None:
    for number in range(25):
        await tells(story, {"service": "search", "title": f"Deploy no. {number}.", "id": str(number)})
    await ada.types("/incident changes search")
    ada.is_told("25 changes", "The newest 20 of 25", "/incident changes <service> 30m")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("{", "This is no JSON"),
        ([DEPLOY], "Send one JSON object"),
        ({"kind": "deploy"}, "Say in `title`"),
        (DEPLOY | {"kind": "party"}, "I know no kind of change “party”. Known: deploy, flag"),
        (DEPLOY | {"at": "yesterday"}, "`at` has to be a time with its zone"),
        (DEPLOY | {"at": "2026-03-02T08:40:00"}, "`at` has to be a time with its zone"),
        (DEPLOY | {"at": "2025-03-02T08:40:00Z"}, "longer ago than changes are kept (90 days)"),
        (DEPLOY | {"url": "javascript:alert(1)"}, "`url` has to begin with https://"),
        (DEPLOY | {"url": "https://x.example/a|b"}, "has no spaces, quotes, < > or |"),
        (DEPLOY | {"title": {"a": 1}}, "`title` has to be a text"),
    ],
)
@pytest.mark.parametrize("stage", [1], indirect=True, ids=["sqlite"])
async def test_each_mistake_is_a_sentence(stage: Stage, sent: Any, sentence: str) -> None:
    async with told(stage) as story:
        status, answer = await tells(story, sent)
        assert status == 400
        assert sentence in answer["error"]


async def test_too_much_is_refused_and_a_clock_that_is_ahead_not_believed(story: Story, ada: Person) -> None:
    assert (await tells(story, "x" * 5_000_000))[0] == 413
    status, answer = await tells(story, DEPLOY | {"at": "2026-03-02T10:40:00Z", "service": "unknown"})
    assert status == 200
    assert answer["at"] == MONDAY.isoformat()
    assert "No service “unknown” is configured" in answer["note"]


GITHUB = {
    "action": "created",
    "deployment": {
        "id": 77,
        "ref": "v1.4.2",
        "description": "Faster carts",
        "environment": "production",
        "creator": {"login": "cleo"},
        "created_at": "2026-03-02T08:50:00Z",
    },
    "repository": {"name": "checkout", "full_name": "acme/checkout", "html_url": "https://github.com/acme/checkout"},
}


def signed(body: Any, event: str, secret: str = "a-secret") -> tuple[str, dict[str, str]]:
    """What GitHub posts; a text is sent as it is."""
    sent = body if isinstance(body, str) else json.dumps(body)
    seal = hmac.new(secret.encode(), sent.encode(), hashlib.sha256).hexdigest()
    return sent, {"X-GitHub-Event": event, "X-Hub-Signature-256": f"sha256={seal}"}


async def test_github_tells_by_itself(stage: Stage) -> None:
    secrets = {"github_webhook_secret": "a-secret", "alerts_token": "a-token"}
    async with told(stage, variables=secrets) as story:
        status, answer = await tells(story, *signed(GITHUB, "deployment"))
        assert (status, answer["service"], answer["id"]) == (200, "checkout", "github/acme/checkout/77")
        failed = {"state": "failure", "created_at": "2026-03-02T08:55:00Z", "log_url": "https://ci.example/1"}
        done = GITHUB | {"deployment_status": {"state": "success"}}
        assert (await tells(story, *signed(done, "deployment_status")))[1]["repeated"] is True
        queued = GITHUB | {"deployment_status": {"state": "queued"}}
        assert (await tells(story, *signed(queued, "deployment_status")))[1]["kept"] is False
        assert (await tells(story, *signed(GITHUB | {"deployment_status": failed}, "deployment_status")))[1]["kept"]
        status, answer = await tells(story, *signed({"zen": "x"}, "push"))
        assert status == 400
        assert "choose only Deployments" in answer["error"]
        status, answer = await tells(story, *signed("payload=%7B%7D", "deployment"))
        assert (status, "application/json" in answer["error"]) == (400, True)
        status, answer = await tells(story, *signed(GITHUB, "deployment", "another"))
        assert status == 401
        assert "The signature does not fit" in answer["error"]
        status, answer = await tells(story, DEPLOY)
        assert status == 401
        assert "ALERTS_TOKEN" in answer["error"]
        assert (await tells(story, DEPLOY, {"Authorization": "Bearer a-token"}))[0] == 200
        ada = story.person("ada")
        await ada.types("/incident changes")
        ada.is_told("3 changes", "Failed: Faster carts", "Faster carts")


@pytest.mark.parametrize("stage", [1], indirect=True, ids=["sqlite"])
async def test_while_the_database_is_held_it_is_to_be_sent_again(stage: Stage) -> None:
    async with told(stage) as story:
        async with stage.held():
            body = io.BytesIO(json.dumps(DEPLOY).encode())
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{story.bot.url}/changes", data=body) as answer,
            ):
                assert answer.status == 503
                assert "error" in await answer.json()
        assert (await tells(story, DEPLOY))[1]["repeated"] is False


async def test_a_service_of_several_words_is_listed_by_its_name(stage: Stage) -> None:
    services = [{"name": "card payments"}, {"name": "card"}, {"name": "search"}]
    async with told(stage, configuration={"services": services}) as story:
        ada = story.person("ada")
        await tells(story, {"service": "card payments", "title": "Faster cards"})
        await tells(story, {"service": "search", "title": "Bigger index"})
        await ada.types("/incident changes card payments 1d search")
        ada.is_told("2 changes", "on card payments and search", "Faster cards", "Bigger index")
        await ada.types("/incident changes card")
        ada.is_told("No change was told on card")
        await ada.types("/incident changes card pyments")
        ada.is_told("I know no service “pyments”")
