"""The bot's own HTTP: Slack's requests, and whether it is alive and able to work."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from aiohttp import web

from handlers.signed import Door

Troubles: TypeAlias = Callable[[], Awaitable[Sequence[str]]]

LARGEST = 1024 * 1024
"""Bytes of a request; Slack's own stay far below."""


def pages(events: Door | None, troubles: Troubles) -> web.Application:
    """`/slack/events` (only where a signing secret makes requests checkable), `/healthz`, `/readyz`."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        why = list(await troubles())
        return web.json_response({"ready": not why, "why": why}, status=503 if why else 200)

    site = web.Application(client_max_size=LARGEST)
    site.router.add_get("/healthz", alive)
    site.router.add_get("/readyz", ready)
    if events is not None:
        site.router.add_post("/slack/events", events)
    return site
