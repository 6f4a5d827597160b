"""What is outside of Slack: notifications that the app sends to other addresses, and alerts that others send to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import unescape
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.sandbox.records import Json, SandboxRefused
from bot.sandbox.workspace import Workspace

KEPT = 30
LIMIT = 10
"""Seconds that the app has to take an alert."""
_LINK = re.compile(r"https?://[^\s<>\"']+")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification: by which way, to whom, what it says, and where its button leads."""

    way: str
    to: str
    text: str
    link: str
    at: str


def ntfy(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """To a topic, with a button."""
    said = "\n".join(str(body[name]) for name in ("title", "message") if body.get(name))
    return str(body.get("topic", "")), said, str(body.get("click", ""))


def twilio(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """To a number: a text, or what a call says."""
    said = str(body.get("Body") or body.get("Twiml", ""))
    found = _LINK.search(unescape(said))
    return str(body.get("To", "")), unescape(_TAG.sub(" ", said)).strip(), found[0] if found else ""


def webhook(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """To a program: what it tells, as far as it is text."""
    told = [str(each) for each in body.values() if isinstance(each, str) and not _LINK.fullmatch(each)]
    links = [each for each in body.values() if isinstance(each, str) and _LINK.fullmatch(each)]
    return "", "\n".join(told), links[0] if links else ""


READ: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str, str]]] = {
    "ntfy": ntfy,
    "twilio": twilio,
    "webhook": webhook,
}


@dataclass(slots=True)
class Outside:
    """Takes what the app sends by other ways, under `/outside/<way>`; sends it alerts where it takes some."""

    ws: Workspace
    alerts_url: str = ""
    notices: list[Notice] = field(default_factory=list)
    session: ClientSession | None = None
    fired_at: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """Keep one notification."""
        way = request.match_info["way"]
        read = READ.get(way)
        if read is None:
            return web.json_response({"error": f"there is no way {way}"}, status=404)
        body = dict(await request.post()) if request.content_type != "application/json" else await request.json()
        rest = request.match_info["rest"]
        named = "call" if "Calls" in rest else "text" if "Messages" in rest else way
        self.keep(named, *read(body))
        return web.json_response({"id": f"outside-{len(self.notices)}"}, status=201 if way == "twilio" else 200)

    def mailed(self, to: str, mail: EmailMessage) -> None:
        """Keep one mail: its subject and its text."""
        body = mail.get_body(("plain",))
        text = str(body.get_content()).strip() if body is not None else ""
        found = _LINK.search(text)
        self.keep("mail", to, f"{mail['Subject']}\n{text}", found[0] if found else "")

    def keep(self, way: str, to: str, text: str, link: str) -> None:
        """Keep what was sent, and tell the page."""
        self.notices.append(Notice(way, to, text, link, self.ws.clock.now().isoformat()))
        del self.notices[:-KEPT]
        self.ws.touch("state")

    async def alert(self, *, resolved: bool) -> None:
        """Post an alert to the app as an Alertmanager would, or that it is over.

        Raises SandboxRefused where the app takes none, or does not take this one.
        """
        if not self.alerts_url or self.session is None:
            raise SandboxRefused("The app takes no alerts here.")
        now = self.ws.clock.now().isoformat()
        if not resolved or not self.fired_at:
            self.fired_at = now
        payload = alertmanager(self.fired_at, now if resolved else None)
        try:
            async with self.session.post(self.alerts_url, json=payload, timeout=ClientTimeout(LIMIT)) as answer:
                if answer.status >= 400:
                    raise SandboxRefused(f"The app did not take the alert ({answer.status}).")
        except (ClientError, TimeoutError, OSError) as error:
            raise SandboxRefused(f"The app did not take the alert ({type(error).__name__}).") from None


def alertmanager(began: str, ended: str | None) -> Json:
    """What an Alertmanager posts: one alert of checkout, firing, or resolved where it has an end."""
    status = "resolved" if ended else "firing"
    labels = {"alertname": "CheckoutErrors", "severity": "critical", "service": "checkout"}
    told = {
        "summary": "Checkout answers 12 % of requests with an error",
        "value": "12 %",
        "threshold": "5 %",
        "runbook_url": "https://runbooks.example/checkout-errors",
        "dashboard_url": "https://grafana.example/d/checkout",
    }
    one = {"status": status, "labels": labels, "annotations": told, "startsAt": began}
    one |= {"endsAt": ended or "0001-01-01T00:00:00Z", "fingerprint": "c0ffee0000000001"}
    one |= {"generatorURL": "https://prometheus.example/graph?g0.expr=checkout_errors"}
    group = {"alertname": "CheckoutErrors"}
    return {
        "version": "4",
        "groupKey": '{}:{alertname="CheckoutErrors"}',
        "truncatedAlerts": 0,
        "status": status,
        "receiver": "tocsin",
        "groupLabels": group,
        "commonLabels": labels,
        "commonAnnotations": told,
        "externalURL": "https://alertmanager.example",
        "alerts": [one],
    }
