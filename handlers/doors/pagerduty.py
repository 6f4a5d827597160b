"""What PagerDuty tells back: `POST /pagerduty`, its webhook (v3), signed with the secret that both sides know."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.changes import Rule
from bot.outside.pagerduty import is_signed
from bot.rules import lifecycle
from bot.rules.change import Origin
from bot.rules.events import Edited
from bot.rules.incident import Incident
from bot.rules.paging.pagerduty import services_told
from bot.views import pagerduty as wording
from bot.views.terminal.paper import Paper
from handlers.parts import Parts
from handlers.request import Body, from_json, part, text_at
from handlers.signed import Door

PATH, SIGNATURE, PERSON = "/pagerduty", "X-PagerDuty-Signature", "user_reference"
MERGED = "merge_resolve_reason"
"""Why PagerDuty resolves what somebody merged into another one there: that is no end."""

NOT_SIGNED = "The signature does not fit: PAGERDUTY_WEBHOOK_SECRET is not the secret of that webhook in PagerDuty."
NO_JSON = "This is no webhook of PagerDuty's (version 3): an object with an event in it is wanted."
LATEST = 100
"""Entries of a timeline that are looked at for what it was called."""
log = logging.getLogger("tocsin.http")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did there, and the rule that does it here, with its facts."""

    done: str
    rule: Rule
    facts: Mapping[str, Any] = field(default_factory=dict)


ACKNOWLEDGE = Act("acknowledged", lifecycle.acknowledge, {"sure": True})
RESOLVE = Act("resolved", lifecycle.resolve, {"fix": "Resolved in PagerDuty."})
ACTS: Mapping[str, Act] = {"incident.acknowledged": ACKNOWLEDGE, "incident.resolved": RESOLVE}


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
    """Acknowledges or resolves in the name of who did in PagerDuty; all else is theirs alone."""
    act = ACTS.get(text_at(event, "event_type"))
    found = await _found(bot, part(event, "data")) if act else None
    if act is None or found is None or text_at(event, "data", "resolve_reason", "type") == MERGED:
        return {"acknowledged": False, "why": "It is about nothing that Tocsin acts on."}
    if text_at(event, "agent", "type") != PERSON:  # what Tocsin told PagerDuty comes back like this
        return {act.done: False, "why": "No person did it."}
    if act is RESOLVE and len(services_told(found, bot.policy)) > 1:
        act = ACKNOWLEDGE  # the others may still be at it
    person = await bot.incidents.person_named(text_at(event, "agent", "summary"))
    if person is None:
        log.warning("%s was %s in PagerDuty by somebody whose name nobody has in Slack", found.name, act.done)
        return {act.done: False, "why": "Nobody, or more than one, has that name in Slack."}
    if act is RESOLVE and found.acknowledged_by not in (None, person):
        return {act.done: False, "why": "Somebody else has it in Slack, where it goes on."}
    origin = Origin(f"slack:{person}", "pagerduty", key=f"pagerduty:{text_at(event, 'id')}")
    answer = await bot.incidents.act(found.number, act.rule, origin, **act.facts)
    return {act.done: answer.refused is None, "why": answer.refused or ""}


async def is_echo(bot: Parts, payload: Any) -> bool:
    """Whether its event is about what Tocsin told it. As an alert that would page PagerDuty anew, without end."""
    data = part(payload, "event", "data")
    return any([await _found(bot, each) for each in (data, {**data, "incident_key": ""})])


async def _found(bot: Parts, data: Body) -> Incident | None:
    """The incident that it is about: by its key, which PagerDuty leaves out of most, or else by its title."""
    key, title = text_at(data, "incident_key"), text_at(data, "title")
    number = bot.outward.ways.pagerduty.number(key) if key else wording.number_in(title)
    found = await bot.incidents.find(None, number=number) if number is not None else None
    if found is None or key:
        return found
    entries = await bot.incidents.timeline(found.number, LATEST)
    former = [
        str(each.event.before) for each in entries if isinstance(each.event, Edited) and each.event.field == "title"
    ]
    is_titled = wording.is_titled(found, title, Paper(bot.policy, bot.now), former)
    return found if is_titled and services_told(found, bot.policy) else None
