"""The door where it is told what was changed: `POST /changes`."""

import hashlib
import hmac
import logging
from typing import Any

from aiohttp import web

from bot.rollouts import Rollouts
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.rollouts import github, telling
from bot.rules.rollouts.rollout import Rollout
from handlers.doors import bearer
from handlers.parts import Parts
from handlers.request import as_json, from_json
from handlers.signed import Door

HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="changes"'}}
EVENT, SIGNATURE = "X-GitHub-Event", "X-Hub-Signature-256"
log = logging.getLogger("tocsin.http")

NO_BEARER = "Show the token: Authorization: Bearer followed by what ALERTS_TOKEN holds here."
NO_SEAL = "GitHub cannot show a token. Set GITHUB_WEBHOOK_SECRET here, and the same as the webhook's secret in GitHub."
NOT_SIGNED = "The signature does not fit: the webhook's secret in GitHub is not what GITHUB_WEBHOOK_SECRET holds here."
NO_JSON = f"This is no JSON. Send one object, such as {telling.EXAMPLE}."
FORM = "GitHub sends this as a form. Choose application/json as the content type of the webhook in GitHub."
NOTHING = "Nothing to keep: only a deployment that is carried out is a change."


def door(bot: Parts, token: str, secret: str) -> Door:
    """`POST /changes`: takes what bears the token, or what GitHub signed with the secret, where those are set."""

    async def changes(request: web.Request) -> web.StreamResponse:
        sent, event = await request.read(), request.headers.get(EVENT, "")
        if why := _stranger(request, sent, event, token, secret):
            return _refused(401, why)
        try:
            return _answered(await _told(bot, _read(_payload(sent), event, bot)))
        except Refused as refusal:
            return _refused(400, refusal.sentence)

    return changes


async def _told(bot: Parts, rollout: Rollout | None) -> dict[str, Any]:
    """What became of it."""
    if rollout is None:
        return {"kept": False, "why": NOTHING}
    is_new = await Rollouts(bot.changes).tell(rollout)
    log.info("A change was told (%s)%s", rollout.kind, "" if is_new else ", as before")
    return {"kept": True, "repeated": not is_new, **_said(rollout, bot.policy)}


def _stranger(request: web.Request, sent: bytes, event: str, token: str, secret: str) -> str:
    """Why what was sent is not taken, or nothing."""
    if event and secret:
        wanted = f"sha256={hmac.new(secret.encode(), sent, hashlib.sha256).hexdigest()}".encode()
        shown = request.headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
        return "" if hmac.compare_digest(shown, wanted) else NOT_SIGNED
    if bearer.is_shown(request, token):
        return ""
    return NO_SEAL if event else NO_BEARER


def _payload(sent: bytes) -> Any:
    try:
        return from_json(sent.decode())
    except ValueError:
        raise Refused(FORM if sent.startswith(b"payload=") else NO_JSON) from None


def _read(payload: Any, event: str, bot: Parts) -> Rollout | None:
    if event:
        return github.read(event, payload, bot.now, bot.policy)
    return telling.read(payload, bot.now, bot.policy)


def _refused(status: int, why: str) -> web.Response:
    return _answered({"error": why}, status)


def _answered(value: Any, status: int = 200) -> web.Response:
    body, headers = as_json(value), HEADERS.get(status)
    return web.Response(status=status, body=body, content_type="application/json", charset="utf-8", headers=headers)


def _said(rollout: Rollout, policy: Policy) -> dict[str, str]:
    """What whoever sent it may want to know: how it was understood."""
    known = {each.name for each in policy.services}
    said = {"id": rollout.id, "kind": rollout.kind, "service": rollout.service, "at": rollout.at.isoformat()}
    if rollout.service and rollout.service not in known:
        note = f"No service “{rollout.service}” is configured: incidents on a service do not find it."
        return {**said, "note": note}
    return said
