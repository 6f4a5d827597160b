"""The configuration's own rules: invited, posted, paged and told by itself, through the same outbox."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from tests.stories.kit import Stage, told
from tests.stories.oncall import on_call
from tests.stories.opening import opened, resolved
from tests.stories.test_page import overheard


@dataclass
class Receiver:
    """A program that is told."""

    url: str = ""
    heard: list[Any] = field(default_factory=list)
    status: int = 200

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append((request.headers.get("X-Tocsin-Signature", ""), json.loads(await request.text())))
        return web.Response(status=self.status)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    site = web.Application()
    site.router.add_post("/{path:.*}", made.answer)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/secret"
    yield made
    await runner.cleanup()


async def test_posted_elsewhere_and_kept_current(stage: Stage) -> None:
    rules = [
        {"on": "declared", "do": "post", "channel": "#payments", "when": {"severity": "sev1"}},
        {"on": "declared", "do": "invite", "invite": ["@cleo"]},
        {"on": "resolved", "do": "post", "channel": "#payments"},
    ]
    async with told(stage, configuration={"rules": rules}) as story:
        ada, cleo = story.person("ada"), story.person("cleo")
        it = await opened(story, ada, "sev1 Checkout is down", 1)
        elsewhere = story.place("#payments").expects("Checkout is down")
        assert cleo.id in story.sandbox.ws.channels[it.room.channel].members
        await resolved(story, ada, it.room)
        story.place("#payments").expects("Resolved by")
        elsewhere.says("resolved after")


async def test_without_the_severity_nothing_is_posted(stage: Stage) -> None:
    rules = [{"on": "declared", "do": "post", "channel": "#payments", "when": {"severity": "sev1"}}]
    async with told(stage, configuration={"rules": rules}) as story:
        await opened(story, story.person("ada"), "sev2 Search is slow", 1)
        story.place("#payments").expects_nothing()


async def test_paged_by_itself_beside_no_policy(stage: Stage) -> None:
    rules = [{"on": "severity", "do": "page", "page": "bob", "when": {"severity": "sev1"}}]
    async with told(
        stage, configuration=on_call(teams=[{"name": "payments"}], policies=[], default_policy=None, rules=rules)
    ) as story:
        ada, bob = story.person("ada"), story.person("bob")
        it = await opened(story, ada, "sev2 Search is slow", 1)
        bob.is_not_paged()
        await ada.types("/incident severity sev1 it is all of it", it.room)
        ada.is_told("INC-1", where=it.room)
        bob.is_paged("SEV1", "INC-1", "Search is slow")
        it.room.expects(f"📟 A rule of the configuration pages <@{bob.id}>.")
        overheard(story)


async def test_a_test_does_nothing_and_tells_who_declared_it_what_would_be_done(
    stage: Stage, receiver: Receiver
) -> None:
    rules = [
        {"on": "declared", "do": "post", "channel": "#payments"},
        {"on": "declared", "do": "invite", "invite": ["@cleo"]},
        {"on": "declared", "do": "webhook", "url": receiver.url},
    ]
    secrets = {"webhook_secret": SecretStr("a-secret")}
    async with told(stage, configuration={"rules": rules}, variables=secrets) as story:
        ada, cleo = story.person("ada"), story.person("cleo")
        await ada.types("/incident declare test sev1 Checkout is down")
        ada.is_told("INC-1")
        said = ada.has_message("TEST: for INC-1", "post in #payments", "add @cleo to its channel", "tell 127.0.0.1")
        said.says_not("secret")
        assert cleo.id not in story.sandbox.ws.channels[story.room(1).channel].members
        assert receiver.heard == []
        story.place("#payments").expects_nothing()
        overheard(story)


async def test_another_program_is_told_signed_and_once(stage: Stage, receiver: Receiver) -> None:
    rules = [{"on": "resolved", "do": "webhook", "url": receiver.url}]
    secrets = {"webhook_secret": SecretStr("a-secret")}
    async with told(stage, configuration={"rules": rules}, variables=secrets) as story:
        ada = story.person("ada")
        it = await opened(story, ada, "sev2 Search is slow", 1)
        assert receiver.heard == []
        await resolved(story, ada, it.room)
        ((signed, heard),) = receiver.heard
        assert signed.startswith("v1=")
        assert (heard["incident"], heard["status"], heard["happened"]) == ("INC-1", "resolved", ["Resolved"])


async def test_what_can_never_be_told_is_given_up_in_the_open(stage: Stage, receiver: Receiver) -> None:
    rules = [
        {"on": "status", "do": "webhook", "url": receiver.url},
        {"on": "status", "do": "post", "channel": "#payments"},
    ]
    receiver.status = 410
    secrets = {"webhook_secret": SecretStr("a-secret")}
    async with told(stage, configuration={"rules": rules}, variables=secrets) as story:
        ada = story.person("ada")
        it = await opened(story, ada, "sev2 Search is slow", 1)
        await story.archives(story.place("#payments"))
        story.allow("chat.postMessage", "is_archived")
        await ada.types("/incident status investigating", it.room)
        ada.is_told("INC-1", where=it.room)
        it.room.expects("tell another program, as a rule of the configuration wants", "the answer was `http_410`")
        it.room.expects("in #payments")
        overheard(story)
        await ada.types("/incident update still at it", it.room)
        ada.is_told("INC-1", where=it.room)
        it.room.expects("still at it")
        overheard(story)
