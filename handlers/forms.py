"""Modals open beside the acknowledgement, before any other work, and are filled afterwards.

Where no modal can open (an event brings no trigger) a button opens it.
"""

import json
import logging
from dataclasses import replace

from bot.outside.slack import Problem
from bot.rules.guards import require_open
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from bot.views import blocks, modals, replies
from bot.views.message import Message
from handlers import declaring, errors
from handlers.acting import meant
from handlers.modals import MODALS, Words
from handlers.parts import Parts
from handlers.picking import DOOR as PICK
from handlers.replies import send
from handlers.reply import Form, Reply, View
from handlers.request import Request

MOST_OFFERED = 100
"""Incidents in the picker; Slack's own limit for a menu."""
FOR_CLOSED = frozenset({"incident:reopen", "incident:note", "incident:event"})

log = logging.getLogger("tocsin.handlers")


async def show(bot: Parts, request: Request, form: Form) -> None:
    """Opens the form; in the modal where it was asked for, if that was one; without a trigger, offers it."""
    if request.trigger is None:
        await send(bot, request, Reply(_offer(form)))
    elif request.view:
        await _fill(bot, request, request.view, await _filled_or_said(bot, request, form))
    elif form.door == declaring.DOOR:
        await open_view(bot, request, await _filled_or_said(bot, request, form))
    else:
        await _open_and_fill(bot, request, form)


async def _open_and_fill(bot: Parts, request: Request, form: Form) -> None:
    opening = bot.running.start(open_view(bot, request, modals.waiting(_title(form.door))))
    filling = bot.running.start(_filled_or_said(bot, request, form))
    if opened := await opening:
        await _fill(bot, request, opened, await filling)


async def _fill(bot: Parts, request: Request, opened: str, view: View) -> None:
    try:
        await bot.slack.call("views.update", view_id=opened, view=view)
    except Problem as problem:
        log.warning("A form was not filled: %s", problem.code)
        await send(bot, replace(request, view=None), Reply(_not_opened(bot)))


async def open_view(bot: Parts, request: Request, view: View) -> str | None:
    """Opens a modal; the answer is its id. Where Slack does not open it, the person is told what to type instead."""
    try:
        answer = await bot.slack.call("views.open", trigger_id=request.trigger, view=view)
    except Problem as problem:
        if problem.code != "exchanged_trigger_id":  # that is a repeat: the modal is open already
            log.warning("A form did not open: %s", problem.code)
            await send(bot, replace(request, view=None), Reply(_not_opened(bot)))
        return None
    return str(answer["view"]["id"])


async def _filled_or_said(bot: Parts, request: Request, form: Form) -> View:
    try:
        return await filled(bot, request, form)
    except Exception as error:
        said = errors.reply_to(error).message
        return modals.answer(_title(form.door), said.blocks if said else ())


async def filled(bot: Parts, request: Request, form: Form) -> View:
    """The form with what is known; a choice of incidents where none is meant. Raises Refused."""
    if form.door == declaring.DOOR:
        return declare_view(bot, request, form)
    if form.carried:
        return {**await _choice(bot, request, form), "private_metadata": json.dumps(form.carried)}
    incident = await meant(bot, request, form.spoken)
    if incident is None:
        return await _choice(bot, request, form)
    modal = MODALS.get(form.door)
    if modal is None:
        raise Refused("Type it once more: I know the incident now.")
    if form.door not in FOR_CLOSED:
        require_open(incident, Moment(bot.now, bot.policy))
    return modal.make(Words(incident=incident, policy=bot.policy, now=bot.now, spoken=form.spoken))


def declare_view(bot: Parts, request: Request, form: Form) -> View:
    """The modal that declares, with what was typed."""
    words = declaring.said(bot, form.spoken)
    severity = bot.policy.severity(words.severity).name if words.severity else None
    return modals.declare(
        bot.policy, title=words.title, severity=severity, private=words.private, channel=request.channel
    )


async def _choice(bot: Parts, request: Request, form: Form) -> View:
    """The incidents to choose from; what was typed is done with the one that is chosen."""
    filters = {"everything": True} if form.door in FOR_CLOSED else {}
    found, _ = await bot.incidents.listed(request.person, filters, MOST_OFFERED)
    return modals.picker(form.door, found, bot.policy, words=form.spoken.text, channel=request.channel)


def _title(door: str) -> str:
    modal = MODALS.get(door)
    return modal.title if modal else "Which incident?"


def _offer(form: Form) -> Message:
    """The button that opens the form: a mention brings no trigger."""
    label = "Declare" if form.door == declaring.DOOR else _title(form.door)
    if form.door not in {declaring.DOOR, *MODALS}:
        label, text = "Choose the incident", "Which incident? Say `INC-12` behind the word, or choose it here."
    else:
        text = f"*{label}*: there is more to say. Press the button and say it there."
    button = {**blocks.button(label, PICK, 0, "primary"), "value": form.spoken.text[:2_000]}
    return Message(text, (blocks.section(text), blocks.actions(button)))


def outdated(bot: Parts) -> Message:
    """What is said to a door that no longer exists."""
    return replies.refused(f"This is from another time. `{bot.policy.command} help` shows what there is now.")


def _not_opened(bot: Parts) -> Message:
    command = bot.policy.command
    return replies.refused(
        f"Slack did not open the form. Say it in one line instead: `{command} help` shows how, "
        f"for example `{command} declare sev1 Checkout is down`."
    )
