"""The door for Slack's requests over HTTP: nothing is read of a body before its signature holds."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.outside.heard import Heard
from handlers.bolt import dispatched
from handlers.request import from_json, sound

Door: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
MOST_FIELDS = 100
"""Fields of a form; a slash command of Slack's has fifteen."""


def door(bolt: AsyncApp, secret: str, heard: Heard) -> Door:
    """Takes what Slack signed in the last five minutes; 401 for everything else, 400 for what has no shape."""
    verifier = SignatureVerifier(secret)

    async def events(request: web.Request) -> web.StreamResponse:
        sent = await request.read()
        if not _is_signed(verifier, request, sent):
            return web.Response(status=401)
        heard.now()
        body = _read(sent, request.content_type)
        if body is None:
            return web.Response(status=400)
        return await to_aiohttp_response(await dispatched(bolt, body))

    return events


def _is_signed(verifier: SignatureVerifier, request: web.Request, sent: bytes) -> bool:
    """Whether Slack signed this body just now; compared in constant time by its SDK."""
    stamps, signatures = request.headers.getall(STAMP, []), request.headers.getall(SIGNATURE, [])
    if len(stamps) != 1 or len(signatures) != 1:
        return False
    try:
        return verifier.is_valid(sent, stamps[0], signatures[0])
    except (OverflowError, TypeError, ValueError):  # no number, no UTF-8, no ASCII: nothing that Slack signed
        return False


def _read(sent: bytes, content_type: str) -> dict[str, Any] | None:
    """What a request says: JSON, a form, or JSON in a form's `payload`; None where it is nothing of the kind.

    Bolt's own reading takes a command in whose text the word "payload" stands for an empty one.
    """
    text = sent.decode()
    try:
        if content_type == "application/json" or text.startswith("{"):
            found = from_json(text)
        else:
            form = sound(dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)))
            found = from_json(form["payload"]) if "payload" in form else form
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
