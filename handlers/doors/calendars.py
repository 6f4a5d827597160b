"""`GET /oncall/{team}.ics`: who is on call, for calendar programs; 60 days back and a year ahead."""

import asyncio
import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from aiohttp import web

from bot.duties import Duties, duties
from bot.rules.oncall.seats import team_named
from bot.rules.refused import Refused
from bot.views.calendar import calendar
from handlers.parts import Parts
from handlers.signed import Door
from store.database import Problem

BACK, AHEAD = timedelta(days=60), timedelta(days=366)
PATH = "/oncall/{team}.ics"
KEPT_FOR = 900
"""Seconds that a calendar may be kept by whoever asked for it."""


def key_of(team: str, token: str) -> str:
    """What an address carries where CALENDAR_TOKEN is set: it opens that one team, and does not give the token away."""
    return hmac.new(token.encode(), f"oncall/{team}".encode(), sha256).hexdigest()[:32]


def address(base: str, team: str, token: str) -> str:
    """The address of a team's calendar."""
    key = f"?key={key_of(team, token)}" if token else ""
    return f"{base}/oncall/{quote(team, safe='')}.ics{key}"


def door(bot: Parts, token: str = "") -> Door:
    """Answers with a team's calendar; with a `token` only whoever has its key sees any."""

    async def shown(request: web.Request) -> web.StreamResponse:
        name, missing = request.match_info["team"], ""
        try:
            name = team_named(bot.policy, name)
        except Refused as refusal:
            missing = refusal.sentence
        if token and not _is_known(request, name, token):  # who lacks it learns of no team
            raise web.HTTPForbidden(text="This address lacks its key. `tocsin oncall` prints the whole address.\n")
        if missing:
            raise web.HTTPNotFound(text=f"{missing}\n")
        return await _calendar(bot, request, name)

    return shown


def _is_known(request: web.Request, team: str, token: str) -> bool:
    shown = request.query.get("key", "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(shown, key_of(team, token).encode())


def _written(team: str, found: Duties, now: datetime) -> bytes:
    return calendar(team, found.shifts(now - BACK, now + AHEAD), found.name)


async def _calendar(bot: Parts, request: web.Request, team: str) -> web.Response:
    try:
        async with bot.changes.store.read() as connection:
            found: Duties = await connection.run_sync(duties, bot.policy, team)
    except Problem as problem:
        raise web.HTTPServiceUnavailable(text=f"{problem.plainly}\n") from None
    document = await asyncio.to_thread(_written, team, found, bot.now)  # a year of shifts would hold up who types
    tag = sha256(document).hexdigest()[:32]
    headers = {"Cache-Control": f"private, max-age={KEPT_FOR}", "ETag": f'"{tag}"'}
    if any(each.value == tag for each in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    named = f'inline; filename="oncall-{quote(team, safe="")}.ics"'
    headers["Content-Disposition"] = named
    return web.Response(body=document, content_type="text/calendar", charset="utf-8", headers=headers)
