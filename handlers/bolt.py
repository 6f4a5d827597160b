"""Bolt, with one listener a kind: each looks its word up in our own tables."""

import logging
import re
import time
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.outside.about import about
from bot.outside.metrics import Metrics
from handlers import buttons, errors, events, shortcuts, slash, submissions
from handlers.answering import at_once
from handlers.parts import Parts
from handlers.replies import Ack
from handlers.request import Body, Request, from_command, from_interaction, from_view, text_at
from handlers.strangers import at_home, standing

ANY = re.compile("")

log = logging.getLogger("tocsin.handlers")
_quiet = logging.getLogger("tocsin.bolt")
_quiet.setLevel(logging.ERROR)  # Bolt's own words carry whole requests; what we have to say of one we say ourselves


DOORS = {
    "block_actions": "button",
    "view_submission": "modal",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "event_callback": "event",
}
"""Slack's types of payload, and the kind of door that figures call them by."""


class App(AsyncApp):
    """Bolt's app; what Bolt itself stumbles over is a payload of a shape that Slack does not send."""

    metrics: Metrics

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """The answer to a request; our own errors are answered further inside."""
        since = time.monotonic()
        try:
            answer = await super().async_dispatch(req)
        except Exception as error:
            answer = await _malformed(error)
        self.metrics.acknowledged(_door(req.body), answer.status, time.monotonic() - since)
        return answer


def _door(body: Body) -> str:
    if "command" in body:
        return "slash"
    if text_at(body, "event", "type") == "app_mention":
        return "mention"
    return DOORS.get(text_at(body, "type"), "other")


async def dispatched(app: AsyncApp, body: dict[str, Any]) -> BoltResponse:
    """The answer to what came through either door; the door has made sure that it is Slack's."""
    try:
        request = AsyncBoltRequest(mode="socket_mode", body=body)  # in Bolt's words: its signature is not asked again
    except Exception as error:
        return await _malformed(error)
    return await app.async_dispatch(request)


def build(bot: Parts) -> AsyncApp:
    """The app that Slack's requests are given to. No request waits for a call of Slack's Web API."""
    app = App(
        logger=_quiet,
        client=bot.slack.client,
        authorize=_authorize(bot),
        signing_secret=bot.signing_secret,
        process_before_response=True,
    )
    app.metrics = bot.metrics
    _listen(app, bot)
    app.error(_malformed)
    return app


def _authorize(bot: Parts) -> Any:
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        known = bot.identity()
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=known.get("user_id"),
            bot_id=known.get("bot_id"),
            bot_token=bot.token,
        )

    return authorize


def _listen(app: AsyncApp, bot: Parts) -> None:
    repeats = events.Repeats()

    async def on_command(body: Body) -> BoltResponse:
        request = _here(bot, from_command(body))
        return await _served(bot, request, slash.command(bot, request, body))

    async def on_action(body: Body) -> BoltResponse:
        request = _here(bot, from_interaction(body, "button"))
        return await _served(bot, request, buttons.pressed(bot, request, body))

    async def on_view(body: Body) -> BoltResponse:
        request = _here(bot, from_view(body))
        return await _served(bot, request, submissions.submitted(bot, request, body))

    async def on_shortcut(body: Body) -> BoltResponse:
        request = _here(bot, from_interaction(body, "shortcut"))
        return await _served(bot, request, shortcuts.used(bot, request, body))

    async def on_event(body: Body) -> BoltResponse:
        await events.told(bot, repeats, body)
        return BoltResponse(status=200, body="")

    app.command(ANY)(on_command)
    app.action(ANY)(on_action)
    app.view(ANY)(on_view)
    app.shortcut(ANY)(on_shortcut)
    app.event(ANY)(on_event)


def _here(bot: Parts, request: Request) -> Request:
    return replace(request, team=at_home(bot, request), standing=standing(bot, request))


async def _served(bot: Parts, request: Request, work: Coroutine[Any, Any, Ack]) -> BoltResponse:
    """The acknowledgement, whatever happens; what names nobody is no request of Slack's."""
    if not request.is_whole:
        work.close()
        return BoltResponse(status=400, body="")
    with about(actor=request.origin.actor, request=request.key):
        try:
            body = await work
        except Exception as error:
            body = at_once(bot, request, errors.reply_to(error, bot.metrics))
    return BoltResponse(status=200, body=body or "")


async def _malformed(error: Exception) -> BoltResponse:
    """Refuses a payload; only what kind of error it was is written down, for it may hold anything."""
    log.warning("A payload of unknown shape: %s", type(error).__name__)
    return BoltResponse(status=400, body="")
