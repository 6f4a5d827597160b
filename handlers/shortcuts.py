"""The shortcuts: one table."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.rules.refused import Refused
from bot.views import modals
from handlers import declaring, forms, notes, permitted
from handlers.answering import answered
from handlers.messages import written
from handlers.parts import Parts
from handlers.replies import Ack
from handlers.reply import Form, Reply, View
from handlers.request import Body, Request, part, text_at

Shortcut: TypeAlias = Callable[[Parts, Request, Body], Awaitable[Ack]]


async def declare(bot: Parts, request: Request, _body: Body) -> Ack:
    """*Declare incident*, from anywhere."""
    bot.running.start(forms.show(bot, request, Form(declaring.DOOR)))
    return {}


async def declare_message(bot: Parts, request: Request, body: Body) -> Ack:
    """*Declare from this message*: its words and its address are carried over."""
    bot.running.start(_opened(bot, request, body))
    return {}


async def _opened(bot: Parts, request: Request, body: Body) -> None:
    try:
        view = await _quoting(bot, request, body)
    except Refused as refusal:
        view = modals.sentence("Declare an incident", refusal.sentence)
    await forms.open_view(bot, request, view)


async def _quoting(bot: Parts, request: Request, body: Body) -> View:
    await permitted.require(bot, request, declaring.DOOR)
    message = written(bot, part(body, "message"), request.channel)
    first = message.text.splitlines()[0]
    return await declaring.view(bot, request, title=first, quote=message.text, link=message.link)


async def timeline(bot: Parts, request: Request, body: Body) -> Ack:
    """*Add to incident timeline*: with the message's own time and author."""
    return await answered(bot, request, _recorded(bot, request, body))


async def _recorded(bot: Parts, request: Request, body: Body) -> Reply:
    message = written(bot, part(body, "message"), request.channel)
    incident = await bot.incidents.find(request.person, channel=request.channel, thread_ts=request.root)
    if incident is None:
        return Reply(form=Form("incident:event", carried={"message": message.carried}))
    return await notes.record(bot, request, incident.number, message.where, **message.facts)


SHORTCUTS: dict[str, Shortcut] = {
    "incident:declare": declare,
    "incident:declare_message": declare_message,
    "incident:timeline": timeline,
}


async def used(bot: Parts, request: Request, body: Body) -> Ack:
    """A shortcut, global or of a message."""
    door = text_at(body, "callback_id")
    shortcut = SHORTCUTS.get(door)
    if shortcut is None or not permitted.welcomes(bot, request, door):
        return await answered(bot, request, _refused(bot, request, door))
    return await shortcut(bot, request, body)


async def _refused(bot: Parts, request: Request, door: str) -> Reply:
    permitted.require_welcome(bot, request, door)
    return Reply(forms.outdated(bot))
