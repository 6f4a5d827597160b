"""`POST /alerts/{source}`: what comes in is kept before it is answered."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import web

from bot.alerts import Alerts
from bot.outside.metrics import Metrics
from bot.rules.alerts import heartbeat, sources
from bot.rules.alerts.alert import REPORT
from bot.rules.refused import Refused
from handlers.alerts.allowance import Allowance
from handlers.alerts.report import report_of
from handlers.doors import bearer
from handlers.request import as_json, from_json
from store.errors import Problem

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
IsEcho: TypeAlias = Callable[[Any], Awaitable[bool]]

ELSEWHERE = "other"
"""What a source that there is not is called in figures."""

NAMES = (*sources.SOURCES, REPORT, heartbeat.SOURCE, ELSEWHERE)

ECHO = "Tocsin itself told PagerDuty of this."

RETRY_AFTER = 5
"""Seconds after which a sender tries again what could not be kept."""

log = logging.getLogger("tocsin.alerts")


async def _never(_payload: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors of alerts on the bot's own site. With a `token` each request has to show it.

    `team` is the workspace that an incident belongs to; `is_echo` knows what a program was told by Tocsin.
    """

    alerts: Alerts
    token: str = ""
    team: Callable[[], str] = lambda: ""
    reports: Allowance = field(default_factory=Allowance)
    metrics: Metrics = field(default_factory=Metrics)
    is_echo: IsEcho = _never

    def table(self) -> Mapping[str, Handler]:
        """The doors by their paths, what is special first."""
        self.metrics.will_take(NAMES)
        doors = {
            "report": self._guarded(self.report, REPORT),
            "heartbeat/{name}": self._guarded(self.heartbeat, heartbeat.SOURCE),
            "{source}": self._guarded(self.batch),
        }
        return {f"/alerts/{path}": handler for path, handler in doors.items()}

    def _guarded(self, handler: Handler, known: str = "") -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            source = known or request.match_info["source"]
            source = source if source in NAMES else ELSEWHERE
            if not bearer.is_shown(request, self.token):
                self.metrics.alerted(source, "unauthorized")
                said = "Send the header “Authorization: Bearer …” with the value of ALERTS_TOKEN."
                return _said(401, said, **{"WWW-Authenticate": 'Bearer realm="alerts"'})
            try:
                return await handler(request)
            except Refused as refusal:
                self.metrics.alerted(source, "unreadable")
                return _said(400, refusal.sentence)
            except Problem as problem:
                log.warning("Alerts could not be kept: %s", problem)
                self.metrics.alerted(source, "unkept")
                return _said(503, problem.plainly, **{"Retry-After": str(RETRY_AFTER)})

        return guarded

    async def batch(self, request: web.Request) -> web.StreamResponse:
        """Alerts of one program. What is valid of a batch is kept, whatever else is in it."""
        name = request.match_info["source"]
        if name not in sources.SOURCES:
            self.metrics.alerted(ELSEWHERE, "unreadable")
            return _said(404, sources.unknown(name))
        payload = await _json(request)
        batch = sources.read(name, payload)
        if await self.is_echo(payload):
            return web.json_response({"taken": 0, "groups": 0, "incidents": [], "why": ECHO})
        taken = await self.alerts.take(batch.alerts, self.team())
        self.metrics.alerted(name, "taken", taken.alerts)
        self.metrics.alerted(name, "unreadable", len(batch.broken))
        found = {
            "taken": taken.alerts,
            "groups": taken.groups,
            "incidents": [f"INC-{each}" for each in taken.incidents],
        }
        if not batch.broken:
            return web.json_response(found)
        log.warning("%s of %s alerts from %s could not be read", len(batch.broken), taken.alerts, name)
        others = "The other one was taken." if taken.alerts == 1 else f"The other {taken.alerts:,} were taken."
        return _said(400, " ".join([*batch.broken[:20], *([others] if taken.alerts else [])]))

    async def heartbeat(self, request: web.Request) -> web.StreamResponse:
        """Something calls in."""
        await self.alerts.beat(request.match_info["name"])
        self.metrics.alerted(heartbeat.SOURCE, "taken")
        return web.json_response({"taken": 1})

    async def report(self, request: web.Request) -> web.StreamResponse:
        """Somebody, or a program, tells of something that is to be judged."""
        if wait := self.reports.wait(request.remote or ""):
            most = f"You have sent {self.reports.most} reports within a minute; no more are taken."
            said = f"{most} This one was not kept: send it again in {wait} s."
            return _said(429, said, **{"Retry-After": str(wait)})
        await self.alerts.report(report_of(await _fields(request)))
        self.metrics.alerted(REPORT, "taken")
        return web.json_response({"taken": 1})


async def _json(request: web.Request) -> Any:
    """The body. Raises Refused where it is no JSON."""
    try:
        return from_json(await request.text())
    except (ValueError, LookupError):  # no JSON, no text, or an encoding that nobody knows
        raise Refused("The body is no JSON. Send it as a JSON object.") from None


async def _fields(request: web.Request) -> Mapping[str, Any]:
    """What a form or a JSON object holds; `curl -d` calls both a form."""
    if request.content_type == "application/json" or (await request.read()).lstrip().startswith(b"{"):
        found = await _json(request)
        return found if isinstance(found, dict) else {}
    try:
        return dict(await request.post())
    except (ValueError, LookupError, RuntimeError):
        # a form in parts (curl -F) is not taken: it may hold files
        said = "The form cannot be read. Send title, text, who and service as JSON or as a form (`curl -d`, not `-F`)."
        raise Refused(said) from None


def _said(status: int, sentence: str, **headers: str) -> web.Response:
    body = as_json({"error": sentence})
    return web.Response(status=status, body=body, content_type="application/json", charset="utf-8", headers=headers)
