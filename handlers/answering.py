"""Work and its answer: the work is never cancelled, the person never waits long without a word."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from handlers import errors, forms, replies
from handlers.parts import Parts
from handlers.replies import WAYS, Ack
from handlers.reply import NOTHING, Reply
from handlers.request import Request

PATIENCE = 2.0
"""Seconds of machine time that a person waits without a word; Slack itself waits 3."""


async def answered(bot: Parts, request: Request, work: Coroutine[Any, Any, Reply]) -> Ack:
    """Does the work in a task of its own and gives the acknowledgement, at the latest when patience ends."""
    task = bot.running.start(finished(bot, request, work))
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if done:
        return at_once(bot, request, task.result())
    bot.running.start(_follow(bot, request, task))
    return at_once(bot, request, replies.waiting())


async def finished(bot: Parts, request: Request, work: Coroutine[Any, Any, Reply]) -> Reply:
    """The reply that the work comes to, whatever happens; a form is opened, or shown in the modal that asked."""
    try:
        reply = await work
        if reply.form is None:
            return reply
        if request.source == "modal":
            return replace(reply, form=None, view=await forms.filled(bot, request, reply.form))
    except Exception as error:
        return errors.reply_to(error, bot.metrics)
    bot.running.start(forms.show(bot, request, reply.form))
    return NOTHING


def at_once(bot: Parts, request: Request, reply: Reply) -> Ack:
    """The acknowledgement with the reply in it; where it cannot hold one, the reply goes its own way."""
    if now := WAYS[request.source].now:
        return now(request, reply)
    bot.running.start(replies.send(bot, request, reply))
    return {}


async def _follow(bot: Parts, request: Request, task: asyncio.Task[Reply]) -> None:
    await replies.send(bot, request, await task)
