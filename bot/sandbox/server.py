"""The HTTP server of a sandbox: Web API, Socket Mode, response_urls, the page and what the page asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.api import WebApi
from bot.sandbox.errors import SlackError
from bot.sandbox.live import Live
from bot.sandbox.page_api import PageApi
from bot.sandbox.uploads import Uploads

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

BODY_BYTES = 4 * 1024**2


async def fresh(request: web.Request, response: web.StreamResponse) -> None:
    """The page and its files are asked for anew each time: the next version is on the same address."""
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Cache-Control"] = "no-cache"


class Server:
    """Serves one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.api = WebApi(sandbox.ws)
        self.live = Live()
        self.runner: web.AppRunner | None = None
        sandbox.ws.touch = self.live.touch

    async def start(self, host: str, port: int) -> str:
        """Listen. Returns the address."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.on_response_prepare.append(fresh)
        app.router.add_route("*", "/api/{method}", self.api.handle)
        app.router.add_get("/link/", self.sandbox.sockets.handle)
        app.router.add_post("/response/{key}", self.respond)
        app.router.add_post("/upload/v1/{key}", Uploads(self.api).take)
        app.router.add_post("/outside/{way}{rest:.*}", self.sandbox.outside.take)
        PageApi(self.sandbox, self.live).add_to(app.router)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        site = web.TCPSite(self.runner, host, port)
        await site.start()
        bound = self.runner.addresses[0][1]
        return f"http://{host}:{bound}"

    async def stop(self) -> None:
        """End all connections and stop listening."""
        self.api.stopping.set()
        await self.live.stop()
        if self.runner is not None:
            await self.runner.cleanup()

    async def respond(self, request: web.Request) -> web.Response:
        """Take what the app posts to a response_url."""
        body = await request.json()
        key = request.match_info["key"]
        try:
            self.sandbox.responses.use(key, body)
        except SlackError as no:
            status = 404 if no.code in ("used_url", "expired_url") else 200
            self.api.note("response_url", body, no.code, status)
            return web.json_response({"ok": False, "error": no.code, **no.beside}, status=status)
        self.api.note("response_url", body, None, 200)
        return web.json_response({"ok": True})
