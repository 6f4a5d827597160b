"""Bolt, with one listener a kind: each looks its word up in our own tables."""

import logging
import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from handlers import buttons, errors, events, modals, shortcuts, slash, values
from handlers.answering import answered
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Body, Request, from_view, text_at
from handlers.strangers import require_welcome

ANY = re.compile("")

_quiet = logging.getLogger("tocsin.bolt")
_quiet.setLevel(logging.ERROR)  # Bolt's own words carry whole requests; what we have to say of one we say ourselves


def build(bot: Parts) -> AsyncApp:
    """The app that Slack's requests are given to. No request waits for a call of Slack's Web API."""
    app = AsyncApp(
        logger=_quiet,
        client=bot.slack.client,
        authorize=_authorize(bot),
        signing_secret=bot.signing_secret,
        process_before_response=True,
    )
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
        return _acknowledged(await slash.command(bot, body))

    async def on_action(body: Body) -> BoltResponse:
        return _acknowledged(await buttons.pressed(bot, body))

    async def on_view(body: Body) -> BoltResponse:
        return _acknowledged(await _submitted(bot, body))

    async def on_shortcut(body: Body) -> BoltResponse:
        return _acknowledged(await shortcuts.used(bot, body))

    async def on_event(body: Body) -> BoltResponse:
        await events.told(bot, repeats, body)
        return _acknowledged({})

    app.command(ANY)(on_command)
    app.action(ANY)(on_action)
    app.view(ANY)(on_view)
    app.shortcut(ANY)(on_shortcut)
    app.event(ANY)(on_event)


def _acknowledged(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=body or "")


async def _submitted(bot: Parts, body: Body) -> dict[str, Any]:
    view = body.get("view")
    request = from_view(body)
    read = values.read(view if isinstance(view, dict) else {})
    return await answered(bot, request, _done(bot, request, text_at(body, "view", "callback_id"), read))


async def _done(bot: Parts, request: Request, door: str, read: values.Values) -> Reply:
    require_welcome(bot, request)
    return await modals.submitted(bot, request, door, read)


async def _malformed(error: Exception) -> BoltResponse:
    """A payload of a shape that Slack does not send; our own errors never come here."""
    errors.logged(error)
    return BoltResponse(status=400, body="")
