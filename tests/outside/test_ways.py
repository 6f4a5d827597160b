"""Mail, ntfy, Twilio, PagerDuty and webhooks against real servers: what arrives, and what becomes of what does not."""

import base64
import email
import hashlib
import hmac
import json
from datetime import UTC, datetime
from email import policy as mail_policy
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from bot.outside import sending
from bot.outside.mail import Mail
from bot.outside.ntfy import Ntfy
from bot.outside.pagerduty import PagerDuty, is_signed
from bot.outside.sending import Outcome, Permanent, Retry, Sent
from bot.outside.twilio import Twilio, spoken
from bot.outside.webhook import Webhook
from tests.outside.parties import Party, letterbox, party, silence
from tests.processes.running import free_port

AT = datetime(2026, 3, 2, 2, 31, tzinfo=UTC)
LINK = "https://tocsin.example.com/page/abc?x=1&y=2"


async def mailed(url: str, to: str = "bo@example.com", limit: float = sending.LIMIT) -> Outcome:
    mail = Mail(url, "tocsin@example.com", limit)
    return await mail.send(to, "Paged:\nSEV1 — Checkout", "Größer als gedacht", mark="page-7", at=AT)


async def test_a_mail_arrives_with_all_that_it_needs() -> None:
    async with letterbox() as box:
        assert await mailed(box.url) == Sent()
    (envelope,) = box.mails
    assert envelope.rcpt_tos == ["bo@example.com"]
    assert isinstance(envelope.content, bytes)
    read = email.message_from_bytes(envelope.content, policy=mail_policy.default)
    assert (read["Subject"], read["Message-ID"]) == ("Paged: SEV1 — Checkout", "<page-7@example.com>")
    assert read["Date"].datetime == AT
    assert read.get_content().strip() == "Größer als gedacht"


@pytest.mark.parametrize(
    ("says", "to", "comes_to"),
    [
        ("451 Later", "250 OK", Retry("smtp_451")),
        ("554 Never", "250 OK", Permanent("smtp_554")),
        ("250 OK", "450 Greylisted", Retry("smtp_450")),
        ("250 OK", "550 No such user", Permanent("smtp_550")),
    ],
)
async def test_a_server_that_does_not_take_a_mail(says: str, to: str, comes_to: Outcome) -> None:
    async with letterbox() as box:
        box.says, box.to = says, to
        assert await mailed(box.url) == comes_to


@pytest.mark.parametrize("to", ["not an address", "bo@example..com", "(@a.b", "a@[x.y", "bö@example.com"])
async def test_an_address_that_is_none_is_given_up(to: str) -> None:
    async with letterbox() as box:
        assert await mailed(box.url, to=to) == Permanent("address")


async def test_two_tocsins_with_one_sender_write_two_mails() -> None:
    async with letterbox() as box:
        for own in ("1a", "2b"):
            mail = Mail(box.url, "tocsin@example.com", own=own)
            assert await mail.send("bo@example.com", "Paged", "Down", mark="page-7", at=AT) == Sent()
    ids = {email.message_from_bytes(bytes(each.content or b""))["Message-ID"] for each in box.mails}
    assert ids == {"<page-7.1a@example.com>", "<page-7.2b@example.com>"}


async def test_no_mail_server_and_one_that_says_nothing() -> None:
    assert isinstance(await mailed(f"smtp://127.0.0.1:{free_port()}"), Retry)
    async with silence() as port:
        assert isinstance(await mailed(f"smtp://127.0.0.1:{port}", limit=0.2), Retry)


async def test_a_notification_rings_and_opens_the_link() -> None:
    async with party() as server:
        sent = await Ntfy(server.url, "tk_secret").send("bo-pager", "Paged", "Down", link=LINK, label="Take command")
        assert sent == Sent()
    (heard,) = server.heard
    assert (heard.path, heard.headers["Authorization"]) == ("/", "Bearer tk_secret")
    assert (heard.told["topic"], heard.told["priority"], heard.told["click"]) == ("bo-pager", 5, LINK)
    assert heard.told["actions"] == [{"action": "view", "label": "Take command", "url": LINK}]


