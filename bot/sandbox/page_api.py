"""What the page and other processes ask: state, messages, acts, the clock, the dials."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.dials import Dials, Fault
from bot.sandbox.live import Live
from bot.sandbox.page_acts import ACTS
from bot.sandbox.records import Json, SandboxRefused, User

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

PAGE = Path(__file__).parent / "page"
READ: dict[str, Callable[[Any], object]] = {
    "faults": lambda given: [Fault(**fault) for fault in given],
    "retry_delays": tuple,
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageApi:
    """Answers the page. It asks for no sign-in, so it answers this machine only."""

    def __init__(self, sandbox: Sandbox, live: Live) -> None:
        self.sandbox = sandbox
        self.live = live

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the page's routes."""
        asked: dict[str, Handler] = {"state": self.state, "messages": self.messages, "home": self.home}
        asked |= {"calls": self.calls, "live": self.live.handle}
        for name, handler in asked.items():
            router.add_get(f"/sandbox/{name}", self.guarded(handler))
        told: dict[str, Handler] = {"act": self.act, "clock": self.clock, "dials": self.dials}
        for name, handler in told.items():
            router.add_post(f"/sandbox/{name}", self.guarded(handler))
        router.add_get("/", self.guarded(self.page))
        router.add_get("/files/{file}/{name}", self.guarded(self.file))
        if PAGE.is_dir():
            router.add_static("/page/", PAGE)

    def guarded(self, handler: Handler) -> Handler:
        """The handler for this machine only; a refusal is answered with its sentence."""

        async def handle(request: web.Request) -> web.StreamResponse:
            if not ipaddress.ip_address(request.remote or "0.0.0.0").is_loopback:  # noqa: S104
                return web.json_response({"ok": False, "error": "Only from this machine."}, status=403)
            if request.url.host not in ("127.0.0.1", "localhost", "::1"):
                return web.json_response({"ok": False, "error": "Ask for this machine by its name."}, status=403)
            origin = request.headers.get("Origin")
            if origin is not None and origin.split("://")[-1] != request.host:
                return web.json_response({"ok": False, "error": "Only from the page itself."}, status=403)
            try:
                return await handler(request)
            except SandboxRefused as no:
                return web.json_response({"ok": False, "error": str(no), "errors": {}}, status=200)
            except (KeyError, TypeError, ValueError) as no:
                return web.json_response({"ok": False, "error": f"Not understood: {no!r}"}, status=400)

        return handle

    def person(self, request: web.Request) -> User:
        """Who looks: `as`, by id or name; the first person where it is not said."""
        named = request.query.get("as")
        if named:
            return self.sandbox.ws.person(named)
        for user in self.sandbox.ws.users.values():
            if not user.bot and not user.deleted:
                return user
        raise SandboxRefused("There is nobody in this workspace.")

    async def page(self, _request: web.Request) -> web.StreamResponse:
        """The page itself."""
        index = PAGE / "index.html"
        return web.FileResponse(index) if index.is_file() else web.Response(text="Tocsin's sandbox")

    async def file(self, request: web.Request) -> web.StreamResponse:
        """An uploaded file; it can be looked at, and run nothing."""
        file = self.sandbox.ws.files.get(request.match_info["file"])
        if file is None or file.data is None:
            raise web.HTTPNotFound
        kind = guess_type(file.name)[0] or "application/octet-stream"
        safe = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
        return web.Response(body=file.data, content_type=kind, headers=safe)

    async def state(self, request: web.Request) -> web.Response:
        """The workspace as one person sees it."""
        return web.json_response(self.sandbox.sights.state(self.person(request)))

    async def messages(self, request: web.Request) -> web.Response:
        """The messages of a channel or thread as one person sees them, oldest first."""
        person = self.person(request)
        thread = request.query.get("thread") or None
        found = self.sandbox.messages(person.id, request.query["channel"], thread)
        return web.json_response({"messages": [self.sandbox.sights.message(person, m) for m in found]})

    async def home(self, request: web.Request) -> web.Response:
        """The App Home of one person."""
        view = self.sandbox.home(self.person(request).id)
        return web.json_response({"view": self.sandbox.sights.view(view)})

    async def calls(self, _request: web.Request) -> web.Response:
        """Every call of the Web API so far."""
        shown = [asdict(call) | {"at": call.at.isoformat()} for call in self.sandbox.calls]
        return web.json_response({"calls": shown})

    async def act(self, request: web.Request) -> web.Response:
        """A person does something."""
        body: Json = await request.json()
        perform = ACTS.get(str(body.get("act")))
        if perform is None:
            raise SandboxRefused(f"There is no act {body.get('act')!r}; there are: {', '.join(ACTS)}.")
        answer = await perform(self.sandbox, self.sandbox.ws.person(str(body["as"])).id, body)
        return web.json_response(answer)

    async def clock(self, request: web.Request) -> web.Response:
        """Turn the clock; answers once everything has settled."""
        body: Json = await request.json()
        clock = self.sandbox.ws.clock
        if body.get("to") == "next":
            await clock.to_next_due()
        else:
            await clock.forward(minutes=float(body["minutes"]))
        self.sandbox.ws.note("clock")
        self.live.touch("clock", "state")
        return web.json_response({"ok": True, "now": clock.now().isoformat()})

    async def dials(self, request: web.Request) -> web.Response:
        """Turn the dials; `sockets` (drop, cut, deaf, refresh, disabled) disturbs Socket Mode.

        Answers how they stand, and how many connections there were ever and are now.
        """
        body: Json = await request.json()
        if "sockets" in body:
            await self.sandbox.disturb_sockets(body.pop("sockets"))
        dials = self.sandbox.dials
        known = {f.name for f in fields(Dials)}
        for name, value in body.items():
            if name not in known:
                raise SandboxRefused(f"There is no dial {name}; there are: {', '.join(sorted(known))}.")
            read = READ.get(name)
            setattr(dials, name, read(value) if read else value)
        sockets = {"made": self.sandbox.sockets.made, "open": len(self.sandbox.sockets.connections)}
        return web.json_response({"ok": True, "dials": asdict(dials), "sockets": sockets})
