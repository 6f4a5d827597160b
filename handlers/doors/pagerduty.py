"""What PagerDuty tells back: `POST /pagerduty`, its webhook (v3), signed with the secret that both sides know."""

import logging
from collections.abc import Mapping

from aiohttp import web

from bot.outside.pagerduty import is_signed
from bot.rules import lifecycle
from bot.rules.change import Origin
from handlers.parts import Parts
from handlers.request import Body, from_json, part, text_at
from handlers.signed import Door

PATH, SIGNATURE, ACKNOWLEDGED = "/pagerduty", "X-PagerDuty-Signature", "incident.acknowledged"
NOT_SIGNED = "The signature does not fit: PAGERDUTY_WEBHOOK_SECRET is not the secret of that webhook in PagerDuty."
NO_JSON = "This is no webhook of PagerDuty's (version 3): an object with an event in it is wanted."
log = logging.getLogger("tocsin.http")


def acts(bot: Parts, secret: str) -> Mapping[str, Door]:
    """The door, by path; nothing where there is no secret to check with."""
    return {PATH: _door(bot, secret)} if secret else {}


def _door(bot: Parts, secret: str) -> Door:
    async def told(request: web.Request) -> web.StreamResponse:
        sent = await request.read()
        if not is_signed(secret, sent, request.headers.get(SIGNATURE, "")):
            return web.json_response({"error": NOT_SIGNED}, status=401)
        try:
            event = part(from_json(sent.decode()), "event")
        except ValueError:
            event = {}
        if not text_at(event, "event_type"):
            return web.json_response({"error": NO_JSON}, status=400)
        return web.json_response(await _acted(bot, event))

    return told


async def _acted(bot: Parts, event: Body) -> dict[str, object]:
    """Acknowledges in the name of who did in PagerDuty; all else is theirs alone."""
    number = bot.outward.ways.pagerduty.number(text_at(event, "data", "incident_key"))
    if number is None or text_at(event, "event_type") != ACKNOWLEDGED:
        return {"acknowledged": False, "why": "It is about nothing that Tocsin acts on."}
    person = await bot.incidents.person_named(text_at(event, "agent", "summary"))
    if person is None:
        log.warning("INC-%s was acknowledged in PagerDuty by somebody whose name nobody has in Slack", number)
        return {"acknowledged": False, "why": "Nobody, or more than one, has that name in Slack."}
    origin = Origin(f"slack:{person}", "pagerduty", key=f"pagerduty:{text_at(event, 'id')}")
    answer = await bot.incidents.act(number, lifecycle.acknowledge, origin, sure=True)
    return {"acknowledged": answer.refused is None, "why": answer.refused or ""}
