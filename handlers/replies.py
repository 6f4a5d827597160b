"""How a reply travels: one table. At once in the acknowledgement where that can hold it, otherwise on its own way."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.outside.slack import Problem
from bot.views import modals, replies
from bot.views.message import Message
from handlers import errors
from handlers.parts import Parts
from handlers.reply import Reply, View
from handlers.request import Request

Ack = dict[str, Any]
log = logging.getLogger("tocsin.handlers")


@dataclass(frozen=True, slots=True)
class Way:
    """`now` puts a reply into the acknowledgement, `later` sends it afterwards; without `now` it always goes later."""

    later: Callable[[Parts, Request, Reply], Awaitable[None]]
    now: Callable[[Request, Reply], Ack] | None = None


async def send(bot: Parts, request: Request, reply: Reply) -> None:
    """Sends a reply on the way of its door; where that fails, as a direct message."""
    try:
        await WAYS[request.source].later(bot, request, reply)
    except Problem as problem:
        log.warning("A reply to a %s did not go out: %s", request.source, problem.code)
        await _as_last_resort(bot, request, reply)
    except Exception as error:
        errors.logged(error)


async def _as_last_resort(bot: Parts, request: Request, reply: Reply) -> None:
    try:
        await by_direct_message(bot, request, reply)
    except Problem as problem:
        log.warning("Nor did it as a direct message: %s", problem.code)


# --- in the acknowledgement ---


def in_body(_request: Request, reply: Reply) -> Ack:
    """A slash command's acknowledgement is a message that only the caller sees."""
    return _ephemeral(reply.message) if reply.message else {}


def in_modal(request: Request, reply: Reply) -> Ack:
    """Beside the field at fault; else in the modal's place; a modal that has done its work closes."""
    if reply.refused and reply.field in request.fields:
        return {"response_action": "errors", "errors": {reply.field: reply.refused}}
    view = _view(reply)
    return {"response_action": "update", "view": view} if view else {}


def _view(reply: Reply) -> View | None:
    if reply.view:
        return reply.view
    if reply.message and (reply.refused or reply.stays):
        return _shown(reply.message)
    return None


def _shown(message: Message) -> View:
    return modals.answer("Tocsin", message.blocks)


def _ephemeral(message: Message) -> Ack:
    body: Ack = {"response_type": "ephemeral", "text": message.text}
    return {**body, "blocks": list(message.blocks)} if message.blocks else body


# --- on its own way ---


async def by_response_url(bot: Parts, request: Request, reply: Reply) -> None:
    """To the address that came with the request; without one, where only the person sees it."""
    if reply.message is None:
        return
    if request.response_url is None:
        await _without_url(bot, request, reply)
        return
    replaces = reply.replaces and request.may_replace
    body = {**_ephemeral(reply.message), "replace_original": replaces}
    in_thread = request.thread and not replaces
    await bot.slack.respond(request.response_url, {**body, "thread_ts": request.thread} if in_thread else body)


async def _without_url(bot: Parts, request: Request, reply: Reply) -> None:
    """In the modal that asked; from a Home only what that does not show by itself, as a direct message."""
    if request.in_home:
        if reply.refused or reply.stays or reply.briefs or reply.asks:
            await by_direct_message(bot, request, reply)
        return
    await (_over_form if request.view else by_ephemeral)(bot, request, reply)


async def _over_form(bot: Parts, request: Request, reply: Reply) -> None:
    """In the place of the form; a refusal on top of it, so that what was typed there is not lost."""
    view = _view(reply) if reply.refused and request.trigger else None
    if view:
        await bot.slack.call("views.push", trigger_id=request.trigger, view=view)
    else:
        await by_update(bot, request, reply)


async def by_update(bot: Parts, request: Request, reply: Reply) -> None:
    """In the place of the modal."""
    view = _view(reply) or (_shown(reply.message) if reply.message else None)
    if view:
        await bot.slack.call("views.update", view_id=request.view, view=view)


async def aside(bot: Parts, request: Request, reply: Reply) -> None:
    """Where the modal was asked for, once it has closed: what was done, with the button that takes it back.

    What asks something comes as a direct message, where it cannot come there.
    """
    is_said = await _beside(bot, request, reply.message) if request.aside and reply.message else False
    if reply.asks and not is_said:
        await _as_last_resort(bot, request, reply)


async def _beside(bot: Parts, request: Request, said: Message) -> bool:
    """Whether it went out."""
    body = {**_ephemeral(said), "replace_original": False}
    try:
        await bot.slack.respond(request.aside or "", {**body, "thread_ts": request.thread} if request.thread else body)
    except Problem as problem:
        log.warning("What was said beside a modal did not go out: %s", problem.code)
        return False
    return True


async def by_ephemeral(bot: Parts, request: Request, reply: Reply) -> None:
    """A message in the channel or thread that only the person sees."""
    if reply.message is None:
        return
    if request.channel is None:
        await by_direct_message(bot, request, reply)
        return
    await bot.slack.call(
        "chat.postEphemeral",
        channel=request.channel,
        user=request.person,
        thread_ts=reply.thread or request.thread,
        text=reply.message.text,
        blocks=list(reply.message.blocks) or None,
    )


async def by_direct_message(bot: Parts, request: Request, reply: Reply) -> None:
    """A direct message from the bot."""
    if reply.message is not None:
        text, blocks = reply.message.text, list(reply.message.blocks) or None
        await bot.slack.call("chat.postMessage", channel=request.person, text=text, blocks=blocks)


async def nowhere(bot: Parts, request: Request, reply: Reply) -> None:
    """Nobody asked."""


WAYS: dict[str, Way] = {
    "slash": Way(by_response_url, in_body),
    "button": Way(by_response_url),
    "modal": Way(by_update, in_modal),
    "shortcut": Way(by_response_url),
    "mention": Way(by_ephemeral),
    "emoji": Way(by_ephemeral),
    "event": Way(nowhere),
}


def waiting() -> Reply:
    """What is said when patience ends before the work does."""
    return Reply(replies.still_working(), stays=True)
