"""Modals that are handed in: by their door, to what the submission does."""

from collections.abc import Awaitable, Callable

from handlers import declaring, forms, glass, oncall, permitted, picking, reaching
from handlers.acting import known
from handlers.alerts import triage
from handlers.answering import answered
from handlers.modals import MODALS
from handlers.parts import Parts
from handlers.replies import Ack, aside
from handlers.reply import Reply
from handlers.request import Body, Request, part, text_at
from handlers.values import Values, read

WITHOUT_INCIDENT: dict[str, Callable[[Parts, Request, Values], Awaitable[Reply]]] = {
    declaring.DOOR: declaring.submit,
    glass.DOOR: glass.submit,
    picking.DOOR: picking.submit,
    reaching.DOOR: reaching.submit,
    triage.MERGE: triage.submit,
    oncall.OVERRIDE: oncall.submit_override,
    oncall.COVER: oncall.submit_cover,
    oncall.NOTES: oncall.submit_notes,
}
"""Submissions of modals that are about no incident yet."""


async def submitted(bot: Parts, request: Request, body: Body) -> Ack:
    """A modal is handed in."""
    view = part(body, "view")
    return await answered(bot, request, _told(bot, request, text_at(view, "callback_id"), read(view)))


async def _told(bot: Parts, request: Request, door: str, values: Values) -> Reply:
    """What a submission does; where the modal closes over what may be taken back, or asks, that is said beside it."""
    reply = await _done(bot, request, door, values)
    if (reply.undoable or reply.asks) and not reply.stays and bot.beside.is_first(request.key):
        bot.running.start(aside(bot, request, reply))
    return reply


async def _done(bot: Parts, request: Request, door: str, values: Values) -> Reply:
    """What a submission does. Raises Refused without an incident."""
    permitted.require_welcome(bot, request, door)
    if submit := WITHOUT_INCIDENT.get(door):
        return await submit(bot, request, values)
    hand_in = MODALS[door].submit if door in MODALS else None
    if hand_in is None:
        return Reply(forms.outdated(bot), stays=True)
    incident = await known(bot, request, values.number or 0)
    return await hand_in(bot, request, incident.number, values)
