"""What the app sends outside of Slack is shown on the page, and the page sends it alerts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import aiosmtplib
import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from tests.sandbox.test_page import act, ask


@pytest.fixture
async def alerts(sandbox: Sandbox) -> AsyncIterator[list[dict[str, Any]]]:
    """What an app that takes alerts was sent."""
    taken: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        taken.append(await request.json())
        return web.json_response({}, status=202)

    app = web.Application()
    app.router.add_post("/alerts/alertmanager", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.alerts_go_to(f"http://127.0.0.1:{runner.addresses[0][1]}/alerts/alertmanager")
    yield taken
    await runner.cleanup()


async def shown(sandbox: Sandbox, session: aiohttp.ClientSession) -> dict[str, Any]:
    state: dict[str, Any] = (await ask(sandbox, session, "state"))["outside"]
    return state


async def test_what_is_sent_is_shown_newest_first(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    link = "https://tocsin.example/page/x"
    push = {"topic": "bob", "title": "SEV1", "message": "Checkout is down", "click": link}
    for path, sent in (
        ("ntfy/", {"json": push}),
        (
            "twilio/2010-04-01/Accounts/AC1/Messages.json",
            {"data": {"To": "+34600", "Body": f"Checkout is down {link}"}},
        ),
        (
            "twilio/2010-04-01/Accounts/AC1/Calls.json",
            {"data": {"To": "+34600", "Twiml": "<Response><Say>Down</Say></Response>"}},
        ),
        ("webhook", {"json": {"text": "Checkout is down", "acknowledge": link, "number": 1}}),
    ):
        async with session.post(f"{sandbox.url}/outside/{path}", **sent) as answer:
            assert answer.status in (200, 201)
    found = (await shown(sandbox, session))["notices"]
    assert [(each["way"], each["to"], each["text"], each["link"]) for each in found] == [
        ("webhook", "", "Checkout is down", link),
        ("call", "+34600", "Down", ""),
        ("text", "+34600", f"Checkout is down {link}", link),
        ("ntfy", "bob", "SEV1\nCheckout is down", link),
    ]


def mail(text: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "tocsin@tocsin.example", "bob@x.example", "SEV1 INC-1 – down"
    made.set_content(text)
    return made


async def test_mail_is_kept_and_passed_on_to_nobody(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    where = urlsplit(sandbox.smtp_url)
    text = ".a full stop first\n\nhttps://tocsin.example/page/x"
    for _ in range(2):
        await aiosmtplib.send(mail(text), hostname=where.hostname, port=where.port)
    found = (await shown(sandbox, session))["notices"]
    assert len(found) == 2
    assert (found[0]["way"], found[0]["to"]) == ("mail", "bob@x.example")
    assert found[0]["text"].splitlines()[:2] == ["SEV1 INC-1 – down", ".a full stop first"]
    assert found[0]["link"] == "https://tocsin.example/page/x"


async def test_mail_to_nobody_is_refused(sandbox: Sandbox) -> None:
    where = urlsplit(sandbox.smtp_url)
    async with aiosmtplib.SMTP(hostname=where.hostname, port=where.port) as client:
        assert (await client.execute_command(b"DATA")).code == 503
        assert (await client.noop()).code == 250


async def test_an_unknown_way_takes_nothing(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.post(f"{sandbox.url}/outside/pigeon", json={}) as answer:
        assert answer.status == 404


async def test_the_page_sends_an_alert_and_that_it_is_over(
    sandbox: Sandbox, session: aiohttp.ClientSession, alerts: list[dict[str, Any]]
) -> None:
    assert (await shown(sandbox, session))["alerts"]
    for resolved in (False, True):
        await sandbox.ws.clock.forward(minutes=10)
        assert (await act(sandbox, session, "ada", "alert", resolved=resolved))["ok"]
    fired, over = (each["alerts"][0] for each in alerts)
    assert (fired["status"], over["status"]) == ("firing", "resolved")
    assert fired["startsAt"] == over["startsAt"] < over["endsAt"]


async def test_where_the_app_takes_none(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    assert not (await shown(sandbox, session))["alerts"]
    assert "takes no alerts" in (await act(sandbox, session, "ada", "alert"))["error"]
    sandbox.alerts_go_to("http://127.0.0.1:9/alerts/alertmanager")
    assert "did not take the alert" in (await act(sandbox, session, "ada", "alert"))["error"]
