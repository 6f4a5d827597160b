"""The bot's own HTTP: Slack's requests, whether it is alive and able to work, and its figures."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from aiohttp import web

from handlers import peers
from handlers.doors import bearer
from handlers.signed import Door

Troubles: TypeAlias = Callable[[], Awaitable[Sequence[str]]]
Scrape: TypeAlias = Callable[[str], Awaitable[tuple[bytes, str]]]


def _uncounted(_path: str, _status: int) -> None:
    return None


async def nothing() -> Sequence[str]:
    """There is nothing to say."""
    return ()


def pages(
    events: Door | None,
    troubles: Troubles,
    scrape: Scrape | None = None,
    *,
    token: str = "",
    counted: peers.Counted = _uncounted,
    warnings: Troubles = nothing,
    takes: Mapping[str, Door] | None = None,
    gives: Mapping[str, Door] | None = None,
) -> web.Application:
    """`/slack/events` (only where a signing secret makes requests checkable), `/healthz`, `/readyz`, `/metrics`.

    `scrape` gives the figures in the form that a reader accepts; with a `token` they have to show it. `warnings` are
    what somebody should see to while the bot does its work; `takes` is what
    other programs send (POST), by path, `gives` what they are given (GET).
    """

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        why = list(await troubles())
        about = {"ready": not why, "why": why, "warnings": list(await warnings()) if not why else []}
        return web.json_response(about, status=503 if why else 200)

    site = peers.site(counted)
    site.router.add_get("/healthz", alive)
    site.router.add_get("/readyz", ready)
    if scrape is not None:
        site.router.add_get("/metrics", _metrics(scrape, token))
    if events is not None:
        site.router.add_post("/slack/events", events)
    for path, taken in (takes or {}).items():
        site.router.add_post(path, taken)
    for path, given in (gives or {}).items():
        site.router.add_get(path, given)
    return site


def _metrics(scrape: Scrape, token: str) -> Door:
    async def metrics(request: web.Request) -> web.StreamResponse:
        if not bearer.is_shown(request, token):
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
        page, kind = await scrape(request.headers.get("Accept", ""))
        return web.Response(body=page, headers={"Content-Type": kind})

    return metrics
