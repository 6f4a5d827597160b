"""The door of the Web API: reads a call, lets the dials strike, checks token, scopes and arguments, answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.arguments import Args
from bot.sandbox.dials import Fault, Pace
from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.methods.chat import destination
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.table import EVERY_SCOPE, METHODS
from bot.sandbox.records import Call, Json
from bot.sandbox.scopes import require
from bot.sandbox.workspace import Workspace


@dataclass(slots=True)
class WebApi:
    """Answers `/api/<method>`. `stopping` ends the calls that would hang for ever."""

    ws: Workspace
    calls: list[Call] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    pace: Pace = field(default_factory=Pace)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, as the dials say."""
        method = request.match_info["method"]
        dials = self.ws.dials
        given, token = await read(request)
        shown = {k: v for k, v in given.items() if k != "token"}
        if dials.offline:
            self.note(method, shown, "offline", 0)
            return cut(request)
        await pause(dials.latency / 2)
        fault = dials.fault(method)
        if fault is not None and fault.kind in ("429", "500", "hang"):
            return await self.fail(method, shown, fault)
        answer = self.perform(method, token, given)
        if fault is not None and fault.kind == "twice":
            self.perform(method, token, given)
        if fault is not None and fault.kind in ("lost", "cut"):
            if fault.kind == "lost":
                await self.stopping.wait()
            return cut(request)
        await pause(dials.latency / 2)
        return answer

    async def fail(self, method: str, args: Json, fault: Fault) -> web.Response:
        """Answer as a fault does, without doing anything."""
        if fault.kind == "429":
            self.note(method, args, "ratelimited", 429)
            return too_many(fault.retry_after)
        if fault.kind == "500":
            self.note(method, args, "internal_error", 500)
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        self.note(method, args, "hang", 0)
        await self.stopping.wait()
        return web.Response(status=503)

    def perform(self, name: str, token: str, given: Json) -> web.Response:
        """Do what was asked, or say no with Slack's code; either is recorded."""
        shown = {k: v for k, v in given.items() if k != "token"}
        scopes = self.ws.who.scopes if self.ws.who.scopes is not None else EVERY_SCOPE
        headers = {"x-oauth-scopes": ",".join(sorted(scopes))}
        try:
            body = self.run(name, token, Args(shown))
        except SlackError as no:
            if no.code == "ratelimited":
                self.note(name, shown, no.code, 429)
                return too_many(int(no.beside["retry_after"]))
            self.note(name, shown, no.code, 200)
            return web.json_response({"ok": False, "error": no.code, **no.beside}, headers=headers)
        self.note(name, shown, None, 200)
        return web.json_response({"ok": True, **body}, headers=headers)

    def run(self, name: str, token: str, args: Args) -> Json:
        """Check everything that is the same for all methods, then run the method."""
        if "" in args.given:
            raise SlackError("invalid_json" if args.given[""] == "json" else "invalid_form_data")
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self.authenticate(method, token)
        require(self.ws, *method.scopes)
        missing = [name for name in method.required if args.given.get(name) in (None, "")]
        if missing and not (name == "conversations.create" and args.has("name")):
            raise invalid_arguments(*(f"missing required field: {field_name}" for field_name in missing))
        if name in self.ws.dials.refused:
            raise SlackError(self.ws.dials.refused[name])
        if name == "chat.postMessage":
            self.hold_pace(args.text("channel"))
        return method.run(self.ws, args)

    def authenticate(self, method: Method, token: str) -> None:
        """Refuse a token that is missing, unknown, revoked or of the wrong kind."""
        who = self.ws.who
        if method.token == "none":  # noqa: S105
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (who.bot_token, who.app_token):
            raise SlackError("invalid_auth")
        if self.ws.dials.revoked:
            raise SlackError("token_revoked")
        if token != (who.app_token if method.token == "app" else who.bot_token):  # noqa: S105
            raise SlackError("not_allowed_token_type")

    def hold_pace(self, given: str) -> None:
        """Refuse a message that comes too soon after the last one in its channel."""
        rate = self.ws.dials.channel_rate
        if rate is None:
            return
        wait = self.pace.wait(destination(self.ws, given).id, rate)
        if wait:
            raise SlackError("ratelimited", retry_after=wait)

    def note(self, method: str, args: Json, error: str | None, status: int) -> None:
        """Record a call."""
        self.calls.append(Call(method, args, error is None, error, self.ws.clock.now(), status))


def too_many(retry_after: int) -> web.Response:
    """A 429 that says when to come back, in seconds."""
    body = {"ok": False, "error": "ratelimited"}
    return web.json_response(body, status=429, headers={"Retry-After": str(retry_after)})


def cut(request: web.Request) -> web.Response:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


async def pause(seconds: float) -> None:
    """Wait, in machine time."""
    if seconds > 0:
        await asyncio.sleep(seconds)


async def read(request: web.Request) -> tuple[Json, str]:
    """The arguments and the token of a call. What cannot be read is noted under the empty name."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= _parsed(await request.text())
    elif request.can_read_body:
        form = await request.post()
        given |= {name: value for name, value in form.items() if isinstance(value, str)}
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return given, token.strip() if scheme.lower() == "bearer" else str(given.get("token", ""))


def _parsed(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return {"": "json"}
    return body if isinstance(body, dict) else {"": "json"}