class Topics(Party):
    """Takes what an ntfy server takes: so many bytes in all, fewer in the message; what is longer would be a file."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        message = json.loads(body)["message"].encode()
        self.status = 413 if len(body) > 8_192 else 400 if len(message) >= 4_096 else 200
        return await super().answer(request)


@pytest.mark.parametrize("text", ["Down. " * 2_000, "Größer als gedacht. " * 300, "Касса не отвечает. " * 300])
async def test_a_long_notification_is_cut_to_what_a_server_takes(text: str) -> None:
    async with party(Topics()) as server:
        assert await Ntfy(server.url).send("bo-pager", "Касса " * 30, text, link=LINK * 9, label="Answer") == Sent()
    message = server.heard[0].told["message"]
    assert message.endswith("…")
    assert text.startswith(message[:-1])


async def test_a_text_message_and_a_call() -> None:
    async with party() as server:
        server.status = 201
        twilio = Twilio("AC1", "token", "+34911", server.url)
        assert await twilio.text("+34600", "Paged") == Sent()
        assert await twilio.call("+34600", "Down & out", link=LINK, key="Press 1 to acknowledge.") == Sent()
    text, call = server.heard
    assert text.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert text.headers["Authorization"] == "Basic " + base64.b64encode(b"AC1:token").decode()
    assert parse_qs(text.body.decode()) == {"To": ["+34600"], "From": ["+34911"], "Body": ["Paged"]}
    assert parse_qs(call.body.decode())["Twiml"] == [spoken("Down & out", LINK, "Press 1 to acknowledge.")]
    assert "Down &amp; out" in spoken("Down & out", LINK)
    assert "y=2" in spoken("x", LINK)
    assert "Gather" not in spoken("x")


async def test_events_of_one_incident_have_one_key() -> None:
    async with party() as server:
        server.status = 202
        pagerduty = PagerDuty({"payments": "R1"}, server.url)
        facts = {"dedup": "tocsin-12", "summary": "SEV1 INC-12", "severity": "critical"}
        assert await pagerduty.send("payments", "trigger", link=LINK, **facts) == Sent()
        assert await pagerduty.send("payments", "resolve", **facts) == Sent()
        assert await pagerduty.send("nobody's", "trigger", **facts) == Permanent("not_set_up")
    trigger, resolve = (each.told for each in server.heard)
    assert trigger["payload"] == {"summary": "SEV1 INC-12", "source": "tocsin", "severity": "critical"}
    assert resolve == {"routing_key": "R1", "event_action": "resolve", "dedup_key": "tocsin-12"}
    assert "R1" not in repr(pagerduty)


async def test_a_webhook_is_signed_over_when_and_what() -> None:
    async with party() as server:
        assert await Webhook("s3cret").send(f"{server.url}/hook", {"type": "page"}, mark="page-7", at=AT) == Sent()
    (heard,) = server.heard
    seconds = heard.headers["X-Tocsin-Timestamp"]
    wanted = hmac.new(b"s3cret", seconds.encode() + b"." + heard.body, hashlib.sha256).hexdigest()
    assert heard.headers["X-Tocsin-Signature"] == f"v1={wanted}"
    assert (heard.headers["X-Tocsin-Delivery"], seconds) == ("page-7", str(int(AT.timestamp())))


@pytest.mark.parametrize(
    ("status", "headers", "comes_to"),
    [
        (302, {"Location": "/elsewhere"}, Permanent("http_302")),
        (400, {}, Permanent("http_400")),
        (429, {"Retry-After": "7"}, Retry("http_429", 7.0)),
        (429, {"Retry-After": "86400"}, Retry("http_429", 600.0)),
        (429, {"Retry-After": "soon"}, Retry("http_429")),
        (500, {}, Retry("http_500", unclear=True)),
        (None, {}, Retry("ServerDisconnectedError", unclear=True)),
    ],
)
async def test_what_an_answer_means(status: int | None, headers: dict[str, str], comes_to: Outcome) -> None:
    async with party() as server:
        server.status, server.headers = status, headers
        assert await sending.post(server.url, json={}) == comes_to
    assert len(server.heard) == 1


@pytest.mark.parametrize("url", ["https://[::1/x", "https://x:99999/", "https://a..b/"])
async def test_what_is_no_address_is_given_up_at_once(url: str) -> None:
    assert await Webhook("s").send(url, {}, mark="m", at=AT) == Permanent("address")


async def test_nobody_there_and_somebody_who_says_nothing() -> None:
    assert await sending.post(f"http://127.0.0.1:{free_port()}", json={}) == Retry("ClientConnectorError")
    async with silence() as port:
        answer = await sending.post(f"http://127.0.0.1:{port}", limit=0.2, json={})
    assert isinstance(answer, Retry)
    assert answer.unclear


def test_what_pagerduty_signed() -> None:
    good = "v1=" + hmac.new(b"s", b"{}", hashlib.sha256).hexdigest()
    assert is_signed("s", b"{}", f"v1=0000,{good}")
    assert not is_signed("s", b"{} ", good)
    assert not is_signed("s", b"{}", "v1=é")
    assert not is_signed("s", b"{}", "")
