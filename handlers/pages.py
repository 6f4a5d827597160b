"""The bot's own HTTP: Slack's requests, and whether it is alive and able to work."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

Troubles: TypeAlias = Callable[[], Awaitable[Sequence[str]]]

LARGEST = 1024 * 1024
"""Bytes of a request; Slack's own stay far below."""


def pages(bolt: AsyncApp | None, troubles: Troubles) -> web.Application:
    """`/slack/events` (only where a signing secret makes requests checkable), `/healthz`, `/readyz`."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        why = list(await troubles())
        return web.json_response({"ready": not why, "why": why}, status=503 if why else 200)

    site = web.Application(client_max_size=LARGEST)
    site.router.add_get("/healthz", alive)
    site.router.add_get("/readyz", ready)
    if bolt is not None:
        site.router.add_post("/slack/events", _slack(bolt))
    return site


def _slack(bolt: AsyncApp) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def events(request: web.Request) -> web.StreamResponse:
        if not request.headers.get("X-Slack-Request-Timestamp", "0").isdecimal():
            raise web.HTTPUnauthorized  # Bolt would call it malformed; it is signed by nobody
        try:
            asked = await to_bolt_request(request)
        except (AttributeError, LookupError, TypeError, ValueError):  # no shape that Slack sends
            return web.Response(status=400)
        return await to_aiohttp_response(await bolt.async_dispatch(asked))

    return events
